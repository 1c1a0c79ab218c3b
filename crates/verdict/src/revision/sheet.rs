//! Your own sheets under both editions of a rubric.

use crate::answers::Answers;
use crate::engine::{Reasoning, TooLarge, evaluate};
use crate::ids::RecommendationId;
use crate::rubric::Rubric;
use crate::text::{PlacedProblem, Source};

/// What becomes of one file of answers, or of one record.
#[derive(Clone, Debug)]
pub struct SheetChange {
    /// The file.
    pub path: String,
    /// What the old rubric says.
    pub before: Outcome,
    /// What the new rubric says, or why the answers no longer fit it.
    pub after: Result<Outcome, Vec<PlacedProblem>>,
}

/// What a rubric says of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The recommendation, by id, unknown answers being as assumed; `None` where no rule holds.
    pub recommendation: Option<String>,
    /// Every recommendation, by id, that some way of filling in the unknown answers gives.
    pub possible: Vec<String>,
}

impl SheetChange {
    /// Whether the new rubric says something else, or cannot read the answers.
    pub fn is_change(&self) -> bool {
        self.after.as_ref().ok() != Some(&self.before)
    }
}

/// A rubric that judges sheets.
#[derive(Debug)]
pub struct Judge<'r> {
    rubric: &'r Rubric,
    reasoning: Reasoning,
}

impl<'r> Judge<'r> {
    /// A judge by this rubric.
    ///
    /// # Errors
    /// The rubric is too large.
    pub fn new(rubric: &'r Rubric) -> Result<Self, TooLarge> {
        Ok(Self {
            rubric,
            reasoning: Reasoning::new(rubric)?,
        })
    }

    /// The rubric it judges by.
    pub fn rubric(&self) -> &'r Rubric {
        self.rubric
    }

    /// What the rubric says of the answers in a file.
    ///
    /// # Errors
    /// Every mistake in the file.
    pub fn answers(&self, source: &Source) -> Result<Outcome, Vec<PlacedProblem>> {
        Ok(self.sheet(&Answers::parse(source, self.rubric)?))
    }

    /// What the rubric says of answers, unknown ones being as assumed.
    pub fn sheet(&self, answers: &Answers) -> Outcome {
        let known = answers.sheet();
        let evaluation = evaluate(self.rubric, &known.assuming(self.rubric));
        let id = |given: RecommendationId| self.rubric.recommendations[given].id.to_string();
        Outcome {
            recommendation: evaluation.recommendation.map(id),
            possible: self.reasoning.possible(&known).iter().map(id).collect(),
        }
    }
}
