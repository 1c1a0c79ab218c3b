//! The formats as they leave the program; what is in them is tested beside their code.

use std::fs;
use std::path::Path;

use mesh_advisor::record::findings::FAMILY;

use super::{TODAY, check};
use crate::program::{finish, mesh_advisor};

const WRONG: &str = "tests/fixtures/records/decision-mismatch/fires.md";

#[test]
fn the_text_marks_the_place() {
    let run = check(&[WRONG]);
    let expected = "\
error[decision-mismatch]: The decision is mesh, its answers give no-mesh (rule small-fleet)
  --> tests/fixtures/records/decision-mismatch/fires.md:13:11
   |
13 | decision: mesh
   |           ^^^^
   |
   = help: decide no-mesh, correct the answers, or record why not: an exception with a reason

checked 1 record: 1 error
";
    assert_eq!((run.out.as_str(), run.err.as_str()), (expected, ""));
}

#[test]
fn github_gets_annotations_and_a_summary_of_the_step() {
    let folder = tempfile::tempdir().unwrap();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "before\n").unwrap();
    let mut command = mesh_advisor(&["check", "--as-of", TODAY, "--format", "github", WRONG]);
    let run = finish(command.env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!(
        run.out,
        format!(
            "::error file={WRONG},line=13,endLine=13,col=11,endColumn=15,title=decision-mismatch::The decision is mesh, its \
             answers give no-mesh (rule small-fleet)%0Ahelp: decide no-mesh, correct the answers, or record why not: an \
             exception with a reason\n"
        )
    );
    let written = fs::read_to_string(&summary).unwrap();
    assert!(
        written.starts_with("before\n## mesh-advisor\n"),
        "{written}"
    );
    let places = [
        "\n| error | ",
        "\n### Records\n",
        &format!("\n| `{WRONG}` | accepted | mesh | no-mesh |\n"),
        &format!("\n<details open>\n<summary><code>{WRONG}</code>: No mesh"),
        "\n#### What one change gives: N no mesh,",
        "\n| `mtls_mandate` | **\\[N\\] none to some-paths** ",
        "\n</details>\n",
    ]
    .map(|part| {
        written
            .find(part)
            .unwrap_or_else(|| panic!("{part}: {written}"))
    });
    assert!(places.is_sorted(), "{places:?}: {written}");
}

#[test]
fn a_page_unfolds_the_advice_on_what_passed_too() {
    let run = check(&["examples/adr", "--format", "markdown"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.out.matches("\n<details>\n").count(), 5, "{}", run.out);
    let pages = run.out.split("<details>").skip(1);
    let longest = pages.map(|page| page.lines().count()).max();
    assert!(longest <= Some(60), "{longest:?}: {}", run.out);
}

#[test]
fn a_summary_is_cut_where_github_takes_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "x".repeat(1024 * 1024 - 300)).unwrap();
    let mut command = mesh_advisor(&["check", "--as-of", TODAY, "--format", "github", WRONG]);
    finish(command.env("GITHUB_STEP_SUMMARY", &summary));
    let written = fs::read_to_string(&summary).unwrap();
    assert!(written.len() <= 1024 * 1024);
    let rest = "\n\n(and more than a summary holds)\n";
    assert!(written.ends_with(rest) && written.contains("x## mesh-advisor\n"));
}

#[test]
fn paths_start_at_the_workspace_of_github() {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut command = mesh_advisor(&[
        "check",
        "--as-of",
        TODAY,
        "--format",
        "github",
        "decision-mismatch/fires.md",
    ]);
    command
        .env("GITHUB_WORKSPACE", root)
        .current_dir(Path::new(root).join("tests/fixtures/records"));
    let run = finish(&mut command);
    assert!(
        run.out
            .starts_with("::error file=tests/fixtures/records/decision-mismatch/fires.md,"),
        "{}",
        run.out
    );
}

#[test]
fn any_number_of_formats_go_to_files_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let outputs = ["json", "sarif", "junit", "github", "text"]
        .map(|format| format!("{format}={}", path(format)));
    let mut arguments = vec![WRONG, "--format", "json"];
    outputs
        .iter()
        .for_each(|output| arguments.extend(["--output", output.as_str()]));
    let run = check(&arguments);
    assert_eq!(run.code, 1, "{}", run.err);
    let read = |name: &str| fs::read_to_string(path(name)).unwrap();
    assert_eq!(read("json"), run.out);
    assert!(read("junit").starts_with("<?xml") && read("github").starts_with("::error"));
    assert!(
        read("text").starts_with("error[decision-mismatch]"),
        "no colour in a file: {}",
        read("text")
    );
    let sarif: serde_json::Value = serde_json::from_str(&read("sarif")).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    assert_eq!(rules.len(), (FAMILY.kinds)().len());
    assert_eq!(
        sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"],
        13
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        5,
        "nothing else is left behind"
    );
}

#[test]
fn sarif_help_is_what_explain_says() {
    let run = check(&[WRONG, "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    for (rule, kind) in sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .zip((FAMILY.kinds)())
    {
        let help = rule["help"]["markdown"].as_str().unwrap();
        assert!(
            [kind.what, kind.why, kind.fix]
                .iter()
                .all(|text| help.contains(text)),
            "{}",
            kind.id
        );
    }
}
