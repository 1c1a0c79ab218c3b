//! `scaffold`: files to begin with, or a clear word and nothing written.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::tempdir;

use crate::program::{Run, file, finish, mesh_advisor, path, run};

/// Answers that lead to a mesh without sidecars, with rules by method and path and weights between services.
const SIDECARLESS: &str = "answers: {services: 150, teams: 12, languages: 3, shared_http_client: false, mtls_mandate: \
                           every-workload, authorization: l7, platform_team: dedicated, canary: service-weighted, \
                           commitment: most, installed: none, cni: cilium, sidecar_reasons: []}\n";

/// Values for everything that starters ask for.
const VALUES: [&str; 8] = [
    "namespace=shop",
    "service=checkout",
    "caller=basket",
    "caller_namespace=web",
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
            "9-outlier-ejection.yaml",
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
        "| `port` | `80` |",
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
        written.err.contains("none of these starters asks for host"),
        "{}",
        written.err
    );
}

#[test]
fn what_is_missing_or_wrong_is_named_at_once_and_nothing_is_written() {
    let folder = tempdir().expect("a directory");
    let out = folder.path().join("starters");
    let missing = scaffold(SIDECARLESS, &out, &[], &["service=checkout"]);
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    for said in [
        "error: --param namespace=… is missing: The namespace of the service that you begin with (a DNS label: at most 63 of",
        "error: --param caller=… is missing",
        "error: --param path=… is missing",
        "for `authorize-by-path.yaml`",
        "nothing was written",
        " --param service=checkout --param namespace=… --param caller=… --param caller_namespace=… --param path=…\n",
        "--step ID, one of prepare-cilium, mtls-first-ambient, refuse-plaintext, waypoints-for-authorization, ",
    ] {
        assert!(missing.err.contains(said), "{said}\n{}", missing.err);
    }
    let wrong = scaffold(
        SIDECARLESS,
        &out,
        &["--step", "refuse-plaintxt", "--step", "name-the-owner"],
        &[
            "namespace=Shop_1",
            "servic=x",
            "port",
            "pod_port=70000",
            "path=orders",
            "caller=a",
            "caller=b",
        ],
    );
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    for said in [
        "--param namespace: \"Shop_1\" is no DNS label (allowed: a DNS label: at most 63 of a-z",
        "--param servic: not a parameter of this rubric",
        "did you mean `service`?",
        "--param port: there is no `=`",
        "--param pod_port: \"70000\" is no such number (allowed: a whole number from 1 to 65535)",
        "--param path: \"orders\" is no path",
        "--param caller: it is given twice",
        "--step refuse-plaintxt: not a step of this advice",
        "did you mean `refuse-plaintext`?",
        "--step name-the-owner: this step names no starter",
    ] {
        assert!(wrong.err.contains(said), "{said}\n{}", wrong.err);
    }
    assert!(!out.exists());
}

#[test]
fn a_directory_that_is_not_empty_is_left_alone_unless_it_is_forced() {
    let folder = tempdir().expect("a directory");
    let kept = folder.path().join("kept.txt");
    fs::write(&kept, "mine").expect("written");
    let step = ["--step", "refuse-plaintext"];
    let refused = scaffold(SIDECARLESS, folder.path(), &step, &["namespace=shop"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("the directory is not empty; --force"),
        "{}",
        refused.err
    );
    assert_eq!(names(folder.path()), ["kept.txt"]);
    let strict = folder.path().join("1-strict-mtls.yaml");
    fs::write(&strict, "old").expect("written");
    let forced = ["--step", "refuse-plaintext", "--force"];
    let forced = scaffold(SIDECARLESS, folder.path(), &forced, &["namespace=shop"]);
    assert_eq!(forced.code, 0, "{}", forced.err);
    assert_eq!(
        names(folder.path()),
        ["1-strict-mtls.yaml", "README.md", "kept.txt"]
    );
    assert!(
        fs::read_to_string(&strict)
            .expect("there")
            .contains("mode: STRICT")
    );
    assert_eq!(fs::read_to_string(&kept).expect("there"), "mine");
    for (out, said) in [
        (kept.clone(), "kept.txt is not a directory"),
        (kept.join("below"), "kept.txt is not a directory"),
        (kept.join("far/below"), "kept.txt is not a directory"),
        (folder.path().join("a/b"), "a does not exist"),
    ] {
        let refused = scaffold(SIDECARLESS, &out, &step, &["namespace=shop"]);
        assert_eq!(refused.code, 2, "{}", refused.out);
        assert!(refused.err.contains(said), "{}", refused.err);
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
        let stream = scaffold(answers, Path::new("-"), &[], &VALUES);
        assert_eq!(stream.code, 0, "{}", stream.err);
        // What is left to do with the service and the namespace that are there already.
        let has_waypoint = stream.out.contains("istio-waypoint");
        let stream = stream.out + if has_waypoint { SERVICE } else { "" };
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
fn open_answers_are_spoken_of_and_without_any_nothing_is_written() {
    let folder = tempdir().expect("a directory");
    let out = folder.path().join("starters");
    let nothing = scaffold("answers: {}\n", &out, &[], &VALUES);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("answer first"), "{}", nothing.err);
    assert!(!out.exists());
    let open = scaffold("answers: {services: 8}\n", &out, &[], &VALUES);
    assert_eq!(open.code, 0, "{}", open.err);
    assert!(
        open.err.contains("warning: Provisional: could still be"),
        "{}",
        open.err
    );
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
