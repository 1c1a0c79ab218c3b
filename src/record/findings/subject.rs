//! What the checks look at: one file, the record in it, and what the record's answers give.

use std::ops::Range;

use jiff::civil::Date;

use crate::finding::LineIndex;
use crate::finding::{Finding, Kind};
use crate::record::decision::{Decision, Exception};
use crate::record::reading::DecisionReading;
use crate::record::rubrics::Rubrics;
use crate::record::seen::Seen;
use adr::block::Record;
use adr::document::Adr;
use adr::metadata::StatusReading;
use verdict::answers::Sheet;
use verdict::engine::{Evaluation, Reasoning, evaluate};
use verdict::ids::{RecommendationId, Set};
use verdict::rubric::Rubric;
use verdict::text::Part;

/// What a check goes by.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'r> {
    /// The rubric in use.
    pub rubric: &'r Rubric,
    /// The same, compiled.
    pub reasoning: &'r Reasoning,
    /// The day by which dates are judged.
    pub today: Date,
    /// What manifests show of the facts, where some were given.
    pub seen: Option<&'r Seen>,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What is in the way.
    pub message: String,
    /// Where.
    pub span: Range<usize>,
}

/// One file under check.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The rubrics that are known.
    pub rubrics: &'a Rubrics<'a>,
    /// What the check goes by: the rubric that the record names, when it is known.
    pub setting: &'a Setting<'a>,
    /// The path, as reports write it.
    pub path: &'a str,
    /// Whether the file was named, rather than found in a directory.
    pub is_named: bool,
    /// The lines of the file.
    pub index: LineIndex<'a>,
    /// Why the file cannot be read, if it cannot.
    pub obstacle: Option<Obstacle>,
    /// The file read as Markdown; `None` for a whole-file record, or when it cannot be read.
    pub adr: Option<&'a Adr>,
    /// The records in the file.
    pub records: &'a [Record],
    /// The first of them, read.
    pub reading: Option<&'a DecisionReading>,
    /// What its answers give, when they have no mistake.
    pub judgement: Option<Judgement>,
}

/// What answers give.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The answers.
    pub known: Sheet,
    /// The same with assumed values for what is unknown.
    pub assumed: Sheet,
    /// What the assumed sheet gives.
    pub evaluation: Evaluation,
    /// The recommendations that some way of filling in the unknowns gives.
    pub possible: Set<RecommendationId>,
}

impl Judgement {
    /// Evaluates the answers of a decision.
    pub fn of(decision: &Decision, setting: &Setting<'_>) -> Option<Self> {
        let known = decision.answers.as_ref()?.sheet();
        let assumed = known.assuming(setting.rubric);
        let evaluation = evaluate(setting.rubric, &assumed);
        let possible = setting.reasoning.possible(&known);
        Some(Judgement {
            known,
            assumed,
            evaluation,
            possible,
        })
    }

    /// Whether no unknown answer can change the recommendation.
    pub fn is_settled(&self) -> bool {
        self.possible.count() <= 1
    }
}

impl<'a> Subject<'a> {
    /// The first record.
    pub fn record(&self) -> Option<&'a Record> {
        self.records.first()
    }

    /// The first record's decision.
    pub fn decision(&self) -> Option<&'a Decision> {
        self.reading.map(|reading| &reading.decision)
    }

    /// The exception that covers a departure from the recommendation: one with a reason. One that has expired still
    /// covers it, and says so with a finding of its own: a date alone must not turn a check red.
    pub fn covering_exception(&self) -> Option<&'a Exception> {
        self.decision()?
            .exception
            .as_ref()
            .filter(|exception| exception.is_explained())
    }

    /// The status.
    pub fn status(&self) -> Option<&'a StatusReading> {
        self.adr.map(|adr| &adr.metadata.status)
    }

    /// The id of a recommendation.
    pub fn recommendation(&self, own: RecommendationId) -> &'a str {
        &self.setting.rubric.recommendations[own].id
    }

    /// Where in the file the value at some keys of the record stands, or the key itself.
    pub fn span(&self, keys: &[&str], part: Part) -> Range<usize> {
        match (self.record(), self.reading) {
            (Some(record), Some(reading)) => record.span_in_file(reading.locate(keys, part)),
            _ => 0..0,
        }
    }

    /// Where a finding about the record as a whole stands.
    pub fn head(&self) -> Range<usize> {
        self.record().map_or(0..0, |record| record.head.clone())
    }

    /// A finding in this file.
    pub fn finding(
        &self,
        kind: &'static Kind,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Finding {
        Finding::new(kind, self.path, &self.index, span, message)
    }
}
