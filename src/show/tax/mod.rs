//! The tax: what the data plane of each shape takes, as a document, in three lines, and in JSON.

mod break_even;
mod brief;
mod gifts;
pub mod json;
mod latency;
mod references;
#[cfg(test)]
mod sample;
mod words;

use super::document::{Document, Line, Mark, Row, Table};
use super::figures;
use verdict::tax::{Cited, Estimate, Figure, Plane, Range, Resource, ShapeEstimate};

pub use brief::brief;
pub(in crate::show) use references::OLD;
pub(in crate::show) use words::{fleet, not_given, reserved, yearly};

/// Everything: what is reserved, its price, the break-even, what it buys, what was seen in use, and who says so. The
/// shapes of the recommendation are marked.
pub fn full(estimate: &Estimate<'_>, recommendation: Option<&str>) -> Document {
    let mut section = Section {
        estimate,
        built: estimate.built(recommendation),
        document: Document::default(),
    };
    section.title();
    section.reserved();
    section.prices();
    section.break_even();
    section.gifts();
    section.used();
    section.traffic();
    section.latency();
    section.parts();
    section.studies();
    section.sources();
    section.document
}

/// Whether a shape is one of those in which the recommendation is built.
pub(in crate::show) fn is_among(shape: &ShapeEstimate<'_>, built: &[&ShapeEstimate<'_>]) -> bool {
    built.iter().any(|own| own.shape.id == shape.shape.id)
}

struct Section<'a, 'tax> {
    estimate: &'a Estimate<'tax>,
    built: Vec<&'a ShapeEstimate<'tax>>,
    document: Document,
}

impl<'tax> Section<'_, 'tax> {
    fn title(&mut self) {
        self.document.heading(match words::fleet(self.estimate) {
            Some(fleet) => format!("The tax of {fleet}"),
            None => "The tax, by the piece".to_owned(),
        });
        if let Some(hint) = words::how_to_give_sizes(self.estimate) {
            self.document.paragraph(hint);
        }
    }

    fn reserved(&mut self) {
        let estimate = self.estimate;
        self.document
            .heading("Reserved: what the scheduler sets aside for the data plane");
        let is_anything_known = estimate.shapes.iter().any(|shape| {
            let cpu = &shape.reserved.data.cpu;
            !shape.parts.is_empty() && cpu.missing.is_empty()
        });
        if is_anything_known {
            Resource::ALL
                .into_iter()
                .for_each(|wanted| self.reserved_of(wanted));
        }
        self.by_the_piece();
        for sentence in words::control_planes(estimate) {
            self.document.paragraph(sentence);
        }
        for sentence in words::alternatives(estimate) {
            self.document.paragraph(sentence);
        }
        let parts = estimate.shapes.iter().flat_map(|shape| &shape.parts);
        let figures = parts.flat_map(|part| &part.part.reserved);
        let marks = words::marks(estimate, figures.map(|figure| &figure.cited));
        self.document
            .paragraph(format!("Figures: requests of the charts {marks}."));
        if let Some(given) = words::given(estimate) {
            self.document.paragraph(given);
        }
    }

    fn reserved_of(&mut self, wanted: Resource) {
        let estimate = self.estimate;
        let mut shares = estimate.shapes.iter().filter_map(|shape| shape.share);
        let share = shares
            .next()
            .map(|(quantity, _)| format!("Per {}", quantity.one));
        let heads = ["Shape".to_owned(), words::resource(wanted).to_owned()];
        let mut table = Table::of_numbers(heads.into_iter().chain(share));
        for shape in &estimate.shapes {
            let mut cells = vec![words::reserved(estimate, shape, wanted)];
            cells.extend(shape.share.map(|(_, share)| {
                words::on_reservation(estimate, shape, wanted, *share.of(wanted))
            }));
            let total = shape.reserved.data.of(wanted).complete();
            table
                .rows
                .push(self.row(shape, cells, total.unwrap_or_default()));
        }
        self.document.table(table);
    }

    /// Rates, for the shapes whose sizes were not given.
    fn by_the_piece(&mut self) {
        let mut table = Table::of_numbers(["Shape", "CPU", "Memory", "Per"]);
        let incomplete = |shape: &&ShapeEstimate<'_>| !shape.reserved.data.cpu.missing.is_empty();
        for shape in self.estimate.shapes.iter().filter(incomplete) {
            for rate in &shape.rates {
                let per = match rate.quantity.quoted_per {
                    1 => rate.quantity.one.to_string(),
                    many => words::counted(rate.quantity, Range::exactly(many.into())),
                };
                let [cpu, memory] = Resource::ALL.map(|of| {
                    words::on_reservation(self.estimate, shape, of, *rate.reserved.of(of))
                });
                table
                    .rows
                    .push(self.row(shape, vec![cpu, memory, per], Range::ZERO));
            }
        }
        self.document.table(table);
    }

    fn prices(&mut self) {
        let estimate = self.estimate;
        if let Some(hint) = words::how_to_give_prices(estimate) {
            self.document.paragraph(hint);
            return;
        }
        let is_priced = |shape: &ShapeEstimate<'_>| shape.cost.is_some() && !shape.parts.is_empty();
        if !estimate.shapes.iter().any(is_priced) {
            return;
        }
        self.document
            .heading("Price of what is reserved, control plane included");
        let mut table = Table::of_numbers(["Shape", "A year"]);
        for shape in &estimate.shapes {
            let cost = shape.cost.map_or(Range::ZERO, |cost| cost.per_year);
            let cells = vec![words::cost(estimate, shape)];
            table.rows.push(self.row(shape, cells, cost));
        }
        self.document.table(table);
        self.document.paragraph(words::prices(estimate));
    }

    fn break_even(&mut self) {
        for rule in &self.estimate.break_even {
            self.document
                .heading(break_even::title(self.estimate, rule));
            for wanted in Resource::ALL {
                let sentence = break_even::comparison(self.estimate, rule, wanted);
                self.document.pair(words::resource(wanted), sentence);
            }
            if let Some(sentence) = break_even::alternatives(self.estimate, rule) {
                self.document.paragraph(sentence);
            }
        }
    }

    fn gifts(&mut self) {
        if self.estimate.gifts.is_empty() {
            return;
        }
        self.document
            .heading(format!("What it buys. {}", gifts::sentence(self.estimate)));
        for gift in &self.estimate.gifts {
            let used = match (&gift.gift.used_when, gift.is_used) {
                (Some(when), Some(true)) => format!(": {when}"),
                (Some(when), _) => format!("; it would be where {when}"),
                (None, _) => String::new(),
            };
            let (title, is_used) = (&gift.gift.title, gifts::is_used(gift.is_used));
            self.document.item(
                Mark::Ticked(gift.is_used),
                format!("{title}, {is_used}{used}"),
            );
        }
        for shape in &self.estimate.shapes {
            self.document
                .pair(shape.shape.title.as_str(), gifts::count(shape.gifts));
        }
    }

    fn used(&mut self) {
        let estimate = self.estimate;
        let mut shapes = estimate.shapes.iter();
        let is_complete = shapes.all(|shape| shape.used.data.cpu.missing.is_empty());
        let (each, table) = if is_complete {
            ("", self.used_by_shape())
        } else {
            (", each", self.used_by_part())
        };
        self.document.heading(format!(
            "Used: what the data plane was seen to take at rest{each}"
        ));
        self.document.table(table);
        let figures = data_parts(estimate).flat_map(|part| &part.used);
        let marks = words::marks(estimate, figures.map(|figure| &figure.cited));
        let unpublished = words::unpublished(estimate).unwrap_or_default();
        self.document
            .paragraph(format!("Figures: {marks}. {unpublished}"));
    }

    fn used_by_shape(&self) -> Table {
        let mut table = Table::of_numbers(["Shape", "CPU", "Memory"]);
        for shape in self.shapes() {
            let cell = |wanted: Resource| {
                let total = shape.used.data.of(wanted);
                let parts = shape.parts.iter().map(|part| part.part);
                let data = parts.filter(|part| part.plane == Plane::Data);
                let figures = data.flat_map(|part| &part.used);
                let figures = figures.filter(|figure| figure.of(wanted).is_some());
                let is_nothing = total.range == Range::ZERO;
                let old = words::old(self.estimate, figures.map(|figure| &figure.cited));
                words::total(wanted, total) + if is_nothing { "" } else { old }
            };
            let cells = Resource::ALL.map(cell).into();
            table.rows.push(self.row(shape, cells, Range::ZERO));
        }
        table
    }

    fn used_by_part(&self) -> Table {
        let mut table = Table::of_numbers(["Part", "CPU", "Memory"]);
        let is_known =
            |part: &&verdict::tax::Part| !part.reserved.is_empty() || !part.used.is_empty();
        for part in data_parts(self.estimate).filter(is_known) {
            let cell = |wanted: Resource| match Figure::union_of(&part.used, wanted) {
                Some(range) => {
                    let figures = part.used.iter();
                    let figures = figures.filter(|figure| figure.of(wanted).is_some());
                    let old = words::old(self.estimate, figures.map(|figure| &figure.cited));
                    format!("{}{old}", figures::amount(wanted, range))
                }
                None => "not published".to_owned(),
            };
            let [cpu, memory] = Resource::ALL.map(cell);
            table.row([part.title.to_string(), cpu, memory]);
        }
        table
    }

    fn traffic(&mut self) {
        let estimate = self.estimate;
        let parts = estimate.tax.parts().iter();
        let figures: Vec<&Cited> = parts
            .flat_map(|part| &part.used_per_1000_rps)
            .map(|figure| &figure.cited)
            .collect();
        if figures.is_empty() {
            return;
        }
        self.document
            .heading("CPU used by traffic: 1,000 requests a second over one hop");
        let mut table = Table::of_numbers(["Shape", "CPU", "Passed"]);
        for shape in self.shapes() {
            let cpu = &shape.used_per_1000_rps.cpu;
            let used = shape
                .parts
                .iter()
                .flat_map(|part| &part.part.used_per_1000_rps);
            let old = words::old(estimate, used.map(|figure| &figure.cited));
            let proxies = match shape.proxies_per_hop {
                1 => "1 proxy".to_owned(),
                many => format!("{many} proxies"),
            };
            let cells = vec![words::total(Resource::Cpu, cpu) + old, proxies];
            let bar = cpu.complete().unwrap_or_default();
            table.rows.push(self.row(shape, cells, bar));
        }
        self.document.table(table);
        let marks = words::marks(estimate, figures);
        self.document.paragraph(format!("Figures: {marks}."));
    }

    fn parts(&mut self) {
        let lines = words::parts(self.estimate);
        if lines.is_empty() {
            return;
        }
        self.document.heading("To run and to upgrade");
        for line in lines {
            self.document.item(Mark::Bullet, line);
        }
    }

    fn studies(&mut self) {
        if self.estimate.tax.studies().is_empty() {
            return;
        }
        self.document.heading(words::STUDIES);
        for study in self.estimate.tax.studies() {
            let marks = words::marks(self.estimate, [&study.cited]);
            self.document
                .item(Mark::Bullet, format!("{} {marks}", study.text));
        }
    }

    fn sources(&mut self) {
        let references = self.estimate.references.all();
        if references.is_empty() {
            return;
        }
        self.document.heading("Sources of the figures");
        if references.iter().any(|reference| reference.is_old) {
            self.document.paragraph(words::old_legend(self.estimate));
        }
        for reference in references {
            let name = words::reference_mark(reference);
            self.document.pair(name, words::reference_text(reference));
        }
    }

    /// The shapes of which something runs.
    fn shapes(&self) -> impl Iterator<Item = &ShapeEstimate<'tax>> {
        let shapes = self.estimate.shapes.iter();
        shapes.filter(|shape| !shape.parts.is_empty())
    }

    fn row(&self, shape: &ShapeEstimate<'_>, cells: Vec<String>, bar: Range) -> Row {
        let name = shape.shape.title.to_string();
        let cells = std::iter::once(name).chain(cells);
        Row {
            cells: cells.map(|cell| vec![Line::from(cell)]).collect(),
            bar,
            is_marked: is_among(shape, &self.built),
        }
    }
}

fn data_parts<'a>(estimate: &'a Estimate<'_>) -> impl Iterator<Item = &'a verdict::tax::Part> {
    let parts = estimate.tax.parts().iter();
    parts.filter(|part| part.plane == Plane::Data)
}
