//! Cases: example sheets with the recommendation that is expected, and what they exercise of a rubric.

mod exercise;
mod sides;
mod suggest;

pub use exercise::{Exercise, Subject};
pub use sides::{Threshold, suggest_sides};
pub use suggest::{Flip, Suggestion, suggest};

use crate::answers::Sheet;
use crate::engine::{Evaluation, evaluate};
use crate::ids::{RecommendationId, RuleId};
use crate::rubric::{Case, Rubric};

/// What came of a case.
#[derive(Clone, Debug)]
pub struct Outcome<'c> {
    /// The case.
    pub case: &'c Case,
    /// Its sheet, with every fact that it leaves out at its assumed value.
    pub sheet: Sheet,
    evaluation: Evaluation,
}

impl<'c> Outcome<'c> {
    /// Runs a case.
    ///
    /// ```
    /// # use verdict::rubric::Rubric;
    /// # use verdict::text::Source;
    /// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
    /// use verdict::cases::Outcome;
    ///
    /// assert!(Outcome::of(&rubric, &rubric.cases[0]).passes());
    /// ```
    pub fn of(rubric: &Rubric, case: &'c Case) -> Self {
        let mut sheet = Sheet::unknown(rubric);
        case.answers
            .iter()
            .for_each(|(fact, value)| sheet.set_at(*fact, Some(*value)));
        let sheet = sheet.assuming(rubric);
        let evaluation = evaluate(rubric, &sheet);
        Self {
            case,
            sheet,
            evaluation,
        }
    }

    /// The rule that fired; `None` when none did, which only an unfinished rubric allows.
    pub fn rule(&self) -> Option<RuleId> {
        self.evaluation.rule
    }

    /// The recommendation that came out.
    pub fn recommendation(&self) -> Option<RecommendationId> {
        self.evaluation.recommendation
    }

    /// Whether what was expected came out.
    pub fn passes(&self) -> bool {
        self.gives_recommendation() && self.gives_rule()
    }

    /// Whether the expected recommendation came out.
    pub fn gives_recommendation(&self) -> bool {
        self.recommendation() == Some(self.case.recommend)
    }

    /// Whether the expected rule fired, when one is expected.
    pub(crate) fn gives_rule(&self) -> bool {
        self.case.rule.is_none() || self.rule() == self.case.rule
    }
}
