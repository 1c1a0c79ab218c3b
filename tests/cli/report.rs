//! The report: one HTML file that asks for nothing and says everything, and that in a browser follows the program.

use std::path::Path;
use std::process::Command;

use crate::program::{file, finish, mesh_advisor, path, run};

const ANSWERS: &str = "examples/answers/polyglot-150-services.yaml";

/// The program that drives a browser, and what it needs beside it.
const DRIVER: &str = "tests/browser/report.mjs";
const MODULES: &str = "tests/browser/node_modules/playwright-core";

fn report(arguments: &[&str]) -> String {
    let run = run(&[&["advise", "--format", "html"], arguments].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    run.out
}

#[test]
fn the_report_is_small_and_asks_for_nothing() {
    for arguments in [&["--answers", ANSWERS][..], &[]] {
        let html = report(arguments);
        assert!(html.len() < 300_000, "{} bytes", html.len());
        for asking in [
            " src=", "url(", "@import", "<link", "<img", "<iframe", "fetch(", "XMLHttp",
        ] {
            assert!(!html.contains(asking), "{asking}");
        }
        assert!(html.contains("default-src 'none'"));
        assert!(!html.contains(" style=") && !html.contains(" onclick="));
    }
}

#[test]
fn the_report_says_without_script_what_the_whole_advice_says() {
    let html = report(&["--answers", ANSWERS]);
    for said in [
        "Sidecarless mesh",
        "Next steps",
        "Choose Istio ambient",
        "[S] 100+",
        "<th scope=\"row\">",
    ] {
        assert!(html.contains(said), "{said}");
    }
    let blank = report(&[]);
    assert!(blank.contains("<h1 id=\"headline\"") && blank.contains("Nothing is answered yet."));
    assert!(blank.contains("How large is the fleet") && !blank.contains("Next steps"));
}

#[test]
fn the_report_has_a_row_for_every_shape_and_marks_the_one_that_gives_what_is_used() {
    let titles = [
        "No mesh",
        "Sidecarless L4",
        "Sidecarless + waypoints",
        "Sidecar mesh (Istio)",
    ];
    for (setting, recommended) in [("waypoints=20", 2), ("waypoints=0", 1)] {
        let html = report(&["--answers", ANSWERS, "--set", setting]);
        let table = html.split("<section id=\"cost\">").nth(1).unwrap();
        let rows = table.split("</table>").next().unwrap();
        let rows: Vec<&str> = rows.split("<th scope=\"row\">").skip(1).collect();
        assert_eq!(rows.len(), titles.len(), "{rows:?}");
        for (at, (row, title)) in rows.iter().zip(titles).enumerate() {
            let is_marked = row.starts_with(&format!("{title} (recommended)</th>"));
            assert_eq!(is_marked, at == recommended, "{setting}: {row}");
            assert!(
                is_marked || row.starts_with(&format!("{title}</th>")),
                "{row}"
            );
            assert!(!row.contains("needs "), "{row}");
        }
    }
}

#[test]
fn what_an_answers_file_says_is_never_markup() {
    let hostile = "subject: \"</title><script>alert(1)</script><img src=x onerror=alert(1)>\"\nanswers: {services: \
                   {value: 3, source: \"</script><script>alert(2)</script>\"}}\n";
    let html = finish(
        mesh_advisor(&["advise", "--format", "html", "--answers", "-"]).write_stdin(hostile),
    )
    .out;
    assert!(
        !html.contains("<script>alert") && !html.contains("<img"),
        "{html}"
    );
    assert_eq!(html.matches("</script>").count(), 2);
}

#[test]
fn any_rubric_has_a_report_without_a_word_of_another() {
    let html = report(&[
        "--rubric",
        "examples/rubrics/kafka.yaml",
        "--answers",
        "examples/answers/kafka.yaml",
    ]);
    let said = html
        .to_lowercase()
        .replace("mesh-advisor", "")
        .replace("meshadvisor", "");
    assert!(!said.contains("mesh"), "a report about brokers");
    assert!(html.contains("Adopt Kafka"));
}

#[test]
fn what_an_option_means_stands_beside_it_in_the_report_and_in_the_questionnaire() {
    let rubric = std::fs::read_to_string("tests/fixtures/rubrics/sound.yaml").expect("the rubric");
    let rubric = file(rubric.replacen(
        "title: some paths}",
        "title: some paths, help: \"Where <both> ends are named.\"}",
        1,
    ));
    let html = report(&["--rubric", path(&rubric)]);
    assert!(
        html.contains("<dl class=\"soft\" id=\"options-mandate\">\n<dt>some paths</dt><dd>Where &lt;both&gt; ends"),
        "{html}"
    );
    assert!(html.contains("<select id=\"fact-mandate\" aria-describedby=\"options-mandate\">"));
    let arguments = ["ask", "--plain", "--rubric", path(&rubric)];
    let folder = tempfile::tempdir().expect("a directory");
    let mut command = mesh_advisor(&arguments);
    let asked = finish(command.current_dir(folder.path()).write_stdin("5\n2\n?\n"));
    assert!(
        asked
            .err
            .contains("some paths: Where <both> ends are named."),
        "{}",
        asked.err
    );
}

#[test]
fn without_answers_only_the_questionnaire_is_written() {
    let run = run(&["advise", "--format", "markdown"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--answers FILE is missing"), "{}", run.err);
}

#[test]
fn in_a_browser_the_report_follows_the_program() {
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into());
    if !Path::new(&browser).exists() || !Path::new(MODULES).exists() {
        eprintln!("skipped: no {browser}, or no {MODULES}; .ci/run installs both");
        return;
    }
    let driven = Command::new("node")
        .args([DRIVER, env!("CARGO_BIN_EXE_mesh-advisor")])
        .output()
        .expect("node runs");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        driven.status.success(),
        "{}{}",
        said(&driven.stdout),
        said(&driven.stderr)
    );
}
