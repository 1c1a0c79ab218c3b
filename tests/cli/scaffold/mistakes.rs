//! What keeps `scaffold` from writing: all of it is told at once, and nothing is written.

use std::fs;

use tempfile::tempdir;

use super::{SIDECARLESS, VALUES, names, scaffold};

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
        " --param service=checkout --param namespace=… --param caller=… --param caller_namespace=… --param \
         caller_account=… --param method=… --param path=…\n",
        "\nfill in: mesh-advisor scaffold --answers ",
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
            "method=post",
            "timeout=2",
            "label=app/",
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
        "--param method: \"post\" is no method of HTTP (allowed: one of GET, HEAD, POST, ",
        "--param timeout: \"2\" is no duration (allowed: a duration in h, m, s and ms, such as 2s, 800ms or 1m30s)",
        "--param label: \"app/\" is no key of a label (allowed: the key of a label, such as app or app.kubernetes.io/name)",
        "--param caller: it is given twice",
        "--step refuse-plaintxt: not a step of this advice",
        "did you mean `refuse-plaintext`?",
        "--step name-the-owner: this step names no starter",
    ] {
        assert!(wrong.err.contains(said), "{said}\n{}", wrong.err);
    }
    assert!(!out.exists());

    // One report for all kinds, and a command in which what was right stands and the rest is to be filled in.
    let full = tempdir().expect("a directory");
    fs::write(full.path().join("kept.txt"), "mine").expect("written");
    let values = ["namespace=Shop_1", "service=checkout", "port=0"];
    let all = scaffold(
        SIDECARLESS,
        full.path(),
        &["--step", "waypoints-for-weights"],
        &values,
    );
    assert_eq!((all.code, all.out.as_str()), (2, ""));
    for said in [
        "error: --param namespace: \"Shop_1\" is no DNS label",
        "error: --param port: \"0\" is no such number",
        "the directory is not empty; --force",
        " --step waypoints-for-weights --param namespace=… --param service=checkout --param port=…\n",
    ] {
        assert!(all.err.contains(said), "{said}\n{}", all.err);
    }
    let both = scaffold(SIDECARLESS, &out, &[], &["namespace=Shop_1", "servic=x"]);
    for said in [
        "error: --param namespace: \"Shop_1\" is no DNS label",
        "error: --param servic: not a parameter",
        "error: --param service=… is missing",
        "error: --param caller_account=… is missing",
    ] {
        assert!(both.err.contains(said), "{said}\n{}", both.err);
    }
    // What is wrong is not missing as well.
    assert!(
        !both
            .err
            .contains("namespace=… is missing: The namespace of the service"),
        "{}",
        both.err
    );
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
