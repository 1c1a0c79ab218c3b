//! What the tests of these outputs show: the tax of the default rubric, for fleets of their own.

use std::sync::LazyLock;

use jiff::civil::date;

use crate::embedded;
use verdict::rubric::Rubric;
use verdict::tax::{Estimate, estimate};

/// The estimate for sizing facts, with a gift used where its id is listed; without a list that is open for all.
pub(super) fn reckon(facts: &[(&str, u64)], gifts_used: Option<&[&str]>) -> Estimate<'static> {
    static RUBRIC: LazyLock<Rubric> = LazyLock::new(|| embedded::rubric().unwrap());
    let tax = RUBRIC.tax.as_ref().unwrap();
    let count = |fact: &str| facts.iter().find(|(id, _)| *id == fact).map(|(_, n)| *n);
    estimate(
        tax,
        RUBRIC.sources.as_slice(),
        count,
        |gift| gifts_used.map(|used| used.contains(&tax.gifts()[gift].id.as_str())),
        date(2026, 11, 23),
    )
}
