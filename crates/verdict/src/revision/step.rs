//! Version steps: which one a change calls for, and why.

use super::edits::{Edit, Nature, Way};
use crate::engine::{Difference, TooLarge};
use crate::ids::RecommendationId;
use crate::rubric::section::Section;
use crate::rubric::{Domain, Rubric, Version};

/// How far a version moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing changes.
    None,
    /// Only texts and figures change.
    Patch,
    /// Something is added, or the logic changes without moving a recommendation.
    Minor,
    /// Some sheet gets another recommendation, or answers and ids of before no longer fit.
    Major,
}

/// Something that calls for a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The step.
    pub step: Step,
    /// Why, as the end of "because …".
    pub why: String,
}

impl Step {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The step from one version to a later one; none when it is not later.
    pub fn between(before: Version, after: Version) -> Self {
        if after <= before {
            Self::None
        } else if after.major > before.major {
            Self::Major
        } else if after.minor > before.minor {
            Self::Minor
        } else {
            Self::Patch
        }
    }

    /// The version that this step leads to. Where a number can grow no more, the next larger step is taken; after the
    /// largest version of all there is none.
    pub fn after(self, before: Version) -> Version {
        let Version {
            major,
            minor,
            patch,
        } = before;
        let raised = match self {
            Self::None => return before,
            Self::Patch => patch
                .checked_add(1)
                .map(|patch| Version { patch, ..before }),
            Self::Minor => minor.checked_add(1).map(|minor| Version {
                minor,
                patch: 0,
                ..before
            }),
            Self::Major => major.checked_add(1).map(|major| Version {
                major,
                minor: 0,
                patch: 0,
            }),
        };
        match (raised, self) {
            (Some(version), _) => version,
            (None, Self::Patch) => Self::Minor.after(before),
            (None, Self::Minor) => Self::Major.after(before),
            (None, Self::Major | Self::None) => before,
        }
    }
}

/// Everything that calls for a step.
pub(super) fn reasons(
    old: &Rubric,
    new: &Rubric,
    difference: &Result<Difference, TooLarge>,
    edits: &[Edit],
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut calls = |step: Step, why: String| reasons.push(Reason { step, why });
    let id = |rubric: &Rubric, given: Option<RecommendationId>| {
        given.map(|given| rubric.recommendations[given].id.clone())
    };
    if let Ok(difference) = difference {
        let moves = difference
            .shifts
            .iter()
            .any(|shift| id(old, shift.from) != id(new, shift.to));
        if moves {
            calls(Step::Major, "some sheets get another recommendation".into());
        }
    }
    if old.id != new.id {
        calls(
            Step::Major,
            format!(
                "the rubric is called `{}` now, and `{}` is gone",
                new.id, old.id
            ),
        );
    }
    for edit in edits {
        let path = edit.place();
        let is_internal = edit
            .path
            .iter()
            .filter_map(|key| Section::of_key(key))
            .any(|section| !section.is_public());
        match (edit.way, edit.nature) {
            (Way::Removed, _) if names_a_thing(edit) && !is_internal => {
                calls(Step::Major, format!("`{path}` is gone"))
            }
            (Way::Changed | Way::Added | Way::Removed, Nature::Logic) => {
                calls(
                    domain(old, new, edit),
                    format!("`{path}` {}", said(edit.way)),
                );
            }
            (_, Nature::Logic) => calls(Step::Minor, format!("`{path}` {}", said(edit.way))),
            (Way::Added, Nature::Text) if names_a_thing(edit) => {
                calls(Step::Minor, format!("`{path}` is new"))
            }
            (_, Nature::Text) => calls(Step::Patch, format!("`{path}` {}", said(edit.way))),
        }
    }
    reasons
}

/// Whether the edit adds or removes something that has an id of its own, and not one of its keys.
fn names_a_thing(edit: &Edit) -> bool {
    let parent = edit
        .path
        .len()
        .checked_sub(2)
        .and_then(|at| edit.path.get(at));
    parent
        .and_then(|parent| Section::of_key(parent))
        .is_some_and(Section::is_public)
}

/// The step for a change of a key of a fact: whether answers of before can stop fitting or mean something else.
fn domain(old: &Rubric, new: &Rubric, edit: &Edit) -> Step {
    let [.., list, id, key] = edit.path.as_slice() else {
        return Step::Minor;
    };
    let (Some(before), Some(after)) = (old.fact(id), new.fact(id)) else {
        return Step::Minor;
    };
    if list != "facts" {
        return Step::Minor;
    }
    let is_narrower = match (before.kind.domain(), after.kind.domain()) {
        (Domain::Numbers(min, max), Domain::Numbers(least, most)) => least > min || most < max,
        _ => false,
    };
    match key.as_str() {
        "kind" => Step::Major,
        // What an unknown answer stands for changes, and with it the advice on sheets with unknown answers.
        "assume" => Step::Major,
        "min" | "max" if is_narrower => Step::Major,
        // Other decimals make other cells: the two are compared as two facts.
        "digits" => Step::Major,
        // The same number says something else.
        "unit" if before.unit.is_some() && after.unit.is_some() => Step::Major,
        _ => Step::Minor,
    }
}

fn said(way: Way) -> &'static str {
    match way {
        Way::Added => "is new",
        Way::Removed => "is gone",
        Way::Changed => "changes",
        Way::Reordered => "stands in another order",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_can_grow_no_more_is_left_for_the_next_one() {
        let version = |text: &str| Version::parse(text).expect("a version");
        for (step, before, after) in [
            (Step::Patch, "1.0.3", "1.0.4"),
            (Step::Minor, "1.2.3", "1.3.0"),
            (Step::Major, "1.2.3", "2.0.0"),
            (Step::Patch, "1.0.18446744073709551615", "1.1.0"),
            (
                Step::Patch,
                "1.18446744073709551615.18446744073709551615",
                "2.0.0",
            ),
            (Step::Minor, "1.18446744073709551615.0", "2.0.0"),
            (
                Step::Major,
                "18446744073709551615.0.0",
                "18446744073709551615.0.0",
            ),
        ] {
            assert_eq!(
                step.after(version(before)),
                version(after),
                "{step:?} {before}"
            );
        }
    }

    #[test]
    fn a_version_is_three_numbers_as_the_schema_writes_them() {
        for text in [
            "1.2",
            "1.2.3.4",
            "01.2.3",
            "+1.2.3",
            "1.2.",
            "1.2.18446744073709551616",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
