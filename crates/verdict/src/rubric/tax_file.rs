//! The `tax` section of a rubric file, as it is written: what each shape of data plane costs.
//!
//! These types only say which keys there are and what form their values have. Whether ids exist and ranges make sense is
//! checked by [`crate::tax::Tax::from_file`]; what the figures amount to for a fleet is reckoned by
//! [`crate::tax::estimate`]. Nothing here knows of meshes: shapes, parts and quantities are data.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::file::TestFile;
use super::forms::DateForm;

/// `[low, high]`, both inclusive; a figure without spread repeats itself. CPU in millicores, memory in MiB, latency in microseconds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RangeFile(#[schemars(length(equal = 2))] pub Vec<u32>);

/// What it costs to run each shape of a data plane, in CPU, memory and latency. A rubric about anything else leaves it
/// out.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxFile {
    /// The shapes that are compared, from least to most machinery.
    #[serde(default)]
    pub shapes: Vec<ShapeFile>,
    /// The sizing facts that the cost grows with.
    #[serde(default)]
    pub quantities: Vec<QuantityFile>,
    /// The sizing facts that hold prices; without them no money is shown.
    #[serde(default)]
    pub prices: Option<PricesFile>,
    /// What runs in each shape, and what it costs.
    pub parts: Vec<PartFile>,
    /// What each shape adds to the latency of a call.
    pub latency: Vec<LatencyFile>,
    /// Which shapes are set against each other.
    #[serde(default)]
    pub break_even: Vec<BreakEvenFile>,
    /// What is bought with the tax.
    #[serde(default)]
    pub gifts: Vec<GiftFile>,
    /// Measurements that fit no column, in words.
    #[serde(default)]
    pub studies: Vec<StudyFile>,
}

/// One way of running, or not running, a data plane.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShapeFile {
    /// Its name, by which `parts`, `latency` and `break_even` refer to it.
    pub id: String,
    /// What it is called, in at most about 24 characters: it labels rows.
    pub title: String,
    /// The recommendation that this shape belongs to. Of several, the first is meant that gives every gift in use.
    #[serde(default)]
    pub recommendation: Option<String>,
    /// What is still run, where the parts do not say it.
    #[serde(default)]
    pub note: Option<String>,
}

/// A sizing fact that parts are paid by.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityFile {
    /// The sizing fact, a `count`.
    pub fact: String,
    /// The noun for one.
    pub one: String,
    /// The noun for several.
    pub many: String,
    /// How many a price is quoted for while the fact is unknown (pods: per 100).
    #[serde(default)]
    pub quoted_per: Option<u32>,
    /// The value shown in `--set FACT=VALUE` while the fact is unknown.
    pub example: u64,
    /// Whether totals are also shown divided by this quantity (nodes).
    #[serde(default)]
    pub share: bool,
}

/// The sizing facts that hold prices per month, in the user's own currency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PricesFile {
    /// The fact with the price of one vCPU for a month.
    pub vcpu_month: String,
    /// The fact with the price of one GiB of memory for a month.
    pub gib_month: String,
}

/// One thing that runs in one or more shapes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartFile {
    /// Its name, in kebab-case.
    pub id: String,
    /// What it is called in a list of parts.
    pub title: String,
    /// The shapes in which it runs.
    pub shapes: Vec<String>,
    /// The sizing fact it is paid by; absent: once per cluster.
    #[serde(default)]
    pub per: Option<String>,
    /// Whether it carries requests (`data`) or configures what does (`control`).
    #[serde(default)]
    pub plane: PlaneFile,
    /// What upgrading it takes.
    #[serde(default)]
    pub upgrade: Option<String>,
    /// How many of these one call from one service to another passes.
    #[serde(default)]
    pub passes_per_hop: u32,
    /// What the scheduler sets aside for one (its requests). Several figures that contradict each other make a range.
    #[serde(default)]
    pub reserved: Vec<FigureFile>,
    /// What one uses at rest. A part that reserves something and has no figure here counts as unpublished.
    #[serde(default)]
    pub used: Vec<FigureFile>,
    /// What one uses in addition for each 1000 requests per second that pass it.
    #[serde(default)]
    pub used_per_1000_rps: Vec<FigureFile>,
    /// The same part as other products ship it: reckoned beside `reserved`, never mixed into it.
    #[serde(default)]
    pub alternatives: Vec<AlternativeFile>,
}

/// Which plane a part belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlaneFile {
    /// It carries requests.
    #[default]
    Data,
    /// It configures what carries requests.
    Control,
}

/// One published figure for one instance of a part.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureFile {
    /// `[low, high]` in millicores; absent: not published.
    #[serde(default)]
    pub cpu: Option<RangeFile>,
    /// `[low, high]` in MiB; absent: not published.
    #[serde(default)]
    pub memory: Option<RangeFile>,
    /// Where it comes from: sources of the rubric, by their names.
    pub sources: Vec<String>,
    /// When it was measured or released, as far as the source says; else when it was read.
    #[schemars(with = "DateForm")]
    pub as_of: Date,
    /// What it holds for.
    #[serde(default)]
    pub conditions: Option<String>,
}

/// The same part in another product.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlternativeFile {
    /// The product, and which of its variants.
    pub title: String,
    /// What the scheduler sets aside for one.
    pub reserved: FigureFile,
}

/// What a shape adds to a call, at one percentile, in one measurement.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LatencyFile {
    /// The shape that was measured.
    pub shape: String,
    /// Over how many service-to-service hops the figure was taken.
    #[serde(default = "one_hop")]
    pub hops: u32,
    /// Which percentile of all calls.
    #[schemars(range(min = 1, max = 99))]
    pub percentile: u32,
    /// `[low, high]` in microseconds, for all `hops` together.
    pub added: RangeFile,
    /// Where it comes from: sources of the rubric, by their names.
    pub sources: Vec<String>,
    /// When it was measured or released, as far as the source says; else when it was read.
    #[schemars(with = "DateForm")]
    pub as_of: Date,
    /// What it holds for.
    #[serde(default)]
    pub conditions: Option<String>,
}

fn one_hop() -> u32 {
    1
}

/// Two shapes set against each other: from how many `of` for each `per` does `shape` reserve less than `against`?
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakEvenFile {
    /// The shape that is paid by `per`.
    pub shape: String,
    /// The shape that is paid by `of`.
    pub against: String,
    /// The sizing fact in the numerator (pods).
    pub of: String,
    /// The sizing fact in the denominator (nodes).
    pub per: String,
    /// What can use the saving up again.
    #[serde(default)]
    pub eaten_by: Option<EaterFile>,
}

/// A shape that adds to another one by the piece.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EaterFile {
    /// The larger shape (sidecarless with waypoints).
    pub shape: String,
    /// The sizing fact it grows with (waypoints).
    pub quantity: String,
}

/// One of the things that the tax pays for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiftFile {
    /// Its name, in kebab-case.
    pub id: String,
    /// What it is called within a sentence.
    pub title: String,
    /// The shapes that give it in full.
    pub shapes: Vec<String>,
    /// Holds when the answers say that it would be used.
    pub when: TestFile,
    /// What in the answers decides it, for the reader.
    #[serde(default)]
    pub used_when: Option<String>,
}

/// A measurement that fits no column: whole meshes, percentages, chains of another length.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StudyFile {
    /// Its name, in kebab-case.
    pub id: String,
    /// What was found, under which conditions.
    pub text: String,
    /// Where it comes from: sources of the rubric, by their names.
    pub sources: Vec<String>,
    /// When it was measured or published, as far as the source says; else when it was read.
    #[schemars(with = "DateForm")]
    pub as_of: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_told_that_a_range_has_two_ends() {
        let schema = schemars::schema_for!(RangeFile);
        assert_eq!(
            (schema.get("minItems"), schema.get("maxItems")),
            (Some(&2.into()), Some(&2.into()))
        );
    }
}
