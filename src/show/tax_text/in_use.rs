//! What was seen in use: at rest, under traffic, and in latency.

use std::collections::BTreeSet;

use super::{Row, Section};
use crate::show::{figures, tax_words as words};
use verdict::tax::{AddedLatency, CHAINS, Chain, Figure, Plane, Range, Resource, ShapeEstimate};

impl<'tax> Section<'_, 'tax> {
    pub(super) fn used(&mut self) {
        let estimate = self.estimate;
        let is_complete = estimate
            .shapes
            .iter()
            .all(|shape| shape.used.data.cpu.missing.is_empty());
        let rows = if is_complete {
            self.used_by_shape()
        } else {
            self.used_by_part()
        };
        let each = if is_complete { "" } else { ", each" };
        self.page.heading(&format!(
            "Used: what the data plane was seen to take at rest{each}"
        ));
        self.table(&["CPU".to_owned(), "memory".to_owned()], rows);
        let parts = estimate
            .tax
            .parts()
            .iter()
            .filter(|part| part.plane == Plane::Data);
        let marks = words::marks(
            estimate,
            parts
                .flat_map(|part| &part.used)
                .map(|figure| &figure.cited),
        );
        let unpublished = words::unpublished(estimate).unwrap_or_default();
        self.page
            .paragraph(&format!("Figures: {marks}. {unpublished}"));
    }

    fn used_by_shape(&self) -> Vec<Row> {
        let row = |shape: &ShapeEstimate<'tax>| {
            let cell = |wanted: Resource| {
                let total = shape.used.data.of(wanted);
                let parts = shape
                    .parts
                    .iter()
                    .map(|part| part.part)
                    .filter(|part| part.plane == Plane::Data);
                let figures = parts
                    .flat_map(|part| &part.used)
                    .filter(|figure| figure.of(wanted).is_some());
                let old = words::old(self.estimate, figures.map(|figure| &figure.cited));
                format!(
                    "{}{}",
                    words::total(wanted, total),
                    if total.range == Range::ZERO { "" } else { old }
                )
            };
            Row {
                label: self.label(shape),
                cells: Resource::ALL.map(cell).into(),
                bar: Range::ZERO,
            }
        };
        self.estimate
            .shapes
            .iter()
            .filter(|shape| !shape.parts.is_empty())
            .map(row)
            .collect()
    }

    fn used_by_part(&self) -> Vec<Row> {
        let parts = self
            .estimate
            .tax
            .parts()
            .iter()
            .filter(|part| part.plane == Plane::Data);
        let rows = parts
            .filter(|part| !part.reserved.is_empty() || !part.used.is_empty())
            .map(|part| {
                let cell = |wanted: Resource| match Figure::union_of(&part.used, wanted) {
                    Some(range) => {
                        let figures = part
                            .used
                            .iter()
                            .filter(|figure| figure.of(wanted).is_some());
                        let old = words::old(self.estimate, figures.map(|figure| &figure.cited));
                        format!("{}{old}", figures::amount(wanted, range))
                    }
                    None => "not published".to_owned(),
                };
                Row {
                    label: format!("  {}", part.title),
                    cells: Resource::ALL.map(cell).into(),
                    bar: Range::ZERO,
                }
            });
        rows.collect()
    }

    pub(super) fn traffic(&mut self) {
        let estimate = self.estimate;
        let figures = || {
            estimate
                .tax
                .parts()
                .iter()
                .flat_map(|part| &part.used_per_1000_rps)
                .map(|figure| &figure.cited)
        };
        if figures().next().is_none() {
            return;
        }
        self.page
            .heading("CPU used by traffic: 1,000 requests a second over one hop");
        let rows = estimate
            .shapes
            .iter()
            .filter(|shape| !shape.parts.is_empty())
            .map(|shape| {
                let cpu = &shape.used_per_1000_rps.cpu;
                let used = shape
                    .parts
                    .iter()
                    .flat_map(|part| &part.part.used_per_1000_rps)
                    .map(|figure| &figure.cited);
                let proxies = if shape.proxies_per_hop == 1 {
                    "proxy"
                } else {
                    "proxies"
                };
                let cells = vec![
                    format!(
                        "{}{}",
                        words::total(Resource::Cpu, cpu),
                        words::old(estimate, used)
                    ),
                    format!("{} {proxies}", shape.proxies_per_hop),
                ];
                Row {
                    label: self.label(shape),
                    cells,
                    bar: cpu.complete().unwrap_or_default(),
                }
            });
        let rows = rows.collect();
        self.table(&["CPU".to_owned(), "passed".to_owned()], rows);
        let marks = words::marks(estimate, figures());
        self.page.paragraph(&format!("Figures: {marks}."));
    }

    pub(super) fn latency(&mut self) {
        let estimate = self.estimate;
        let added = || estimate.shapes.iter().flat_map(|shape| &shape.latency);
        let percentiles: BTreeSet<_> = added().map(|added| added.percentile).collect();
        let Some(slowest) = words::slowest_percentile(estimate) else {
            return;
        };
        self.page
            .heading("Latency added to one call from service to service, in ms");
        let headings: Vec<_> = percentiles
            .iter()
            .map(|percentile| format!("p{percentile}"))
            .collect();
        let rows = self.latency_rows(|shape| {
            let cell = |percentile: &u8| match at(shape, *percentile) {
                Some(added) => {
                    let old =
                        words::old(estimate, added.figures.iter().map(|figure| &figure.cited));
                    format!("{}{old}", figures::milliseconds(added.per_hop))
                }
                None => "-".to_owned(),
            };
            percentiles.iter().map(cell).collect()
        });
        self.table(&headings, rows);
        let marks = words::marks(
            estimate,
            added()
                .flat_map(|added| &added.figures)
                .map(|figure| &figure.cited),
        );
        self.page.paragraph(&format!("Figures: {marks}."));
        for sentence in words::like_for_like(estimate) {
            self.page.paragraph(&sentence);
        }

        self.page.heading(&format!(
            "Latency added to a chain of calls, every hop at its p{slowest} at once, in ms"
        ));
        let headings: Vec<_> = CHAINS
            .iter()
            .map(|hops| format!("{hops} hop{}", if *hops == 1 { "" } else { "s" }))
            .collect();
        let rows = self.latency_rows(|shape| match at(shape, slowest) {
            Some(added) => {
                let old = words::old(estimate, added.figures.iter().map(|figure| &figure.cited));
                let cell =
                    |chain: &Chain| format!("{}{old}", figures::milliseconds(chain.added_at_most));
                added.chains.iter().map(cell).collect()
            }
            None => CHAINS.iter().map(|_| "-".to_owned()).collect(),
        });
        self.table(&headings, rows);
        if let Some(sentence) = words::chains(estimate) {
            self.page.paragraph(&sentence);
        }
    }

    fn latency_rows(&self, cells: impl Fn(&ShapeEstimate<'tax>) -> Vec<String>) -> Vec<Row> {
        let shapes = self
            .estimate
            .shapes
            .iter()
            .filter(|shape| !shape.parts.is_empty());
        shapes
            .map(|shape| Row {
                label: self.label(shape),
                cells: cells(shape),
                bar: Range::ZERO,
            })
            .collect()
    }
}

fn at<'a, 'tax>(shape: &'a ShapeEstimate<'tax>, percentile: u8) -> Option<&'a AddedLatency<'tax>> {
    shape
        .latency
        .iter()
        .find(|added| added.percentile == percentile)
}
