//! The tax of a rubric, checked: every id exists, every range is in order, every reference names a source.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::amount::{Range, Resource};
use crate::answers::Reserved;
use crate::ids::{GiftId, Table};
use crate::rubric::{FactTest, Words};

/// A checked `tax` section. Made by [`Tax::from_file`] only.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Tax {
    pub(super) shapes: Vec<Shape>,
    pub(super) quantities: Vec<Quantity>,
    pub(super) prices: Option<Prices>,
    pub(super) parts: Vec<Part>,
    pub(super) latency: Vec<LatencyFigure>,
    pub(super) break_even: Vec<BreakEvenRule>,
    pub(super) gifts: Table<GiftId, Gift>,
    pub(super) studies: Vec<Study>,
}

impl Tax {
    /// The shapes that are compared, from least to most machinery.
    pub fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The sizing facts that the cost grows with.
    pub fn quantities(&self) -> &[Quantity] {
        &self.quantities
    }

    /// The facts that hold prices, if the rubric has any.
    pub fn prices(&self) -> Option<&Prices> {
        self.prices.as_ref()
    }

    /// Everything that runs, in the order of the file.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// What the tax pays for.
    pub fn gifts(&self) -> &Table<GiftId, Gift> {
        &self.gifts
    }

    /// Measurements that fit no column.
    pub fn studies(&self) -> &[Study] {
        &self.studies
    }

    /// The quantity that is counted by a fact.
    pub fn quantity(&self, fact: &str) -> Option<&Quantity> {
        self.quantities
            .iter()
            .find(|quantity| quantity.fact == fact)
    }

    /// The same tax, reckoned with what is known to be reserved in place of what is published.
    pub(crate) fn reserving(&self, known: &[Reserved]) -> Self {
        let mut tax = self.clone();
        for part in &mut tax.parts {
            let Some(known) = known.iter().find(|known| part.id == known.part) else {
                continue;
            };
            part.reserved = vec![Figure {
                cpu: Some(known.amount.cpu),
                memory: Some(known.amount.memory),
                cited: Cited {
                    sources: Vec::new(),
                    as_of: known.as_of.unwrap_or(Date::MAX),
                },
                conditions: None,
            }];
            let source = known.source.as_deref().unwrap_or("given with the answers");
            part.given = Some(source.into());
        }
        tax
    }

    /// What runs in a shape.
    pub(crate) fn parts_of<'tax>(&'tax self, shape: &'tax str) -> impl Iterator<Item = &'tax Part> {
        self.parts
            .iter()
            .filter(move |part| part.shapes.iter().any(|id| id == shape))
    }
}

/// One way of running, or not running, a data plane.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Shape {
    /// Kebab-case id.
    pub id: Words,
    /// Labels rows.
    pub title: Words,
    /// The recommendation it belongs to.
    pub recommendation: Option<Words>,
    /// What is still run, where the parts do not say it.
    pub note: Option<Words>,
}

/// A sizing fact that parts are paid by.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Quantity {
    /// The fact's id.
    pub fact: Words,
    /// The noun for one.
    pub one: Words,
    /// The noun for several.
    pub many: Words,
    /// How many a price is quoted for while the fact is unknown; at least 1.
    pub quoted_per: u32,
    /// The value shown in `--set FACT=VALUE`.
    pub example: u64,
    /// Whether totals are also shown divided by it.
    pub is_shared_by: bool,
}

/// The facts that hold prices per month, in the user's own currency.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Prices {
    /// The price of one vCPU for a month.
    pub vcpu_month: Words,
    /// The price of one GiB of memory for a month.
    pub gib_month: Words,
}

/// Which plane a part belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Plane {
    /// It carries requests.
    Data,
    /// It configures what carries requests.
    Control,
}

/// One thing that runs in one or more shapes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Part {
    /// Kebab-case id.
    pub id: Words,
    /// What it is called in a list.
    pub title: Words,
    /// The shapes in which it runs.
    pub shapes: Vec<Words>,
    /// The fact it is paid by; `None`: once per cluster.
    pub per: Option<Words>,
    /// The plane it belongs to.
    pub plane: Plane,
    /// What upgrading it takes.
    pub upgrade: Option<Words>,
    /// How many of these one call passes.
    pub passes_per_hop: u32,
    /// What the scheduler sets aside for one.
    pub reserved: Vec<Figure>,
    /// Where that is known from, if it is one fleet's own and not published.
    pub given: Option<Words>,
    /// What one uses at rest.
    pub used: Vec<Figure>,
    /// What one uses in addition per 1000 requests per second.
    pub used_per_1000_rps: Vec<Figure>,
    /// The same part in other products.
    pub alternatives: Vec<Alternative>,
}

/// One published figure for one instance of a part.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Figure {
    /// In millicores; `None`: not published.
    pub cpu: Option<Range>,
    /// In MiB; `None`: not published.
    pub memory: Option<Range>,
    /// Who says so, and when.
    pub cited: Cited,
    /// What it holds for.
    pub conditions: Option<Words>,
}

impl Figure {
    /// The figure for one resource.
    pub fn of(&self, resource: Resource) -> Option<Range> {
        match resource {
            Resource::Cpu => self.cpu,
            Resource::Memory => self.memory,
        }
    }

    /// Who says so, and what it holds for.
    pub(super) fn cited_with_conditions(&self) -> (&Cited, Option<&str>) {
        (&self.cited, self.conditions.as_deref())
    }

    /// What several sources say together: the range that holds all of them.
    pub fn union_of(figures: &[Self], resource: Resource) -> Option<Range> {
        figures
            .iter()
            .filter_map(|figure| figure.of(resource))
            .reduce(Range::union)
    }
}

/// The same part in another product.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Alternative {
    /// Product and variant.
    pub title: Words,
    /// What the scheduler sets aside for one.
    pub reserved: Figure,
}

/// What a shape adds to a call, at one percentile, in one measurement.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct LatencyFigure {
    /// The shape that was measured.
    pub shape: Words,
    /// Over how many hops; at least 1.
    pub hops: u32,
    /// 1 to 99.
    pub percentile: u8,
    /// In microseconds, for all `hops` together.
    pub added: Range,
    /// Who says so, and when.
    pub cited: Cited,
    /// What it holds for.
    pub conditions: Option<Words>,
}

/// Two shapes set against each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct BreakEvenRule {
    /// The shape that is paid by `per`.
    pub shape: Words,
    /// The shape that is paid by `of`.
    pub against: Words,
    /// The fact in the numerator.
    pub of: Words,
    /// The fact in the denominator.
    pub per: Words,
    /// What can use the saving up again.
    pub eaten_by: Option<Eater>,
}

/// A shape that adds to another one by the piece.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Eater {
    /// The larger shape.
    pub shape: Words,
    /// The fact it grows with.
    pub quantity: Words,
}

/// One of the things that the tax pays for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Gift {
    /// Kebab-case id.
    pub id: Words,
    /// What it is called within a sentence.
    pub title: Words,
    /// The shapes that give it in full.
    pub shapes: Vec<Words>,
    /// Holds when the answers say that it would be used.
    pub when: FactTest,
    /// What in the answers decides it.
    pub used_when: Option<Words>,
}

/// A measurement that fits no column.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Study {
    /// Kebab-case id.
    pub id: Words,
    /// What was found, under which conditions.
    pub text: Words,
    /// Who says so, and when.
    pub cited: Cited,
}

/// Who says so, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The sources, by position in the rubric, ascending.
    pub sources: Vec<usize>,
    /// When it was measured or released, as far as the source says; else when it was read.
    pub as_of: Date,
}
