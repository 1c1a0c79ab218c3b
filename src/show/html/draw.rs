//! Bars and pictures as SVG with presentation attributes. What they show stands beside them in words.

use verdict::tax::{Range, Ratio};

use super::text;
use crate::show::document::PictureLine;

/// The colours of recommendations, light enough for black letters on paper and on a dark screen, told apart also by
/// those who do not see red and green (after Okabe and Ito). The script draws with the same.
pub(super) const COLOURS: [&str; 6] = [
    "#8fd0f5", "#f2c14e", "#e6a0cf", "#7fd1ae", "#c9c3ff", "#f59d7a",
];

/// A bar against the longest of its table: solid up to the low end of a range, pale up to the high end.
pub(super) fn bar(range: Range, most: u128) -> String {
    if most == 0 || range.high == 0 {
        return String::new();
    }
    let width = |value: u128| {
        let share = Ratio::new(value, most).map_or(0, |share| share.in_units_of(200));
        share.clamp(1, 200)
    };
    let (low, high) = (width(range.low.max(1)), width(range.high));
    let pale =
        format!("<rect width=\"{high}\" height=\"12\" fill=\"#3b82c4\" fill-opacity=\"0.45\"/>");
    let solid = match range.low {
        0 => String::new(),
        _ => format!("<rect width=\"{low}\" height=\"12\" fill=\"#3b82c4\"/>"),
    };
    format!(
        "<svg viewBox=\"0 0 200 12\" width=\"200\" height=\"12\" aria-hidden=\"true\">{pale}{solid}</svg>"
    )
}

/// A part of a whole: the rest is pale.
pub(in crate::show) fn share(part: usize, whole: usize) -> String {
    let (part, whole) = (part as u128, whole as u128);
    bar(
        Range {
            low: part,
            high: whole,
        },
        whole,
    )
}

/// The cells of a fact in a row, each with its letter, the present one framed.
pub(super) fn cells(line: &PictureLine) -> String {
    const WIDTH: usize = 240;
    let count = line.cells.len().max(1);
    let width = WIDTH / count;
    let mut shapes = String::new();
    for (nth, cell) in line.cells.iter().enumerate() {
        let colour = COLOURS
            .get(cell.outcome.position % COLOURS.len())
            .unwrap_or(&"#ccc");
        let frame = if cell.is_current {
            " stroke=\"currentColor\" stroke-width=\"3\""
        } else {
            ""
        };
        let (left, middle) = (nth * width + 2, nth * width + width / 2);
        shapes += &format!(
            "<rect x=\"{left}\" y=\"2\" width=\"{}\" height=\"20\" fill=\"{colour}\"{frame}/>\
             <text x=\"{middle}\" y=\"17\" text-anchor=\"middle\" font-size=\"13\" fill=\"#000\">{}</text>",
            width.saturating_sub(4),
            text(&cell.outcome.letter)
        );
    }
    format!(
        "<svg viewBox=\"0 0 {WIDTH} 24\" width=\"{WIDTH}\" height=\"24\" aria-hidden=\"true\">{shapes}</svg>"
    )
}
