//! Hostile texts and names through every command: nothing on either stream that a terminal or a CI runner would obey.
//!
//! The rules are those of actions/runner (`src/Runner.Common/ActionCommand.cs`), written here once more.

use std::fs;
use std::path::Path;

use crate::program::{finish, mesh_advisor};

/// What wants to be obeyed, as it may stand in a name of a file.
const NAME: &str = "\u{1b}[31m\u{202e}\u{9b}2J\u{85}\u{2028}\u{200b}\u{e0041}\n::error::pwned\n  ::warning::pwned ##[error]pwned";

/// The same in a double-quoted scalar of YAML, and in JSON where no longer escape is needed.
const QUOTED: &str = "\\u001b[31m\\u202e\\u009b2J\\u0085\\u2028\\u200b\\n::error::pwned\\n  ::warning::pwned ##[error]pwned ##vso[x]y";

/// The commands of a line, by the runner's own rules.
fn is_obeyed(line: &str) -> bool {
    let has_old_command = line.match_indices("##").any(|(at, _)| {
        let name = line[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        name.starts_with('[')
    });
    let new_command = line
        .trim_start()
        .strip_prefix("::")
        .and_then(|rest| rest.split_once("::"));
    let is_ours = new_command.is_some_and(|(head, _)| {
        [
            "error file=",
            "warning file=",
            "notice file=",
            "error title=mesh-advisor",
        ]
        .iter()
        .any(|own| head.starts_with(own))
    });
    has_old_command || new_command.is_some() && !is_ours
}

fn assert_harmless(arguments: &[&str], text: &str, may_be_styled: bool) {
    let text = if may_be_styled {
        without_styles(text)
    } else {
        text.to_owned()
    };
    for line in text.split(['\n', '\r']) {
        assert!(!is_obeyed(line), "{arguments:?}: {line:?}");
    }
    let hidden = |c: char| {
        c != '\n' && c != '\t' && c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    assert!(!text.contains(hidden), "{arguments:?}: {text:?}");
}

/// Without `ESC [ … m` as this program writes them itself.
fn without_styles(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or(part, |(_, rest)| rest)
    })
}

fn run_in(folder: &Path, arguments: &[&str], input: &str) {
    let run = finish(
        mesh_advisor(arguments)
            .current_dir(folder)
            .env("GITHUB_ACTIONS", "true")
            .write_stdin(input),
    );
    assert_harmless(arguments, &run.out, false);
    assert_harmless(arguments, &run.err, false);
}

#[test]
fn nothing_that_any_command_prints_is_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let rubric = fs::read_to_string("rubric/service-mesh.yaml").unwrap();
    let sound = rubric
        .replacen("title: ", &format!("title: \"{QUOTED}\" # "), 1)
        .replace("    ask: ", &format!("    ask: \"{QUOTED}\" # "));
    let names: Vec<String> = ["a", "b", "c", "d", "e", "f", "g"]
        .iter()
        .map(|name| format!("{name}{NAME}"))
        .collect();
    let [
        broken_name,
        sound_name,
        answers_name,
        record_name,
        each_name,
        cluster_name,
        cases_name,
    ] = names.as_slice()
    else {
        panic!()
    };
    write(
        broken_name,
        &format!(
            "schema: 1\nid: x\nversion: 1.0.0\ntitle: \"{QUOTED}\"\n\"{QUOTED}\": 1\nrecommendations:\n- {{id: \"{QUOTED}\", title: a, summary: b}}\n- {{id: mesh, title: a, summary: b}}\nquestions:\n- {{id: q, ask: a, why: b, facts: [{{id: f, kind: yes_no, ask: x, assume: false}}]}}\nverdict:\n- {{id: r, recommend: \"{QUOTED}\", because: z}}\n"
        ),
    );
    write(sound_name, &sound);
    write(
        answers_name,
        &format!(
            "subject: \"{QUOTED}\"\nanswers:\n  services: {{value: 14, source: \"{QUOTED}\"}}\n"
        ),
    );
    write(
        "wrong.yaml",
        &format!(
            "subject: \"{QUOTED}\"\nanswers:\n  \"{QUOTED}\": 1\n  services: \"{QUOTED}\"\n  canary: \"{QUOTED}\" # {NAME}\n"
        ),
    );
    write(
        &format!("{record_name}.md"),
        &format!(
            "# {NAME}\n\nStatus: {NAME}\n\n## Decision\n\n```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@1.0.0\ndecision: \"{QUOTED}\"\nanswers: {{\"{QUOTED}\": 1, services: \"{QUOTED}\"}}\n```\n"
        ),
    );
    write(
        cluster_name,
        &format!(
            "apiVersion: v1\nkind: Namespace\nmetadata: {{name: \"{QUOTED}\", labels: {{istio-injection: enabled}}}}\n---\n\
             apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: \"{QUOTED}\", namespace: \"{QUOTED}\"}}\nspec:\n  \
             template:\n    metadata: {{labels: {{app: \"{QUOTED}\", team: \"{QUOTED}\"}}}}\n    spec: {{containers: [{{name: \"{QUOTED}\", \
             image: \"{QUOTED}\", env: [{{name: HTTP_RETRY_COUNT, value: \"{QUOTED}\"}}]}}]}}\n---\n\
             apiVersion: v1\nkind: Service\nmetadata: {{name: \"{QUOTED}\", namespace: \"{QUOTED}\"}}\n\
             spec: {{selector: {{app: \"{QUOTED}\"}}}}\n---\n\
             apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: \"{QUOTED}\", namespace: \"{QUOTED}\"}}\n\
             spec: {{hosts: [\"{QUOTED}\"], http: [{{route: [{{destination: {{host: \"{QUOTED}\"}}}}]}}]}}\n---\n\
             apiVersion: \"{QUOTED}/v1\"\nkind: \"{QUOTED}\"\nmetadata: {{name: \"{QUOTED}\"}}\n---\n\
             apiVersion: \"{QUOTED}/v1\"\nkind: \"{QUOTED}\"\nmetadata: {{name: \"{QUOTED}\", labels: {{a: \"{QUOTED}\"}}}}\n---\n\
             kind: {{{{ .{QUOTED} }}}}\n{{{{- end }}}}\n"
        ),
    );
    write("new.md", &format!("# {NAME}\n\nStatus: {NAME}\n"));
    write(
        each_name,
        &format!(
            "{{\"id\": \"{QUOTED}\", \"answers\": {{\"teams\": 3}}}}\n{{\"id\": 1, \"answers\": {{\"{QUOTED}\": \"{QUOTED}\"}}}}\n"
        ),
    );
    write("usual.yaml", &rubric);
    write(
        cases_name,
        &format!(
            "cases:\n- {{id: \"{QUOTED}\", answers: {{\"{QUOTED}\": \"{QUOTED}\"}}, recommend: \"{QUOTED}\"}}\n"
        ),
    );
    let record_file = format!("{record_name}.md");
    for arguments in [
        &["advise", "--answers", answers_name][..],
        &["advise", "--answers", answers_name, "--format", "json"],
        &["advise", "--answers", answers_name, "--format", "markdown"],
        &["advise", "--answers", answers_name, "--format", "html"],
        &[
            "advise",
            "--answers",
            answers_name,
            "--format",
            "html",
            "--rubric",
            sound_name,
        ],
        &["advise", "--answers", answers_name, "--full"],
        &["advise", "--answers", answers_name, "--rubric", sound_name],
        &["advise", "--answers", answers_name, "--rubric", broken_name],
        &["advise", "--answers", "wrong.yaml"],
        &["advise", "--answers", NAME],
        &["advise", "--set", NAME],
        &["advise", "--set", &format!("services={NAME}")],
        &["advise", "--each", each_name],
        &["advise", "--each", NAME],
        &["check", "."],
        &["check", &record_file, "--format", "github"],
        &["check", ".", "--format", "json"],
        &["check", ".", "--format", "sarif"],
        &["check", ".", "--format", "junit"],
        &["check", ".", "--format", "markdown"],
        &["check", ".", "--format", "github"],
        &["check", NAME],
        &["check", ".", "--output", NAME],
        &["check", ".", "--output", &format!("json={NAME}/x")],
        &["inspect", cluster_name],
        &["inspect", cluster_name, "--format", "json"],
        &["inspect", cluster_name, "--format", "markdown"],
        &["inspect", cluster_name, "--format", "sarif"],
        &["inspect", cluster_name, "--format", "github"],
        &["inspect", cluster_name, "--format", "junit"],
        &["inspect", cluster_name, "--hide-names"],
        &["inspect", cluster_name, "--save", "seen.yaml"],
        &["inspect", cluster_name, "--answers", "wrong.yaml"],
        &["inspect", "."],
        &["inspect", broken_name],
        &["inspect", NAME],
        &["ask", "--plain", "--answers", "seen.yaml"],
        &["check", ".", "--manifests", cluster_name],
        &[
            "check",
            ".",
            "--manifests",
            cluster_name,
            "--format",
            "github",
        ],
        &["check", ".", "--manifests", NAME],
        &["record", "new.md", "--answers", answers_name],
        &["record", &record_file, "--answers", answers_name],
        &["record", "new.md", "--decision", NAME],
        &["record", NAME],
        &["rubric", "check", "--rubric", broken_name],
        &["rubric", "check", "--rubric", sound_name],
        &[
            "rubric", "check", "--rubric", sound_name, "--format", "json",
        ],
        &["rubric", "show", "--rubric", sound_name],
        &["rubric", "show", "--rubric", sound_name, "--format", "json"],
        &["rubric", "show", "--rubric", sound_name, "--format", "dot"],
        &["rubric", "test", "--rubric", sound_name],
        &["rubric", "test", "--rubric", broken_name],
        &["rubric", "diff", sound_name, broken_name],
        &[
            "rubric", "schema", "--for", "answers", "--rubric", sound_name,
        ],
        &[
            "rubric",
            "check",
            "--rubric",
            broken_name,
            "--format",
            "github",
        ],
        &[
            "rubric",
            "check",
            "--rubric",
            broken_name,
            "--format",
            "sarif",
        ],
        &[
            "rubric",
            "check",
            "--rubric",
            broken_name,
            "--format",
            "junit",
        ],
        &[
            "rubric",
            "check",
            "--rubric",
            broken_name,
            "--format",
            "markdown",
        ],
        &["rubric", "test", "--suggest", "--rubric", sound_name],
        &["rubric", "test", "--rubric", sound_name, "--format", "json"],
        &["rubric", "test", cases_name, "--rubric", sound_name],
        &["rubric", "diff", sound_name, "usual.yaml"],
        &[
            "rubric",
            "diff",
            sound_name,
            "usual.yaml",
            "--format",
            "json",
        ],
        &["inspect", "."],
        &["inspect", NAME],
        &["man", NAME],
        &["scaffold", "--answers", answers_name, "--out", "-"],
        &["scaffold", "--answers", answers_name, "--out", NAME],
        &["scaffold", "--answers", "wrong.yaml", "--out", "-"],
        &["explain", NAME],
        &["explain", "services", "--rubric", sound_name],
        &["completions", NAME],
        &[NAME],
        &["check", &format!("--{NAME}")],
        &["ask", "--plain", "--rubric", sound_name, "--answers", NAME],
    ] {
        run_in(folder.path(), arguments, "");
    }
    run_in(
        folder.path(),
        &["ask", "--plain", "--rubric", sound_name],
        &format!("?\n{NAME}\n1\nd\nq\n"),
    );
    run_in(
        folder.path(),
        &["advise", "--answers", "-"],
        &format!("answers: {{\"{QUOTED}\": 1}}"),
    );
    let coloured = ["check", ".", "--color", "always"];
    let run = finish(mesh_advisor(&coloured).current_dir(folder.path()));
    assert_harmless(&coloured, &run.out, true);
}
