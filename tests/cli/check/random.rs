//! Promises over random files: never a panic, and never a byte lost outside the block.

use mesh_advisor::embedded;
use std::sync::LazyLock;

use adr::document::Adr;
use adr::placing::insert_or_replace;
use jiff::civil::date;
use mesh_advisor::advice::advise;
use mesh_advisor::finding::Severity;
use mesh_advisor::record::check::{CheckReport, CheckedRecord, FileKind, Input, check};
use mesh_advisor::record::editing::update;
use mesh_advisor::record::findings::{FAMILY, Setting};
use mesh_advisor::record::reading::DecisionReading;
use mesh_advisor::record::recording::{Request, decide};
use mesh_advisor::record::rubrics::Rubrics;
use mesh_advisor::record::writing::Notation;
use mesh_advisor::show::check::Outcome;
use mesh_advisor::show::findings::{Format, Settings, render, text::Look};
use proptest::prelude::*;
use verdict::engine::{Certainty, Reasoning};
use verdict::rubric::Rubric;

static RUBRIC: LazyLock<Rubric> = LazyLock::new(|| embedded::rubric().unwrap());
static REASONING: LazyLock<Reasoning> = LazyLock::new(|| Reasoning::new(&RUBRIC).unwrap());
static CERTAINTY: LazyLock<Certainty> = LazyLock::new(|| embedded::certainty(&RUBRIC).unwrap());

const SEEDS: &[&str] = &[
    include_str!("../../fixtures/records/exception-expired/fires.md"),
    include_str!("../../fixtures/records/prerequisite-unmet/near-miss.md"),
    include_str!("../../fixtures/records/status-conflict/fires.md"),
    "\u{feff}---\r\nstatus: accepted\r\nx-mesh-advisor:\r\n  schema: 1\r\n  rubric: service-mesh@2.0.0\r\n  decision: mesh\r\n---\r\n# T\r\n",
    "# T\n\n- item\n\n  ~~~yaml mesh-advisor\n  schema: 1\n  rubric: service-mesh@2.0.0\n  decision: mesh\n  answers: {teams: 3}\n  ~~~\n",
];

/// A record with lines taken out or doubled, and bytes put in anywhere.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let cut = proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..4);
    let put = proptest::collection::vec(
        (
            any::<prop::sample::Index>(),
            "(?s).{0,6}|[:{}\\[\\]`~\"'&*#>|\r\n\t -]{1,4}",
        ),
        0..5,
    );
    let bytes = proptest::option::of((any::<prop::sample::Index>(), any::<u8>()));
    (0..SEEDS.len(), cut, put, bytes).prop_map(|(seed, cut, put, bytes)| {
        let mut lines: Vec<String> = SEEDS[seed]
            .split_inclusive('\n')
            .map(str::to_owned)
            .collect();
        for (index, is_doubled) in cut {
            if lines.is_empty() {
                break;
            }
            let at = index.index(lines.len());
            if is_doubled {
                lines.insert(at, lines[at].clone())
            } else {
                drop(lines.remove(at))
            }
        }
        let mut text = lines.concat();
        for (index, piece) in put {
            let mut at = index.index(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, &piece);
        }
        let mut text = text.into_bytes();
        if let Some((index, byte)) = bytes {
            text.insert(index.index(text.len() + 1), byte);
        }
        text
    })
}

fn setting() -> Setting<'static> {
    Setting {
        rubric: &RUBRIC,
        reasoning: &REASONING,
        today: date(2026, 12, 1),
        seen: None,
    }
}

/// The text outside the record's own lines.
fn outside(text: &str) -> Option<(String, String)> {
    let adr = Adr::read(text).ok()?;
    let [record] = adr.records.as_slice() else {
        return None;
    };
    Some((
        text[..record.content.start].to_owned(),
        text[record.content.end..].to_owned(),
    ))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_checked_and_reported_without_a_panic(bytes in damaged(), is_named: bool, is_markdown: bool) {
        let kind = if is_markdown { FileKind::Markdown } else { FileKind::Data };
        let input = Input { path: "a.md", kind, is_named, bytes: &bytes, is_whole: true, is_marked_beyond: false };
        let file = check(&input, &Rubrics::new(setting(), Vec::new()));
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
        for finding in &file.findings {
            let place = finding.place;
            prop_assert!(place.line >= 1 && place.column >= 1 && place.end_line <= lines, "{:?}", finding);
            prop_assert!((place.line, place.column) <= (place.end_line, place.end_column), "{:?}", finding);
        }
        let report = CheckReport::of([file], Vec::new());
        let advised = |record: &CheckedRecord| {
            advise(&RUBRIC, &REASONING, &CERTAINTY, record.answers.as_ref()?, date(2026, 12, 1))
        };
        let outcome = Outcome { checked: &report, advise: &advised };
        let look = Look { is_coloured: false, width: 80 };
        for (name, format) in Format::NAMED {
            let settings = Settings { family: &FAMILY, version: "0", threshold: Some(Severity::Error), look };
            let text = render(format, &outcome, &settings);
            prop_assert!(text.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()), "{}: {:?}", name, text);
        }
    }

    #[test]
    fn recording_loses_no_byte_outside_the_block(bytes in damaged()) {
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        let Some((before, after)) = outside(&text) else { return Ok(()) };
        let adr = Adr::read(&text).unwrap();
        let yaml = &adr.records[0].yaml;
        let reading = DecisionReading::read(yaml, &RUBRIC);
        if !reading.problems.is_empty() {
            return Ok(());
        }
        let request = Request { answers: None, choice: None, because: None, until: None, today: date(2026, 12, 1) };
        let Ok(decision) = decide(&request, Some(&reading.decision), &RUBRIC) else { return Ok(()) };
        let new = update(yaml, &reading.decision, &decision, &RUBRIC, Notation::Yaml);
        prop_assert_eq!(DecisionReading::read(&new, &RUBRIC).decision, decision);
        let Ok(written) = insert_or_replace(&text, &new) else { return Ok(()) };
        let (new_before, new_after) = outside(&written).unwrap();
        // A front matter record may move its value from the key's line to the lines below.
        prop_assert_eq!(new_before.trim_end(), before.trim_end());
        prop_assert_eq!(new_after.trim_start(), after.trim_start());
    }
}
