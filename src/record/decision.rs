//! A decision as values: what was decided, on which answers, and why it departs from them.

use jiff::civil::Date;

use verdict::answers::Answers;
use verdict::ids::RecommendationId;
use verdict::rubric::Version;

/// The schema of records that is read.
pub const SCHEMA: i64 = 1;

/// A recorded decision. What is `None` is not in the record, or stands there with a mistake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The version of the rubric by which it was made.
    pub version: Option<Version>,
    /// What was decided: a recommendation of the rubric.
    pub choice: Option<RecommendationId>,
    /// The day of the decision.
    pub decided: Option<Date>,
    /// The day by which it is to be looked at again.
    pub review_by: Option<Date>,
    /// The answers it rests on.
    pub answers: Option<Answers>,
    /// Why it departs from what the answers give.
    pub exception: Option<Exception>,
    /// How prerequisites are met: the id of each, and what was done.
    pub prerequisites: Vec<(String, String)>,
}

/// Why a decision departs from the recommendation.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The reason.
    #[serde(default)]
    pub because: Option<String>,
    /// Who granted it.
    #[serde(default)]
    pub by: Option<String>,
    /// The last day on which it holds.
    #[serde(default, deserialize_with = "super::day::read")]
    pub until: Option<Date>,
}

impl Decision {
    /// The decision as a record holds it: what the answers describe is said by the file around it.
    pub fn as_recorded(&self) -> Self {
        let mut recorded = self.clone();
        if let Some(answers) = &mut recorded.answers {
            answers.subject = None;
        }
        recorded
    }
}

impl Exception {
    /// Whether it gives a reason.
    pub fn is_explained(&self) -> bool {
        self.because
            .as_deref()
            .is_some_and(|because| !because.trim().is_empty())
    }
}
