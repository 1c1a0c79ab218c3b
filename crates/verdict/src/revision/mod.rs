//! Revisions: what a new version of a rubric changes, and which version step that calls for.

mod edits;
mod sheet;
mod step;

pub use edits::{Edit, Nature, Way, edits};
pub use sheet::{Judge, Outcome, SheetChange};
pub use step::{Reason, Step};

use crate::engine::{Budget, Difference, TooLarge, difference};
use crate::rubric::{Fact, Rubric, Version};
use crate::text::Tree;

/// A rubric as it was and as it is to be.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'r> {
    /// The rubric.
    pub rubric: &'r Rubric,
    /// The values in its file.
    pub file: &'r Tree,
}

/// What changes from one edition of a rubric to the next.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Where the recommendations of all sheets go, or why that could not be found out.
    pub difference: Result<Difference, TooLarge>,
    /// What changes in the file, in its order.
    pub edits: Vec<Edit>,
    /// Facts, by id, that only the old rubric has, or has with another kind.
    pub only_old: Vec<String>,
    /// Facts, by id, that only the new rubric has, or has with another kind.
    pub only_new: Vec<String>,
    /// The version step that is called for.
    pub step: Step,
    /// What calls for it.
    pub reasons: Vec<Reason>,
    /// The version step that was taken.
    pub taken: Step,
    /// The version that is called for, when a smaller step was taken.
    pub wanted: Option<Version>,
}

impl Revision {
    /// Compares two editions at no more than this cost.
    pub fn of(old: Edition<'_>, new: Edition<'_>, budget: &Budget) -> Self {
        let difference = difference(old.rubric, new.rubric, budget);
        let edits = edits(old.file, new.file);
        let reasons = step::reasons(old.rubric, new.rubric, &difference, &edits);
        let step = reasons
            .iter()
            .map(|reason| reason.step)
            .max()
            .unwrap_or(Step::None);
        let (before, after) = (old.rubric.version, new.rubric.version);
        let wanted = step.after(before);
        Self {
            only_old: only(old.rubric, new.rubric),
            only_new: only(new.rubric, old.rubric),
            reasons: reasons
                .into_iter()
                .filter(|reason| reason.step == step)
                .collect(),
            taken: Step::between(before, after),
            wanted: (after < wanted).then_some(wanted),
            difference,
            edits,
            step,
        }
    }

    /// Whether anything changes beyond the version and the layout of the file, or might.
    pub fn changes_something(&self) -> bool {
        self.step != Step::None || self.difference.is_err()
    }
}

/// The facts of a rubric that another does not have with the same kind and as many decimals.
fn only(rubric: &Rubric, other: &Rubric) -> Vec<String> {
    let form = |fact: &Fact| (std::mem::discriminant(&fact.kind), fact.kind.digits());
    let is_shared = |fact: &Fact| {
        let same = other.fact(&fact.id);
        same.is_some_and(|same| form(same) == form(fact))
    };
    let own = rubric.facts.iter().filter(|fact| !is_shared(fact));
    own.map(|fact| fact.id.to_string()).collect()
}
