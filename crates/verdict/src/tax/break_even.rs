//! From how many pods per node on does one shape reserve less than another?
//!
//! A shape paid by the node (`a` for each) reserves less than one paid by the pod (`b` for each) when
//! `nodes × a < pods × b`, that is above `a / b` pods per node. With ranges for `a` and `b` the point is a range too.
//! The control plane is left out: it is the same on both sides, or small against either.

use super::amount::{PerResource, Range, Ratio, Resource};
use super::estimate::ShapeEstimate;
use super::model::{Alternative, BreakEvenRule, Part, Quantity, Shape, Tax};
use super::reckoning::data_plane_rate;

/// One shape against another.
#[derive(Debug, Clone)]
pub struct BreakEven<'tax> {
    /// The shape that reserves less above the point.
    pub shape: &'tax Shape,
    /// The shape it is set against.
    pub against: &'tax Shape,
    /// Counted above the line (pods).
    pub of: &'tax Quantity,
    /// Counted below the line (nodes).
    pub per: &'tax Quantity,
    /// How many `of` the fleet has for each `per`; `None` when either was not given or there is no `per`.
    pub fleet: Option<Ratio>,
    /// With the figures of the parts themselves.
    pub comparison: PerResource<Comparison>,
    /// What uses the saving up again.
    pub eaten_by: Option<&'tax Quantity>,
    /// With a part of `against` as another product ships it.
    pub alternatives: Vec<(&'tax Alternative, PerResource<Comparison>)>,
}

/// The comparison for one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// Where the one begins to reserve less.
    pub point: BreakEvenPoint,
    /// On which side the fleet is, when both counts were given and there is something to compare.
    pub side: Option<Side>,
    /// By how much the one reserves less, in millicores or MiB, on that side.
    pub saving: Option<Range>,
    /// At how many pieces of `eaten_by` nothing is left of the saving.
    pub eaten_at: Option<Range>,
}

/// Above which ratio a shape reserves less. `None`: at no ratio at all, because the other one reserves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakEvenPoint {
    /// The lowest ratio that the figures allow.
    pub low: Option<Ratio>,
    /// The highest.
    pub high: Option<Ratio>,
}

/// On which side of the point a fleet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The shape reserves less.
    Less,
    /// It reserves as much, or more.
    NotLess,
    /// Which it is depends on where in their ranges the figures are.
    Depends,
}

/// Compares two shapes; `None` when a figure that is needed was not published.
pub(super) fn reckon<'tax>(
    tax: &'tax Tax,
    rule: &'tax BreakEvenRule,
    shapes: &[ShapeEstimate<'tax>],
    count: &dyn Fn(&str) -> Option<u64>,
) -> Option<BreakEven<'tax>> {
    let shape_of = |id: &str| tax.shapes.iter().find(|shape| shape.id == id);
    let (of, per) = (tax.quantity(&rule.of)?, tax.quantity(&rule.per)?);
    let counts = count(&of.fact)
        .zip(count(&per.fact))
        .filter(|(_, per)| *per > 0);
    let compare = |instead| compare_both(tax, rule, counts, instead);
    let against = shapes.iter().find(|shape| shape.shape.id == rule.against)?;
    Some(BreakEven {
        shape: shape_of(&rule.shape)?,
        against: against.shape,
        of,
        per,
        fleet: counts.and_then(|(of, per)| Ratio::new(of.into(), per.into())),
        comparison: compare(None)?,
        eaten_by: rule
            .eaten_by
            .as_ref()
            .and_then(|eater| tax.quantity(&eater.quantity)),
        alternatives: against
            .alternatives
            .iter()
            .filter_map(|other| {
                Some((
                    other.alternative,
                    compare(Some((other.part, other.alternative)))?,
                ))
            })
            .collect(),
    })
}

fn compare_both(
    tax: &Tax,
    rule: &BreakEvenRule,
    counts: Option<(u64, u64)>,
    instead: Option<(&Part, &Alternative)>,
) -> Option<PerResource<Comparison>> {
    let one = |resource| compare(tax, rule, counts, instead, resource);
    Some(PerResource {
        cpu: one(Resource::Cpu)?,
        memory: one(Resource::Memory)?,
    })
}

fn compare(
    tax: &Tax,
    rule: &BreakEvenRule,
    counts: Option<(u64, u64)>,
    instead: Option<(&Part, &Alternative)>,
    resource: Resource,
) -> Option<Comparison> {
    let rate = |shape: &str, fact: &str| data_plane_rate(tax, shape, fact, resource, instead);
    // What the one pays more for each `per`, and the other for each `of`.
    let per_rate = rate(&rule.shape, &rule.per)?.minus(rate(&rule.against, &rule.per)?);
    let of_rate = rate(&rule.against, &rule.of)?.minus(rate(&rule.shape, &rule.of)?);
    let point = BreakEvenPoint {
        low: Ratio::new(per_rate.low, of_rate.high),
        high: Ratio::new(per_rate.high, of_rate.low),
    };
    let sides = counts.map(|(of, per)| (of_rate.times(of), per_rate.times(per)));
    let side = sides
        .filter(|(dear, cheap)| dear.high > 0 || cheap.high > 0)
        .map(|(dear, cheap)| {
            if cheap.high < dear.low {
                Side::Less
            } else if cheap.low >= dear.high {
                Side::NotLess
            } else {
                Side::Depends
            }
        });
    let saving = sides
        .filter(|_| side == Some(Side::Less))
        .map(|(dear, cheap)| dear.minus(cheap));
    let eaten_at = rule
        .eaten_by
        .as_ref()
        .zip(saving)
        .and_then(|(eater, saving)| {
            let piece =
                rate(&eater.shape, &eater.quantity)?.minus(rate(&rule.shape, &eater.quantity)?);
            Some(Range {
                low: Ratio::new(saving.low, piece.high)?.rounded_up(),
                high: Ratio::new(saving.high, piece.low)?.rounded_up(),
            })
        });
    Some(Comparison {
        point,
        side,
        saving,
        eaten_at,
    })
}
