//! The findings: what `check` can say about a record, one file per kind, and the one list of them.
//!
//! A check is a pure function of a [`Subject`]. It answers `None` when it could not look, because what it needs is not
//! there or is wrong, and otherwise what it found; nothing found means passed.

mod answer_outdated;
mod date_implausible;
mod decision_contradicted;
mod decision_mismatch;
mod duplicate_record;
mod exception_expired;
mod exception_unexplained;
mod exception_unneeded;
mod fact_drifted;
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
mod unknown_rubric;
mod unsettled;

pub use subject::{Judgement, Obstacle, Setting, Subject};

use jiff::civil::Date;

use crate::finding::{self, Family, Finding, kinds};

/// A kind of finding and what finds it in a record; it answers `None` when it could not look.
pub type Check = finding::Check<fn(&Subject<'_>) -> Option<Vec<Finding>>>;

/// The findings of `check`.
pub static FAMILY: Family = Family {
    command: "check",
    subject: "record",
    kinds: || kinds(&CHECKS),
};

/// Every check, in the order in which `explain` and the formats list them.
pub static CHECKS: [&Check; 22] = [
    &decision_mismatch::CHECK,
    &unsettled::CHECK,
    &missing_record::CHECK,
    &invalid_record::CHECK,
    &unknown_rubric::CHECK,
    &unknown_fact::CHECK,
    &invalid_answer::CHECK,
    &duplicate_record::CHECK,
    &status_unknown::CHECK,
    &status_conflict::CHECK,
    &review_overdue::CHECK,
    &review_missing::CHECK,
    &answer_outdated::CHECK,
    &date_implausible::CHECK,
    &exception_expired::CHECK,
    &exception_unneeded::CHECK,
    &exception_unexplained::CHECK,
    &prerequisite_unmet::CHECK,
    &rubric_changed::CHECK,
    &superseded_unlinked::CHECK,
    &fact_drifted::CHECK,
    &decision_contradicted::CHECK,
];

/// The checks that look at a record that is no longer in force.
pub(crate) static CHECKS_OF_RETIRED: [&Check; 1] = [&superseded_unlinked::CHECK];

/// Days from one day to a later one; 0 when it is not later.
fn days_between(from: Date, to: Date) -> usize {
    usize::try_from((to - from).get_days()).unwrap_or(0)
}

/// The one finding there is, if there is one.
fn at_most_one(finding: Option<Finding>) -> Vec<Finding> {
    finding.into_iter().collect()
}
