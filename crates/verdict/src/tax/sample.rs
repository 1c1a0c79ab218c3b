//! What the tests of the tax and of its outputs work on: the default section, and fleets to reckon with.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, date};

use super::{Estimate, Tax, Vocabulary, estimate};
use crate::fixtures;
use crate::ids::GiftId;
use crate::rubric::tax_file::TaxFile;
use crate::rubric::{Citation, Test};
use crate::text::Route;

/// The day on which the estimates of the tests are made.
pub(crate) const TODAY: Date = date(2026, 11, 23);

/// The `tax` section of the default rubric.
pub(crate) fn default_tax() -> Tax {
    fixtures::rubric().tax.unwrap()
}

/// The sources of the default rubric, and one called `seen`.
pub(crate) static SOURCES: LazyLock<Vec<Citation>> = LazyLock::new(|| {
    let default = fixtures::rubric().sources;
    default.into_iter().chain([source("seen")]).collect()
});

/// A section in YAML whose figures cite [`SOURCES`].
pub(crate) fn tax_from(yaml: &str) -> Tax {
    tax(&serde_yaml::from_str(yaml).unwrap(), &SOURCES)
}

/// A source without a vendor.
pub(crate) fn source(id: &str) -> Citation {
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
pub(crate) fn reckon<'tax>(
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

fn tax(raw: &TaxFile, sources: &[Citation]) -> Tax {
    let known = Vocabulary {
        count_facts: &[
            "pods",
            "nodes",
            "waypoints",
            "vcpu_month_cost",
            "gib_month_cost",
        ],
        recommendations: &["no-mesh", "sidecarless", "mesh"],
        sources,
        route: Route::top().key("tax"),
    };
    Tax::from_file(raw, &known, vec![Test::ALWAYS; raw.gifts.len()]).unwrap()
}
