//! The main story of the README, command by command: a dump is inspected, the rest is asked, the advice is recorded and
//! checked; then the fleet outgrows the decision, and the check says so.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use mesh_advisor::embedded;
use serde_json::{Value, json};

use crate::program::{Run, finish, mesh_advisor};

/// What a person answers that no dump shows; everything else they do not know.
const KNOWN: [(&str, &str); 7] = [
    ("languages", "4"),
    ("shared_http_client", "no"),
    ("mtls_mandate", "none"),
    ("authorization", "network"),
    ("platform_team", "dedicated"),
    ("canary", "cohort-fleet"),
    ("commitment", "most"),
];

/// The commands of the story, as the README has them.
fn commands() -> Vec<Vec<String>> {
    let readme = fs::read_to_string("README.md").unwrap();
    let block = readme
        .split("```")
        .find(|block| block.starts_with("sh\n") && block.contains("--manifests cluster.json"))
        .expect("the story");
    let command = |line: &str| {
        let words = line.split('#').next()?.strip_prefix("mesh-advisor ")?;
        Some(words.split_whitespace().map(str::to_owned).collect())
    };
    block.lines().filter_map(command).collect()
}

/// What `kubectl get ... -o json` prints of a cluster without a mesh.
fn dump(services: usize) -> String {
    let meta = |name: &str, team: usize| json!({"name": name, "namespace": "shop", "labels": {"app": name, "team": format!("team-{team}")}});
    let mut items = vec![
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}),
        json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-1"}}),
    ];
    for number in 0..services {
        let (name, team) = (format!("service-{number}"), number % 4);
        let meta = meta(&name, team);
        let pod = json!({"containers": [{"name": "app", "image": format!("registry.example/{name}:1"), "env": [{"name": "JAVA_TOOL_OPTIONS", "value": "-Xmx1g"}]}]});
        let template = json!({"metadata": {"labels": meta["labels"]}, "spec": pod});
        items.push(
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta, "spec": {"template": template}}),
        );
        items.push(
            json!({"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": {"selector": {"app": name}}}),
        );
        let mut running = meta.clone();
        running["name"] = json!(format!("{name}-5b9-1"));
        running["labels"]["pod-template-hash"] = json!("5b9");
        running["ownerReferences"] =
            json!([{"kind": "ReplicaSet", "name": format!("{name}-5b9"), "controller": true}]);
        items.push(
            json!({"apiVersion": "v1", "kind": "Pod", "metadata": running, "spec": pod, "status": {"phase": "Running"}}),
        );
    }
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
    serde_json::to_string_pretty(&list).unwrap()
}

fn tell(folder: &Path, arguments: &[String]) -> Run {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut command = mesh_advisor(&arguments);
    finish(command.current_dir(folder).env("COLUMNS", "80"))
}

/// Holds the conversation; everything that was said.
fn converse(folder: &Path, arguments: &[String]) -> String {
    let rubric = embedded::rubric().unwrap();
    let mut child = Command::cargo_bin("mesh-advisor")
        .unwrap()
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("COLUMNS", "1000")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut replies, mut output) = (child.stdin.take().unwrap(), child.stderr.take().unwrap());
    let (mut said, mut byte) = (Vec::new(), [0]);
    let mut since = 0;
    while output.read(&mut byte).unwrap() == 1 {
        said.push(byte[0]);
        if !said.ends_with(b"\n> ") {
            continue;
        }
        let latest = String::from_utf8_lossy(&said[since..]).into_owned();
        since = said.len();
        let asked = rubric
            .facts
            .iter()
            .filter_map(|fact| Some((latest.rfind(fact.ask.as_str())?, fact)))
            .max_by_key(|(at, _)| *at);
        let reply = match asked {
            _ if latest.contains("\nSummary\n") => "",
            _ if latest.contains("into a record (ADR)?") => "no",
            Some((_, fact)) => KNOWN
                .iter()
                .find(|(known, _)| *known == fact.id.as_str())
                .map_or("d", |(_, reply)| reply),
            None => panic!("what is asked?\n{latest}"),
        };
        writeln!(replies, "{reply}").unwrap();
    }
    assert!(child.wait().unwrap().success());
    String::from_utf8(said).unwrap()
}

#[test]
fn a_fleet_is_inspected_decided_recorded_and_outgrows_its_decision() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let [inspect, ask, advise, record, check] = commands().try_into().unwrap();
    let is_of = |command: &[String], name: &str| assert_eq!(command[0], name, "{command:?}");
    for (command, name) in [
        (&inspect, "inspect"),
        (&ask, "ask"),
        (&advise, "advise"),
        (&record, "record"),
        (&check, "check"),
    ] {
        is_of(command, name);
    }

    fs::write(folder.join("cluster.json"), dump(28)).unwrap();
    let run = tell(folder, &inspect);
    assert_eq!(run.code, 0, "{}", run.err);
    let said = converse(folder, &[&ask[..], &["--plain".into()]].concat());
    // What was seen is not asked, but what it rests on is shown.
    let (questions, summary) = said.split_once("\nSummary\n").unwrap();
    assert!(!questions.contains("How many services"), "{said}");
    assert!(
        summary.contains("How many services do you run? 28 (seen: 28 in cluster.json"),
        "{said}"
    );
    // A lower bound is no answer: it stands beside the question.
    let (_, languages) = questions.split_once("How many languages").unwrap();
    let (languages, _) = languages.split_once("\n> ").unwrap();
    assert!(
        languages.contains("(seen: at least 1 in cluster.json)"),
        "{languages}"
    );

    let json = [&advise[..], &["--format".into(), "json".into()]].concat();
    let advice: Value = serde_json::from_str(&tell(folder, &json).out).unwrap();
    assert_eq!(advice["recommendation"], "no-mesh");
    assert_eq!(advice["provisional"], false, "{advice}");

    fs::create_dir_all(folder.join("docs/decisions")).unwrap();
    let run = tell(folder, &record);
    assert_eq!(run.code, 0, "{}", run.err);
    let file = record
        .iter()
        .find(|argument| argument.ends_with(".md"))
        .unwrap();
    let adr = fs::read_to_string(folder.join(file)).unwrap();
    assert!(adr.contains("status: \"proposed\""), "{adr}");
    let accepted = adr.replace("status: \"proposed\"", "status: \"accepted\"");
    fs::write(folder.join(file), &accepted).unwrap();
    let run = tell(folder, &check);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(!run.out.contains("note["), "{}", run.out);

    // Two services more: one past the threshold of the rubric.
    fs::write(folder.join("cluster.json"), dump(30)).unwrap();
    let run = tell(folder, &check);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let line = accepted
        .lines()
        .position(|line| line.trim_start().starts_with("services:"))
        .expect("an answer")
        + 1;
    assert!(
        run.out.contains(&format!("{file}:{line}:")),
        "line {line}: {}",
        run.out
    );
    let message = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for text in [
        "error[fact-drifted]",
        "The answer for services is 28, the manifests show 30 (seen: 30 in cluster.json, first Service/shop/service-0 at cluster.json:",
        "with that the answers give sidecarless, not no-mesh",
    ] {
        assert!(message.contains(text), "{text}: {message}");
    }
}
