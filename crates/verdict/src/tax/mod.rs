//! The tax: what each shape of data plane costs a fleet, and what it would buy.
//!
//! [`Tax::from_file`] turns the section of a rubric file into a [`Tax`] that cannot be wrong; [`estimate`] turns that and
//! the fleet's sizes into values; the outputs turn values into text. All arithmetic is on integers (millicores, MiB,
//! microseconds, whole units of money) and on exact ratios of them; rounding happens once, at the end, half up.
//!
//! Two things are kept apart everywhere: *reserved* is what the scheduler sets aside (a container's requests, and what
//! a node is bought for), *used* is what a process was seen to take. Sources that contradict each other make a range.

mod amount;
mod break_even;
mod cost;
mod estimate;
mod latency;
mod load;
mod model;
#[cfg(test)]
mod published_tables;
mod reckoning;
mod references;
#[cfg(test)]
pub(crate) mod sample;
mod total;
mod validate;

pub use amount::{PerResource, Range, Ratio, Resource};
pub use break_even::{BreakEven, BreakEvenPoint, Comparison, Side};
pub use cost::{Cost, Priced};
pub use estimate::{
    AlternativeEstimate, Estimate, FleetCount, GiftCount, GiftUse, PartCount, Rate, ShapeEstimate,
    Totals,
};
pub use latency::{AddedLatency, CHAINS, Chain};
pub use model::{
    Alternative, BreakEvenRule, Cited, Eater, Figure, Gift, LatencyFigure, Part, Plane, Prices,
    Quantity, Shape, Study, Tax,
};
pub use reckoning::estimate;
pub use references::{OLD_AFTER_MONTHS, Reference, References};
pub use total::Total;
pub use validate::Vocabulary;
