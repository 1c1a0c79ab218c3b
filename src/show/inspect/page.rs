//! The page about an inspection, as sections of rows; how they look is for the formats.

use cluster::read::Coverage;
use cluster::{Conclusion, FactValue, GiftState, Mesh, Shape, Strength, Witness};

use super::section::{BAR, Cell, Section};
use crate::finding::Severity;
use crate::inspect::{Inspection, Paths, SEEN, evidence};
use crate::show::figures::{self, in_words};
use crate::words::counted;

/// How many findings, witnesses and places the page names.
const MOST_FINDINGS: usize = 12;
const MOST_WITNESSES: usize = 2;

/// The page, in the order in which it is read.
pub(super) fn page(inspection: &Inspection) -> Vec<Section> {
    let Inspection {
        coverage,
        conclusion,
        paths,
        ..
    } = inspection;
    let mut sections = vec![
        Section::of_texts("Read", &[], coverage_rows(coverage, conclusion, paths)),
        Section {
            title: "Mesh",
            heads: &[],
            rows: mesh_rows(conclusion),
        },
    ];
    if conclusion
        .meshes
        .iter()
        .any(|mesh| mesh.workloads.members > 0)
        || !conclusion.paid.by_component.is_empty()
    {
        sections.push(Section {
            title: "Paid",
            heads: &["Part", "How many", "CPU", "Memory"],
            rows: paid_rows(conclusion),
        });
    }
    sections.push(Section {
        title: "Used",
        heads: &["Gift", "State", "Witnesses"],
        rows: gift_rows(conclusion, paths),
    });
    sections.push(Section::of_texts(
        Section::IN_SHORT,
        &[],
        vec![vec![in_short(conclusion)]],
    ));
    let heads = &["Fact", "Value", "Evidence"];
    sections.push(Section::of_texts("Facts", heads, fact_rows(inspection)));
    if !inspection.report.findings.is_empty() {
        let heads = &["Severity", "Finding", "What"];
        sections.push(Section::of_texts(
            Section::FINDINGS,
            heads,
            finding_rows(inspection),
        ));
    }
    sections.push(Section::of_texts(
        "Next",
        &[],
        vec![vec![inspection.next.clone()]],
    ));
    sections
}

fn coverage_rows(coverage: &Coverage, conclusion: &Conclusion, paths: &Paths) -> Vec<Vec<String>> {
    let visible = conclusion.visible;
    let seen = [
        (visible.namespaces, "Namespace"),
        (visible.workloads, "workload"),
        (visible.services, "Service"),
        (visible.pods, "Pod"),
        (visible.nodes, "Node"),
    ];
    let (some, none): (Vec<_>, Vec<_>) = seen.into_iter().partition(|(count, _)| *count > 0);
    let some: Vec<String> = some
        .iter()
        .map(|(count, noun)| several(*count as u64, noun))
        .collect();
    let mut rows = vec![vec![format!(
        "{} in {} ({})",
        several(coverage.objects, "object"),
        several(coverage.files, "file"),
        size(coverage.bytes)
    )]];
    if !some.is_empty() {
        rows.push(vec![some.join(", ")]);
    }
    if !none.is_empty() {
        let none: Vec<String> = none.iter().map(|(_, noun)| format!("{noun}s")).collect();
        rows.push(vec![format!("not visible here: {}", none.join(", "))]);
    }
    if coverage.duplicates > 0 {
        let differing = match coverage.differing.count {
            0 => String::new(),
            count => format!(
                "; {} not always alike: {}",
                several(count, "object"),
                differing(coverage, paths)
            ),
        };
        rows.push(vec![format!(
            "{} seen before{differing}",
            several(coverage.duplicates, "object")
        )]);
    }
    for (reason, skips) in coverage.skipped.iter() {
        let example = skips.examples.first().map_or(String::new(), |place| {
            format!(", first {}", paths.at(*place))
        });
        rows.push(vec![format!(
            "skipped {}: {}{example}",
            figures::count(skips.count),
            reason.words()
        )]);
    }
    rows
}

fn differing(coverage: &Coverage, paths: &Paths) -> String {
    let named =
        coverage
            .differing
            .examples
            .iter()
            .take(MOST_WITNESSES)
            .map(|(object, [first, other])| {
                format!("{object} ({} and {})", paths.at(*first), paths.at(*other))
            });
    named.collect::<Vec<_>>().join(", ")
}

fn mesh_rows(conclusion: &Conclusion) -> Vec<Vec<Cell>> {
    if conclusion.meshes.is_empty() {
        let defined = match conclusion.only_defined.as_slice() {
            [] => String::new(),
            groups => format!("; only definitions of {}", groups.join(", ")),
        };
        return vec![vec![Cell::Text(format!("none is visible{defined}"))]];
    }
    conclusion.meshes.iter().flat_map(mesh_rows_of).collect()
}

fn mesh_rows_of(mesh: &Mesh) -> Vec<Vec<Cell>> {
    let shape = match mesh.shape {
        Some(Shape::Sidecars) => "sidecars",
        Some(Shape::Sidecarless) => "no sidecars",
        None => "shape not visible",
    };
    let version = mesh
        .version
        .as_ref()
        .map_or(String::new(), |version| format!(" {version}"));
    let control_plane = match mesh.control_plane {
        Strength::NotVisible => "control plane not visible".to_owned(),
        strength => format!("control plane {}", strength.word()),
    };
    let share = &mesh.workloads;
    let unclear = match share.not_visible {
        0 => String::new(),
        count => format!(", {count} not visible"),
    };
    let namespaces = &mesh.namespaces;
    let partly = match namespaces.partly {
        0 => String::new(),
        count => format!(", {count} partly"),
    };
    let bar = |part, whole| Cell::Bar { part, whole };
    vec![
        vec![Cell::Text(format!(
            "{}{version}, {shape}; {control_plane}",
            mesh.product.word()
        ))],
        vec![
            bar(share.members, share.of),
            Cell::Text(format!(
                "{} of {} workloads ({}{unclear})",
                share.members,
                share.of,
                share.strength.word()
            )),
        ],
        vec![
            bar(namespaces.members, namespaces.of),
            Cell::Text(format!(
                "{} of {} namespaces{partly}",
                namespaces.members, namespaces.of
            )),
        ],
    ]
}

fn paid_rows(conclusion: &Conclusion) -> Vec<Vec<Cell>> {
    let parts = &conclusion.paid.by_component;
    let most = parts
        .iter()
        .map(|part| part.cpu_millicores)
        .max()
        .unwrap_or(0);
    let row = |part: &cluster::ComponentCost| {
        // Where the input holds other Pods and none of this part, what it takes is not nothing.
        let is_visible = part.pods != Some(0);
        let many = match part.pods {
            Some(pods) if is_visible => several(pods as u64, "Pod"),
            _ => several(part.workloads as u64, "workload"),
        };
        let amount = |number: u64, unit: &str| match is_visible {
            true => format!("{} {unit}", figures::count(number)),
            false => "not visible".to_owned(),
        };
        vec![
            Cell::Text(part.component.word().to_owned()),
            Cell::Bar {
                part: as_index(part.cpu_millicores),
                whole: as_index(most),
            },
            Cell::Text(many),
            Cell::Text(amount(part.cpu_millicores, "m CPU")),
            Cell::Text(amount(part.memory_mib, "MiB")),
        ]
    };
    parts.iter().map(row).collect()
}

fn gift_rows(conclusion: &Conclusion, paths: &Paths) -> Vec<Vec<Cell>> {
    let used = used(conclusion);
    let mut rows = vec![vec![
        Cell::Text(format!("{used} of {}", conclusion.gifts.len())),
        Cell::Bar {
            part: used,
            whole: conclusion.gifts.len(),
        },
    ]];
    rows.extend(conclusion.gifts.iter().map(|gift| {
        let witnesses = match gift.witnesses.len() {
            // Members of a mesh encrypt between themselves, whether anybody relies on it or not.
            0 if gift.state > GiftState::Idle => "binding nowhere: not counted".to_owned(),
            0 => String::new(),
            count => format!(
                "{}: {}",
                several(count as u64, "object"),
                named(&gift.witnesses, paths)
            ),
        };
        vec![
            Cell::Text(gift.id.word().to_owned()),
            Cell::Text(gift.state.word().to_owned()),
            Cell::Text(witnesses),
        ]
    }));
    rows
}

/// The reading in one sentence.
pub(super) fn in_short(conclusion: &Conclusion) -> String {
    let members: usize = conclusion
        .meshes
        .iter()
        .map(|mesh| mesh.workloads.members)
        .sum();
    if conclusion.meshes.is_empty() {
        return "No mesh is visible in this input.".to_owned();
    }
    if members == 0 {
        return "A mesh is configured, and no workload is visibly in it.".to_owned();
    }
    let paid = match conclusion.paid.pods.unwrap_or(conclusion.paid.workloads) {
        0 => several(members as u64, "workload"),
        proxies => several(
            proxies as u64,
            if proxies == 1 { "proxy" } else { "proxie" },
        ),
    };
    let unclear = match conclusion
        .gifts
        .iter()
        .filter(|gift| gift.state == GiftState::NotVisible)
        .count()
    {
        0 => String::new(),
        count => format!(", {} not visible", in_words(count)),
    };
    let is_unused = conclusion
        .anomalies
        .iter()
        .any(|anomaly| anomaly.id == "mesh-unused")
        || used(conclusion) == 0;
    let what = if is_unused {
        "A mesh without a use case"
    } else {
        "A mesh in use"
    };
    // Where none was asked for, none was found.
    let unasked = match conclusion.visible.settings {
        0 => " No policy and no route is in this input: make sure that they were asked for.",
        _ => "",
    };
    format!(
        "{what}: {paid}, {} of four gifts used{unclear}.{unasked}",
        in_words(used(conclusion))
    )
}

fn used(conclusion: &Conclusion) -> usize {
    conclusion
        .gifts
        .iter()
        .filter(|gift| gift.state > GiftState::Idle && !gift.witnesses.is_empty())
        .count()
}

fn fact_rows(inspection: &Inspection) -> Vec<Vec<String>> {
    let row = |fact: &cluster::Fact| {
        let answered = inspection
            .contradictions
            .iter()
            .find(|one| one.fact == fact.id);
        let (value, evidence) = match (&fact.value, &fact.at_least) {
            (Some(value), _) => (say(value), evidence(fact, &inspection.paths)),
            (None, Some(value)) => (
                format!("at least {}", say(value)),
                evidence(fact, &inspection.paths),
            ),
            (None, None) => (
                "not visible".to_owned(),
                fact.why_not.clone().unwrap_or_default(),
            ),
        };
        let evidence = evidence.strip_prefix(SEEN).unwrap_or(&evidence).to_owned();
        let evidence = match answered {
            None => evidence,
            Some(one) => format!("{evidence}; you answered {}, which is kept", one.answered),
        };
        vec![fact.id.to_owned(), value, evidence]
    };
    inspection.conclusion.facts.iter().map(row).collect()
}

fn say(value: &FactValue) -> String {
    match value {
        FactValue::Count(count) => figures::count(*count),
        FactValue::Choice(word) => (*word).to_owned(),
        FactValue::Flags(words) if words.is_empty() => "none".to_owned(),
        FactValue::Flags(words) => words.join(", "),
    }
}

fn finding_rows(inspection: &Inspection) -> Vec<Vec<String>> {
    let mut findings: Vec<_> = inspection.report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut rows: Vec<_> = findings
        .iter()
        .take(MOST_FINDINGS)
        .map(|finding| {
            vec![
                finding.severity.name().to_owned(),
                finding.kind.id.to_owned(),
                format!(
                    "{}:{}  {}",
                    finding.path, finding.place.line, finding.message
                ),
            ]
        })
        .collect();
    let of = |severity| inspection.report.count(severity);
    if findings.len() > MOST_FINDINGS {
        rows.push(vec![format!(
            "{} in all: {}, {}, {}",
            findings.len(),
            counted(of(Severity::Error), "error"),
            counted(of(Severity::Warning), "warning"),
            counted(of(Severity::Note), "note")
        )]);
    }
    rows
}

fn named(witnesses: &[Witness], paths: &Paths) -> String {
    let named = witnesses
        .iter()
        .take(MOST_WITNESSES)
        .map(|witness| format!("{} ({})", witness.object, paths.at(witness.place)));
    named.collect::<Vec<_>>().join(", ")
}

fn as_index(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX / BAR)
}

fn several(count: u64, noun: &str) -> String {
    format!(
        "{} {noun}{}",
        figures::count(count),
        if count == 1 { "" } else { "s" }
    )
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{} MB", figures::count(bytes / 1_000_000)),
    }
}
