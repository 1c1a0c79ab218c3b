//! From an estimate to the structs of the format.

use super::*;
use crate::show::figures;
use verdict::rubric::Words;
use verdict::tax::{
    BreakEven, BreakEvenPoint, Cited, Comparison, Estimate, PerResource, Priced, Range,
    ShapeEstimate, Side, Total, Totals,
};

impl<'a> From<&'a Estimate<'_>> for TaxJson<'a> {
    fn from(estimate: &'a Estimate<'_>) -> Self {
        Self {
            quantities: (estimate.fleet.iter())
                .map(|size| QuantityJson {
                    fact: &size.quantity.fact,
                    value: size.count,
                })
                .collect(),
            shapes: estimate
                .shapes
                .iter()
                .map(|shape| shape_json(estimate, shape))
                .collect(),
            break_even: estimate
                .break_even
                .iter()
                .map(|rule| break_even_json(estimate, rule))
                .collect(),
            gifts: (estimate.gifts.iter())
                .map(|gift| GiftJson {
                    id: &gift.gift.id,
                    title: &gift.gift.title,
                    used: gift.is_used,
                    shapes: gift.gift.shapes.iter().map(Words::as_str).collect(),
                })
                .collect(),
            studies: (estimate.tax.studies().iter())
                .map(|study| StudyJson {
                    id: &study.id,
                    text: &study.text,
                    sources: sources(estimate, [&study.cited]),
                })
                .collect(),
            sources: (estimate.references.all().iter())
                .map(|reference| SourceJson {
                    number: reference.number,
                    id: &reference.source.id,
                    title: &reference.source.title,
                    r#where: &reference.source.place,
                    vendor: reference.source.vendor.as_deref(),
                    as_of: reference.as_of,
                    old: reference.is_old,
                    conditions: reference.conditions.clone(),
                })
                .collect(),
        }
    }
}

fn shape_json<'a>(estimate: &'a Estimate<'_>, shape: &'a ShapeEstimate<'_>) -> ShapeJson<'a> {
    let parts = || shape.parts.iter().map(|part| part.part);
    let reserved = parts()
        .flat_map(|part| &part.reserved)
        .map(|figure| &figure.cited);
    let used = parts()
        .flat_map(|part| &part.used)
        .map(|figure| &figure.cited);
    ShapeJson {
        id: &shape.shape.id,
        title: &shape.shape.title,
        recommendation: shape.shape.recommendation.as_deref(),
        reserved: planes(&shape.reserved, sources(estimate, reserved)),
        used: planes(&shape.used, sources(estimate, used)),
        share: shape.share.map(|(quantity, share)| RateJson {
            fact: &quantity.fact,
            per: 1,
            reserved: resources(share),
        }),
        rates: (shape.rates.iter())
            .map(|rate| RateJson {
                fact: &rate.quantity.fact,
                per: rate.quantity.quoted_per,
                reserved: resources(rate.reserved),
            })
            .collect(),
        cost_per_year: shape.cost.map(|cost| CostJson {
            low: whole(cost.per_year.low),
            high: whole(cost.per_year.high),
            priced: match cost.priced {
                Priced::CpuAndMemory => vec!["cpu", "memory"],
                Priced::CpuOnly => vec!["cpu"],
                Priced::MemoryOnly => vec!["memory"],
            },
        }),
        proxies_per_hop: shape.proxies_per_hop,
        used_per_1000_rps: resource_totals(&shape.used_per_1000_rps),
        latency: (shape.latency.iter())
            .map(|added| LatencyJson {
                percentile: added.percentile,
                per_hop_microseconds: range(added.per_hop),
                chains: (added.chains.iter())
                    .map(|chain| ChainJson {
                        hops: chain.hops,
                        added_at_most_microseconds: range(chain.added_at_most),
                        calls_with_a_slow_hop_per_mille: whole(
                            chain.calls_with_a_slow_hop_per_mille,
                        ),
                    })
                    .collect(),
                sources: sources(estimate, added.figures.iter().map(|figure| &figure.cited)),
            })
            .collect(),
        parts: (shape.parts.iter())
            .map(|part| PartJson {
                id: &part.part.id,
                title: &part.part.title,
                per: part.per.map(|quantity| quantity.fact.as_str()),
                count: part.count,
                given: part.part.given.as_deref(),
                upgrade: part.part.upgrade.as_deref(),
            })
            .collect(),
        gifts: GiftCountJson {
            given: shape.gifts.given,
            used: shape.gifts.used,
            undecided: shape.gifts.undecided,
            left_out: shape.gifts.left_out,
        },
    }
}

fn break_even_json<'a>(estimate: &'a Estimate<'_>, rule: &'a BreakEven<'_>) -> BreakEvenJson<'a> {
    BreakEvenJson {
        shape: &rule.shape.id,
        against: &rule.against.id,
        of: &rule.of.fact,
        per: &rule.per.fact,
        fleet: rule.fleet.map(figures::ratio),
        cpu: comparison(&rule.comparison.cpu),
        memory: comparison(&rule.comparison.memory),
        alternatives: (rule.alternatives.iter())
            .map(|(other, both)| AlternativeJson {
                title: &other.title,
                cpu: comparison(&both.cpu),
                memory: comparison(&both.memory),
                sources: sources(estimate, [&other.reserved.cited]),
            })
            .collect(),
    }
}

fn comparison(found: &Comparison) -> ComparisonJson {
    ComparisonJson {
        above: point(found.point),
        here: found.side.map(|side| match side {
            Side::Less => "less",
            Side::NotLess => "not-less",
            Side::Depends => "depends",
        }),
        saving: found.saving.map(range),
        eaten_at: found.eaten_at.map(range),
    }
}

fn point(point: BreakEvenPoint) -> PointJson {
    let ratio = |ratio: verdict::tax::Ratio| RatioJson {
        numerator: whole(ratio.numerator()),
        denominator: whole(ratio.denominator()),
        decimal: figures::ratio(ratio),
    };
    PointJson {
        low: point.low.map(ratio),
        high: point.high.map(ratio),
    }
}

fn planes<'a>(totals: &'a Totals<'_>, sources: Vec<usize>) -> PlanesJson<'a> {
    PlanesJson {
        data_plane: resource_totals(&totals.data),
        control_plane: resource_totals(&totals.control),
        sources,
    }
}

fn resource_totals<'a>(totals: &'a PerResource<Total<'_>>) -> ResourceTotalsJson<'a> {
    ResourceTotalsJson {
        cpu_millicores: total(&totals.cpu),
        memory_mib: total(&totals.memory),
    }
}

fn total<'a>(total: &'a Total<'_>) -> TotalJson<'a> {
    let is_known =
        total.missing.is_empty() && (total.unpublished.is_empty() || total.range != Range::ZERO);
    TotalJson {
        range: is_known.then(|| range(total.range)),
        unpublished: total
            .unpublished
            .iter()
            .map(|part| part.id.as_str())
            .collect(),
        missing: total
            .missing
            .iter()
            .map(|quantity| quantity.fact.as_str())
            .collect(),
    }
}

fn resources(both: PerResource<Range>) -> ResourcesJson {
    ResourcesJson {
        cpu_millicores: range(both.cpu),
        memory_mib: range(both.memory),
    }
}

fn range(range: Range) -> RangeJson {
    RangeJson {
        low: whole(range.low),
        high: whole(range.high),
    }
}

fn whole(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn sources<'a>(estimate: &Estimate<'_>, cited: impl IntoIterator<Item = &'a Cited>) -> Vec<usize> {
    estimate
        .references
        .behind(cited)
        .iter()
        .map(|reference| reference.number)
        .collect()
}
