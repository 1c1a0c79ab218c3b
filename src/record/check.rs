//! The check of one file: from its bytes to what a report says of it.

use crate::finding::LineIndex;
use crate::finding::{Checked, Finding, Report, Severity, Skipped};
use crate::record::findings::{CHECKS, CHECKS_OF_RETIRED, Check, Judgement, Obstacle, Subject};
use crate::record::reading::DecisionReading;
use crate::record::rubrics::Rubrics;
use adr::block::{Carrier, Record};
use adr::document::{Adr, NotText, decode};
use adr::keys::top_level_keys;
use adr::metadata::StatusReading;
use adr::status::StatusKind;
use adr::words::Vocabulary;
use verdict::answers::Answers;

/// A file to check.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The path, as reports write it.
    pub path: &'a str,
    /// What the file holds.
    pub kind: FileKind,
    /// Whether the file was named, rather than found in a directory: then it must carry a record.
    pub is_named: bool,
    /// The bytes of the file, or as many of them as are read.
    pub bytes: &'a [u8],
    /// Whether these are all.
    pub is_whole: bool,
    /// Whether the word that marks a record stands in what was not read.
    pub is_marked_beyond: bool,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Markdown with a record in it.
    Markdown,
    /// A record and nothing else, as YAML or JSON.
    Data,
}

impl FileKind {
    /// The kind of a file with this extension; `None` for a file that carries no records.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "mdx" => Some(Self::Markdown),
            "yaml" | "yml" | "json" => Some(Self::Data),
            _ => None,
        }
    }
}

/// What a check says of one file. A file that is no record says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The record, when it was checked.
    pub record: Option<CheckedRecord>,
    /// The kinds of findings that were looked for in it and not found.
    pub passed: Vec<&'static str>,
    /// Why it was not checked.
    pub skipped: Option<Skipped>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// A record that was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedRecord {
    /// The file.
    pub path: String,
    /// Its status in one word, when it has one.
    pub status: Option<&'static str>,
    /// What it decides.
    pub decision: Option<String>,
    /// What its answers give.
    pub recommendation: Option<String>,
    /// The id of the rubric that it was checked by.
    pub rubric: String,
    /// Its answers, when they have no mistake.
    pub answers: Option<Answers>,
}

/// What a check says of many files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// The records that were checked, by path.
    pub records: Vec<CheckedRecord>,
    /// What was found, and what was looked at.
    pub report: Report,
}

impl CheckReport {
    /// Takes the reports of files together, in whatever order they come.
    pub fn of(files: impl IntoIterator<Item = FileReport>, skipped: Vec<Skipped>) -> Self {
        let mut all = Self::default();
        all.report.skipped = skipped;
        for file in files {
            if let Some(record) = file.record {
                let path = record.path.clone();
                let passed = file.passed;
                all.report.checked.push(Checked { path, passed });
                all.records.push(record);
            }
            all.report.skipped.extend(file.skipped);
            all.report.findings.extend(file.findings);
        }
        all.records.sort_by(|one, other| one.path.cmp(&other.path));
        all.report.sort();
        all
    }
}

/// What a status means for a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Everything counts. Also where nobody can tell: no guess excuses a record from its check.
    InForce,
    /// Evaluated and reported, without failing.
    Proposed,
    /// Not checked any more.
    Retired,
}

impl From<Option<&StatusReading>> for Standing {
    fn from(status: Option<&StatusReading>) -> Self {
        let Some(StatusReading::Stated(status)) = status else {
            return Standing::InForce;
        };
        match status.kind {
            StatusKind::Accepted
            | StatusKind::Amended { .. }
            | StatusKind::Unchosen
            | StatusKind::Unknown => Standing::InForce,
            StatusKind::Proposed => Standing::Proposed,
            StatusKind::Rejected | StatusKind::Superseded { .. } | StatusKind::Deprecated => {
                Standing::Retired
            }
        }
    }
}

/// Checks one file.
pub fn check(input: &Input<'_>, rubrics: &Rubrics<'_>) -> FileReport {
    if !input.is_named && !may_be_record(input) {
        return FileReport::default();
    }
    let (text, obstacle) = readable(input);
    let (adr, obstacle) = match (input.kind, obstacle) {
        (FileKind::Markdown, None) => match Adr::read_with(text, rubrics.status_words()) {
            Ok(adr) => (Some(adr), None),
            Err(deep) => (
                None,
                Some(Obstacle {
                    message: format!("the file {deep}"),
                    span: deep.span,
                }),
            ),
        },
        (_, obstacle) => (None, obstacle),
    };
    // A file in a directory that cannot be read is reported only when it seems to carry a record.
    if let Some(obstacle) = obstacle
        .as_ref()
        .filter(|_| !input.is_named && !seems_record(input, text))
    {
        let skipped = Skipped {
            path: input.path.to_owned(),
            why: obstacle.message.clone(),
        };
        return FileReport {
            skipped: Some(skipped),
            ..FileReport::default()
        };
    }
    let records = records(input, text, adr.as_ref(), obstacle.is_some());
    let is_closed = |record: &Record| {
        !matches!(
            record.carrier,
            Carrier::Fence {
                is_closed: false,
                ..
            }
        )
    };
    let record = records.first().filter(|record| is_closed(record));
    let mut setting = rubrics.named(None);
    let reading = record.map(|record| {
        DecisionReading::read_by(&record.yaml, |id| {
            setting = rubrics.named(id);
            setting.rubric
        })
    });
    let judgement = reading
        .as_ref()
        .and_then(|reading| Judgement::of(&reading.decision, setting));
    let subject = Subject {
        rubrics,
        setting,
        path: input.path,
        is_named: input.is_named,
        index: LineIndex::new(text),
        obstacle,
        adr: adr.as_ref(),
        records: &records,
        reading: reading.as_ref(),
        judgement,
    };
    match Standing::from(subject.status()) {
        _ if records.is_empty() => FileReport {
            findings: look(&subject, &CHECKS).0,
            ..FileReport::default()
        },
        Standing::Retired => retired(&subject),
        Standing::InForce => full(&subject),
        Standing::Proposed => {
            let mut report = full(&subject);
            report
                .findings
                .iter_mut()
                .for_each(|finding| finding.severity = Severity::Note);
            report
        }
    }
}

/// The record in a file that is still in force or proposed, without checking it. `None` when there is none, or none that
/// can be read.
pub fn recorded(input: &Input<'_>, status_words: &Vocabulary) -> Option<Record> {
    if !input.is_named && !may_be_record(input) {
        return None;
    }
    let (text, obstacle) = readable(input);
    let adr = match (input.kind, &obstacle) {
        (FileKind::Markdown, None) => Adr::read_with(text, status_words).ok(),
        _ => None,
    };
    let is_retired =
        Standing::from(adr.as_ref().map(|adr| &adr.metadata.status)) == Standing::Retired;
    let is_closed = |record: &Record| {
        !matches!(
            record.carrier,
            Carrier::Fence {
                is_closed: false,
                ..
            }
        )
    };
    let mut records = records(input, text, adr.as_ref(), obstacle.is_some()).into_iter();
    records
        .next()
        .filter(|record| !is_retired && is_closed(record))
}

/// A quick look, without reading the file as what it is: whether it can hold a record, or what was meant as one.
fn may_be_record(input: &Input<'_>) -> bool {
    match input.kind {
        FileKind::Markdown => {
            input.is_marked_beyond
                || holds(input.bytes, b"advisor")
                || NotText::is_utf16(input.bytes)
        }
        FileKind::Data => holds(input.bytes, b"decision"),
    }
}

/// Whether some letters stand in a text, in upper or lower case.
fn holds(bytes: &[u8], letters: &[u8]) -> bool {
    let Some((first, rest)) = letters.split_first() else {
        return true;
    };
    let is_here = |window: &[u8]| {
        window
            .first()
            .is_some_and(|letter| letter.eq_ignore_ascii_case(first))
            && window
                .get(1..)
                .is_some_and(|tail| tail.eq_ignore_ascii_case(rest))
    };
    bytes.windows(letters.len()).any(is_here)
}

/// The text of a file, as far as it can be read, and what is in the way of reading more.
fn readable<'a>(input: &Input<'a>) -> (&'a str, Option<Obstacle>) {
    let beginning = |end: usize| {
        input
            .bytes
            .get(..end)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or("")
    };
    let text = match decode(input.bytes) {
        Ok(text) => text,
        Err(problem @ NotText::Utf8 { offset }) if input.is_whole => {
            return (
                beginning(offset),
                Some(Obstacle {
                    message: format!("the file {problem}"),
                    span: offset..offset,
                }),
            );
        }
        Err(NotText::Utf8 { offset }) => beginning(offset),
        Err(problem @ NotText::Utf16) => {
            return (
                "",
                Some(Obstacle {
                    message: format!("the file {problem}"),
                    span: 0..0,
                }),
            );
        }
    };
    let mebibytes = input.bytes.len() / 1024 / 1024;
    let too_large = || Obstacle {
        message: format!("the file is larger than {mebibytes} MiB"),
        span: 0..0,
    };
    (text, (!input.is_whole).then(too_large))
}

/// Whether a file that cannot be read whole seems to carry a record.
fn seems_record(input: &Input<'_>, text: &str) -> bool {
    match input.kind {
        FileKind::Markdown => input.is_marked_beyond || holds(input.bytes, b"mesh-advisor"),
        FileKind::Data => is_data_record(text, false),
    }
}

/// The records of a file.
fn records(input: &Input<'_>, text: &str, adr: Option<&Adr>, is_obstructed: bool) -> Vec<Record> {
    match (adr, input.kind) {
        (Some(adr), _) => adr.records.clone(),
        (None, FileKind::Data) if !is_obstructed && is_data_record(text, input.is_named) => {
            vec![Record::whole_file(text)]
        }
        _ => Vec::new(),
    }
}

/// Whether a data file has the keys of a record, so that manifests and answers beside the records are left alone. This
/// does not parse: a record with mistakes is still one. A report of this program, which names its schema, never is.
fn is_data_record(text: &str, is_named: bool) -> bool {
    let keys = top_level_keys(text);
    let has = |key: &str| keys.iter().any(|own| own.name == key);
    let is_report = keys
        .iter()
        .any(|key| key.name == "schema" && key.rest.starts_with(REPORT));
    !is_report
        && if is_named {
            has("decision") || has("schema")
        } else {
            has("decision") && (has("rubric") || has("answers"))
        }
}

/// What the schema of every report of this program begins with.
const REPORT: &str = "mesh-advisor/";

fn full(subject: &Subject<'_>) -> FileReport {
    let (findings, passed) = look(subject, &CHECKS);
    let status = subject.status().map(|status| match status {
        StatusReading::Missing => "missing",
        StatusReading::Stated(status) => status.kind.name(),
        StatusReading::Conflict(..) => "conflict",
    });
    let name = |own| subject.recommendation(own).to_owned();
    let record = CheckedRecord {
        path: subject.path.to_owned(),
        status,
        decision: subject
            .decision()
            .and_then(|decision| decision.choice)
            .map(name),
        recommendation: subject
            .judgement
            .as_ref()
            .and_then(|judgement| judgement.evaluation.recommendation)
            .map(name),
        rubric: subject.setting.rubric.id.to_string(),
        answers: subject
            .decision()
            .and_then(|decision| decision.answers.clone()),
    };
    FileReport {
        record: Some(record),
        passed,
        skipped: None,
        findings,
    }
}

fn retired(subject: &Subject<'_>) -> FileReport {
    let status = match subject.status() {
        Some(StatusReading::Stated(status)) => status.kind.name(),
        _ => "unknown",
    };
    let skipped = Skipped {
        path: subject.path.to_owned(),
        why: format!("its status is {status}"),
    };
    FileReport {
        skipped: Some(skipped),
        findings: look(subject, &CHECKS_OF_RETIRED).0,
        ..FileReport::default()
    }
}

/// What the checks find, and which of them looked and found nothing.
fn look(subject: &Subject<'_>, checks: &[&'static Check]) -> (Vec<Finding>, Vec<&'static str>) {
    let (mut findings, mut passed) = (Vec::new(), Vec::new());
    for check in checks {
        match (check.look)(subject) {
            Some(found) if found.is_empty() => passed.push(check.kind.id),
            found => findings.extend(found.into_iter().flatten()),
        }
    }
    (findings, passed)
}
