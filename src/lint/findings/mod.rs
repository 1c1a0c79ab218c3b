//! The findings of `rubric check`, one file per kind, and the one list of them.
//!
//! A check is a pure function of a [`Subject`]. It answers `None` when it could not look, because what it needs could not
//! be read or would cost too much, and otherwise what it found; nothing found means passed.

mod always_holds;
mod always_shown;
mod assumed_missing;
mod assumed_unused;
mod assumption_decides;
mod case_duplicate;
mod case_fails;
pub(in crate::lint) mod checks_incomplete;
mod condition_implied;
mod condition_unread;
mod conditions_alike;
mod definition_unused;
mod definitions_alike;
mod fact_never_matters;
mod fact_unused;
mod flag_unread;
mod guarantee_broken;
mod guarantee_duplicate;
mod guarantee_empty;
mod mistake;
mod never_holds;
mod never_recommended;
mod never_shown;
mod no_rule_holds;
mod option_without_signal;
mod options_alike;
mod parameter_unused;
mod placeholder_unread;
mod plan_missing;
mod question_empty;
mod question_never_matters;
mod rule_contradicts_itself;
mod rule_covered;
mod rule_duplicate;
mod rule_hides_rest;
mod rules_conflict;
mod rules_overlap;
mod score_contradiction;
mod score_unread;
mod signal_duplicate;
mod signals_overlap;
mod source_in_future;
mod source_undated;
mod source_unused;
mod starter_broken;
mod sum_out_of_reach;
mod test_redundant;
mod text_repeated;
mod threshold_out_of_range;
mod titles_alike;
mod verdict_incomplete;

use super::subject::{Found, Subject};
use crate::finding::{self, Family, kinds};

/// A kind of finding and what finds it in a rubric.
pub(super) type Check = finding::Check<fn(&Subject<'_>) -> Option<Found>>;

/// The findings of `rubric check`.
pub static FAMILY: Family = Family {
    command: "rubric check",
    subject: "rubric",
    kinds: || kinds(&CHECKS),
};

/// Every check, in the order in which `explain` and the formats list them.
pub(super) static CHECKS: [&Check; 51] = [
    &mistake::CHECK,
    &rule_hides_rest::CHECK,
    &rule_duplicate::CHECK,
    &rule_covered::CHECK,
    &rule_contradicts_itself::CHECK,
    &score_contradiction::CHECK,
    &no_rule_holds::CHECK,
    &verdict_incomplete::CHECK,
    &rules_conflict::CHECK,
    &rules_overlap::CHECK,
    &never_recommended::CHECK,
    &threshold_out_of_range::CHECK,
    &sum_out_of_reach::CHECK,
    &score_unread::CHECK,
    &never_holds::CHECK,
    &always_holds::CHECK,
    &test_redundant::CHECK,
    &signal_duplicate::CHECK,
    &signals_overlap::CHECK,
    &conditions_alike::CHECK,
    &condition_implied::CHECK,
    &condition_unread::CHECK,
    &definitions_alike::CHECK,
    &definition_unused::CHECK,
    &fact_never_matters::CHECK,
    &fact_unused::CHECK,
    &question_never_matters::CHECK,
    &question_empty::CHECK,
    &titles_alike::CHECK,
    &options_alike::CHECK,
    &option_without_signal::CHECK,
    &flag_unread::CHECK,
    &assumption_decides::CHECK,
    &assumed_missing::CHECK,
    &assumed_unused::CHECK,
    &guarantee_broken::CHECK,
    &guarantee_empty::CHECK,
    &guarantee_duplicate::CHECK,
    &case_fails::CHECK,
    &case_duplicate::CHECK,
    &never_shown::CHECK,
    &always_shown::CHECK,
    &text_repeated::CHECK,
    &plan_missing::CHECK,
    &placeholder_unread::CHECK,
    &starter_broken::CHECK,
    &parameter_unused::CHECK,
    &source_unused::CHECK,
    &source_undated::CHECK,
    &source_in_future::CHECK,
    &checks_incomplete::CHECK,
];
