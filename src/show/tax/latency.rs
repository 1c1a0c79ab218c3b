//! The latency that each shape adds: tables for one call and for a chain of them, and what can be said of both.

use std::collections::BTreeSet;

use super::Section;
use super::words::{self, reference_mark};
use crate::show::document::Table;
use crate::show::figures;
use crate::show::words::list;
use verdict::tax::{AddedLatency, CHAINS, Chain, Estimate, Range, ShapeEstimate};

impl<'tax> Section<'_, 'tax> {
    /// What is added to one call and to a chain of them.
    pub(super) fn latency(&mut self) {
        let estimate = self.estimate;
        let added = || estimate.shapes.iter().flat_map(|shape| &shape.latency);
        let percentiles: BTreeSet<u8> = added().map(|added| added.percentile).collect();
        let Some(slowest) = slowest_percentile(estimate) else {
            return;
        };
        self.document
            .heading("Latency added to one call from service to service, in ms");
        let heads = percentiles
            .iter()
            .map(|percentile| format!("p{percentile}"));
        let table = self.latency_table(heads, |shape| {
            let cell = |percentile: &u8| match at(shape, *percentile) {
                Some(added) => figures::milliseconds(added.per_hop) + self.old(added),
                None => "-".to_owned(),
            };
            percentiles.iter().map(cell).collect()
        });
        self.document.table(table);
        let figures = added().flat_map(|added| &added.figures);
        let marks = words::marks(estimate, figures.map(|figure| &figure.cited));
        self.document.paragraph(format!("Figures: {marks}."));
        for sentence in like_for_like(estimate) {
            self.document.paragraph(sentence);
        }

        self.document.heading(format!(
            "Latency added to a chain of calls, every hop at its p{slowest} at once, in ms"
        ));
        let hops = |hops: u32| format!("{hops} hop{}", if hops == 1 { "" } else { "s" });
        let heads = CHAINS.into_iter().map(hops);
        let table = self.latency_table(heads, |shape| match at(shape, slowest) {
            Some(added) => {
                let old = self.old(added);
                let cell = |chain: &Chain| figures::milliseconds(chain.added_at_most) + old;
                added.chains.iter().map(cell).collect()
            }
            None => CHAINS.iter().map(|_| "-".to_owned()).collect(),
        });
        self.document.table(table);
        if let Some(sentence) = chains(estimate) {
            self.document.paragraph(sentence);
        }
    }

    fn latency_table(
        &self,
        heads: impl Iterator<Item = String>,
        cells: impl Fn(&ShapeEstimate<'tax>) -> Vec<String>,
    ) -> Table {
        let mut table = Table::of_numbers(std::iter::once("Shape".to_owned()).chain(heads));
        for shape in self.shapes() {
            table.rows.push(self.row(shape, cells(shape), Range::ZERO));
        }
        table
    }

    fn old(&self, added: &AddedLatency<'_>) -> &'static str {
        words::old(
            self.estimate,
            added.figures.iter().map(|figure| &figure.cited),
        )
    }
}

fn at<'a, 'tax>(shape: &'a ShapeEstimate<'tax>, percentile: u8) -> Option<&'a AddedLatency<'tax>> {
    let mut added = shape.latency.iter();
    added.find(|added| added.percentile == percentile)
}

/// Shapes that one source measured side by side: the only fair comparison of latencies.
fn like_for_like(estimate: &Estimate<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    for reference in estimate.references.all() {
        let mut percentiles = std::collections::BTreeMap::<u8, Vec<String>>::new();
        for shape in &estimate.shapes {
            for added in &shape.latency {
                let ranges = added
                    .figures
                    .iter()
                    .filter(|figure| reference.is_behind(&figure.cited))
                    .map(|figure| figure.per_hop());
                if let Some(range) = ranges.reduce(Range::union) {
                    let measured =
                        format!("{} {}", shape.shape.title, figures::milliseconds(range));
                    percentiles
                        .entry(added.percentile)
                        .or_default()
                        .push(measured);
                }
            }
        }
        for (percentile, shapes) in percentiles
            .into_iter()
            .filter(|(_, shapes)| shapes.len() > 1)
        {
            let marks = reference_mark(reference);
            sentences.push(format!(
                "Measured side by side, p{percentile} {marks}: {}.",
                shapes.join(", ")
            ));
        }
    }
    sentences
}

/// Why multiplied percentiles are only a ceiling, with the share of calls that meet a slow hop; nothing without figures.
fn chains(estimate: &Estimate<'_>) -> Option<String> {
    let slowest = slowest_percentile(estimate)?;
    let added = estimate
        .shapes
        .iter()
        .flat_map(|shape| &shape.latency)
        .find(|added| added.percentile == slowest)?;
    let shares: Vec<_> = added
        .chains
        .iter()
        .map(|chain| figures::per_mille(chain.calls_with_a_slow_hop_per_mille))
        .collect();
    let shares: Vec<_> = shares.iter().map(String::as_str).collect();
    Some(format!(
        "Percentiles do not add up: hops are seldom slow together, so the product is a rough ceiling. But {} of the calls \
         meet at least one hop slower than its p{slowest}, if hops are independent.",
        list(&shares)
    ))
}

/// The highest percentile that anybody publishes for a shape.
fn slowest_percentile(estimate: &Estimate<'_>) -> Option<u8> {
    estimate
        .shapes
        .iter()
        .flat_map(|shape| &shape.latency)
        .map(|added| added.percentile)
        .max()
}
