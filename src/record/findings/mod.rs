//! The findings: what `check` can say about a record, one file per kind, and the one list of them.
//!
//! A rule is a pure function of a [`Subject`]. It answers `None` when it could not look, because what it needs is not
//! there or is wrong, and otherwise what it found; nothing found means passed.

mod answer_outdated;
mod decision_mismatch;
mod duplicate_record;
mod exception_expired;
mod exception_unexplained;
mod exception_unneeded;
mod invalid_answer;
mod invalid_record;
mod missing_record;
mod prerequisite_unmet;
mod review_missing;
mod review_overdue;
mod rubric_changed;
mod status_conflict;
mod status_unknown;
mod subject;
mod superseded_unlinked;
mod unknown_fact;
mod unsettled;

pub use subject::{Judgement, Obstacle, Setting, Subject};

use jiff::civil::Date;

use crate::record::report::{Finding, RuleInfo};

/// A kind of finding, and how it comes about.
#[derive(Debug)]
pub struct Rule {
    /// Its id and texts.
    pub info: RuleInfo,
    /// What it finds; `None` when it could not look.
    pub look: fn(&Subject<'_>) -> Option<Vec<Finding>>,
}

/// Every rule, in the order in which `explain` and the formats list them.
pub static RULES: [&Rule; 18] = [
    &decision_mismatch::RULE,
    &unsettled::RULE,
    &missing_record::RULE,
    &invalid_record::RULE,
    &unknown_fact::RULE,
    &invalid_answer::RULE,
    &duplicate_record::RULE,
    &status_unknown::RULE,
    &status_conflict::RULE,
    &review_overdue::RULE,
    &review_missing::RULE,
    &answer_outdated::RULE,
    &exception_expired::RULE,
    &exception_unneeded::RULE,
    &exception_unexplained::RULE,
    &prerequisite_unmet::RULE,
    &rubric_changed::RULE,
    &superseded_unlinked::RULE,
];

/// The rules that look at a record that is no longer in force.
pub(crate) static RULES_FOR_RETIRED: [&Rule; 1] = [&superseded_unlinked::RULE];

/// The texts of every rule.
pub fn infos() -> Vec<&'static RuleInfo> {
    RULES.iter().map(|rule| &rule.info).collect()
}

/// The rule of this id.
pub fn rule(id: &str) -> Option<&'static RuleInfo> {
    infos().into_iter().find(|info| info.id == id)
}

/// Days from one day to a later one; 0 when it is not later.
fn days_between(from: Date, to: Date) -> usize {
    usize::try_from((to - from).get_days()).unwrap_or(0)
}

/// The one finding there is, if there is one.
fn at_most_one(finding: Option<Finding>) -> Vec<Finding> {
    finding.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_id_and_all_its_texts() {
        let mut ids: Vec<&str> = infos().iter().map(|info| info.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
        for info in infos() {
            assert!(
                info.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
                "{}",
                info.id
            );
            assert!(
                !info.summary.is_empty() && !info.summary.ends_with('.'),
                "{}",
                info.id
            );
            for text in [info.what, info.why, info.fix] {
                assert!(text.ends_with('.'), "{}: {text}", info.id);
            }
            assert!(!info.example.is_empty(), "{}", info.id);
        }
    }
}
