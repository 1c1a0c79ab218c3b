//! The tax for a terminal: bars, and beside each bar its words and numbers.

mod in_use;
mod meaning;
mod reservation;

use super::Page;
use super::columns::{bar, left, right, widest};
use super::tax_words as words;
use verdict::tax::{Estimate, Range, Resource, ShapeEstimate};

/// How the page is laid out.
#[derive(Debug, Clone, Copy)]
pub struct TaxLayout<'a> {
    /// Columns of the terminal.
    pub width: usize,
    /// The recommendation whose shapes are marked.
    pub recommendation: Option<&'a str>,
    /// How much of it.
    pub detail: TaxDetail,
}

/// How much of the tax is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxDetail {
    /// What a decision turns on: the reservation, its price, the break-even, and what it buys.
    Decision,
    /// Also what was seen in use, latency, parts to run, studies and sources.
    Everything,
}

/// Stands before the shapes of the recommendation.
const RECOMMENDED: &str = ">";

/// The tax in one line: what the data plane of each shape reserves.
pub fn headline(estimate: &Estimate<'_>) -> String {
    let shapes = estimate
        .shapes
        .iter()
        .filter(|shape| !shape.parts.is_empty())
        .map(|shape| {
            let data = &shape.reserved.data;
            let [cpu, memory] = Resource::ALL.map(|wanted| words::total(wanted, data.of(wanted)));
            let both = if cpu == memory {
                cpu
            } else {
                format!("{cpu}, {memory}")
            };
            format!("{} {both}", shape.shape.title)
        });
    let shapes: Vec<_> = shapes.collect();
    super::escape::visible(&shapes.join(" · "))
}

/// The whole section.
pub fn render(estimate: &Estimate<'_>, layout: &TaxLayout<'_>) -> String {
    let mut section = Section {
        estimate,
        layout,
        page: Page::new(layout.width),
    };
    section.title();
    section.reserved();
    section.prices();
    section.break_even();
    section.gifts();
    if layout.detail == TaxDetail::Everything {
        section.used();
        section.traffic();
        section.latency();
        section.parts();
        section.studies();
    }
    section.sources();
    section.page.finish()
}

struct Section<'a, 'tax> {
    estimate: &'a Estimate<'tax>,
    layout: &'a TaxLayout<'a>,
    page: Page,
}

/// One line of a table with bars.
struct Row {
    label: String,
    cells: Vec<String>,
    bar: Range,
}

impl Section<'_, '_> {
    fn title(&mut self) {
        let title = match words::fleet(self.estimate) {
            Some(fleet) => format!("The tax of {fleet}"),
            None => "The tax, by the piece".to_owned(),
        };
        self.page.heading(&title);
        if let Some(hint) = words::how_to_give_sizes(self.estimate) {
            self.page.paragraph(&hint);
        }
        let is_marked = self
            .estimate
            .shapes
            .iter()
            .any(|shape| self.is_recommended(shape));
        if is_marked {
            self.page
                .paragraph(&format!("{RECOMMENDED} marks the recommended shape"));
        }
    }

    /// A label column, right-aligned cells, and a bar in what is left of the line.
    fn table(&mut self, headings: &[String], mut rows: Vec<Row>) {
        const GAP: usize = 2;
        const LONGEST_BAR: usize = 40;
        let labels = self
            .label_column()
            .max(widest(rows.iter().map(|row| row.label.as_str())));
        align_marks(&mut rows);
        let widths: Vec<_> = (headings.iter().enumerate())
            .map(|(nth, heading)| {
                let cells = rows.iter().filter_map(|row| row.cells.get(nth));
                widest(cells.chain([heading]).map(String::as_str))
            })
            .collect();
        let align = |cells: &[String]| {
            let filled = widths
                .iter()
                .zip(cells)
                .map(|(width, cell)| format!("  {}", right(cell, *width)));
            filled.collect::<String>()
        };
        let taken = labels + widths.iter().map(|width| width + GAP).sum::<usize>();
        if taken > self.page.width() {
            self.stacked(headings, &rows);
            return;
        }
        self.page
            .line((left("", labels) + &align(headings)).trim_end());
        let longest = self
            .page
            .width()
            .saturating_sub(taken + GAP)
            .min(LONGEST_BAR);
        let full = rows.iter().map(|row| row.bar.high).max().unwrap_or(0);
        for row in &rows {
            let bar = bar(row.bar, full, longest);
            let line = format!("{}{}  {bar}", left(&row.label, labels), align(&row.cells));
            self.page.line(line.trim_end());
        }
    }

    /// The same where the page is too narrow for columns: each cell on a line of its own.
    fn stacked(&mut self, headings: &[String], rows: &[Row]) {
        let column = widest(headings.iter().map(String::as_str));
        for row in rows {
            self.page.line(&row.label);
            for (heading, cell) in headings.iter().zip(&row.cells) {
                self.page.line(&format!(
                    "    {}  {}",
                    left(heading, column),
                    cell.trim_end()
                ));
            }
        }
    }

    fn label(&self, shape: &ShapeEstimate<'_>) -> String {
        let mark = if self.is_recommended(shape) {
            RECOMMENDED
        } else {
            " "
        };
        format!("{mark} {}", shape.shape.title)
    }

    fn label_column(&self) -> usize {
        2 + widest(
            self.estimate
                .shapes
                .iter()
                .map(|shape| shape.shape.title.as_str()),
        )
    }

    fn is_recommended(&self, shape: &ShapeEstimate<'_>) -> bool {
        shape.shape.recommendation.is_some()
            && shape.shape.recommendation.as_deref() == self.layout.recommendation
    }
}

/// Keeps numbers under each other where some of them carry the mark of old figures.
fn align_marks(rows: &mut [Row]) {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for nth in 0..columns {
        let is_marked = rows
            .iter()
            .filter_map(|row| row.cells.get(nth))
            .any(|cell| cell.ends_with(words::OLD));
        for cell in rows.iter_mut().filter_map(|row| row.cells.get_mut(nth)) {
            if is_marked && !cell.ends_with(words::OLD) {
                cell.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::columns::widest;
    use crate::show::tax_sample::{SOURCES, default_tax, reckon};

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    const FLEET: [(&str, u64); 5] = [
        ("pods", 400),
        ("nodes", 20),
        ("waypoints", 20),
        ("vcpu_month_cost", 25),
        ("gib_month_cost", 3),
    ];

    fn text(facts: &[(&str, u64)], width: usize, detail: TaxDetail) -> String {
        let tax = default_tax();
        let estimate = reckon(&tax, facts, &["mtls"]);
        plain(&render(
            &estimate,
            &TaxLayout {
                width,
                recommendation: Some("sidecarless"),
                detail,
            },
        ))
    }

    fn everything(facts: &[(&str, u64)], width: usize) -> String {
        text(facts, width, TaxDetail::Everything)
    }

    #[test]
    fn the_articles_fleet_at_60_columns() {
        insta::assert_snapshot!(everything(&FLEET, 60));
    }

    #[test]
    fn the_articles_fleet_at_80_columns() {
        insta::assert_snapshot!(everything(&FLEET, 80));
    }

    #[test]
    fn the_articles_fleet_at_120_columns() {
        insta::assert_snapshot!(everything(&FLEET, 120));
    }

    #[test]
    fn sizes_that_were_not_given_are_asked_for() {
        insta::assert_snapshot!(everything(&[], 80));
    }

    #[test]
    fn sixty_pods_on_twelve_nodes_in_short() {
        let facts = [
            ("pods", 60),
            ("nodes", 12),
            ("waypoints", 20),
            ("vcpu_month_cost", 0),
            ("gib_month_cost", 0),
        ];
        insta::assert_snapshot!(text(&facts, 80, TaxDetail::Decision));
    }

    #[test]
    fn a_fleet_of_nothing_in_short() {
        let facts = [("pods", 0), ("nodes", 0), ("waypoints", 0)];
        insta::assert_snapshot!(text(&facts, 80, TaxDetail::Decision));
    }

    #[test]
    fn a_million_pods_without_the_number_of_nodes_in_short() {
        let facts = [("pods", 1_000_000), ("vcpu_month_cost", 1_000)];
        insta::assert_snapshot!(text(&facts, 80, TaxDetail::Decision));
    }

    #[test]
    fn every_figure_is_marked_once_it_is_old() {
        let tax = default_tax();
        let facts: std::collections::BTreeMap<_, _> = FLEET.into();
        let day = jiff::civil::date(2028, 6, 1);
        let estimate = verdict::tax::estimate(
            &tax,
            &SOURCES,
            |fact| facts.get(fact).copied(),
            |_| None,
            day,
        );
        let layout = TaxLayout {
            width: 80,
            recommendation: None,
            detail: TaxDetail::Decision,
        };
        insta::assert_snapshot!(plain(&render(&estimate, &layout)));
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let fleets: [&[(&str, u64)]; 5] = [
            &FLEET,
            &[],
            &[("pods", 400)],
            &[("nodes", 12)],
            &[
                ("pods", 1_000_000),
                ("nodes", 40_000),
                ("waypoints", 9_000),
                ("vcpu_month_cost", 1_000_000),
            ],
        ];
        for facts in fleets {
            for width in [60, 72, 80, 120] {
                for line in everything(facts, width).lines() {
                    assert!(widest([line]) <= width, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn the_headline_is_the_reservation() {
        let tax = default_tax();
        let headline = headline(&reckon(&tax, &[("pods", 400), ("nodes", 20)], &[]));
        assert_eq!(
            headline,
            "Sidecarless L4 6.0 cores, 12.0 GiB · Sidecarless + waypoints needs waypoints · Sidecar mesh 40.0 cores, 50.0 GiB"
        );
    }
}
