//! What is reserved, what that costs, and from where on one shape reserves less than another.

use super::{Row, Section};
use crate::show::columns::left;
use crate::show::tax_words as words;
use verdict::tax::{Cited, Range, Resource, ShapeEstimate};

impl Section<'_, '_> {
    pub(super) fn reserved(&mut self) {
        let estimate = self.estimate;
        self.page
            .heading("Reserved: what the scheduler sets aside for the data plane");
        let is_anything_known = estimate.shapes.iter().any(|shape| {
            let cpu = &shape.reserved.data.cpu;
            !shape.parts.is_empty() && cpu.missing.is_empty()
        });
        if is_anything_known {
            for wanted in Resource::ALL {
                let share = estimate
                    .shapes
                    .iter()
                    .find_map(|shape| shape.share)
                    .map(|(quantity, _)| &quantity.one);
                let mut headings = vec![words::resource(wanted).to_owned()];
                headings.extend(share.map(|one| format!("per {one}")));
                let rows = estimate.shapes.iter().map(|shape| {
                    let total = shape.reserved.data.of(wanted);
                    let share = shape.share.map(|(_, share)| {
                        words::on_reservation(estimate, shape, wanted, *share.of(wanted))
                    });
                    let mut cells = vec![words::reserved(estimate, shape, wanted)];
                    cells.extend(share);
                    Row {
                        label: self.label(shape),
                        cells,
                        bar: total.complete().unwrap_or_default(),
                    }
                });
                let rows = rows.collect();
                self.table(&headings, rows);
            }
        }
        self.by_the_piece();
        for sentence in words::control_planes(estimate) {
            self.page.paragraph(&sentence);
        }
        for sentence in words::alternatives(estimate) {
            self.page.paragraph(&sentence);
        }
        let cited: Vec<_> = estimate.shapes.iter().flat_map(reserved_figures).collect();
        let marks = words::marks(estimate, cited);
        self.page
            .paragraph(&format!("Figures: requests of the charts {marks}."));
    }

    /// Rates, for the shapes whose sizes were not given.
    fn by_the_piece(&mut self) {
        let incomplete = self
            .estimate
            .shapes
            .iter()
            .filter(|shape| !shape.reserved.data.cpu.missing.is_empty());
        let rows = incomplete.flat_map(|shape| {
            shape.rates.iter().enumerate().map(|(nth, rate)| {
                let label = if nth == 0 {
                    self.label(shape)
                } else {
                    String::new()
                };
                let per = match rate.quantity.quoted_per {
                    1 => rate.quantity.one.to_string(),
                    _ => words::counted(
                        rate.quantity,
                        Range::exactly(rate.quantity.quoted_per.into()),
                    ),
                };
                let [cpu, memory] = Resource::ALL.map(|of| {
                    words::on_reservation(self.estimate, shape, of, *rate.reserved.of(of))
                });
                Row {
                    label,
                    cells: vec![cpu, memory, per],
                    bar: Range::ZERO,
                }
            })
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            self.table(
                &["CPU".to_owned(), "memory".to_owned(), "per".to_owned()],
                rows,
            );
        }
    }

    pub(super) fn prices(&mut self) {
        let estimate = self.estimate;
        if let Some(hint) = words::how_to_give_prices(estimate) {
            self.page.paragraph(&hint);
            return;
        }
        if estimate
            .shapes
            .iter()
            .all(|shape| shape.cost.is_none() || shape.parts.is_empty())
        {
            return;
        }
        self.page
            .heading("Price of what is reserved, control plane included");
        let rows = estimate.shapes.iter().map(|shape| Row {
            label: self.label(shape),
            cells: vec![words::cost(estimate, shape)],
            bar: shape.cost.map_or(Range::ZERO, |cost| cost.per_year),
        });
        let rows = rows.collect();
        self.table(&["a year".to_owned()], rows);
        self.page.paragraph(&words::prices(estimate));
    }

    pub(super) fn break_even(&mut self) {
        for rule in &self.estimate.break_even {
            self.page
                .heading(&words::break_even_title(self.estimate, rule));
            for wanted in Resource::ALL {
                let sentence = words::comparison(self.estimate, rule, wanted);
                self.page.labelled(
                    &format!("  {}", left(words::resource(wanted), "memory".len())),
                    &sentence,
                );
            }
            if let Some(sentence) = words::break_even_alternatives(self.estimate, rule) {
                self.page.paragraph(&sentence);
            }
        }
    }
}

fn reserved_figures<'tax>(shape: &ShapeEstimate<'tax>) -> impl Iterator<Item = &'tax Cited> {
    shape
        .parts
        .iter()
        .flat_map(|part| &part.part.reserved)
        .map(|figure| &figure.cited)
}
