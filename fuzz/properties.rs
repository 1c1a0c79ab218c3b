//! What must hold of any bytes, one promise or more for each thing that reads them. The fuzz targets ask for these, and a
//! test of the program asks for them on a bounded number of inputs.

use std::io;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use adr::block::Carrier;
use adr::document::Adr;
use adr::placing::insert_or_replace;
use cluster::read::Reason;
use jiff::civil::{Date, date};
use mesh_advisor::advice::advise;
use mesh_advisor::each::Advisor;
use mesh_advisor::embedded;
use mesh_advisor::finding::{Finding, Severity};
use mesh_advisor::lint::lint;
use mesh_advisor::prompt::form::Decoder;
use mesh_advisor::record::check::{CheckReport, CheckedRecord, FileKind, Input};
use mesh_advisor::record::editing::update;
use mesh_advisor::record::findings::{FAMILY, Setting};
use mesh_advisor::record::reading::DecisionReading;
use mesh_advisor::record::recording::{Request, decide};
use mesh_advisor::record::rubrics::Rubrics;
use mesh_advisor::record::writing::Notation;
use mesh_advisor::show::check::Outcome;
use mesh_advisor::show::findings::{Format, Settings, render, text::Look};
use verdict::answers::{Answers, Sheet};
use verdict::engine::{Budget, Certainty, Reasoning, evaluate};
use verdict::rubric::Rubric;
use verdict::text::{PlacedProblem, Source};

/// A promise about any bytes; it panics where it is broken.
pub(crate) type Promise = fn(&[u8]);

/// Every promise, by the name of its target.
pub(crate) const PROMISES: [(&str, Promise); 8] = [
    ("rubric", rubric),
    ("answers", answers),
    ("record", record),
    ("check", check),
    ("each", each),
    ("set", set),
    ("keys", keys),
    ("cluster", cluster),
];

const TODAY: Date = date(2026, 12, 1);

static RUBRIC: LazyLock<Rubric> = LazyLock::new(|| embedded::rubric().expect("whole"));
static REASONING: LazyLock<Reasoning> =
    LazyLock::new(|| embedded::reasoning(&RUBRIC).expect("whole"));
static CERTAINTY: LazyLock<Certainty> =
    LazyLock::new(|| embedded::certainty(&RUBRIC).expect("whole"));
static ADVISOR: LazyLock<Advisor<'static>> =
    LazyLock::new(|| Advisor::new(&RUBRIC, &REASONING, false));

/// A rubric is read with every mistake at its place; what is proved of one agrees with evaluating it.
pub(crate) fn rubric(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let source = Source::new("rubric.yaml", text);
    let draft = Rubric::draft(&source);
    are_placed(&draft.problems, &source.text);
    let budget = || Budget::new(20_000, 100_000);
    if let Ok(report) = lint(&source, "rubric.yaml", &budget(), TODAY, &|_| {
        Err("no file here".to_owned())
    }) {
        report
            .report
            .findings
            .iter()
            .for_each(|finding| is_placed(finding, &source.text));
    }
    let (Some(rubric), true) = (draft.rubric, draft.problems.is_empty()) else {
        return;
    };
    let Ok(reasoning) = Reasoning::within(&rubric, &budget()) else {
        return;
    };
    let sheet = Sheet::unknown(&rubric).assuming(&rubric);
    let rules = reasoning.rules();
    let fired = rules.walk(rules.root(), &rules.cells(&sheet));
    assert_eq!(
        fired,
        evaluate(&rubric, &sheet).rule,
        "the diagram and the rules disagree"
    );
}

/// Answers that are read and written are the same when they are read again.
pub(crate) fn answers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let source = Source::new("answers.yaml", text);
    match Answers::parse(&source, &RUBRIC) {
        Ok(answers) => is_written_as_it_is_read(&answers),
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a word");
            are_placed(&problems, &source.text);
        }
    }
}

/// What is written into a file is read back, and nothing around the record changes.
pub(crate) fn record(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(adr) = Adr::read(text) else { return };
    let request = Request {
        answers: None,
        choice: None,
        because: None,
        until: None,
        today: TODAY,
    };
    let old = match adr.records.as_slice() {
        [] => None,
        [record] => Some((record, DecisionReading::read(&record.yaml, &RUBRIC))),
        _ => return,
    };
    if old
        .as_ref()
        .is_some_and(|(_, reading)| !reading.problems.is_empty())
    {
        return;
    }
    let before = old.as_ref().map(|(_, reading)| &reading.decision);
    let Ok(decision) = decide(&request, before, &RUBRIC) else {
        return;
    };
    let yaml = match &old {
        Some((record, reading)) => update(
            &record.yaml,
            &reading.decision,
            &decision,
            &RUBRIC,
            Notation::Yaml,
        ),
        None => mesh_advisor::record::writing::write(&decision, &RUBRIC, Notation::Yaml),
    };
    let Ok(written) = insert_or_replace(text, &yaml) else {
        return;
    };
    let again = Adr::read(&written).expect("what was written is read");
    let [new] = again.records.as_slice() else {
        panic!("{} records stand in what was written", again.records.len());
    };
    assert_eq!(
        DecisionReading::read(&new.yaml, &RUBRIC).decision,
        decision.as_recorded()
    );
    let Some((record, _)) = old.filter(|(record, _)| record.carrier != Carrier::FrontMatter) else {
        return;
    };
    let outside = |text: &str, content: &std::ops::Range<usize>| {
        (
            text[..content.start].to_owned(),
            text[content.end..].to_owned(),
        )
    };
    assert_eq!(
        outside(&written, &new.content),
        outside(text, &record.content)
    );
}

/// A file is checked with every finding at its place, and no format passes on what a terminal would obey.
pub(crate) fn check(bytes: &[u8]) {
    let (first, rest) = bytes
        .split_first()
        .map_or((0, bytes), |(first, rest)| (*first, rest));
    let input = Input {
        path: "a.md",
        kind: if first & 1 == 0 {
            FileKind::Markdown
        } else {
            FileKind::Data
        },
        is_named: first & 2 == 0,
        bytes: rest,
        is_whole: first & 4 == 0,
        is_marked_beyond: first & 8 != 0,
    };
    let setting = Setting {
        rubric: &RUBRIC,
        reasoning: &REASONING,
        today: TODAY,
        seen: None,
    };
    let file = mesh_advisor::record::check::check(&input, &Rubrics::new(setting, Vec::new()));
    let lines = rest.iter().filter(|byte| **byte == b'\n').count() + 1;
    for finding in &file.findings {
        let place = finding.place;
        assert!(
            place.line >= 1 && place.column >= 1 && place.end_line <= lines,
            "{finding:?}"
        );
    }
    let advised = |record: &CheckedRecord| {
        let answers = record.answers.as_ref()?;
        advise(&RUBRIC, &REASONING, &CERTAINTY, answers, TODAY)
    };
    let outcome = Outcome {
        checked: &CheckReport::of([file], Vec::new()),
        advise: &advised,
    };
    let look = Look {
        is_coloured: false,
        width: 80,
    };
    for (name, format) in Format::NAMED {
        let settings = Settings {
            family: &FAMILY,
            version: "0",
            threshold: Some(Severity::Error),
            look,
        };
        let text = render(format, &outcome, &settings);
        let is_plain = |c: char| matches!(c, '\n' | '\t') || !c.is_control();
        assert!(text.chars().all(is_plain), "{name}: {text:?}");
    }
}

/// Each line that holds something gives one line of JSON.
pub(crate) fn each(bytes: &[u8]) {
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let mut output = Vec::new();
        let is_sound = ADVISOR.advise(number + 1, line, &mut output);
        let text = std::str::from_utf8(&output).expect("UTF-8");
        if line.trim_ascii().is_empty() {
            assert!(is_sound && text.is_empty(), "{text:?}");
            continue;
        }
        assert_eq!(
            text.find('\n'),
            Some(text.len().saturating_sub(1)),
            "{text:?}"
        );
        let object: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(object.get("error").is_none(), is_sound, "{text}");
    }
}

/// An answer that is taken from a command line is one that a file could hold.
pub(crate) fn set(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut answers = Answers::none(&RUBRIC);
    match answers.set_from(text, &RUBRIC) {
        Ok(()) => is_written_as_it_is_read(&answers),
        Err(problem) => assert!(!problem.sentence().is_empty(), "refused without a word"),
    }
}

/// Keys are the same however their bytes arrive.
pub(crate) fn keys(bytes: &[u8]) {
    let (first, rest) = bytes
        .split_first()
        .map_or((0, bytes), |(first, rest)| (*first, rest));
    let (one, other) = rest.split_at(usize::from(first).min(rest.len()));
    let mut at_once = Decoder::default();
    let expected = at_once.feed(rest);
    let mut in_parts = Decoder::default();
    let mut found = in_parts.feed(one);
    found.extend(in_parts.feed(other));
    assert_eq!(
        (found, in_parts.is_waiting()),
        (expected, at_once.is_waiting())
    );
    assert_eq!(in_parts.settle(), at_once.settle());
}

/// A dump is read to its end, and gives the same on one thread as on several.
pub(crate) fn cluster(bytes: &[u8]) {
    let read = |threads: usize| {
        let threads = NonZeroUsize::new(threads).expect("not zero");
        let progress = cluster::read::Progress::default();
        let (inventory, coverage) = cluster::read::inventory(&[Dump(bytes)], threads, &progress);
        format!("{:?} {coverage:?}", inventory.conclude())
    };
    assert_eq!(read(1), read(3));
}

/// Bytes as a file of manifests.
struct Dump<'b>(&'b [u8]);

impl cluster::read::Source for Dump<'_> {
    fn size(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }

    fn is_expected(&self) -> bool {
        true
    }

    fn open(&self) -> Result<Box<dyn io::Read + Send + '_>, Reason> {
        Ok(Box::new(self.0))
    }
}

fn is_written_as_it_is_read(answers: &Answers) {
    let yaml = answers.to_yaml(&RUBRIC);
    let again = Answers::parse(&Source::new("again.yaml", yaml.as_str()), &RUBRIC);
    assert_eq!(again.as_ref(), Ok(answers), "{yaml}");
}

fn are_placed(problems: &[PlacedProblem], text: &str) {
    for placed in problems {
        assert!(text.get(placed.span.clone()).is_some(), "{placed:?}");
    }
}

fn is_placed(finding: &Finding, text: &str) {
    let lines = text.split('\n').count();
    assert!(finding.place.end_line <= lines, "{finding:?}");
}
