//! The `tax` field of the advice in JSON. These structs are the format: they change only when the format does.
//!
//! CPU is in millicores, memory in MiB, latency in microseconds, money in whole units of the user's currency a year.
//! What is not known is `null`; a figure too large for 64 bits is given as the largest that fits.

mod convert;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The whole field.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TaxJson<'a> {
    /// The fleet's sizes by fact; `null` when not given.
    pub quantities: Vec<QuantityJson<'a>>,
    /// Every shape, from least to most machinery.
    pub shapes: Vec<ShapeJson<'a>>,
    /// Which shape reserves less, and from where on.
    pub break_even: Vec<BreakEvenJson<'a>>,
    /// What the tax would buy.
    pub gifts: Vec<GiftJson<'a>>,
    /// Measurements that fit no column.
    pub studies: Vec<StudyJson<'a>>,
    /// What the numbers in `sources` elsewhere refer to.
    pub sources: Vec<SourceJson<'a>>,
}

/// One size of the fleet.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuantityJson<'a> {
    /// The sizing fact.
    pub fact: &'a str,
    /// Its value.
    pub value: Option<u64>,
}

/// One shape.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShapeJson<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The recommendation it belongs to.
    pub recommendation: Option<&'a str>,
    /// What the scheduler sets aside.
    pub reserved: PlanesJson<'a>,
    /// What is used at rest.
    pub used: PlanesJson<'a>,
    /// What the data plane reserves of each of a quantity that shares it, such as each node.
    pub share: Option<RateJson<'a>>,
    /// What it reserves by the piece.
    pub rates: Vec<RateJson<'a>>,
    /// The price of what is reserved, both planes.
    pub cost_per_year: Option<CostJson>,
    /// How many proxies one call passes.
    pub proxies_per_hop: u32,
    /// What 1000 requests per second use on one hop.
    pub used_per_1000_rps: ResourceTotalsJson<'a>,
    /// What it adds to a call, by percentile.
    pub latency: Vec<LatencyJson>,
    /// What runs.
    pub parts: Vec<PartJson<'a>>,
    /// How many gifts it gives, and how many of them would be used.
    pub gifts: GiftCountJson,
}

/// A sum for each plane.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanesJson<'a> {
    /// What carries requests.
    pub data_plane: ResourceTotalsJson<'a>,
    /// What configures it.
    pub control_plane: ResourceTotalsJson<'a>,
    /// Numbers of sources.
    pub sources: Vec<usize>,
}

/// A sum for each resource.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ResourceTotalsJson<'a> {
    /// In millicores.
    pub cpu_millicores: TotalJson<'a>,
    /// In MiB.
    pub memory_mib: TotalJson<'a>,
}

/// A sum over parts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TotalJson<'a> {
    /// What the known parts come to; `null` when a size that it needs was not given.
    pub range: Option<RangeJson>,
    /// Ids of parts that take something of which nobody publishes how much.
    pub unpublished: Vec<&'a str>,
    /// Sizing facts that were not given.
    pub missing: Vec<&'a str>,
}

/// An inclusive range.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RangeJson {
    /// The lowest figure.
    pub low: u64,
    /// The highest.
    pub high: u64,
}

/// A figure for each resource.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ResourcesJson {
    /// In millicores.
    pub cpu_millicores: RangeJson,
    /// In MiB.
    pub memory_mib: RangeJson,
}

/// What the data plane reserves for so many of a quantity.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RateJson<'a> {
    /// The sizing fact.
    pub fact: &'a str,
    /// For how many of it.
    pub per: u32,
    /// What it reserves for them.
    pub reserved: ResourcesJson,
}

/// A yearly price.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CostJson {
    /// Lowest.
    pub low: u64,
    /// Highest.
    pub high: u64,
    /// What has a price: `cpu`, `memory`.
    pub priced: Vec<&'static str>,
}

/// What a shape adds at one percentile.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LatencyJson {
    /// 1 to 99.
    pub percentile: u8,
    /// For one hop.
    pub per_hop_microseconds: RangeJson,
    /// For chains of calls.
    pub chains: Vec<ChainJson>,
    /// Numbers of sources.
    pub sources: Vec<usize>,
}

/// A chain of calls: percentiles do not add up, so this is a ceiling.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChainJson {
    /// How many hops.
    pub hops: u32,
    /// Were every hop at its percentile at once.
    pub added_at_most_microseconds: RangeJson,
    /// How many calls in a thousand meet at least one hop slower than its percentile, if hops are independent.
    pub calls_with_a_slow_hop_per_mille: u64,
}

/// One part of a shape.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartJson<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// The sizing fact it is paid by; `null`: once per cluster.
    pub per: Option<&'a str>,
    /// How many run.
    pub count: Option<u64>,
    /// Where its reservation is known from, if the answers gave it: it stands in place of what is published.
    pub given: Option<&'a str>,
    /// What upgrading it takes.
    pub upgrade: Option<&'a str>,
}

/// Gifts of one shape.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GiftCountJson {
    /// Given, and paid for.
    pub given: usize,
    /// Of those, used.
    pub used: usize,
    /// Of those, decided by unknown answers.
    pub undecided: usize,
    /// Would be used, but not given.
    pub left_out: usize,
}

/// One shape against another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BreakEvenJson<'a> {
    /// The shape that reserves less above the point.
    pub shape: &'a str,
    /// The shape it is set against.
    pub against: &'a str,
    /// The sizing fact above the line.
    pub of: &'a str,
    /// The sizing fact below the line.
    pub per: &'a str,
    /// How many `of` the fleet has for each `per`, as a decimal with up to two places.
    pub fleet: Option<String>,
    /// For CPU.
    pub cpu: ComparisonJson,
    /// For memory.
    pub memory: ComparisonJson,
    /// The same with other products' parts.
    pub alternatives: Vec<AlternativeJson<'a>>,
}

/// One comparison.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComparisonJson {
    /// The exact point, as fractions.
    pub above: PointJson,
    /// `less`, `not-less` or `depends`.
    pub here: Option<&'static str>,
    /// By how much, in millicores or MiB.
    pub saving: Option<RangeJson>,
    /// At how many pieces nothing is left of it.
    pub eaten_at: Option<RangeJson>,
}

/// Where a shape begins to reserve less; `null`: never.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointJson {
    /// The lowest ratio that the figures allow.
    pub low: Option<RatioJson>,
    /// The highest.
    pub high: Option<RatioJson>,
}

/// An exact fraction in lowest terms.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RatioJson {
    /// Above the line.
    pub numerator: u64,
    /// Below the line.
    pub denominator: u64,
    /// The same with up to two places, for people.
    pub decimal: String,
}

/// A comparison with another product's part.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AlternativeJson<'a> {
    /// Product and variant.
    pub title: &'a str,
    /// For CPU.
    pub cpu: ComparisonJson,
    /// For memory.
    pub memory: ComparisonJson,
    /// Numbers of sources.
    pub sources: Vec<usize>,
}

/// One of the things that the tax pays for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GiftJson<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Whether the answers would use it; `null` when unknown answers decide it.
    pub used: Option<bool>,
    /// The shapes that give it.
    pub shapes: Vec<&'a str>,
}

/// A measurement in words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StudyJson<'a> {
    /// Its id.
    pub id: &'a str,
    /// What was found.
    pub text: &'a str,
    /// Numbers of sources.
    pub sources: Vec<usize>,
}

/// One source at one date.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceJson<'a> {
    /// Its number here.
    pub number: usize,
    /// Its id in the rubric.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Where it can be read.
    pub r#where: &'a str,
    /// Who sells what it speaks of.
    pub vendor: Option<&'a str>,
    /// The day of its figures.
    #[schemars(with = "String", extend("format" = "date"))]
    pub as_of: Date,
    /// Whether they are older than 18 months.
    pub old: bool,
    /// What they hold for.
    pub conditions: Vec<&'a str>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::show::tax::sample::reckon;

    fn tax_json(facts: &[(&str, u64)]) -> Value {
        serde_json::to_value(TaxJson::from(&reckon(facts, Some(&["mtls"])))).unwrap()
    }

    #[test]
    fn the_articles_fleet_in_numbers() {
        let tax = tax_json(&[
            ("pods", 400),
            ("nodes", 20),
            ("waypoints", 20),
            ("vcpu_month_cost", 25),
        ]);
        let sidecars = &tax["shapes"][3];
        assert_eq!(
            sidecars["reserved"]["data_plane"]["cpu_millicores"]["range"],
            json!({"low": 40_000, "high": 40_000})
        );
        assert_eq!(
            sidecars["used"]["data_plane"]["memory_mib"]["range"],
            json!({"low": 32_000, "high": 80_000})
        );
        assert_eq!(
            sidecars["cost_per_year"],
            json!({"low": 12_150, "high": 12_150, "priced": ["cpu"]})
        );
        let memory = &tax["break_even"][0]["memory"];
        assert_eq!(
            memory["above"]["low"],
            json!({"numerator": 153, "denominator": 32, "decimal": "4.78"})
        );
        assert_eq!(
            (&memory["here"], &memory["eaten_at"]["low"]),
            (&json!("less"), &json!(305))
        );
    }

    #[test]
    fn what_is_not_known_is_null_and_says_why() {
        let tax = tax_json(&[("nodes", 20)]);
        let sidecars = &tax["shapes"][3]["reserved"]["data_plane"]["cpu_millicores"];
        assert_eq!(
            sidecars,
            &json!({"range": null, "unpublished": [], "missing": ["pods"]})
        );
        let ztunnel = &tax["shapes"][1]["used"]["data_plane"]["cpu_millicores"];
        assert_eq!(
            ztunnel,
            &json!({"range": null, "unpublished": ["ztunnel", "istio-cni"], "missing": []})
        );
        assert_eq!(tax["break_even"][0]["fleet"], Value::Null);
    }

    #[test]
    fn the_largest_fleet_fits_into_64_bits() {
        let tax = tax_json(&[
            ("pods", u64::MAX),
            ("nodes", u64::MAX),
            ("vcpu_month_cost", u64::MAX),
        ]);
        assert_eq!(tax["shapes"][3]["cost_per_year"]["high"], json!(u64::MAX));
    }
}
