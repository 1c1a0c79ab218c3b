//! References to sources: numbers, the mark of old figures, and the list they refer to.

use crate::show::document::Line;
use crate::show::sources::address;
use verdict::tax::{Cited, Estimate, OLD_AFTER_MONTHS, Reference};

/// Marks a figure that is older than [`OLD_AFTER_MONTHS`] months.
pub(in crate::show) const OLD: &str = "†";

/// References to what stands behind some figures: `[1][2†]`.
pub(super) fn marks<'a>(
    estimate: &Estimate<'_>,
    cited: impl IntoIterator<Item = &'a Cited>,
) -> String {
    let behind = estimate.references.behind(cited);
    behind.into_iter().map(reference_mark).collect()
}

/// [`OLD`] when any of some figures is old.
pub(super) fn old<'a>(
    estimate: &Estimate<'_>,
    cited: impl IntoIterator<Item = &'a Cited>,
) -> &'static str {
    let is_old = estimate
        .references
        .behind(cited)
        .iter()
        .any(|reference| reference.is_old);
    if is_old { OLD } else { "" }
}

/// `[1]`, or `[1†]` when its figures are old.
pub(super) fn reference_mark(reference: &Reference<'_>) -> String {
    format!(
        "[{}{}]",
        reference.number,
        if reference.is_old { OLD } else { "" }
    )
}

/// The source with vendor, place and date, and the conditions under which its figures were taken.
pub(super) fn reference_text(reference: &Reference<'_>) -> Line {
    let source = reference.source;
    let vendor = source.vendor.as_ref();
    let vendor = vendor.map_or_else(String::new, |vendor| format!(" (vendor: {vendor})"));
    let conditions = match reference.conditions.as_slice() {
        [] => String::new(),
        conditions => format!(": {}", conditions.join("; ")),
    };
    Line::new()
        .link(source.title.as_str(), address(&source.place))
        .text(format!("{vendor}, {}{conditions}", reference.as_of))
}

/// What [`OLD`] means.
pub(super) fn old_legend(estimate: &Estimate<'_>) -> String {
    format!(
        "{OLD} older than {OLD_AFTER_MONTHS} months on {}",
        estimate.today
    )
}
