//! The inspection as one JSON object, schema `mesh-advisor/inspection/1`.
//!
//! The structs here are the promise to users; what the rules work with may change without them.

use std::collections::BTreeMap;

use cluster::read::Coverage as Read;
use cluster::{Component, Conclusion, FactValue, LeftOut, Witness};
use serde::Serialize;
use serde_json::Value;

use crate::inspect::{Inspection, Paths};
use crate::show::findings::json::{Finding, findings};
use crate::show::json;

/// The name of the schema; fields are only ever added under it.
pub const SCHEMA: &str = "mesh-advisor/inspection/1";

/// How many witnesses are told of each statement.
const MOST_WITNESSES: usize = 3;

#[derive(Serialize)]
struct Document<'i> {
    schema: &'static str,
    coverage: Coverage<'i>,
    meshes: Vec<Mesh<'i>>,
    paid: Paid,
    gifts: Vec<Gift>,
    facts: Vec<Fact<'i>>,
    contradictions: Vec<Contradiction<'i>>,
    findings: Vec<Finding<'i>>,
}

#[derive(Serialize)]
struct Coverage<'i> {
    files: u64,
    bytes: u64,
    objects: u64,
    kinds: &'i BTreeMap<String, u64>,
    duplicates: u64,
    duplicates_that_differ: Vec<Differing>,
    skipped: Vec<Skipped>,
    visible: Visible,
}

#[derive(Serialize)]
struct Differing {
    object: String,
    at: Vec<String>,
}

#[derive(Serialize)]
struct Skipped {
    reason: &'static str,
    count: u64,
    examples: Vec<String>,
}

#[derive(Serialize)]
struct Visible {
    namespaces: usize,
    workloads: usize,
    services: usize,
    pods: usize,
    nodes: usize,
}

#[derive(Serialize)]
struct Mesh<'i> {
    product: &'static str,
    shape: Option<&'static str>,
    seen_as: &'static str,
    control_plane: &'static str,
    version: Option<&'i str>,
    workloads: Share,
    namespaces: Namespaces,
    witnesses: Vec<Named>,
}

#[derive(Serialize)]
struct Share {
    #[serde(rename = "in")]
    members: usize,
    of: usize,
    declared: usize,
    not_visible: usize,
    strength: &'static str,
}

#[derive(Serialize)]
struct Namespaces {
    #[serde(rename = "in")]
    members: usize,
    of: usize,
    partly: usize,
}

#[derive(Serialize)]
struct Paid {
    sidecars: Sidecars,
    cpu_millicores: u64,
    memory_mib: u64,
    control_plane: Option<Cost>,
    by_component: Vec<ComponentCost>,
}

#[derive(Serialize)]
struct Sidecars {
    workloads: usize,
    pods: Option<usize>,
    native: usize,
}

#[derive(Serialize)]
struct Cost {
    pods: Option<usize>,
    cpu_millicores: u64,
    memory_mib: u64,
}

#[derive(Serialize)]
struct ComponentCost {
    component: &'static str,
    workloads: usize,
    #[serde(flatten)]
    cost: Cost,
}

#[derive(Serialize)]
struct Gift {
    id: &'static str,
    state: &'static str,
    count: usize,
    witnesses: Vec<Named>,
}

#[derive(Serialize)]
struct Fact<'i> {
    fact: &'i str,
    value: Value,
    at_least: Value,
    strength: &'static str,
    rule: &'i str,
    count: usize,
    witnesses: Vec<Named>,
    counted: &'i [String],
    left_out: Vec<Left<'i>>,
    why_not: Option<&'i str>,
}

#[derive(Serialize)]
struct Left<'i> {
    reason: &'i str,
    count: usize,
    names: &'i [String],
}

#[derive(Serialize)]
struct Contradiction<'i> {
    fact: &'i str,
    answered: &'i str,
    seen: &'i str,
    evidence: &'i str,
}

/// An object and where it stands.
#[derive(Serialize)]
struct Named {
    object: String,
    at: String,
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
