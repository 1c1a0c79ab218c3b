//! From the `tax` section as written to the [`Tax`] that the rest works with.

use super::amount::Range;
use super::model::{
    Alternative, BreakEvenRule, Cited, Eater, Figure, Gift, LatencyFigure, Part, Plane, Prices, Quantity, Shape, Study,
    Tax,
};
use super::validate::{Vocabulary, problems};
use crate::rubric::FactTest;
use crate::rubric::tax_file::{
    AlternativeFile, BreakEvenFile, FigureFile, LatencyFile, PartFile, PlaneFile, QuantityFile, RangeFile, TaxFile,
};
use crate::source::Problem;

impl Tax {
    /// Checks a section against the rest of its rubric. `gift_tests` are the tests of the gifts, in their order, which
    /// only the rubric's loader can read.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each at its route.
    pub fn from_file(file: &TaxFile, known: &Vocabulary<'_>, gift_tests: Vec<FactTest>) -> Result<Self, Vec<Problem>> {
        let problems = problems(file, known);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            shapes: file
                .shapes
                .iter()
                .map(|shape| Shape {
                    id: shape.id.clone(),
                    title: shape.title.clone(),
                    recommendation: shape.recommendation.clone(),
                    note: shape.note.clone(),
                })
                .collect(),
            quantities: file.quantities.iter().map(Quantity::from).collect(),
            prices: file
                .prices
                .as_ref()
                .map(|prices| Prices { vcpu_month: prices.vcpu_month.clone(), gib_month: prices.gib_month.clone() }),
            parts: file.parts.iter().map(Part::from).collect(),
            latency: file.latency.iter().map(LatencyFigure::from).collect(),
            break_even: file.break_even.iter().map(BreakEvenRule::from).collect(),
            gifts: file
                .gifts
                .iter()
                .zip(gift_tests)
                .map(|(gift, when)| Gift {
                    id: gift.id.clone(),
                    title: gift.title.clone(),
                    shapes: gift.shapes.clone(),
                    when,
                    used_when: gift.used_when.clone(),
                })
                .collect(),
            studies: file
                .studies
                .iter()
                .map(|study| Study {
                    id: study.id.clone(),
                    text: study.text.clone(),
                    cited: Cited { sources: study.sources.clone(), as_of: study.as_of },
                })
                .collect(),
            sources: known.sources.to_vec(),
        })
    }
}

/// A range that was checked to be `[low, high]`.
fn range(RangeFile(numbers): &RangeFile) -> Range {
    let of = |number: Option<&u32>| number.copied().map_or(0, u128::from);
    Range { low: of(numbers.iter().min()), high: of(numbers.iter().max()) }
}

impl From<&QuantityFile> for Quantity {
    fn from(file: &QuantityFile) -> Self {
        Self {
            fact: file.fact.clone(),
            one: file.one.clone(),
            many: file.many.clone(),
            quoted_per: file.quoted_per.unwrap_or(1),
            example: file.example,
            is_shared_by: file.share,
        }
    }
}

impl From<&PartFile> for Part {
    fn from(file: &PartFile) -> Self {
        Self {
            id: file.id.clone(),
            title: file.title.clone(),
            shapes: file.shapes.clone(),
            per: file.per.clone(),
            plane: match file.plane {
                PlaneFile::Data => Plane::Data,
                PlaneFile::Control => Plane::Control,
            },
            upgrade: file.upgrade.clone(),
            passes_per_hop: file.passes_per_hop,
            reserved: file.reserved.iter().map(Figure::from).collect(),
            used: file.used.iter().map(Figure::from).collect(),
            used_per_1000_rps: file.used_per_1000_rps.iter().map(Figure::from).collect(),
            alternatives: file.alternatives.iter().map(Alternative::from).collect(),
        }
    }
}

impl From<&FigureFile> for Figure {
    fn from(file: &FigureFile) -> Self {
        Self {
            cpu: file.cpu.as_ref().map(range),
            memory: file.memory.as_ref().map(range),
            cited: Cited { sources: file.sources.clone(), as_of: file.as_of },
            conditions: file.conditions.clone(),
        }
    }
}

impl From<&AlternativeFile> for Alternative {
    fn from(file: &AlternativeFile) -> Self {
        Self { title: file.title.clone(), reserved: Figure::from(&file.reserved) }
    }
}

impl From<&LatencyFile> for LatencyFigure {
    fn from(file: &LatencyFile) -> Self {
        Self {
            shape: file.shape.clone(),
            hops: file.hops,
            // Checked to be 1 to 99.
            percentile: u8::try_from(file.percentile).unwrap_or(u8::MAX),
            added: range(&file.added),
            cited: Cited { sources: file.sources.clone(), as_of: file.as_of },
            conditions: file.conditions.clone(),
        }
    }
}

impl From<&BreakEvenFile> for BreakEvenRule {
    fn from(file: &BreakEvenFile) -> Self {
        Self {
            shape: file.shape.clone(),
            against: file.against.clone(),
            of: file.of.clone(),
            per: file.per.clone(),
            eaten_by: file
                .eaten_by
                .as_ref()
                .map(|eater| Eater { shape: eater.shape.clone(), quantity: eater.quantity.clone() }),
        }
    }
}
