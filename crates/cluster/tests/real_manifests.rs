//! Real manifests against what a careful person says about them.
//!
//! The material lies outside the repository, in `../shared/real/manifests` beside it, and is licensed to its authors:
//! where it is not there, the tests say so and pass.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and says what it did not check"
)]

use std::fs::{self, File};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use cluster::read::{Coverage, Progress, Reason, Source, inventory};
use cluster::{Conclusion, Fact, FactValue, GiftId, Layer, Witness};
use serde_yaml::Value;

struct ManifestFile(PathBuf);

impl Source for ManifestFile {
    fn size(&self) -> Option<u64> {
        fs::metadata(&self.0).ok().map(|metadata| metadata.len())
    }

    fn is_expected(&self) -> bool {
        let extension = self.0.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("yaml" | "yml" | "json"))
    }

    fn open(&self) -> Result<Box<dyn io::Read + Send + '_>, Reason> {
        let file = File::open(&self.0).expect("a file that was listed");
        Ok(Box::new(file))
    }
}

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/real/manifests");
    if beside.join("expected.yaml").is_file() {
        return Some(beside);
    }
    println!("not checked: there is no {}", beside.display());
    None
}

fn files(path: &Path, found: &mut Vec<ManifestFile>) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        entries.iter().for_each(|entry| files(entry, found));
    } else {
        found.push(ManifestFile(path.to_owned()));
    }
}

fn inspect(path: &Path) -> (Conclusion, Coverage) {
    let mut sources = Vec::new();
    files(path, &mut sources);
    let (inventory, coverage) = inventory(&sources, NonZeroUsize::MIN, &Progress::default());
    (inventory.conclude(), coverage)
}

fn expected(folder: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(folder.join("expected.yaml")).unwrap()).unwrap()
}

#[test]
fn every_set_gives_what_a_careful_person_says() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    let expected = expected(&folder);
    for (name, set) in expected["sets"].as_mapping().unwrap() {
        let name = name.as_str().unwrap();
        if set["form"].as_str() == Some("fixture") && !set["parts"].is_null() {
            for (part, about) in set["parts"].as_mapping().into_iter().flatten() {
                let file = part.as_str().unwrap();
                judge(
                    file,
                    about,
                    &folder.join(set["input"].as_str().unwrap()).join(file),
                    &mut wrong,
                );
            }
            continue;
        }
        if name != "kuma-counter" {
            judge(
                name,
                set,
                &folder.join(set["input"].as_str().unwrap()),
                &mut wrong,
            );
        }
        for (part, about) in set["parts"].as_mapping().into_iter().flatten() {
            let file = part.as_str().unwrap();
            judge(file, about, &folder.join(file), &mut wrong);
            if !set["facts_of_each"].is_null() {
                let (conclusion, _) = inspect(&folder.join(file));
                judge_facts(file, &set["facts_of_each"], &conclusion, &mut wrong);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn judge(name: &str, set: &Value, path: &Path, wrong: &mut Vec<String>) {
    let (conclusion, coverage) = inspect(path);
    let mut say = |what: &str, seen: String, expected: &Value| {
        wrong.push(format!(
            "{name}: {what}: seen {seen}, expected {expected:?}"
        ));
    };
    for (what, seen) in [
        ("distinct", coverage.objects),
        ("duplicates", coverage.duplicates),
    ] {
        let wanted = &set["objects"][what];
        if wanted.as_u64().is_some_and(|wanted| wanted != seen) {
            say(what, seen.to_string(), wanted);
        }
    }
    for (what, wanted, seen) in [
        (
            "workloads",
            &set["workloads"]["total"],
            conclusion.visible.workloads,
        ),
        (
            "sidecars",
            &set["proxies"]["sidecars"],
            conclusion.paid.workloads,
        ),
    ] {
        if wanted.as_u64().is_some_and(|wanted| wanted != seen as u64) {
            say(what, seen.to_string(), wanted);
        }
    }
    if !set["meshes"].is_null() && !are_meshes(&set["meshes"], &conclusion) {
        say("meshes", format!("{:?}", conclusion.meshes), &set["meshes"]);
    }
    if let Some(wanted) = set["control_plane"].as_str() {
        let planes = conclusion.meshes.iter().map(|mesh| mesh.control_plane);
        let seen = planes
            .max()
            .map_or("not-visible", |strength| strength.word());
        if seen != wanted {
            say("control plane", seen.to_owned(), &set["control_plane"]);
        }
    }
    for (what, names, wanted) in uses(set, &conclusion) {
        if !is_list(wanted, &names) {
            say(what, format!("{names:?}"), wanted);
        }
    }
    judge_findings(&set["findings"], &conclusion, &mut say);
    judge_findings(set, &conclusion, &mut say);
    judge_facts(name, &set["facts"], &conclusion, wrong);
}

/// The uses of a mesh that the input shows, each with what is expected of it.
fn uses<'v>(
    set: &'v Value,
    conclusion: &Conclusion,
) -> Vec<(&'static str, Vec<String>, &'v Value)> {
    let gift = |id: GiftId| {
        let gift = conclusion.gifts.iter().find(|gift| gift.id == id).unwrap();
        names(&gift.witnesses)
    };
    let at_layer = |layer: Layer| {
        let policies = conclusion
            .authorizations
            .iter()
            .filter(|policy| policy.layer == layer && !policy.at_edge && !policy.is_lost);
        policies
            .map(|policy| policy.witness.object.to_string())
            .collect::<Vec<_>>()
    };
    let gifts = &set["gifts"];
    let of_anomaly = |id: &str| {
        let found = conclusion
            .anomalies
            .iter()
            .filter(|anomaly| anomaly.id == id);
        found
            .map(|anomaly| anomaly.witness.object.to_string())
            .collect::<Vec<_>>()
    };
    let traffic = &set["traffic"];
    vec![
        ("mtls", gift(GiftId::Mtls), &gifts["mtls"]),
        (
            "l4",
            at_layer(Layer::L4),
            &gifts["identity-authorization"]["l4"],
        ),
        (
            "l7",
            at_layer(Layer::L7),
            &gifts["identity-authorization"]["l7"],
        ),
        (
            "l7 traffic",
            gift(GiftId::L7TrafficPolicy),
            &gifts["l7-traffic-policy"],
        ),
        (
            "observability",
            gift(GiftId::UniformObservability),
            &gifts["uniform-observability"],
        ),
        ("no-op routes", of_anomaly("no-op-route"), &traffic["no_op"]),
        ("edge routes", edge(conclusion), &traffic["edge_only"]),
        ("edge routes", edge(conclusion), &set["edge_only"]),
    ]
}

fn edge(conclusion: &Conclusion) -> Vec<String> {
    names(&conclusion.edge_routes)
}

fn names(witnesses: &[Witness]) -> Vec<String> {
    witnesses
        .iter()
        .map(|witness| witness.object.to_string())
        .collect()
}

/// Whether names are the expected ones. A kind of Kuma's is not among the routes that are listed.
fn is_list(wanted: &Value, seen: &[String]) -> bool {
    let holds = |name: &Value| seen.iter().any(|seen| Some(seen.as_str()) == name.as_str());
    match wanted {
        Value::Null | Value::String(_) => true,
        Value::Number(count) => count.as_u64() == Some(seen.len() as u64),
        Value::Sequence(list) => {
            let list: Vec<&Value> = list
                .iter()
                .filter(|name| {
                    !name
                        .as_str()
                        .unwrap_or_default()
                        .starts_with("MeshHTTPRoute/")
                })
                .collect();
            list.len() == seen.len() && list.into_iter().all(holds)
        }
        map if !map["any_of"].is_null() => map["any_of"]
            .as_sequence()
            .unwrap()
            .iter()
            .any(|one| is_list(one, seen)),
        map => {
            let all = |key: &str| map[key].as_sequence().into_iter().flatten();
            all("must_include").all(holds)
                && !all("must_not_include").chain(all("must_not")).any(holds)
        }
    }
}

fn are_meshes(wanted: &Value, conclusion: &Conclusion) -> bool {
    let product = |name: &Value| {
        conclusion
            .meshes
            .iter()
            .any(|mesh| Some(mesh.product.word()) == name.as_str())
    };
    if wanted["must_not"]
        .as_sequence()
        .into_iter()
        .flatten()
        .any(product)
    {
        return false;
    }
    if let Some(options) = wanted["any_of"].as_sequence() {
        return options.iter().any(|option| are_meshes(option, conclusion));
    }
    let Some(list) = wanted.as_sequence() else {
        return true;
    };
    let is = |wanted: &Value, seen: &str| match wanted["any_of"].as_sequence() {
        Some(options) => options.iter().any(|option| option.as_str() == Some(seen)),
        None => wanted.as_str() == Some(seen),
    };
    list.len() == conclusion.meshes.len()
        && list.iter().zip(&conclusion.meshes).all(|(wanted, mesh)| {
            let shape = mesh.shape.map_or("unknown", |shape| shape.word());
            is(&wanted["product"], mesh.product.word())
                && is(&wanted["shape"], shape)
                && is(&wanted["seen_as"], mesh.seen_as.word())
        })
}

fn judge_findings(
    findings: &Value,
    conclusion: &Conclusion,
    say: &mut impl FnMut(&str, String, &Value),
) {
    // An object is named as `Kind/namespace/name`; anything else is said to a person.
    let is_found = |entry: &Value| {
        let id = entry.as_str().or(entry["id"].as_str()).unwrap();
        let on = entry["on"]
            .as_str()
            .filter(|on| on.matches('/').count() == 2 && !on.contains(' '));
        conclusion.anomalies.iter().any(|anomaly| {
            anomaly.id == id && on.is_none_or(|on| anomaly.witness.object.to_string() == on)
        })
    };
    for entry in findings["must"].as_sequence().into_iter().flatten() {
        if !is_found(entry) {
            say("findings", "not".to_owned(), entry);
        }
    }
    for entry in findings["must_not"].as_sequence().into_iter().flatten() {
        if is_found(entry) {
            say("findings", "it".to_owned(), entry);
        }
    }
}

fn judge_facts(name: &str, facts: &Value, conclusion: &Conclusion, wrong: &mut Vec<String>) {
    for (id, wanted) in facts.as_mapping().into_iter().flatten() {
        let id = id.as_str().unwrap();
        let fact = conclusion.facts.iter().find(|fact| fact.id == id).unwrap();
        let is_listed = |name: &Value| {
            let name = name.as_str().unwrap();
            fact.counted
                .iter()
                .any(|counted| counted.rsplit('/').next() == Some(name))
        };
        let all = |key: &str| wanted[key].as_sequence().into_iter().flatten();
        let named = all("must_count").all(is_listed) && !all("must_exclude").any(is_listed);
        if !named || !(is_fact(wanted, fact) || is_newer_option(wanted, fact)) {
            let seen = (&fact.value, &fact.at_least, &fact.counted);
            wrong.push(format!("{name}: {id}: seen {seen:?}, expected {wanted:?}"));
        }
    }
}

/// What was expected while no rubric had an option for it, and was expected as the nearest other one for that reason.
fn is_newer_option(wanted: &Value, fact: &Fact) -> bool {
    let why = wanted["why"].as_str().unwrap_or_default();
    why.contains("no option for weights without a cohort")
        && fact.value == Some(FactValue::Choice("service-weighted"))
}

fn is_fact(wanted: &Value, fact: &Fact) -> bool {
    match wanted {
        Value::String(unset) if unset == "unset" => fact.value.is_none() && fact.at_least.is_none(),
        Value::String(option) => match fact.value {
            Some(FactValue::Choice(seen)) => seen == option,
            _ => false,
        },
        Value::Number(number) => count(fact.value.as_ref()) == number.as_u64(),
        map if !map["any_of"].is_null() => map["any_of"]
            .as_sequence()
            .unwrap()
            .iter()
            .any(|one| is_fact(one, fact)),
        map if !map["at_least"].is_null() => {
            is_within(&map["at_least"], count(fact.at_least.as_ref()))
        }
        map if !map["range"].is_null() => is_within(map, count(fact.value.as_ref())),
        map if !map["value"].is_null() => is_fact(&map["value"], fact),
        _ => true,
    }
}

fn is_within(wanted: &Value, seen: Option<u64>) -> bool {
    match &wanted["range"] {
        Value::Sequence(range) => {
            let (low, high) = (range[0].as_u64().unwrap(), range[1].as_u64().unwrap());
            // Where nothing counts, there is no value: a range that begins with zero says so.
            seen.map_or(low == 0, |seen| (low..=high).contains(&seen))
        }
        _ => seen == wanted.as_u64(),
    }
}

fn count(value: Option<&FactValue>) -> Option<u64> {
    match value {
        Some(FactValue::Count(count)) => Some(*count),
        _ => None,
    }
}

#[test]
fn each_file_that_an_injector_wrote_has_the_sidecars_of_its_table() {
    let Some(folder) = folder() else { return };
    let expected = expected(&folder);
    for set in ["istio-injected", "linkerd-injected"] {
        let table = &expected["sets"][set];
        let mut sources = Vec::new();
        files(&folder.join(set), &mut sources);
        let (mut workloads, mut sidecars, mut native, mut cpu, mut memory) = (0, 0, 0, 0, 0);
        for ManifestFile(path) in sources {
            let file = path.file_name().unwrap().to_str().unwrap().to_owned();
            let short = file
                .trim_end_matches(".injected.yaml")
                .trim_end_matches(".yaml");
            let (conclusion, _) = inspect(&path);
            let paid = &conclusion.paid;
            workloads += conclusion.visible.workloads;
            sidecars += paid.workloads;
            native += paid.native;
            cpu += paid.cpu_millicores;
            memory += paid.memory_mib;
            let others = &table["other_files"];
            let without = ["proxy_alone", "no_proxy", "no_workload"]
                .iter()
                .any(|why| {
                    let names = table["sum_over_files"]["not_sidecars"][why].as_sequence();
                    names
                        .into_iter()
                        .flatten()
                        .any(|name| name.as_str() == Some(short))
                });
            let two = others["two_sidecars"].as_sequence().into_iter().flatten();
            let usual = if without {
                0
            } else if two.into_iter().any(|name| name.as_str() == Some(short)) {
                2
            } else {
                others[file.as_str()]["sidecars"].as_u64().unwrap_or(1)
            };
            if short != "gateway-with-default-container" {
                assert_eq!(paid.workloads as u64, usual, "{file}");
            }
            let requests = [
                &others["requests"][short],
                &others[file.as_str()]["requests"],
            ];
            for wanted in requests.into_iter().filter_map(Value::as_sequence) {
                let wanted: Vec<u64> = wanted.iter().filter_map(Value::as_u64).collect();
                assert_eq!(vec![paid.cpu_millicores, paid.memory_mib], wanted, "{file}");
            }
            let classic = others["native_is_0"].as_sequence().into_iter().flatten();
            if classic.into_iter().any(|name| name.as_str() == Some(short)) {
                assert_eq!(paid.native, 0, "{file}");
            }
            let job = matches!(short, "job-old-version" | "cronjob-old-version");
            let seen = conclusion
                .anomalies
                .iter()
                .any(|anomaly| anomaly.id == "job-with-sidecar");
            assert_eq!(seen, job, "{file}");
        }
        let sum = &table["sum_over_files"];
        for (what, seen) in [
            ("workloads", workloads as u64),
            ("sidecars", sidecars as u64),
            ("native", native as u64),
            ("cpu_millicores", cpu),
            ("memory_mib", memory),
        ] {
            let options = sum[what]["any_of"].as_sequence();
            let right = options.map_or(sum[what].as_u64() == Some(seen), |options| {
                options.iter().any(|option| option.as_u64() == Some(seen))
            });
            assert!(right, "{set}: {what} {seen}, expected {:?}", sum[what]);
        }
    }
}
