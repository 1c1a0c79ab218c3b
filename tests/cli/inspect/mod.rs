//! `inspect` from outside: what it reads, what it prints, and what it writes.

mod story;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::program::{Run, finish, mesh_advisor, run};

const CLUSTERS: &str = "examples/clusters";

fn inspect(arguments: &[&str]) -> Run {
    run(&[&["inspect", "--as-of", "2026-12-01"], arguments].concat())
}

fn json_of(arguments: &[&str]) -> Value {
    let run = inspect(&[&["--format", "json"], arguments].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

fn cluster(name: &str) -> String {
    format!("{CLUSTERS}/{name}.yaml")
}

fn fact<'v>(inspection: &'v Value, id: &str) -> &'v Value {
    let facts = inspection["facts"].as_array().expect("a list");
    facts
        .iter()
        .find(|fact| fact["fact"] == id)
        .expect("the fact")
}

fn gifts(inspection: &Value) -> Vec<(&str, &str)> {
    let gifts = inspection["gifts"].as_array().expect("a list").iter();
    gifts
        .map(|gift| {
            (
                gift["id"].as_str().unwrap(),
                gift["state"].as_str().unwrap(),
            )
        })
        .collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_mesh_that_nobody_uses_is_said_to_be_one() {
    let path = cluster("unused-mesh");
    let seen = json_of(&[&path]);
    assert_eq!(seen["schema"], "mesh-advisor/inspection/1");
    let mesh = &seen["meshes"][0];
    assert_eq!(
        (&mesh["product"], &mesh["shape"]),
        (&json!("istio"), &json!("sidecars"))
    );
    assert_eq!(
        (&mesh["workloads"]["in"], &mesh["workloads"]["of"]),
        (&json!(4), &json!(4))
    );
    assert_eq!(seen["paid"]["sidecars"]["pods"], 8);
    assert_eq!(
        (&seen["paid"]["cpu_millicores"], &seen["paid"]["memory_mib"]),
        (&json!(800), &json!(1024))
    );
    let text = inspect(&[&path]).out;
    assert!(
        text.contains("mtls                    observed")
            && text.contains("binding nowhere: not counted"),
        "{text}"
    );
    assert!(
        text.contains("A mesh without a use case: 8 proxies"),
        "{text}"
    );
}

#[test]
fn sidecars_that_only_carry_identity_name_what_keeps_them() {
    let seen = json_of(&[&cluster("sidecars-one-blocker")]);
    let expected = [
        ("mtls", "enforced"),
        ("identity-authorization", "enforced"),
        ("l7-traffic-policy", "idle"),
        ("uniform-observability", "idle"),
    ];
    assert_eq!(gifts(&seen), expected);
    assert_eq!(
        fact(&seen, "sidecar_reasons")["value"],
        json!(["off-cluster-workloads"])
    );
}

#[test]
fn a_healthy_ambient_mesh_uses_all_four_gifts() {
    let seen = json_of(&[&cluster("healthy-ambient")]);
    assert!(
        gifts(&seen)
            .iter()
            .all(|(_, state)| !["idle", "not-visible"].contains(state)),
        "{:?}",
        gifts(&seen)
    );
    assert_eq!(fact(&seen, "waypoints")["value"], 1);
    assert_eq!(fact(&seen, "authorization")["value"], "l7");
    let witness = &fact(&seen, "authorization")["witnesses"][0];
    assert_eq!(
        witness["object"],
        "AuthorizationPolicy/shop/checkout-orders"
    );
    assert_eq!(witness["at"], "examples/clusters/healthy-ambient.yaml:546");
}

#[test]
fn a_value_that_is_only_a_lower_bound_is_no_answer() {
    let seen = json_of(&[&cluster("unused-mesh")]);
    let languages = fact(&seen, "languages");
    assert_eq!(
        (&languages["value"], &languages["at_least"]),
        (&Value::Null, &json!(3))
    );
}

#[test]
fn coverage_counts_what_was_read_and_what_was_not() {
    let folder = tempfile::tempdir().unwrap();
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n";
    write(
        folder.path(),
        "b/pods.yaml",
        &format!("{pod}---\n{pod}---\nkind: {{{{ .Values.kind }}}}\n{{{{- end }}}}\n"),
    );
    write(
        folder.path(),
        "a.json",
        "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n\"}}",
    );
    write(
        folder.path(),
        "k8s-resources",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n",
    );
    write(folder.path(), "README.md", "kind: Pod\n");
    write(folder.path(), "node_modules/x.yaml", pod);
    let coverage = json_of(&[folder.path().to_str().unwrap()])["coverage"].clone();
    assert_eq!(
        (
            &coverage["files"],
            &coverage["objects"],
            &coverage["duplicates"]
        ),
        (&json!(3), &json!(3), &json!(1))
    );
    assert_eq!(coverage["skipped"][0]["reason"], "template");
    assert_eq!(coverage["skipped"][0]["count"], 1);
    let example = coverage["skipped"][0]["examples"][0].as_str().unwrap();
    assert!(example.ends_with("b/pods.yaml:9"), "{example}");
    assert_eq!(
        coverage["visible"],
        json!({"namespaces": 1, "workloads": 1, "services": 0, "pods": 0, "nodes": 1})
    );
}

#[test]
fn standard_input_is_read_for_a_dash() {
    let text = fs::read_to_string(cluster("unused-mesh")).unwrap();
    let mut command = mesh_advisor(&["inspect", "-", "--format", "json"]);
    let run = finish(command.write_stdin(text));
    let seen: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(seen["coverage"]["objects"], 21);
    assert_eq!(
        fact(&seen, "nodes")["witnesses"][0]["at"],
        "standard input:16"
    );
}

#[test]
fn exit_codes_tell_nothing_found_from_nothing_read() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "values.yaml", "replicas: 3\n");
    write(folder.path(), "packed/dump.json.gz", "\u{1f}\u{8b}");
    fs::write(
        folder.path().join("packed/dump.json.gz"),
        [0x1f, 0x8b, 8, 0],
    )
    .unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    assert_eq!(inspect(&[&cluster("unused-mesh")]).code, 0);
    assert_eq!(inspect(&[&path("values.yaml")]).code, 3);
    let empty = finish(mesh_advisor(&["inspect", "-"]).write_stdin(""));
    assert_eq!(empty.code, 3, "{}", empty.err);
    assert!(
        empty.err.contains("standard input is empty"),
        "{}",
        empty.err
    );
    let packed = inspect(&[&path("packed")]);
    assert_eq!(packed.code, 2, "{}", packed.err);
    assert!(
        packed.err.contains("compressed; unpack it first"),
        "{}",
        packed.err
    );
    assert_eq!(inspect(&[&path("missing")]).code, 2);
    assert_eq!(inspect(&[]).code, 2);
}

#[test]
fn saved_answers_keep_what_a_person_said_and_show_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fleet.yaml");
    let file = file.to_str().unwrap();
    fs::write(file, "answers:\n  services: 40\n  mtls_mandate: none\n").unwrap();
    let seen = json_of(&[&cluster("unused-mesh"), "--answers", file, "--save", file]);
    assert_eq!(seen["contradictions"][0]["fact"], "services");
    assert_eq!(seen["contradictions"][0]["answered"], "40");
    assert_eq!(seen["contradictions"][0]["seen"], "4");
    let saved = fs::read_to_string(file).unwrap();
    assert!(saved.contains("services: 40"), "{saved}");
    assert!(saved.contains("mtls_mandate: none"), "{saved}");
    assert!(
        saved.contains("seen: 4 in examples/clusters/unused-mesh.yaml"),
        "{saved}"
    );
    // A lower bound is no answer, and is not lost.
    let bound = "languages: {value: unknown, source: \"seen: at least 3 in examples/clusters/unused-mesh.yaml\"";
    assert!(saved.contains(bound), "{saved}");
    assert_eq!(run(&["advise", "--answers", file]).code, 0);
    // What was seen the last time makes way for what is seen now.
    json_of(&[&cluster("healthy-ambient"), "--save", file]);
    let saved = fs::read_to_string(file).unwrap();
    assert!(
        saved.contains("services: 40") && saved.contains("healthy-ambient"),
        "{saved}"
    );
    assert!(!saved.contains("unused-mesh"), "{saved}");
}

#[test]
fn what_proxies_are_seen_to_ask_for_is_what_the_tax_is_reckoned_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (manifests, file) = (path("cluster.yaml"), path("fleet.yaml"));
    let part = |id: &str| {
        let run = run(&["advise", "--answers", &file, "--format", "json"]);
        let advice: Value = serde_json::from_str(&run.out).unwrap();
        let shapes = advice["tax"]["shapes"].as_array().unwrap().clone();
        let mut shapes = shapes.into_iter();
        let shape = shapes.find(|shape| shape["id"] == "sidecars").unwrap();
        let parts = shape["parts"].as_array().unwrap().clone();
        let part = parts.into_iter().find(|part| part["id"] == id).unwrap();
        (part, shape["rates"][0]["reserved"].to_string())
    };
    let asked = fs::read_to_string(cluster("unused-mesh")).unwrap();
    write(
        folder.path(),
        "cluster.yaml",
        &asked.replace("cpu: 100m", "cpu: 37m"),
    );
    json_of(&[&manifests, "--save", &file]);
    let (sidecar, rate) = part("sidecar");
    let given = sidecar["given"].as_str().unwrap();
    assert!(given.starts_with("seen: 8 in "), "{given}");
    assert!(rate.contains("3700"), "{rate}");
    let page = run(&["advise", "--answers", &file]).out;
    assert!(page.contains("(as seen)"), "{page}");
    let whole = run(&["advise", "--answers", &file, "--full"]).out;
    assert!(
        whole.contains("this fleet: sidecar proxy (seen: 8"),
        "{whole}"
    );
    // Nothing is written of what it asks for: then it is not known to be nothing.
    write(
        folder.path(),
        "cluster.yaml",
        &asked.replace("requests: {cpu: 100m, memory: 128Mi}", "{}"),
    );
    json_of(&[&manifests, "--save", &file]);
    let (sidecar, rate) = part("sidecar");
    assert_eq!(sidecar["given"], Value::Null);
    assert!(rate.contains("10000"), "{rate}");
    // What a person wrote stays.
    let answers = "answers: {}\nreserved:\n  sidecar: {cpu: [5, 6], memory: [7, 8]}\n";
    fs::write(&file, answers).unwrap();
    json_of(&[&cluster("unused-mesh"), "--save", &file]);
    assert_eq!(part("sidecar").0["given"], "given with the answers");
    assert!(part("sidecar").1.contains("500"));
}

#[test]
fn the_command_that_comes_next_goes_by_the_rubric_that_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("seen.yaml").display().to_string();
    let next = |arguments: &[&str]| {
        let seen = [cluster("unused-mesh"), "--format=markdown".to_owned()];
        let seen = seen
            .iter()
            .map(String::as_str)
            .chain(arguments.iter().copied());
        inspect(&seen.collect::<Vec<_>>()).out
    };
    let ask = "mesh-advisor ask --answers fleet.yaml --save fleet.yaml";
    assert!(next(&[]).contains(&format!("{ask}\n")), "{}", next(&[]));
    let rubric = ["--rubric", "rubric/service-mesh.yaml"];
    assert!(next(&rubric).contains(&format!("{ask} {}\n", rubric.join(" "))));
    let saved = next(&[&rubric[..], &["--save", &file]].concat());
    let ask = format!("mesh-advisor ask --answers {file} --save {file}");
    assert!(
        saved.contains(&format!("{ask} {}\n", rubric.join(" "))),
        "{saved}"
    );
}

#[test]
fn hidden_names_reach_no_output() {
    // SARIF tells of every rule with an example, which has names of its own.
    let names = [
        "prices-next",
        "checkout-orders",
        "healthy-ambient",
        "node-1",
        "shop",
        "cart",
    ];
    for format in ["text", "json", "markdown", "sarif", "github", "junit"] {
        let run = inspect(&[
            &cluster("healthy-ambient"),
            "--hide-names",
            "--format",
            format,
        ]);
        assert_eq!(run.code, 0, "{}", run.err);
        let shown: Vec<_> = names
            .iter()
            .filter(|name| format != "sarif" || name.contains('-'))
            .filter(|name| run.out.contains(**name))
            .collect();
        assert!(shown.is_empty(), "{format} shows {shown:?}: {}", run.out);
    }
    let once = inspect(&[
        &cluster("healthy-ambient"),
        "--hide-names",
        "--format",
        "json",
    ])
    .out;
    let again = inspect(&[
        &cluster("healthy-ambient"),
        "--hide-names",
        "--format",
        "json",
    ])
    .out;
    assert_eq!(once, again);
    assert!(once.contains("namespace-1/"), "{once}");
}

#[test]
fn the_value_of_a_secret_reaches_no_output() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "s.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations: {note: hunter2}\nstringData: {p: hunter2}\n---\n\
         apiVersion: v1\nkind: Secret\nmetadata: {name: t}\ndata: {p: hunter2, q: [}\n",
    );
    for format in ["text", "json", "markdown", "sarif", "github", "junit"] {
        let run = inspect(&[folder.path().to_str().unwrap(), "--format", format]);
        assert!(
            !run.out.contains("hunter2") && !run.err.contains("hunter2"),
            "{format}: {}{}",
            run.out,
            run.err
        );
    }
}

#[test]
fn what_would_be_obeyed_is_passed_on_by_no_format() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "\u{1b}[31m.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: \"\\e[2J\\u202E::error::x\"\n  namespace: \"\\e]8;;x\"\n\
         spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}\n---\n\
         apiVersion: v1\nkind: Service\nmetadata: {name: \"\\e[31mx\", namespace: \"\\e]8;;x\"}\nspec: {selector: {app: a}}\n",
    );
    for format in ["text", "json", "markdown", "sarif", "github", "junit"] {
        let run = inspect(&[folder.path().to_str().unwrap(), "--format", format]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(
            !run.out.contains(['\u{1b}', '\u{202e}']),
            "{format}: {}",
            run.out
        );
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_links_in_a_directory_are_passed_by() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a/pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n",
    );
    symlink(folder.path(), folder.path().join("a/round")).unwrap();
    symlink("pod.yaml", folder.path().join("a/again.yaml")).unwrap();
    let pipe = folder.path().join("a/pipe.yaml");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let coverage = json_of(&[folder.path().to_str().unwrap()])["coverage"].clone();
    assert_eq!(
        (&coverage["files"], &coverage["objects"]),
        (&json!(1), &json!(1))
    );
    let skipped: Vec<_> = coverage["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"].clone())
        .collect();
    assert_eq!(skipped, [json!("link"), json!("not-a-file")]);
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_waits_at_a_terminal_is_told_how_far_it_is() {
    use std::io::Write;
    use std::os::fd::AsRawFd;

    use crate::pty::Pty;

    let folder = tempfile::tempdir().unwrap();
    // A pipe as a shell hands it over; standard input is the terminal.
    let (read, mut dump) = std::io::pipe().unwrap();
    let pipe = format!("/proc/{}/fd/{}", std::process::id(), read.as_raw_fd());
    let arguments = ["inspect", &pipe, "--output", "json=seen.json"];
    let mut pty = Pty::start(folder.path(), (80, 60), &arguments, &[]);
    let node = |name: usize| {
        format!(
            "{{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{{\"name\":\"n{name}\",\"annotations\":{{\"note\":\"{}\"}}}}}}\n",
            "x".repeat(1000)
        )
    };
    // More than a block, so that some of it is taken in while the rest is waited for.
    for name in 0..1500 {
        dump.write_all(node(name).as_bytes()).unwrap();
    }
    pty.wait_until("how far it is", |screen| {
        screen.contains("read 1 MB, ") && screen.contains(" objects")
    });
    drop(dump);
    let screen = pty.wait_for("Next ");
    assert!(!screen.contains("read 1 MB"), "{screen}");
    assert_eq!(pty.end(), 0);
    let seen = fs::read_to_string(folder.path().join("seen.json")).unwrap();
    let seen: Value = serde_json::from_str(&seen).unwrap();
    assert_eq!(seen["coverage"]["objects"], 1500);
}

/// A `kubectl` that knows these kinds, and tells in a file what it is asked for.
#[cfg(unix)]
fn kubectl(folder: &Path, kinds: &str) {
    use std::os::unix::fs::PermissionsExt;
    let script = format!(
        "#!/bin/sh\ncase $1 in\napi-resources) printf '{kinds}' ;;\nget) echo \"$2\" > asked ;;\nesac\n"
    );
    let path = folder.join("kubectl");
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn the_help_gives_lines_for_a_shell_that_ask_for_what_the_cluster_knows_and_for_no_secret() {
    let help = run(&["inspect", "--help"]).out;
    let lines: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("  core="))
        .take_while(|line| !line.is_empty())
        .collect();
    assert_eq!(lines.last().unwrap().trim(), "mesh-advisor inspect -");
    // As wide as a terminal is: a line that it wraps cannot be pasted.
    assert!(lines.iter().all(|line| line.len() < 80), "{lines:?}");
    let script = lines.join("\n").replace("mesh-advisor inspect -", "cat");
    for (kinds, more) in [
        (r"secrets\nendpoints\n", ""),
        (
            r"secrets\ngateways.networking.istio.io\nhttproutes.gateway.networking.k8s.io\n",
            ",gateways.networking.istio.io,httproutes.gateway.networking.k8s.io",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        kubectl(folder.path(), kinds);
        let path = std::env::var("PATH").unwrap();
        let done = std::process::Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path())
            .env("PATH", format!("{}:{path}", folder.path().display()))
            .status();
        assert!(done.unwrap().success(), "{script}");
        let asked = fs::read_to_string(folder.path().join("asked")).unwrap();
        assert_eq!(
            asked.trim(),
            format!(
                "namespaces,nodes,pods,services,configmaps,deployments,statefulsets,daemonsets,replicasets,jobs,\
                 cronjobs,hpa,mutatingwebhookconfigurations{more}"
            )
        );
    }
}

#[test]
fn the_report_is_one_file_that_asks_for_nothing_and_says_what_the_page_says() {
    for name in ["unused-mesh", "sidecars-one-blocker", "healthy-ambient"] {
        let path = cluster(name);
        let report = inspect(&["--format", "html", &path]);
        assert_eq!((report.code, report.err.as_str()), (0, ""));
        let html = report.out;
        let seen = json_of(&[&path]);
        for fact in seen["facts"].as_array().expect("a list") {
            let id = fact["fact"].as_str().expect("an id");
            assert!(
                html.contains(&format!("<th scope=\"row\">{id}</th>")),
                "{id}"
            );
        }
        for finding in seen["findings"].as_array().expect("a list") {
            let rule = finding["rule"].as_str().expect("an id");
            assert!(html.contains(&format!("<code>{rule}</code>")), "{rule}");
        }
        assert!(html.contains("default-src 'none'") && html.contains("<h2>Used</h2>"));
        for asking in [
            " src=", "url(", "@import", "<link", "<img", "<script", " style=",
        ] {
            assert!(!html.contains(asking), "{asking}");
        }
    }
}

#[test]
fn a_name_in_a_report_is_never_markup() {
    let hostile = "apiVersion: v1\nkind: Namespace\nmetadata: {name: \"<script>alert(1)</script>\", labels: \
                   {istio.io/dataplane-mode: ambient, istio.io/rev: \"<img src=x>\"}}\n";
    for format in ["html", "markdown"] {
        let arguments = ["inspect", "-", "--format", format];
        let out = finish(mesh_advisor(&arguments).write_stdin(hostile)).out;
        assert!(!out.contains("<script") && !out.contains("<img"), "{out}");
    }
}

#[test]
fn every_command_with_findings_has_a_report() {
    let record = "tests/fixtures/records/decision-mismatch/fires.md";
    let report = run(&["check", record, "--as-of", "2026-12-01", "--format", "html"]);
    assert_eq!(report.code, 1, "{}", report.err);
    assert!(
        report.out.contains("<code>decision-mismatch</code>"),
        "{}",
        report.out
    );
    let folder = tempfile::tempdir().expect("a directory");
    let file = folder.path().join("rubric.html");
    let output = format!("html={}", file.display());
    let faulty = "tests/fixtures/rubrics/faults/rule-covered.yaml";
    let written = run(&["rubric", "check", "--rubric", faulty, "--output", &output]);
    assert_eq!(written.code, 1, "{}", written.err);
    assert!(
        fs::read_to_string(&file)
            .expect("written")
            .contains("<code>rule-covered</code>")
    );
}
