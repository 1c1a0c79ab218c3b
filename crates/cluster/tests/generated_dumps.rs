//! Generated dumps of whole clusters against the answers that their generator counted while it wrote them.
//!
//! The generator lies outside the repository, in `../shared/generate_dump.py` beside it: where it is not there, or no
//! Python to run it, the test says so and passes. `MESH_ADVISOR_DUMP_SERVICES` makes the clusters larger.

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
use std::process::Command;

use cluster::read::{Progress, Reason, Source, inventory};
use cluster::{Component, Conclusion, FactValue, GiftId, Layer, Shape};
use serde_json::Value;

struct DumpFile(PathBuf);

impl Source for DumpFile {
    fn size(&self) -> Option<u64> {
        fs::metadata(&self.0).ok().map(|metadata| metadata.len())
    }

    fn is_expected(&self) -> bool {
        true
    }

    fn open(&self) -> Result<Box<dyn io::Read + Send + '_>, Reason> {
        let file = File::open(&self.0).expect("a file that was written");
        Ok(Box::new(file))
    }
}

/// Writes a dump in this form; gives what it shows and the generator's truth.
fn generated(folder: &Path, form: &str, more: &[&str]) -> Option<(Conclusion, Value)> {
    let generator = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/generate_dump.py");
    let services = std::env::var("MESH_ADVISOR_DUMP_SERVICES").unwrap_or_else(|_| "100".to_owned());
    let (out, truth) = (
        folder.join(format!("dump-{form}")),
        folder.join("truth.json"),
    );
    let written = Command::new("python3")
        .arg(&generator)
        .args(["--services", &services, "--format", form, "--out"])
        .args([&out, Path::new("--truth"), &truth])
        .args(more)
        .status();
    let (true, Ok(status)) = (generator.is_file(), written) else {
        println!("not checked: {} could not be run", generator.display());
        return None;
    };
    assert!(status.success(), "the generator failed");
    let mut files = if out.is_dir() {
        fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect()
    } else {
        vec![out]
    };
    files.sort();
    let sources: Vec<DumpFile> = files.into_iter().map(DumpFile).collect();
    let threads = NonZeroUsize::new(2).unwrap();
    let (inventory, _) = inventory(&sources, threads, &Progress::default());
    let truth = serde_json::from_str(&fs::read_to_string(truth).unwrap()).unwrap();
    Some((inventory.conclude(), truth))
}

#[test]
fn whatever_the_form_of_a_dump_its_answers_are_the_true_ones() {
    let folder = std::env::temp_dir().join(format!("generated-dumps-{}", std::process::id()));
    let forms: [(&str, &[&str]); 5] = [
        ("json", &["--sidecar-reasons", "--seed", "7"]),
        (
            "pretty",
            &[
                "--cni",
                "cilium",
                "--mtls",
                "mesh",
                "--order",
                "namespaces-last",
            ],
        ),
        (
            "yaml",
            &["--ambient", "60", "--native", "20", "--repeat-every", "5"],
        ),
        ("multi", &["--mtls", "none", "--none", "80"]),
        ("typed", &["--classic", "60", "--seed", "11"]),
    ];
    for (form, more) in forms {
        fs::create_dir_all(&folder).unwrap();
        if let Some((conclusion, truth)) = generated(&folder, form, more) {
            judge(form, &conclusion, &truth);
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}

fn judge(form: &str, conclusion: &Conclusion, truth: &Value) {
    let number = |value: &Value| value.as_u64().unwrap_or(0);
    let paid = &conclusion.paid;
    let sidecars = [
        paid.pods.unwrap() as u64,
        paid.cpu_millicores,
        paid.memory_mib,
    ];
    let wanted =
        ["pods", "cpu_millicores", "memory_mib"].map(|key| number(&truth["sidecars"][key]));
    assert_eq!(sidecars, wanted, "{form}: sidecars");
    for (component, key) in [
        (Component::Waypoint, "waypoint"),
        (Component::NodeAgent, "node_agent"),
        (Component::Gateway, "edge_gateway"),
    ] {
        let cost = paid
            .by_component
            .iter()
            .find(|cost| cost.component == component);
        let seen = cost.map_or([0; 3], |cost| {
            [
                cost.pods.unwrap() as u64,
                cost.cpu_millicores,
                cost.memory_mib,
            ]
        });
        let wanted = ["pods", "cpu_millicores", "memory_mib"]
            .map(|part| number(&truth["proxies"][key][part]));
        assert_eq!(seen, wanted, "{form}: {key}");
    }
    let declared = |shape: Shape| {
        let of_shape = conclusion
            .meshes
            .iter()
            .filter(|mesh| mesh.shape == Some(shape));
        of_shape
            .map(|mesh| mesh.workloads.declared as u64)
            .sum::<u64>()
    };
    let workloads = &truth["workloads"]["declared"];
    let sum = |keys: [&str; 2]| keys.map(|key| number(&workloads[key])).iter().sum::<u64>();
    assert_eq!(
        declared(Shape::Sidecars),
        sum(["sidecar", "sidecar_jobs"]),
        "{form}: sidecars"
    );
    assert_eq!(
        declared(Shape::Sidecarless),
        sum(["ambient", "ambient_jobs"]),
        "{form}: ambient"
    );
    let running = ["application_running", "store_running", "job_running"];
    let running = running
        .map(|key| number(&truth["pods"][key]))
        .iter()
        .sum::<u64>();
    for (fact, wanted) in [
        ("services", number(&truth["services"]["application"])),
        ("teams", number(&truth["teams"]["distinct"])),
        (
            "nodes",
            number(&truth["nodes"]["schedulable_for_applications"]),
        ),
        ("pods", running),
    ] {
        let seen = conclusion
            .facts
            .iter()
            .find(|known| known.id == fact)
            .unwrap();
        assert_eq!(seen.value, Some(FactValue::Count(wanted)), "{form}: {fact}");
    }
    let languages = conclusion
        .facts
        .iter()
        .find(|fact| fact.id == "languages")
        .unwrap();
    let wanted = FactValue::Count(number(&truth["languages"]["at_least"]));
    assert_eq!(languages.at_least, Some(wanted), "{form}: languages");
    let cilium = truth["cni"].as_str() == Some("cilium");
    let cni = conclusion
        .facts
        .iter()
        .find(|fact| fact.id == "cni")
        .unwrap();
    assert_eq!(
        cni.value,
        cilium.then_some(FactValue::Choice("cilium")),
        "{form}: cni"
    );
    judge_uses(form, conclusion, truth);
    judge_findings(form, conclusion, truth);
}

fn judge_uses(form: &str, conclusion: &Conclusion, truth: &Value) {
    let count = |key: &str| truth["uses"][key]["count"].as_u64().unwrap_or(0) as usize;
    let gift = |id: GiftId| {
        conclusion
            .gifts
            .iter()
            .find(|gift| gift.id == id)
            .unwrap()
            .witnesses
            .len()
    };
    let traffic = [
        "east_west_split",
        "east_west_retries_timeouts",
        "east_west_circuit_breaking",
    ];
    assert_eq!(
        gift(GiftId::Mtls),
        count("mtls_enforced"),
        "{form}: mutual TLS"
    );
    assert_eq!(
        gift(GiftId::UniformObservability),
        count("telemetry"),
        "{form}: telemetry"
    );
    let traffic: usize = traffic.map(count).iter().sum();
    assert_eq!(gift(GiftId::L7TrafficPolicy), traffic, "{form}: traffic");
    for (layer, key) in [
        (Layer::L4, "authorization_l4"),
        (Layer::L7, "authorization_l7"),
    ] {
        let policies = conclusion.authorizations.iter();
        let seen =
            policies.filter(|policy| policy.layer == layer && !policy.at_edge && !policy.is_lost);
        assert_eq!(seen.count(), count(key), "{form}: {key}");
    }
    let edge = truth["edge_only"]["all"]["count"].as_u64().unwrap_or(0) as usize;
    assert_eq!(conclusion.edge_routes.len(), edge, "{form}: edge routes");
    let reasons: Vec<&str> = conclusion
        .sidecar_reasons
        .iter()
        .map(|reason| reason.flag)
        .collect();
    let wanted: Vec<&str> = truth["sidecar_reasons"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut sorted = reasons.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, wanted, "{form}: reasons for sidecars");
}

fn judge_findings(form: &str, conclusion: &Conclusion, truth: &Value) {
    let found = |id: &str| {
        conclusion
            .anomalies
            .iter()
            .filter(|anomaly| anomaly.id == id)
            .count() as u64
    };
    for id in [
        "not-restarted",
        "paid-but-excluded",
        "half-enrolled",
        "job-with-sidecar",
        "authz-l7-allow",
        "waypoint-unused",
    ] {
        let wanted = truth["findings"][id]["count"].as_u64().unwrap_or(0);
        assert_eq!(found(id), wanted, "{form}: {id}");
    }
    let no_ops = truth["no_op_virtual_services"]["all"]["count"]
        .as_u64()
        .unwrap_or(0);
    assert_eq!(found("no-op-route"), no_ops, "{form}: no-op routes");
}
