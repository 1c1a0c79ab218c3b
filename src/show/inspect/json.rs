//! The inspection as one JSON object, schema `mesh-advisor/inspection/1`.
//!
//! The structs here are the promise to users; what the rules work with may change without them.

use std::collections::BTreeMap;

use cluster::read::Coverage as Read;
use cluster::{Component, Conclusion, FactValue, LeftOut, Witness};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::inspect::{Inspection, Paths};
use crate::show::findings::json::{Finding, findings};
use crate::show::json;

/// The name of the schema; fields are only ever added under it.
pub const SCHEMA: &str = "mesh-advisor/inspection/1";

/// How many witnesses are told of each statement.
const MOST_WITNESSES: usize = 3;

#[derive(Serialize, JsonSchema)]
struct Document<'i> {
    /// The name and version of this contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What was read and what was not.
    coverage: Coverage<'i>,
    /// Which meshes are there, and who is in them.
    meshes: Vec<Mesh<'i>>,
    /// What the proxies and their control plane ask for.
    paid: Paid,
    /// Which gifts of a mesh are used.
    gifts: Vec<Gift>,
    /// Facts of the rubric, as far as the input shows them.
    facts: Vec<Fact<'i>>,
    /// Answers that differ from what is seen; they are kept.
    contradictions: Vec<Contradiction<'i>>,
    /// What is wrong or idle.
    findings: Vec<Finding<'i>>,
}

#[derive(Serialize, JsonSchema)]
struct Coverage<'i> {
    /// Files that were read.
    files: u64,
    /// Bytes that were read.
    bytes: u64,
    /// Distinct objects.
    objects: u64,
    /// Distinct objects by kind and group.
    kinds: &'i BTreeMap<String, u64>,
    /// Objects that were there more than once.
    duplicates: u64,
    /// Objects that were there more than once and differ.
    duplicates_that_differ: Vec<Differing>,
    /// What could not be read, by reason.
    skipped: Vec<Skipped>,
    /// What there is to see.
    visible: Visible,
}

#[derive(Serialize, JsonSchema)]
struct Differing {
    /// Kind, namespace and name.
    object: String,
    /// Files and lines.
    at: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Skipped {
    /// Why, as an id.
    reason: &'static str,
    /// How often.
    count: u64,
    /// The first files and lines.
    examples: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Visible {
    /// Namespaces.
    namespaces: usize,
    /// Objects without an owner that run Pods.
    workloads: usize,
    /// Services.
    services: usize,
    /// Pods.
    pods: usize,
    /// Nodes.
    nodes: usize,
}

#[derive(Serialize, JsonSchema)]
struct Mesh<'i> {
    /// Such as `istio`.
    product: &'static str,
    /// Null where it does not show.
    #[schemars(extend("enum" = ["sidecars", "sidecarless", null]))]
    shape: Option<&'static str>,
    /// By what it is seen.
    seen_as: &'static str,
    /// How its control plane shows.
    control_plane: &'static str,
    /// Its version.
    version: Option<&'i str>,
    /// Who is in it.
    workloads: Share,
    /// Which namespaces are in it.
    namespaces: Namespaces,
    /// Objects that show it.
    witnesses: Vec<Named>,
}

#[derive(Serialize, JsonSchema)]
struct Share {
    #[serde(rename = "in")]
    members: usize,
    /// Of so many.
    of: usize,
    /// Those that labels or annotations ask in.
    declared: usize,
    /// Those of which it does not show.
    not_visible: usize,
    /// How the members show.
    strength: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Namespaces {
    #[serde(rename = "in")]
    members: usize,
    /// Of so many.
    of: usize,
    /// Those of which some workloads are in it.
    partly: usize,
}

#[derive(Serialize, JsonSchema)]
struct Paid {
    /// How many proxies stand beside programs.
    sidecars: Sidecars,
    /// What the sidecars ask for.
    cpu_millicores: u64,
    /// What the sidecars ask for.
    memory_mib: u64,
    /// The control plane, where it shows.
    control_plane: Option<Cost>,
    /// Each part.
    by_component: Vec<ComponentCost>,
}

#[derive(Serialize, JsonSchema)]
struct Sidecars {
    /// Workloads whose Pods carry one.
    workloads: usize,
    /// Running Pods that carry one; null where no Pods are visible.
    pods: Option<usize>,
    /// Those that are init containers.
    native: usize,
}

#[derive(Serialize, JsonSchema)]
struct Cost {
    /// Running Pods; null where no Pods are visible.
    pods: Option<usize>,
    /// What they ask for.
    cpu_millicores: u64,
    /// What they ask for.
    memory_mib: u64,
}

#[derive(Serialize, JsonSchema)]
struct ComponentCost {
    /// Which part.
    #[schemars(extend("enum" = ["sidecar", "waypoint", "node-agent", "gateway", "control-plane"]))]
    component: &'static str,
    /// Workloads that run it.
    workloads: usize,
    #[serde(flatten)]
    cost: Cost,
}

#[derive(Serialize, JsonSchema)]
struct Gift {
    /// Its id in the rubric.
    id: &'static str,
    /// How it is used.
    #[schemars(extend("enum" = ["enforced", "observed", "declared", "idle", "not-visible"]))]
    state: &'static str,
    /// Objects that use it.
    count: usize,
    /// The first of them.
    witnesses: Vec<Named>,
}

#[derive(Serialize, JsonSchema)]
struct Fact<'i> {
    /// Its id in the rubric.
    fact: &'i str,
    /// Its value; null where the input does not show one.
    value: Value,
    /// A lower bound, where that is all that shows.
    at_least: Value,
    /// How it shows.
    #[schemars(extend("enum" = ["enforced", "observed", "declared", "not-visible"]))]
    strength: &'static str,
    /// The rule by which it was seen.
    rule: &'i str,
    /// Objects that show it.
    count: usize,
    /// The first of them.
    witnesses: Vec<Named>,
    /// What was counted.
    counted: &'i [String],
    /// What was not counted, and why.
    left_out: Vec<Left<'i>>,
    /// Why there is no value.
    why_not: Option<&'i str>,
}

#[derive(Serialize, JsonSchema)]
struct Left<'i> {
    /// Why.
    reason: &'i str,
    /// How many.
    count: usize,
    /// The first of them.
    names: &'i [String],
}

#[derive(Serialize, JsonSchema)]
struct Contradiction<'i> {
    /// The fact.
    fact: &'i str,
    /// What the answers say.
    answered: &'i str,
    /// What is seen.
    seen: &'i str,
    /// What that rests on.
    evidence: &'i str,
}

/// An object and where it stands.
#[derive(Serialize, JsonSchema)]
struct Named {
    /// Kind, namespace and name.
    object: String,
    /// File and line.
    at: String,
}

/// The JSON Schema of the object, with a line feed at the end.
pub fn schema() -> String {
    json::schema::<Document<'_>>()
}

/// The object, with a line feed at the end.
pub fn render(inspection: &Inspection) -> String {
    let Inspection {
        coverage,
        conclusion,
        paths,
        report,
        contradictions,
        ..
    } = inspection;
    let told = |witnesses: &[Witness]| told(witnesses, paths);
    json::document(&Document {
        schema: SCHEMA,
        coverage: coverage_of(coverage, conclusion, paths),
        meshes: conclusion
            .meshes
            .iter()
            .map(|mesh| Mesh {
                product: mesh.product.word(),
                shape: mesh.shape.map(|shape| shape.word()),
                seen_as: mesh.seen_as.word(),
                control_plane: mesh.control_plane.word(),
                version: mesh.version.as_deref(),
                workloads: Share {
                    members: mesh.workloads.members,
                    of: mesh.workloads.of,
                    declared: mesh.workloads.declared,
                    not_visible: mesh.workloads.not_visible,
                    strength: mesh.workloads.strength.word(),
                },
                namespaces: Namespaces {
                    members: mesh.namespaces.members,
                    of: mesh.namespaces.of,
                    partly: mesh.namespaces.partly,
                },
                witnesses: told(&mesh.witnesses),
            })
            .collect(),
        paid: paid(conclusion),
        gifts: conclusion
            .gifts
            .iter()
            .map(|gift| Gift {
                id: gift.id.word(),
                state: gift.state.word(),
                count: gift.witnesses.len(),
                witnesses: told(&gift.witnesses),
            })
            .collect(),
        facts: conclusion
            .facts
            .iter()
            .map(|seen| fact(seen, paths))
            .collect(),
        contradictions: contradictions
            .iter()
            .map(|one| Contradiction {
                fact: &one.fact,
                answered: &one.answered,
                seen: &one.seen,
                evidence: &one.evidence,
            })
            .collect(),
        findings: findings(report),
    })
}

fn coverage_of<'i>(coverage: &'i Read, conclusion: &Conclusion, paths: &Paths) -> Coverage<'i> {
    let visible = conclusion.visible;
    let differing = coverage
        .differing
        .examples
        .iter()
        .map(|(object, places)| Differing {
            object: object.to_string(),
            at: places.iter().map(|place| paths.at(*place)).collect(),
        });
    let skipped = coverage.skipped.iter().map(|(reason, skips)| Skipped {
        reason: reason.id(),
        count: skips.count,
        examples: skips
            .examples
            .iter()
            .map(|place| paths.at(*place))
            .collect(),
    });
    Coverage {
        files: coverage.files,
        bytes: coverage.bytes,
        objects: coverage.objects,
        kinds: &coverage.kinds,
        duplicates: coverage.duplicates,
        duplicates_that_differ: differing.collect(),
        skipped: skipped.collect(),
        visible: Visible {
            namespaces: visible.namespaces,
            workloads: visible.workloads,
            services: visible.services,
            pods: visible.pods,
            nodes: visible.nodes,
        },
    }
}

fn paid(conclusion: &Conclusion) -> Paid {
    let paid = &conclusion.paid;
    let cost = |part: &cluster::ComponentCost| Cost {
        pods: part.pods,
        cpu_millicores: part.cpu_millicores,
        memory_mib: part.memory_mib,
    };
    let parts = &paid.by_component;
    let control_plane = parts
        .iter()
        .find(|part| part.component == Component::ControlPlane);
    Paid {
        sidecars: Sidecars {
            workloads: paid.workloads,
            pods: paid.pods,
            native: paid.native,
        },
        cpu_millicores: paid.cpu_millicores,
        memory_mib: paid.memory_mib,
        control_plane: control_plane.map(cost),
        by_component: parts
            .iter()
            .map(|part| ComponentCost {
                component: part.component.word(),
                workloads: part.workloads,
                cost: cost(part),
            })
            .collect(),
    }
}

fn fact<'i>(seen: &'i cluster::Fact, paths: &Paths) -> Fact<'i> {
    let left_out = |left: &'i LeftOut| Left {
        reason: left.reason,
        count: left.count,
        names: &left.names,
    };
    Fact {
        fact: seen.id,
        value: value(seen.value.as_ref()),
        at_least: value(seen.at_least.as_ref()),
        strength: seen.strength.word(),
        rule: seen.rule,
        count: seen.count,
        witnesses: told(&seen.witnesses, paths),
        counted: &seen.counted,
        left_out: seen.left_out.iter().map(left_out).collect(),
        why_not: seen.why_not.as_deref(),
    }
}

fn value(value: Option<&FactValue>) -> Value {
    match value {
        None => Value::Null,
        Some(FactValue::Count(count)) => (*count).into(),
        Some(FactValue::Choice(word)) => (*word).into(),
        Some(FactValue::Flags(words)) => words.clone().into(),
    }
}

fn told(witnesses: &[Witness], paths: &Paths) -> Vec<Named> {
    let named = |witness: &Witness| Named {
        object: witness.object.to_string(),
        at: paths.at(witness.place),
    };
    witnesses.iter().take(MOST_WITNESSES).map(named).collect()
}
