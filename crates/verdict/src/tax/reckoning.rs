//! Reckoning: from a tax and the sizes of a fleet to the estimate.

use jiff::civil::Date;

use super::amount::{PerResource, Range, Resource};
use super::break_even;
use super::cost::{self, Cost};
use super::estimate::{
    AlternativeEstimate, Estimate, FleetCount, GiftCount, GiftUse, PartCount, Rate, ShapeEstimate,
    Totals,
};
use super::latency;
use super::model::{Alternative, Figure, Part, Plane, Quantity, Shape, Tax};
use super::references::References;
use super::total::{self, Number, Total};
use crate::ids::GiftId;
use crate::rubric::Citation;

/// Reckons the tax of a fleet; `sources` are those of the rubric.
///
/// `count` gives the value of a sizing fact, prices included; `is_gift_used` says whether a gift's test holds,
/// and `None` when unknown answers decide it. `today` decides which figures are old.
pub fn estimate<'tax>(
    tax: &'tax Tax,
    sources: &'tax [Citation],
    count: impl Fn(&str) -> Option<u64>,
    is_gift_used: impl Fn(GiftId) -> Option<bool>,
    today: Date,
) -> Estimate<'tax> {
    let gifts: Vec<_> = tax
        .gifts
        .entries()
        .map(|(id, gift)| GiftUse {
            gift,
            is_used: is_gift_used(id),
        })
        .collect();
    let fleet = Fleet {
        tax,
        count: &count,
        gifts: &gifts,
    };
    let shapes: Vec<_> = tax.shapes.iter().map(|shape| fleet.shape(shape)).collect();
    let break_even = tax
        .break_even
        .iter()
        .filter_map(|rule| break_even::reckon(tax, rule, &shapes, &count))
        .collect();
    Estimate {
        tax,
        fleet: tax
            .quantities
            .iter()
            .map(|quantity| FleetCount {
                quantity,
                count: count(&quantity.fact),
            })
            .collect(),
        break_even,
        shapes: told_apart(shapes),
        prices: PerResource {
            cpu: tax
                .prices
                .as_ref()
                .and_then(|prices| count(&prices.vcpu_month)),
            memory: tax
                .prices
                .as_ref()
                .and_then(|prices| count(&prices.gib_month)),
        },
        gifts,
        references: References::of(tax, sources, today),
        today,
    }
}

/// Leaves out a shape that runs nothing more than one before it of the same recommendation, because the fleet has none of
/// what it would add.
fn told_apart(shapes: Vec<ShapeEstimate<'_>>) -> Vec<ShapeEstimate<'_>> {
    let mut apart: Vec<ShapeEstimate<'_>> = Vec::new();
    for shape in shapes {
        let has_none_of_something = shape.parts.iter().any(|part| part.count == Some(0));
        let is_told = apart.iter().any(|earlier| {
            earlier.shape.recommendation == shape.shape.recommendation
                && earlier.running().eq(shape.running())
        });
        if !(has_none_of_something && is_told) {
            apart.push(shape);
        }
    }
    apart
}

struct Fleet<'tax, 'facts> {
    tax: &'tax Tax,
    count: &'facts dyn Fn(&str) -> Option<u64>,
    gifts: &'facts [GiftUse<'tax>],
}

impl<'tax> Fleet<'tax, '_> {
    fn shape(&self, shape: &'tax Shape) -> ShapeEstimate<'tax> {
        let reserved = self.totals(shape, |part| &part.reserved);
        let whole = PerResource::each(|resource| {
            reserved
                .data
                .of(resource)
                .clone()
                .plus(reserved.control.of(resource))
                .complete()
        });
        ShapeEstimate {
            shape,
            parts: self
                .tax
                .parts_of(&shape.id)
                .map(|part| self.part(part))
                .collect(),
            used: self.totals(shape, |part| &part.used),
            rates: self.rates(shape),
            share: self.share(&reserved),
            cost: self.cost(whole),
            reserved,
            proxies_per_hop: self
                .tax
                .parts_of(&shape.id)
                .fold(0, |sum: u32, part| sum.saturating_add(part.passes_per_hop)),
            used_per_1000_rps: PerResource::each(|resource| self.load(shape, resource)),
            latency: latency::added_by(self.tax, &shape.id),
            alternatives: self.alternatives(shape),
            gifts: self.gifts(shape),
        }
    }

    fn gifts(&self, shape: &Shape) -> GiftCount {
        self.gifts
            .iter()
            .fold(GiftCount::default(), |mut sum, gift| {
                let is_given = gift.gift.shapes.contains(&shape.id);
                sum.given += usize::from(is_given);
                sum.used += usize::from(is_given && gift.is_used == Some(true));
                sum.undecided += usize::from(is_given && gift.is_used.is_none());
                sum.left_out += usize::from(!is_given && gift.is_used == Some(true));
                sum
            })
    }

    fn part(&self, part: &'tax Part) -> PartCount<'tax> {
        let per = part.per.as_deref().and_then(|fact| self.tax.quantity(fact));
        PartCount {
            part,
            per,
            count: per.map_or(Some(1), |quantity| (self.count)(&quantity.fact)),
        }
    }

    fn number(&self, part: &'tax Part) -> Number<'tax> {
        match self.part(part) {
            PartCount {
                count: Some(count), ..
            } => Number::Known(count),
            PartCount {
                per: Some(quantity),
                count: None,
                ..
            } => Number::Missing(quantity),
            PartCount {
                per: None,
                count: None,
                ..
            } => Number::Known(1),
        }
    }

    fn totals(
        &self,
        shape: &'tax Shape,
        figures: impl Fn(&'tax Part) -> &'tax [Figure],
    ) -> Totals<'tax> {
        let of_plane = |plane| {
            PerResource::each(|resource| {
                self.tax
                    .parts_of(&shape.id)
                    .filter(|part| part.plane == plane)
                    .fold(Total::default(), |sum, part| {
                        let takes = !part.reserved.is_empty() || !part.used.is_empty();
                        total::add(sum, part, self.number(part), figures(part), takes, resource)
                    })
            })
        };
        Totals {
            data: of_plane(Plane::Data),
            control: of_plane(Plane::Control),
        }
    }

    fn load(&self, shape: &'tax Shape, resource: Resource) -> Total<'tax> {
        self.tax
            .parts_of(&shape.id)
            .fold(Total::default(), |sum, part| {
                let passed = Number::Known(part.passes_per_hop.into());
                total::add(sum, part, passed, &part.used_per_1000_rps, true, resource)
            })
    }

    fn rates(&self, shape: &'tax Shape) -> Vec<Rate<'tax>> {
        let rate = |quantity: &'tax Quantity| {
            let is_paid = self
                .tax
                .parts_of(&shape.id)
                .any(|part| part.per.as_ref() == Some(&quantity.fact));
            let one =
                |resource| data_plane_rate(self.tax, &shape.id, &quantity.fact, resource, None);
            let reserved = PerResource {
                cpu: one(Resource::Cpu)?,
                memory: one(Resource::Memory)?,
            };
            let quoted = |range: Range| range.times(quantity.quoted_per.into());
            is_paid.then(|| Rate {
                quantity,
                reserved: PerResource {
                    cpu: quoted(reserved.cpu),
                    memory: quoted(reserved.memory),
                },
            })
        };
        self.tax.quantities.iter().filter_map(rate).collect()
    }

    fn share(&self, reserved: &Totals<'tax>) -> Option<(&'tax Quantity, PerResource<Range>)> {
        let quantity = self
            .tax
            .quantities
            .iter()
            .find(|quantity| quantity.is_shared_by)?;
        let count = (self.count)(&quantity.fact)?;
        let of = |resource| reserved.data.of(resource).complete()?.shared_among(count);
        Some((
            quantity,
            PerResource {
                cpu: of(Resource::Cpu)?,
                memory: of(Resource::Memory)?,
            },
        ))
    }

    fn cost(&self, reserved: PerResource<Option<Range>>) -> Option<Cost> {
        let prices = self.tax.prices.as_ref()?;
        let reserved = PerResource {
            cpu: reserved.cpu?,
            memory: reserved.memory?,
        };
        cost::yearly(
            reserved,
            (self.count)(&prices.vcpu_month),
            (self.count)(&prices.gib_month),
        )
    }

    fn alternatives(&self, shape: &'tax Shape) -> Vec<AlternativeEstimate<'tax>> {
        let parts = self.tax.parts_of(&shape.id);
        let replaced = parts.flat_map(|part| {
            part.alternatives
                .iter()
                .map(move |alternative| (part, alternative))
        });
        replaced
            .map(|(part, alternative)| AlternativeEstimate {
                part,
                alternative,
                reserved: PerResource::each(|resource| {
                    let data_plane = self
                        .tax
                        .parts_of(&shape.id)
                        .filter(|part| part.plane == Plane::Data);
                    let sum = data_plane.fold(Total::default(), |sum, other| {
                        let own = std::slice::from_ref(&alternative.reserved);
                        let figures = if other.id == part.id {
                            own
                        } else {
                            &other.reserved
                        };
                        total::add(
                            sum,
                            other,
                            self.number(other),
                            figures,
                            !other.reserved.is_empty(),
                            resource,
                        )
                    });
                    sum.complete()
                }),
            })
            .collect()
    }
}

/// What the data plane of a shape reserves for each of a quantity; `None` when a part's figure is not published.
///
/// With `instead`, that part is replaced by the other product's.
pub(super) fn data_plane_rate(
    tax: &Tax,
    shape: &str,
    fact: &str,
    resource: Resource,
    instead: Option<(&Part, &Alternative)>,
) -> Option<Range> {
    tax.parts
        .iter()
        .filter(|part| part.plane == Plane::Data && part.per.as_deref() == Some(fact))
        .filter(|part| part.shapes.iter().any(|id| id == shape) && !part.reserved.is_empty())
        .try_fold(Range::ZERO, |sum, part| {
            let one = match instead {
                Some((replaced, alternative)) if replaced.id == part.id => {
                    alternative.reserved.of(resource)
                }
                _ => Figure::union_of(&part.reserved, resource),
            };
            Some(sum.plus(one?))
        })
}
