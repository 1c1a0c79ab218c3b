//! What is reserved, what that costs, and from where on one shape reserves less than another.

use super::{Row, Section};
use crate::output::page::left;
use crate::output::{figures, tax_words as words};
use crate::tax::{Cited, Range, Resource, ShapeEstimate};

impl Section<'_, '_> {
    pub(super) fn reserved(&mut self) {
        let estimate = self.estimate;
        self.page.heading("Reserved: what the scheduler sets aside for the data plane");
        let is_anything_known = estimate.shapes.iter().any(|shape| {
            let cpu = &shape.reserved.data.cpu;
            !shape.parts.is_empty() && cpu.missing.is_empty()
        });
        if is_anything_known {
            for wanted in Resource::ALL {
                let share = estimate.shapes.iter().find_map(|shape| shape.share).map(|(quantity, _)| &quantity.one);
                let mut headings = vec![words::resource(wanted).to_owned()];
                headings.extend(share.map(|one| format!("per {one}")));
                let rows = estimate.shapes.iter().map(|shape| {
                    let total = shape.reserved.data.of(wanted);
                    let share = shape.share.map(|(_, share)| figures::amount(wanted, *share.of(wanted)));
                    let mut cells = vec![words::total(wanted, total)];
                    cells.extend(share);
                    Row { label: self.label(shape), cells, bar: total.complete().unwrap_or_default() }
                });
                let rows = rows.collect();
                self.table(&headings, rows);
            }
        }
        self.by_the_piece();
        self.control_plane();
        self.alternatives();
        let cited: Vec<_> = estimate.shapes.iter().flat_map(reserved_figures).collect();
        let marks = words::marks(estimate, cited);
        self.page.paragraph(&format!("Figures: requests of the charts {marks}."));
    }

    /// Rates, for the shapes whose sizes were not given.
    pub(super) fn by_the_piece(&mut self) {
        let incomplete = self.estimate.shapes.iter().filter(|shape| !shape.reserved.data.cpu.missing.is_empty());
        let rows = incomplete.flat_map(|shape| {
            shape.rates.iter().enumerate().map(|(nth, rate)| {
                let label = if nth == 0 { self.label(shape) } else { String::new() };
                let per = match rate.quantity.quoted_per {
                    1 => rate.quantity.one.clone(),
                    _ => words::counted(rate.quantity, Range::exactly(rate.quantity.quoted_per.into())),
                };
                let [cpu, memory] =
                    [Resource::Cpu, Resource::Memory].map(|of| figures::amount(of, *rate.reserved.of(of)));
                Row { label, cells: vec![cpu, memory, per], bar: Range::ZERO }
            })
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            self.table(&["CPU".to_owned(), "memory".to_owned(), "per".to_owned()], rows);
        }
    }

    pub(super) fn control_plane(&mut self) {
        for sentence in words::control_planes(self.estimate) {
            self.page.paragraph(&sentence);
        }
    }

    pub(super) fn alternatives(&mut self) {
        let is_something = |shape: &&ShapeEstimate<'_>| shape.reserved.data.cpu.complete() != Some(Range::ZERO);
        for shape in self.estimate.shapes.iter().filter(is_something) {
            let others = shape.alternatives.iter().map(|other| {
                let amount = |wanted: Resource| {
                    let total = other.reserved.of(wanted);
                    let one = other.alternative.reserved.of(wanted);
                    total.or(one).map_or("not published".to_owned(), |range| figures::amount(wanted, range))
                };
                let [cpu, memory] = [amount(Resource::Cpu), amount(Resource::Memory)];
                let is_each = other.reserved.cpu.is_none() && cpu != memory;
                let each = if is_each { " each" } else { "" };
                let both = if cpu == memory { cpu } else { format!("{cpu} and {memory}") };
                let marks = words::marks(self.estimate, [&other.alternative.reserved.cited]);
                format!("{}: {both}{each} {marks}", other.alternative.title)
            });
            let others: Vec<_> = others.collect();
            if !others.is_empty() {
                self.page.paragraph(&format!("{} with other charts: {}.", shape.shape.title, others.join("; ")));
            }
        }
    }

    pub(super) fn prices(&mut self) {
        let estimate = self.estimate;
        if let Some(hint) = words::how_to_give_prices(estimate) {
            self.page.paragraph(&hint);
            return;
        }
        if estimate.shapes.iter().all(|shape| shape.cost.is_none() || shape.parts.is_empty()) {
            return;
        }
        self.page.heading("Price of what is reserved, control plane included");
        let rows = estimate.shapes.iter().map(|shape| Row {
            label: self.label(shape),
            cells: vec![words::cost(shape)],
            bar: shape.cost.map_or(Range::ZERO, |cost| cost.per_year),
        });
        let rows = rows.collect();
        self.table(&["a year".to_owned()], rows);
        self.page.paragraph(&words::prices(estimate));
    }

    pub(super) fn break_even(&mut self) {
        for rule in &self.estimate.break_even {
            self.page.heading(&words::break_even_title(self.estimate, rule));
            for wanted in Resource::ALL {
                let sentence = words::comparison(self.estimate, rule, wanted);
                self.page.item(&left(words::resource(wanted), "memory".len()), &sentence);
            }
            let others = rule.alternatives.iter().map(|(other, both)| {
                let (cpu, memory) = (words::point(both.cpu.point), words::point(both.memory.point));
                format!("{}: {}", other.title, if cpu == memory { cpu } else { format!("{cpu} and {memory}") })
            });
            let others: Vec<_> = others.collect();
            if !others.is_empty() {
                self.page.paragraph(&format!("Against other charts, CPU and memory: {}.", others.join("; ")));
            }
        }
    }
}

fn reserved_figures<'tax>(shape: &ShapeEstimate<'tax>) -> impl Iterator<Item = &'tax Cited> {
    shape.parts.iter().flat_map(|part| &part.part.reserved).map(|figure| &figure.cited)
}
