//! `scaffold`: files to begin with, or a clear word and nothing written.

mod mistakes;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mesh_advisor::embedded;
use serde::Deserialize;
use serde_json::Value;
use tempfile::tempdir;

use crate::program::{Run, file, finish, mesh_advisor, path, run};

/// Answers that lead to a mesh without sidecars, with rules by method and path and weights between services.
const SIDECARLESS: &str = "answers: {services: 150, teams: 12, languages: 3, shared_http_client: false, mtls_mandate: \
                           every-workload, authorization: l7, platform_team: dedicated, canary: service-weighted, \
                           commitment: most, installed: none, cni: cilium, sidecar_reasons: []}\n";

/// Values for everything that starters ask for.
const VALUES: [&str; 11] = [
    "namespace=shop",
    "service=checkout",
    "caller=basket",
    "caller_namespace=web",
    "service_account=till",
    "caller_account=robot",
    "method=POST",
    "path=/orders/refund",
    "host=shop.example.com",
    "gateway_class=envoy",
    "proxies_namespace=envoy-gateway-system",
];

/// What a patch leaves of the namespace that starters begin with, up to its labels.
const NAMESPACE: &str = "\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n";

/// The service that starters begin with, in the waypoint.
const SERVICE: &str = "---\napiVersion: v1\nkind: Service\nmetadata: {name: checkout, namespace: shop, labels: \
                       {istio.io/use-waypoint: waypoint}}\nspec: {selector: {app: checkout}, ports: [{port: 80}]}\n";

fn scaffold(answers: &str, out: &Path, more: &[&str], values: &[&str]) -> Run {
    let answers = file(answers);
    let out = out.to_str().expect("UTF-8");
    let mut arguments = vec!["scaffold", "--answers", path(&answers), "--out", out];
    arguments.extend(["--as-of", "2026-11-26"]);
    arguments.extend(more);
    for value in values {
        arguments.extend(["--param", value]);
    }
    run(&arguments)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn files_are_numbered_in_the_order_of_the_plan_and_a_readme_tells_what_each_is_for() {
    let folder = tempdir().expect("a directory");
    let out = folder.path().join("starters");
    let written = scaffold(SIDECARLESS, &out, &[], &VALUES);
    assert_eq!(written.code, 0, "{}", written.err);
    assert_eq!(
        names(&out),
        [
            "1-ambient-probes-on-cilium.yaml",
            "2-ambient-namespace.yaml",
            "3-strict-mtls.yaml",
            "4-waypoint.yaml",
            "5-authorize-by-path.yaml",
            "6-only-through-waypoint.yaml",
            "7-versions.yaml",
            "8-service-canary.yaml",
            "9-version-ejection.yaml",
            "README.md",
        ]
    );
    let strict = fs::read_to_string(out.join("3-strict-mtls.yaml")).expect("there");
    assert!(
        strict.contains("kubectl apply -f 3-strict-mtls.yaml\n"),
        "{strict}"
    );
    assert!(strict.contains("\n  namespace: \"shop\"\n"), "{strict}");
    let readme = fs::read_to_string(out.join("README.md")).expect("there");
    for said in [
        "# Sidecarless mesh",
        "## Before you start",
        // The number of the step in the whole plan, of which some steps have no file.
        "**Step 5. Refuse plaintext.**",
        "`3-strict-mtls.yaml`",
        "| `port` | `80` | no: assumed | The port of its Service |",
        "| `service` | `checkout` | yes | ",
        "What is assumed is a default, and nobody's word",
        "on 2026-11-26, by the rubric service-mesh",
    ] {
        assert!(readme.contains(said), "{said}\n{readme}");
    }
    // Two steps name the waypoint; it is written once, and both tell of it.
    assert_eq!(readme.matches("`4-waypoint.yaml`").count(), 3, "{readme}");
    assert!(
        written.out.contains("3-strict-mtls.yaml"),
        "{}",
        written.out
    );
    assert!(
        written.out.contains(
            "\nAssumed, since nothing was given (--param NAME=VALUE says otherwise):\n  port=80, pod_port=8080, \
             label=app.kubernetes.io/name, trust_domain=cluster.local, timeout=2s\nRead "
        ),
        "{}",
        written.out
    );
    assert!(
        written
            .err
            .contains("note: none of these starters asks for service_account, host, "),
        "{}",
        written.err
    );
}

#[test]
fn what_is_given_is_not_called_assumed() {
    let folder = tempdir().expect("a directory");
    let out = folder.path().join("starters");
    let given = [
        "service=checkout",
        "namespace=shop",
        "port=80",
        "pod_port=9090",
    ];
    let step = ["--step", "waypoints-for-weights"];
    let more = ["label=app", "trust_domain=a.example", "timeout=30s"];
    let values = [&given[..], &more].concat();
    let written = scaffold(SIDECARLESS, &out, &step, &values);
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(!written.out.contains("Assumed"), "{}", written.out);
    let readme = fs::read_to_string(out.join("README.md")).expect("there");
    assert!(!readme.contains("assumed"), "{readme}");
    // A value that is given is given, the same as the default or not.
    assert!(readme.contains("| `port` | `80` | yes |"), "{readme}");
}

#[test]
fn a_readme_tells_how_to_take_all_of_it_back_in_the_reverse_order_with_the_commands() {
    let folder = tempdir().expect("a directory");
    let out = folder.path().join("starters");
    let more = ["label=app"];
    let values = [&VALUES[..], &more].concat();
    let written = scaffold(SIDECARLESS, &out, &[], &values);
    assert_eq!(written.code, 0, "{}", written.err);
    let readme = fs::read_to_string(out.join("README.md")).expect("there");
    let (_, told) = (readme.split_once("## To take everything back")).expect("how to take it back");
    let (told, _) = told.split_once("## Sources").expect("what comes after");
    let files: Vec<&str> = told
        .lines()
        .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(".yaml"))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    assert_eq!(
        files,
        [
            "9-version-ejection",
            "8-service-canary",
            "7-versions",
            "6-only-through-waypoint",
            "5-authorize-by-path",
            "4-waypoint",
            "3-strict-mtls",
            "2-ambient-namespace",
            "1-ambient-probes-on-cilium",
        ]
    );
    for said in [
        "    8-service-canary.yaml\n      all calls to v1, no pod of v2, and only then no route: ",
        "\n      kubectl scale deployment checkout-v2 -n shop --replicas=0\n      kubectl wait --for=delete pod -n shop -l \
         app=checkout,version=v2 --timeout=10m\n      kubectl delete -f 8-service-canary.yaml\n    7-",
        "    2-ambient-namespace.yaml\n      its pods call in plaintext then, ",
        "\n      kubectl label namespace shop istio.io/dataplane-mode-\n    1-",
        "    1-ambient-probes-on-cilium.yaml\n      once no pod is in ambient:\n      kubectl delete -f 1-ambient-probes-on-cilium.yaml\n\n",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
}

#[test]
fn pods_are_selected_by_the_label_and_callers_known_by_the_account_that_are_given() {
    let values = [&VALUES[..], &["label=example.com/app"]].concat();
    let stream = scaffold(SIDECARLESS, Path::new("-"), &[], &values);
    assert_eq!(stream.code, 0, "{}", stream.err);
    for said in [
        "\n    matchLabels:\n      \"example.com/app\": \"checkout\"\n",
        "\n    \"example.com/app\": \"checkout\"\n    version: v1\n",
        "/ns/web/sa/robot\"",
        "-l example.com/app=checkout",
    ] {
        assert!(stream.out.contains(said), "{said}\n{}", stream.out);
    }
    assert!(!stream.out.contains("app.kubernetes.io"), "{}", stream.out);
}

#[test]
fn a_stream_holds_objects_only_and_says_what_becomes_of_patches() {
    let stream = scaffold(SIDECARLESS, Path::new("-"), &[], &VALUES);
    assert_eq!(stream.code, 0, "{}", stream.err);
    let mut kinds = 0;
    for document in serde_yaml::Deserializer::from_str(&stream.out) {
        let document = Value::deserialize(document).expect("YAML");
        assert!(
            document.is_null() || document["kind"].is_string(),
            "{document}"
        );
        kinds += usize::from(!document.is_null());
    }
    assert_eq!(kinds, 10);
    assert!(
        (stream.out).contains(
            "-\n#\n# metadata:\n#   labels:\n#     istio.io/dataplane-mode: ambient\n---\n"
        ),
        "{}",
        stream.out
    );
    for said in [
        "note: 2-ambient-namespace.yaml is a patch, and a comment in this stream: kubectl diff and apply take none; ",
        "Assumed, since nothing was given",
    ] {
        assert!(stream.err.contains(said), "{said}\n{}", stream.err);
    }
    // Alone it stands as it is written, for kubectl patch.
    let step = ["--step", "mtls-first-ambient"];
    let alone = scaffold(SIDECARLESS, Path::new("-"), &step, &["namespace=shop"]);
    assert_eq!((alone.code, alone.err.as_str()), (0, ""));
    assert!(
        (alone.out).ends_with("\nmetadata:\n  labels:\n    istio.io/dataplane-mode: ambient\n"),
        "{}",
        alone.out
    );
}

#[test]
fn the_policy_on_ejection_is_for_the_hosts_that_the_route_of_the_same_run_leads_to() {
    let one = SIDECARLESS.replace("service-weighted", "edge-weighted");
    assert_ne!(one, SIDECARLESS);
    let cohorts = SIDECARLESS.replace("service-weighted", "cohort-some");
    for (answers, hosts) in [
        (SIDECARLESS, &["checkout-v1", "checkout-v2"][..]),
        (&cohorts, &["checkout-v1", "checkout-v2"]),
        (&one, &["checkout"]),
    ] {
        let stream = scaffold(answers, Path::new("-"), &[], &VALUES);
        assert_eq!(stream.code, 0, "{}", stream.err);
        let documents = serde_yaml::Deserializer::from_str(&stream.out);
        let documents: Vec<Value> = documents
            .map(|document| Value::deserialize(document).expect("YAML"))
            .collect();
        let of = |kind: &'static str| documents.iter().filter(move |own| own["kind"] == kind);
        let ejected: BTreeSet<String> = of("DestinationRule")
            .map(|own| own["spec"]["host"].as_str().expect("a host").to_owned())
            .collect();
        let full = |name: &&str| format!("{name}.shop.svc.cluster.local");
        assert_eq!(ejected, hosts.iter().map(full).collect(), "{answers}");
        let routed: BTreeSet<String> = of("HTTPRoute")
            .flat_map(|own| own["spec"]["rules"].as_array().expect("rules"))
            .flat_map(|rule| rule["backendRefs"].as_array().expect("backends"))
            .map(|own| full(&own["name"].as_str().expect("a name")))
            .collect();
        assert!(routed.is_empty() || routed == ejected, "{answers}");
    }
}

#[test]
fn the_help_lists_the_parameters_of_the_rubric_with_their_meaning_and_default() {
    let help = finish(mesh_advisor(&["scaffold", "--help"]).env("COLUMNS", "100"));
    let rubric = embedded::rubric().expect("whole");
    let said = help.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(rubric.parameters.iter().count() > 15);
    for own in rubric.parameters.iter() {
        let default = own.default.as_ref();
        let default = default.map_or(String::new(), |value| format!(" [default: {value}]"));
        let line = format!(" {} {}{default} ", own.id, own.ask);
        assert!(said.contains(&line), "{line}\n{}", help.out);
    }
    let own = "tests/fixtures/rubrics/with-starter.yaml";
    let own = finish(mesh_advisor(&["scaffold", "--help"]).env("MESH_ADVISOR_RUBRIC", own));
    assert!(own.out.contains("Parameters of the rubric "), "{}", own.out);
    assert!(!own.out.contains("trust_domain"), "{}", own.out);
    // A rubric without parameters, and one that cannot be read: help all the same.
    for rubric in ["tests/fixtures/rubrics/sound.yaml", "does-not-exist.yaml"] {
        let help = finish(mesh_advisor(&["scaffold", "--help"]).env("MESH_ADVISOR_RUBRIC", rubric));
        assert_eq!((help.code, help.err.as_str()), (0, ""), "{rubric}");
        assert!(!help.out.contains("Parameters of"), "{}", help.out);
    }
}

#[test]
fn the_program_finds_nothing_to_say_about_its_own_starters() {
    let answers = [
        SIDECARLESS,
        "answers: {services: 8, teams: 2, languages: 1, canary: edge-weighted, mtls_mandate: some-paths, other_hopes: \
         [request-balancing, egress-control]}\n",
        "answers: {services: 8, teams: 8, languages: 2, canary: none, authorization: network}\n",
        "answers: {mtls_mandate: every-workload, platform_team: dedicated, languages: 3, teams: 9, shared_http_client: \
         false, commitment: most, canary: service-weighted, authorization: l7, installed: none, sidecar_reasons: \
         [spire-ca]}\n",
        "answers: {mtls_mandate: every-workload, platform_team: dedicated, languages: 3, teams: 9, shared_http_client: \
         false, commitment: most, canary: edge-weighted, authorization: network, installed: none, cni: other, \
         sidecar_reasons: [spire-ca]}\n",
        "answers: {mtls_mandate: every-workload, platform_team: dedicated, canary: cohort-some, authorization: network, \
         installed: none, sidecar_reasons: []}\n",
    ];
    for answers in answers {
        let folder = tempdir().expect("a directory");
        let written = scaffold(answers, folder.path(), &[], &VALUES);
        assert_eq!(written.code, 0, "{}", written.err);
        let texts = names(folder.path())
            .into_iter()
            .filter(|name| name.ends_with(".yaml"));
        let read = |name| fs::read_to_string(folder.path().join(name)).expect("there");
        let stream: String = texts.map(|name| format!("---\n{}", read(name))).collect();
        // What is left to do with the service and the namespace that are there already.
        let has_waypoint = stream.contains("istio-waypoint");
        let stream = stream + if has_waypoint { SERVICE } else { "" };
        let stream = stream.replace("\nmetadata:\n  labels:\n", NAMESPACE);
        let seen = finish(
            mesh_advisor(&["inspect", "-", "--format", "json"]).write_stdin(stream.as_str()),
        );
        assert_eq!(seen.code, 0, "{}", seen.err);
        let seen: Value = serde_json::from_str(&seen.out).expect("JSON");
        let skipped = seen["coverage"]["skipped"].as_array().expect("a list");
        assert!(skipped.is_empty(), "{skipped:?}\n{stream}");
        let findings = seen["findings"].as_array().expect("a list").iter();
        let serious: Vec<&Value> = findings.filter(|own| own["severity"] != "note").collect();
        assert!(
            serious.is_empty(),
            "{serious:?}
{stream}"
        );
    }
}

#[test]
fn another_rubric_names_starters_beside_itself_and_nowhere_else() {
    let none = run(&[
        "scaffold",
        "--rubric",
        "examples/rubrics/kafka.yaml",
        "--answers",
        "examples/answers/kafka.yaml",
        "--out",
        "-",
    ]);
    assert_eq!((none.code, none.out.as_str()), (3, ""), "{}", none.err);

    let folder = tempdir().expect("a directory");
    let rubric = folder.path().join("ours.yaml");
    let sound = fs::read_to_string("tests/fixtures/rubrics/sound.yaml").expect("the rubric");
    let steps = "parameters: [{id: topic, kind: word, ask: Which topic?}]\n\
                 plan: [{id: start, title: Start, detail: So., starter: first.yaml}]\n";
    fs::write(&rubric, sound + steps).expect("written");
    let starter = folder.path().join("starters/first.yaml");
    fs::create_dir(folder.path().join("starters")).expect("created");
    fs::write(&starter, "topic: \"{topic}\"  # {file}\n").expect("written");
    let rubric = rubric.to_str().expect("UTF-8");
    let answers = file("answers: {mandate: all}\n");
    let arguments = [
        "scaffold",
        "--rubric",
        rubric,
        "--answers",
        path(&answers),
        "--out",
        "-",
        "--param",
        "topic=on",
    ];
    let written = run(&arguments);
    assert_eq!(
        (written.code, written.out.as_str()),
        (0, "---\ntopic: \"on\"  # 1-first.yaml\n"),
        "{}",
        written.err
    );
    #[cfg(unix)]
    {
        let outside = file("secret: 1\n");
        fs::remove_file(&starter).expect("removed");
        std::os::unix::fs::symlink(outside.path(), &starter).expect("linked");
        let refused = run(&arguments);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
        assert!(
            refused
                .err
                .contains("leads out of the folder of the rubric"),
            "{}",
            refused.err
        );
    }
}
