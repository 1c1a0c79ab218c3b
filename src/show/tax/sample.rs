//! What the tests of the tax and of its outputs work on: the default section, and fleets to reckon with.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, date};

use crate::embedded;
use verdict::ids::GiftId;
use verdict::rubric::Citation;
use verdict::tax::{Estimate, Tax, estimate};

/// The day on which the estimates of the tests are made.
pub(super) const TODAY: Date = date(2026, 11, 23);

/// The `tax` section of the default rubric.
pub(super) fn default_tax() -> Tax {
    embedded::rubric().unwrap().tax.unwrap()
}

/// The sources of the default rubric, and one called `seen`.
pub(super) static SOURCES: LazyLock<Vec<Citation>> = LazyLock::new(|| {
    let default = embedded::rubric().unwrap().sources;
    default.into_iter().chain([source("seen")]).collect()
});

/// A source without a vendor.
pub(super) fn source(id: &str) -> Citation {
    let title = format!("Title of {id}").into();
    Citation {
        id: id.into(),
        title,
        place: "somewhere".into(),
        as_of: None,
        vendor: None,
    }
}

/// An estimate for sizing facts, with a gift used where its id is listed.
pub(super) fn reckon<'tax>(
    tax: &'tax Tax,
    facts: &[(&str, u64)],
    gifts_used: &[&str],
) -> Estimate<'tax> {
    let facts: BTreeMap<_, _> = facts.iter().copied().collect();
    let is_used = |gift: GiftId| Some(gifts_used.contains(&tax.gifts()[gift].id.as_str()));
    estimate(
        tax,
        &SOURCES,
        |fact| facts.get(fact).copied(),
        is_used,
        TODAY,
    )
}
