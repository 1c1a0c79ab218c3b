//! From an estimate to the structs of the format.

use super::*;
use crate::output::figures;
use crate::tax::{
    BreakEven, BreakEvenPoint, Cited, Comparison, Estimate, PerResource, Priced, Range, ShapeEstimate, Side, Total,
    Totals,
};

impl From<&Estimate<'_>> for TaxJson {
    fn from(estimate: &Estimate<'_>) -> Self {
        Self {
            quantities: (estimate.fleet.iter())
                .map(|size| QuantityJson { fact: size.quantity.fact.clone(), value: size.count })
                .collect(),
            shapes: estimate.shapes.iter().map(|shape| shape_json(estimate, shape)).collect(),
            break_even: estimate.break_even.iter().map(|rule| break_even_json(estimate, rule)).collect(),
            gifts: (estimate.gifts.iter())
                .map(|gift| GiftJson {
                    id: gift.gift.id.clone(),
                    title: gift.gift.title.clone(),
                    used: gift.is_used,
                    shapes: gift.gift.shapes.clone(),
                })
                .collect(),
            studies: (estimate.tax.studies().iter())
                .map(|study| StudyJson {
                    id: study.id.clone(),
                    text: study.text.clone(),
                    sources: sources(estimate, [&study.cited]),
                })
                .collect(),
            sources: (estimate.references.all().iter())
                .map(|reference| SourceJson {
                    number: reference.number,
                    id: reference.source.id.clone(),
                    title: reference.source.title.clone(),
                    r#where: reference.source.place.clone(),
                    vendor: reference.source.vendor.clone(),
                    as_of: reference.as_of.to_string(),
                    old: reference.is_old,
                    conditions: reference.conditions.iter().map(|&text| text.to_owned()).collect(),
                })
                .collect(),
        }
    }
}

fn shape_json(estimate: &Estimate<'_>, shape: &ShapeEstimate<'_>) -> ShapeJson {
    let parts = || shape.parts.iter().map(|part| part.part);
    let reserved = parts().flat_map(|part| &part.reserved).map(|figure| &figure.cited);
    let used = parts().flat_map(|part| &part.used).map(|figure| &figure.cited);
    ShapeJson {
        id: shape.shape.id.clone(),
        title: shape.shape.title.clone(),
        recommendation: shape.shape.recommendation.clone(),
        reserved: planes(&shape.reserved, sources(estimate, reserved)),
        used: planes(&shape.used, sources(estimate, used)),
        share: shape.share.map(|(quantity, share)| RateJson {
            fact: quantity.fact.clone(),
            per: 1,
            reserved: resources(share),
        }),
        rates: (shape.rates.iter())
            .map(|rate| RateJson {
                fact: rate.quantity.fact.clone(),
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
                        calls_with_a_slow_hop_per_mille: whole(chain.calls_with_a_slow_hop_per_mille),
                    })
                    .collect(),
                sources: sources(estimate, added.figures.iter().map(|figure| &figure.cited)),
            })
            .collect(),
        parts: (shape.parts.iter())
            .map(|part| PartJson {
                id: part.part.id.clone(),
                title: part.part.title.clone(),
                per: part.per.map(|quantity| quantity.fact.clone()),
                count: part.count,
                upgrade: part.part.upgrade.clone(),
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

fn break_even_json(estimate: &Estimate<'_>, rule: &BreakEven<'_>) -> BreakEvenJson {
    BreakEvenJson {
        shape: rule.shape.id.clone(),
        against: rule.against.id.clone(),
        of: rule.of.fact.clone(),
        per: rule.per.fact.clone(),
        fleet: rule.fleet.map(figures::ratio),
        cpu: comparison(&rule.comparison.cpu),
        memory: comparison(&rule.comparison.memory),
        alternatives: (rule.alternatives.iter())
            .map(|(other, both)| AlternativeJson {
                title: other.title.clone(),
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
    let ratio = |ratio: crate::tax::Ratio| RatioJson {
        numerator: whole(ratio.numerator()),
        denominator: whole(ratio.denominator()),
        decimal: figures::ratio(ratio),
    };
    PointJson { low: point.low.map(ratio), high: point.high.map(ratio) }
}

fn planes(totals: &Totals<'_>, sources: Vec<usize>) -> PlanesJson {
    PlanesJson { data_plane: resource_totals(&totals.data), control_plane: resource_totals(&totals.control), sources }
}

fn resource_totals(totals: &PerResource<Total<'_>>) -> ResourceTotalsJson {
    ResourceTotalsJson { cpu_millicores: total(&totals.cpu), memory_mib: total(&totals.memory) }
}

fn total(total: &Total<'_>) -> TotalJson {
    let is_known = total.missing.is_empty() && (total.unpublished.is_empty() || total.range != Range::ZERO);
    TotalJson {
        range: is_known.then(|| range(total.range)),
        unpublished: total.unpublished.iter().map(|part| part.id.clone()).collect(),
        missing: total.missing.iter().map(|quantity| quantity.fact.clone()).collect(),
    }
}

fn resources(both: PerResource<Range>) -> ResourcesJson {
    ResourcesJson { cpu_millicores: range(both.cpu), memory_mib: range(both.memory) }
}

fn range(range: Range) -> RangeJson {
    RangeJson { low: whole(range.low), high: whole(range.high) }
}

fn whole(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn sources<'a>(estimate: &Estimate<'_>, cited: impl IntoIterator<Item = &'a Cited>) -> Vec<usize> {
    estimate.references.behind(cited).iter().map(|reference| reference.number).collect()
}
