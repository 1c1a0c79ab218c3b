//! Where the answers stand: what can still come out, the score, the boxes.

use std::fmt;

use crate::show::words::{gives_points, points};
use verdict::answers::Sheet;
use verdict::engine::{Certainty, Reasoning, Saying};
use verdict::rubric::{Recommendation, Rubric};

/// Where the answers stand.
#[derive(Clone, Debug)]
pub struct Standing<'r> {
    /// The recommendations that can still come out, in the order of the rubric.
    pub possible: Vec<&'r Recommendation>,
    /// How many recommendations the rubric has.
    pub of: usize,
    /// The points of the signals that hold whatever the open answers are; `None` where the rubric gives none.
    pub score: Option<i64>,
    /// Whether open answers can still add to the score or take from it.
    pub is_score_open: bool,
    /// Whether each box is ticked; `None` while open answers decide it.
    pub boxes: Vec<Option<bool>>,
    /// Whether to say that what is still asked is not for the recommendation.
    pub goes_on: bool,
}

impl<'r> Standing<'r> {
    /// Where a sheet with unknowns stands.
    pub fn new(
        rubric: &'r Rubric,
        reasoning: &Reasoning,
        certainty: &Certainty,
        sheet: &Sheet,
    ) -> Self {
        let possible = reasoning.possible(sheet);
        let certain = certainty.about(sheet);
        let scored = rubric
            .signals
            .entries()
            .filter(|(_, signal)| signal.points != 0);
        let signals: Vec<(i64, Option<bool>)> = scored
            .map(|(id, signal)| (signal.points, certain.settled(Saying::Signal(id))))
            .collect();
        let sure = signals.iter().filter(|(_, holds)| *holds == Some(true));
        Self {
            possible: possible
                .iter()
                .map(|own| &rubric.recommendations[own])
                .collect(),
            of: rubric.recommendations.len(),
            score: gives_points(rubric).then(|| sure.map(|(points, _)| points).sum()),
            is_score_open: signals.iter().any(|(_, holds)| holds.is_none()),
            boxes: rubric
                .conditions
                .ids()
                .map(|id| reasoning.condition(id, sheet))
                .collect(),
            goes_on: false,
        }
    }

    /// The recommendation that no open answer can change.
    pub fn settled(&self) -> Option<&'r Recommendation> {
        match self.possible.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

impl fmt::Display for Standing<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.settled(), self.possible.len() == self.of) {
            (Some(settled), _) => write!(
                formatter,
                "Settled: {}, whatever else you answer",
                settled.title
            )?,
            (None, true) => write!(formatter, "Nothing ruled out yet")?,
            (None, false) => {
                let titles: Vec<&str> = self
                    .possible
                    .iter()
                    .map(|recommendation| recommendation.title.as_str())
                    .collect();
                write!(formatter, "Still possible: {}", titles.join(", "))?;
            }
        }
        if self.goes_on {
            write!(formatter, ". The rest is for the record")?;
        }
        if let Some(score) = self.score {
            let so_far = if self.is_score_open { " so far" } else { "" };
            write!(formatter, " · score{so_far} {}", points(score))?;
        }
        if self.boxes.is_empty() {
            return Ok(());
        }
        let ticked = self.boxes.iter().filter(|met| **met == Some(true)).count();
        write!(formatter, " · boxes {ticked} of {}", self.boxes.len())?;
        match self.boxes.iter().filter(|met| met.is_none()).count() {
            0 => Ok(()),
            open => write!(formatter, ", {open} open"),
        }
    }
}
