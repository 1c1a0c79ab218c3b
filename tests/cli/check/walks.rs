//! What a walk through a directory takes for records, and what it leaves out.

use std::fs;
use std::path::Path;

use super::TODAY;
use crate::program::{Run, finish, mesh_advisor};

const RECORD: &str = "# T\n\nStatus: accepted\n\n```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@1.0.0\ndecision: no-mesh\n\
                      decided: 2026-08-01\nreview_by: 2027-02-01\nanswers: {services: 14, teams: 3, languages: 2, \
                      shared_http_client: true, mtls_mandate: none, authorization: network, platform_team: part-time, \
                      canary: none, commitment: some, sidecar_reasons: [], cni: other}\n```\n";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn check(folder: &Path, arguments: &[&str]) -> Run {
    let arguments = [&["check", "--as-of", TODAY], arguments].concat();
    finish(mesh_advisor(&arguments).current_dir(folder))
}

fn checked(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let run = check(
        folder,
        &[arguments, &["--format", "json", "--allow-none"]].concat(),
    );
    let report: serde_json::Value =
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    let records = report["records"].as_array().unwrap();
    records
        .iter()
        .map(|record| record["path"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_git_ignores_and_what_others_made_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    write(folder.path(), ".gitignore", "/build/\n*.local.md\n");
    write(
        folder.path(),
        "worktrees/other/.git",
        "gitdir: ../../.git/worktrees/other\n",
    );
    for name in [
        "docs/a.md",
        "docs/b.mdx",
        "docs/c.markdown",
        ".github/d.md",
        "build/x.md",
        "docs/e.local.md",
        ".git/f.md",
        "node_modules/p/g.md",
        "target/doc/h.md",
        ".venv/lib/i.md",
        "vendor/j.md",
        "worktrees/other/k.md",
    ] {
        write(folder.path(), name, RECORD);
    }
    assert_eq!(
        checked(folder.path(), &["."]),
        [".github/d.md", "docs/a.md", "docs/b.mdx", "docs/c.markdown"]
    );
    // Whatever is named is looked at.
    assert_eq!(
        checked(folder.path(), &["vendor", "build/x.md"]),
        ["build/x.md", "vendor/j.md"]
    );
}

#[test]
fn a_data_file_is_a_record_by_its_own_keys_only() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "ok.md", RECORD);
    write(
        folder.path(),
        "en.json",
        "{\"page\": {\"decision\": \"Decision\", \"answers\": \"Answers\", \"rubric\": 1}}",
    );
    write(
        folder.path(),
        "de.yaml",
        "page:\n  decision: x\n  answers: y\ntext: |\n  decision: x\n",
    );
    write(
        folder.path(),
        "two.yaml",
        "kind: A\n---\ndecision: x\nanswers: {}\n",
    );
    for _ in 0..3 {
        let run = check(
            folder.path(),
            &[
                ".",
                "--output",
                "json=report.json",
                "--output",
                "sarif=report.sarif.json",
            ],
        );
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    }
    write(
        folder.path(),
        "bad.json",
        "{\"decision\": \"mesh\", \"answers\": {\"teams\": true}}",
    );
    assert_eq!(check(folder.path(), &["."]).code, 1);
    let named = check(folder.path(), &["report.json"]);
    assert!(
        named.code == 1 && named.out.contains("missing-record"),
        "{}",
        named.out
    );
}

#[test]
fn no_output_is_written_over_an_input_or_another_output() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "docs/a.md", RECORD);
    write(
        folder.path(),
        "rubric.yaml",
        &fs::read_to_string("rubric/service-mesh.yaml").unwrap(),
    );
    for outputs in [
        &["--output", "json=docs/a.md"][..],
        &["--output", "json=docs/../docs/a.md"],
        &["--output", "json=out", "--output", "sarif=./out"],
        &["--output", "json=rubric.yaml", "--rubric", "rubric.yaml"],
    ] {
        let run = check(folder.path(), &[&["docs"], outputs].concat());
        assert_eq!(
            (run.code, run.out.as_str()),
            (2, ""),
            "{outputs:?}: {}",
            run.err
        );
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("docs/a.md")).unwrap(),
        RECORD
    );
    assert!(!folder.path().join("out").exists());
}

#[test]
fn without_a_path_the_folder_of_adr_tools_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "doc/adr/a.md", RECORD);
    write(folder.path(), "other/b.md", RECORD);
    // Where nothing names it, every record is.
    assert_eq!(checked(folder.path(), &[]), ["doc/adr/a.md", "other/b.md"]);
    write(folder.path(), ".adr-dir", "doc/adr\n");
    assert_eq!(checked(folder.path(), &[]), ["doc/adr/a.md"]);
    write(folder.path(), ".adr-dir", "../../etc\n");
    assert_eq!(check(folder.path(), &[]).code, 2);
}

#[test]
fn without_a_path_a_project_says_what_is_checked_and_against_what() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for name in ["docs/a.md", "doc/adr/b.md", "old/c.md"] {
        write(&root, name, RECORD);
    }
    write(&root, ".adr-dir", "doc/adr\n");
    write(&root, "mesh-advisor.yaml", "paths: [docs, doc/adr]\n");
    assert_eq!(checked(&root, &[]), ["doc/adr/b.md", "docs/a.md"]);
    assert_eq!(checked(&root, &["old"]), ["old/c.md"]);
    // From a folder below, paths still start where the file is.
    let run = finish(
        mesh_advisor(&["check", "--as-of", TODAY, "--format", "json"])
            .current_dir(root.join("old"))
            .env("GITHUB_WORKSPACE", &root),
    );
    assert!(
        run.out.contains("docs/a.md") && !run.out.contains("c.md"),
        "{}{}",
        run.out,
        run.err
    );

    let cluster = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/clusters/healthy-ambient.yaml"
    );
    fs::create_dir(root.join("deploy")).unwrap();
    fs::copy(cluster, root.join("deploy/all.yaml")).unwrap();
    write(
        &root,
        "mesh-advisor.yaml",
        "paths: [docs]\nmanifests: [deploy]\n",
    );
    let run = check(&root, &[]);
    assert!(
        run.out.contains("deploy/all.yaml"),
        "{}{}",
        run.out,
        run.err
    );
    // Whoever names the records names the manifests.
    assert!(!check(&root, &["docs"]).out.contains("deploy/all.yaml"));

    for (text, words) in [
        ("paths: [../docs]\n", "lies outside"),
        ("paths: docs\n", "mesh-advisor.yaml:1:8"),
        ("path: [docs]\n", "unknown key `path`"),
    ] {
        write(&root, "mesh-advisor.yaml", text);
        let run = check(&root, &[]);
        assert_eq!(run.code, 2, "{text}");
        assert!(run.err.contains(words), "{text}: {}", run.err);
    }
}

#[test]
fn paths_start_at_the_workspace_whatever_way_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    write(
        &root,
        "real/svc/docs/a.md",
        &RECORD.replace("no-mesh", "mesh"),
    );
    let path = |workspace: &str, directory: &str| {
        let arguments = ["check", "docs", "--as-of", TODAY, "--format", "github"];
        let run = finish(
            mesh_advisor(&arguments)
                .current_dir(root.join(directory))
                .env("GITHUB_WORKSPACE", workspace),
        );
        assert_eq!(run.code, 1, "{}", run.err);
        run.out
            .split(['=', ','])
            .nth(1)
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(
        path(root.join("real").to_str().unwrap(), "real/svc"),
        "svc/docs/a.md"
    );
    assert_eq!(path("", "real/svc"), "docs/a.md");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("real", root.join("link")).unwrap();
        assert_eq!(
            path(root.join("link").to_str().unwrap(), "link/svc"),
            "svc/docs/a.md"
        );
    }
}

#[test]
fn a_block_that_is_not_read_is_pointed_at_in_directories_too() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "ok.md", RECORD);
    let inner = RECORD.split_once("\n\n```").unwrap().1;
    write(
        folder.path(),
        "details.md",
        &format!("# T\n\n<details>\n```{inner}</details>\n"),
    );
    write(
        folder.path(),
        "quote.md",
        &format!("# T\n\n> ```{}", inner.replace('\n', "\n> ")),
    );
    write(
        folder.path(),
        "large.md",
        &format!("# T\n\n{}\n\n```{inner}", "a".repeat(5 << 20)),
    );
    let run = check(folder.path(), &["."]);
    for name in ["details.md", "quote.md", "large.md"] {
        assert!(run.out.contains(name), "{name}: {}", run.out);
    }
    assert_eq!(check(folder.path(), &[".", "--fail-on", "warning"]).code, 1);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("a.md"))
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("mkfifo is not to be had here: nothing is tested");
        return;
    }
    write(folder.path(), "ok.md", RECORD);
    assert_eq!(checked(folder.path(), &["."]), ["ok.md"]);
    assert_eq!(check(folder.path(), &["a.md"]).code, 2);
    for arguments in [
        &["advise", "--answers", "a.md"][..],
        &["advise", "--each", "a.md"],
        &["record", "a.md"],
        &["rubric", "check", "--rubric", "a.md"],
    ] {
        let run = finish(mesh_advisor(arguments).current_dir(folder.path()));
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
    }
}
