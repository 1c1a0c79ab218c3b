//! What each shape comes to for one fleet.

use jiff::civil::Date;

use super::amount::{PerResource, Range};
use super::break_even::BreakEven;
use super::cost::Cost;
use super::latency::AddedLatency;
use super::model::{Alternative, Gift, Part, Quantity, Shape, Tax};
use super::references::References;
use super::total::Total;

/// The tax of one fleet, shape by shape.
#[derive(Debug, Clone)]
pub struct Estimate<'tax> {
    /// What was reckoned with.
    pub tax: &'tax Tax,
    /// The fleet's sizes, known or not, in the order of the file.
    pub fleet: Vec<FleetCount<'tax>>,
    /// Every shape, from least to most machinery.
    pub shapes: Vec<ShapeEstimate<'tax>>,
    /// Which shape reserves less, and from where on.
    pub break_even: Vec<BreakEven<'tax>>,
    /// What the tax would buy, and whether it would be used.
    pub gifts: Vec<GiftUse<'tax>>,
    /// The sources, numbered.
    pub references: References<'tax>,
    /// The monthly prices that were given: of a vCPU and of a GiB.
    pub prices: PerResource<Option<u64>>,
    /// The day that figures are old or new on.
    pub today: Date,
}

/// One size of the fleet.
#[derive(Debug, Clone, Copy)]
pub struct FleetCount<'tax> {
    /// What is counted.
    pub quantity: &'tax Quantity,
    /// How many, if that was given.
    pub count: Option<u64>,
}

/// What one shape comes to.
#[derive(Debug, Clone)]
pub struct ShapeEstimate<'tax> {
    /// The shape.
    pub shape: &'tax Shape,
    /// What has to be run and upgraded.
    pub parts: Vec<PartCount<'tax>>,
    /// What the scheduler sets aside.
    pub reserved: Totals<'tax>,
    /// What is used at rest.
    pub used: Totals<'tax>,
    /// The data plane's reservation by the piece, while counts are unknown.
    pub rates: Vec<Rate<'tax>>,
    /// The data plane's reservation divided by a quantity that shares it (per node), where that is above zero.
    pub share: Option<(&'tax Quantity, PerResource<Range>)>,
    /// The price of the whole reservation, data and control plane, where it is complete and prices were given.
    pub cost: Option<Cost>,
    /// How many proxies one call from one service to another passes.
    pub proxies_per_hop: u32,
    /// What 1000 requests per second use on one hop, in millicores and MiB.
    pub used_per_1000_rps: PerResource<Total<'tax>>,
    /// Latency by percentile.
    pub latency: Vec<AddedLatency<'tax>>,
    /// The reservation with a part of another product.
    pub alternatives: Vec<AlternativeEstimate<'tax>>,
    /// How many of the gifts it gives, and how many of those would be used.
    pub gifts: GiftCount,
}

/// Gifts that a shape gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GiftCount {
    /// Given, and paid for.
    pub given: usize,
    /// Given, and used by these answers.
    pub used: usize,
    /// Given, but whether they are used depends on unknown answers.
    pub undecided: usize,
    /// Would be used, but are not given by this shape.
    pub left_out: usize,
}

/// A part, and how many of it run.
#[derive(Debug, Clone, Copy)]
pub struct PartCount<'tax> {
    /// The part.
    pub part: &'tax Part,
    /// The quantity it is paid by; `None`: once per cluster.
    pub per: Option<&'tax Quantity>,
    /// How many; `None` when the quantity was not given.
    pub count: Option<u64>,
}

/// A sum for each plane.
#[derive(Debug, Clone)]
pub struct Totals<'tax> {
    /// What carries requests.
    pub data: PerResource<Total<'tax>>,
    /// What configures it.
    pub control: PerResource<Total<'tax>>,
}

/// What the data plane reserves for each of some quantity.
#[derive(Debug, Clone, Copy)]
pub struct Rate<'tax> {
    /// Of what.
    pub quantity: &'tax Quantity,
    /// For [`Quantity::quoted_per`] of it, in millicores and MiB.
    pub reserved: PerResource<Range>,
}

/// The data plane's reservation with a part of another product.
#[derive(Debug, Clone, Copy)]
pub struct AlternativeEstimate<'tax> {
    /// The part that is replaced.
    pub part: &'tax Part,
    /// What replaces it.
    pub alternative: &'tax Alternative,
    /// In millicores and MiB; `None` when a count was not given or a figure not published.
    pub reserved: PerResource<Option<Range>>,
}

/// One of the things that the tax pays for.
#[derive(Debug, Clone, Copy)]
pub struct GiftUse<'tax> {
    /// The gift.
    pub gift: &'tax Gift,
    /// Whether the answers would use it; `None` when unknown answers decide it.
    pub is_used: Option<bool>,
}

impl<'tax> Estimate<'tax> {
    /// The shapes in which a recommendation is built for these answers: of those that belong to it, the ones that give
    /// every gift that is used, as far as none before them gives all that may be. Where none gives them all, whatever
    /// belongs to it. Without a recommendation there are none.
    pub fn built(&self, recommendation: Option<&str>) -> Vec<&ShapeEstimate<'tax>> {
        let belongs = |shape: &&ShapeEstimate<'_>| {
            recommendation.is_some() && shape.shape.recommendation.as_deref() == recommendation
        };
        let open = self
            .gifts
            .iter()
            .filter(|gift| gift.is_used.is_none())
            .count();
        let mut built = Vec::new();
        for shape in self.shapes.iter().filter(belongs) {
            if shape.gifts.left_out == 0 {
                built.push(shape);
                if shape.gifts.undecided == open {
                    break;
                }
            }
        }
        if built.is_empty() {
            built.extend(self.shapes.iter().filter(belongs));
        }
        built
    }
}

impl ShapeEstimate<'_> {
    /// The parts of which there is one or more, or may be.
    pub(super) fn running(&self) -> impl Iterator<Item = &str> {
        let running = self.parts.iter().filter(|part| part.count != Some(0));
        running.map(|part| part.part.id.as_str())
    }
}
