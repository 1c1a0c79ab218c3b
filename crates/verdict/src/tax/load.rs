//! From the `tax` section as written to the [`Tax`] that the rest works with.

use jiff::civil::Date;

use super::amount::Range;
use super::model::{
    Alternative, BreakEvenRule, Cited, Eater, Figure, Gift, LatencyFigure, Part, Plane, Prices,
    Quantity, Shape, Study, Tax,
};
use super::validate::{Vocabulary, problems};
use crate::rubric::tax_file::{
    AlternativeFile, BreakEvenFile, FigureFile, LatencyFile, PartFile, PlaneFile, QuantityFile,
    RangeFile, TaxFile,
};
use crate::rubric::{FactTest, Words};
use crate::text::Problem;

impl Tax {
    /// Checks a section against the rest of its rubric. `gift_tests` are the tests of the gifts, in their order, which
    /// only the rubric's loader can read.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each at its route.
    pub fn from_file(
        file: &TaxFile,
        known: &Vocabulary<'_>,
        gift_tests: Vec<FactTest>,
    ) -> Result<Self, Vec<Problem>> {
        let problems = problems(file, known);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            shapes: file
                .shapes
                .iter()
                .map(|shape| Shape {
                    id: (&shape.id).into(),
                    title: (&shape.title).into(),
                    recommendation: shape.recommendation.as_ref().map(Words::from),
                    note: shape.note.as_ref().map(Words::from),
                })
                .collect(),
            quantities: file.quantities.iter().map(Quantity::from).collect(),
            prices: file.prices.as_ref().map(|prices| Prices {
                vcpu_month: (&prices.vcpu_month).into(),
                gib_month: (&prices.gib_month).into(),
            }),
            parts: file.parts.iter().map(|part| known.part(part)).collect(),
            latency: file
                .latency
                .iter()
                .map(|figure| known.latency(figure))
                .collect(),
            break_even: file.break_even.iter().map(BreakEvenRule::from).collect(),
            gifts: file
                .gifts
                .iter()
                .zip(gift_tests)
                .map(|(gift, when)| Gift {
                    id: (&gift.id).into(),
                    title: (&gift.title).into(),
                    shapes: words(&gift.shapes),
                    when,
                    used_when: gift.used_when.as_ref().map(Words::from),
                })
                .collect(),
            studies: file
                .studies
                .iter()
                .map(|study| Study {
                    id: (&study.id).into(),
                    text: (&study.text).into(),
                    cited: known.cited(&study.sources, study.as_of),
                })
                .collect(),
        })
    }
}

/// A range that was checked to be `[low, high]`.
fn range(RangeFile(numbers): &RangeFile) -> Range {
    let of = |number: Option<&u32>| number.copied().map_or(0, u128::from);
    Range {
        low: of(numbers.iter().min()),
        high: of(numbers.iter().max()),
    }
}

fn words(texts: &[String]) -> Vec<Words> {
    texts.iter().map(Words::from).collect()
}

impl From<&QuantityFile> for Quantity {
    fn from(file: &QuantityFile) -> Self {
        Self {
            fact: (&file.fact).into(),
            one: (&file.one).into(),
            many: (&file.many).into(),
            quoted_per: file.quoted_per.unwrap_or(1),
            example: file.example,
            is_shared_by: file.share,
        }
    }
}

impl From<&BreakEvenFile> for BreakEvenRule {
    fn from(file: &BreakEvenFile) -> Self {
        Self {
            shape: (&file.shape).into(),
            against: (&file.against).into(),
            of: (&file.of).into(),
            per: (&file.per).into(),
            eaten_by: file.eaten_by.as_ref().map(|eater| Eater {
                shape: (&eater.shape).into(),
                quantity: (&eater.quantity).into(),
            }),
        }
    }
}

impl Vocabulary<'_> {
    fn part(&self, file: &PartFile) -> Part {
        let figures = |files: &[FigureFile]| files.iter().map(|file| self.figure(file)).collect();
        Part {
            id: (&file.id).into(),
            title: (&file.title).into(),
            shapes: words(&file.shapes),
            per: file.per.as_ref().map(Words::from),
            plane: match file.plane {
                PlaneFile::Data => Plane::Data,
                PlaneFile::Control => Plane::Control,
            },
            upgrade: file.upgrade.as_ref().map(Words::from),
            passes_per_hop: file.passes_per_hop,
            reserved: figures(&file.reserved),
            given: None,
            used: figures(&file.used),
            used_per_1000_rps: figures(&file.used_per_1000_rps),
            alternatives: file
                .alternatives
                .iter()
                .map(|file| self.alternative(file))
                .collect(),
        }
    }

    fn figure(&self, file: &FigureFile) -> Figure {
        Figure {
            cpu: file.cpu.as_ref().map(range),
            memory: file.memory.as_ref().map(range),
            cited: self.cited(&file.sources, file.as_of),
            conditions: file.conditions.as_ref().map(Words::from),
        }
    }

    fn alternative(&self, file: &AlternativeFile) -> Alternative {
        Alternative {
            title: (&file.title).into(),
            reserved: self.figure(&file.reserved),
        }
    }

    fn latency(&self, file: &LatencyFile) -> LatencyFigure {
        LatencyFigure {
            shape: (&file.shape).into(),
            hops: file.hops,
            percentile: {
                #[expect(clippy::expect_used, reason = "checked to be 1 to 99")]
                u8::try_from(file.percentile).expect("1 to 99")
            },
            added: range(&file.added),
            cited: self.cited(&file.sources, file.as_of),
            conditions: file.conditions.as_ref().map(Words::from),
        }
    }

    /// The sources in the order of the rubric.
    fn cited(&self, ids: &[String], as_of: Date) -> Cited {
        let sources = self
            .sources
            .iter()
            .enumerate()
            .filter(|(_, source)| ids.iter().any(|id| source.id == *id));
        Cited {
            sources: sources.map(|(position, _)| position).collect(),
            as_of,
        }
    }
}
