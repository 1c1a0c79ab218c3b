//! Columns and bars, counted as they are seen.

use textwrap::core::display_width;

use verdict::tax::{Range, Ratio};

/// `text` filled up with blanks on the right.
pub(super) fn left(text: &str, width: usize) -> String {
    format!(
        "{text}{}",
        " ".repeat(width.saturating_sub(display_width(text)))
    )
}

/// `text` filled up with blanks on the left.
pub(super) fn right(text: &str, width: usize) -> String {
    format!(
        "{}{text}",
        " ".repeat(width.saturating_sub(display_width(text)))
    )
}

/// The width of the widest of some texts.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts.into_iter().map(display_width).max().unwrap_or(0)
}

/// A bar of `cells` for the value `full`: solid up to the low end of a range, light up to the high end.
///
/// What is more than nothing has at least one cell.
pub(super) fn bar(range: Range, full: u128, cells: usize) -> String {
    let (low, high) = (
        cells_for(range.low, full, cells),
        cells_for(range.high, full, cells),
    );
    "█".repeat(low) + &"░".repeat(high.saturating_sub(low))
}

fn cells_for(value: u128, full: u128, cells: usize) -> usize {
    if value == 0 || full == 0 {
        return 0;
    }
    let exact = Ratio::new(value, full).map_or(0, |share| share.in_units_of(cells as u128));
    usize::try_from(exact)
        .unwrap_or(cells)
        .clamp(1, cells.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_solid_up_to_low_and_light_up_to_high() {
        assert_eq!(bar(Range { low: 20, high: 60 }, 60, 6), "██░░░░");
        assert_eq!(bar(Range::exactly(1), 1_000, 10), "█");
        assert_eq!(bar(Range::ZERO, 1_000, 10), "");
        assert_eq!(bar(Range::ZERO, 0, 10), "");
        assert_eq!(bar(Range::exactly(u128::MAX), u128::MAX, 3), "███");
    }

    #[test]
    fn columns_are_counted_as_they_are_seen() {
        assert_eq!(right("20–60", 7), "  20–60");
        assert_eq!(left("日本", 6), "日本  ");
        assert_eq!(widest(["a", "日本"]), 4);
    }
}
