//! What somebody else's pull request may hold: paths, links and texts that want to be obeyed.

use std::fs;
use std::path::Path;

use mesh_advisor::show::findings::Format;

use super::{TODAY, check, report};
use crate::program::{finish, mesh_advisor};

const BLOCK: &str = "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\nreview_by: 2027-05-20\n\
                     answers: {services: 14, teams: 3, mtls_mandate: none, authorization: network}\n```\n";

/// Everything a terminal or a log could obey, in one line of YAML.
const HOSTILE: &str = "\u{1b}[2J\u{9b}31m\u{202e}::error::x %0A<script>";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn no_format_passes_on_what_would_be_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let quoted = "\\e[2J\\N\\u202E\\n::error::x %0A<script>";
    let record = format!("# T\n\n* Status: {HOSTILE}\n\n{BLOCK}")
        .replace("decision: no-mesh", &format!("decision: \"{quoted}\""))
        .replace(
            "services: 14",
            &format!("\"{quoted}\": 1, services: \"{quoted}\""),
        );
    write(
        folder.path(),
        "\u{1b}[31m\n::error file=x,line=1::y,z:%.md",
        &record,
    );
    write(
        folder.path(),
        "near.md",
        &format!("```mesh-advisor {HOSTILE}\n```\n"),
    );
    for (name, format) in Format::NAMED {
        let run = check(&[folder.path().to_str().unwrap(), "--format", name]);
        assert_eq!(run.code, 1, "{}", run.err);
        for text in [&run.out, &run.err] {
            assert!(
                !text.contains(['\u{1b}', '\u{9b}', '\u{202e}']),
                "{}: {text}",
                name
            );
            assert!(
                text.chars().all(|c| c == '\n' || !c.is_control()),
                "{}: {text:?}",
                name
            );
            let is_ours =
                |line: &str| format == Format::Github || !line.trim_start().starts_with("::");
            assert!(text.lines().all(is_ours), "{}: {text}", name);
        }
        if format == Format::Github {
            let is_command = |line: &str| {
                line.starts_with("::error file=") || line.starts_with("::warning file=")
            };
            assert!(run.out.lines().all(is_command), "{}", run.out);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_name_breaks_out_of_no_part_of_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a`b|c \n\n# x\n\n<details><img src=x> @y [z](w) ``` .md";
    write(
        folder.path(),
        name,
        &format!("# T\n\n* Status: accepted\n\n{BLOCK}"),
    );
    let run = check(&[folder.path().to_str().unwrap(), "--format", "markdown"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = &run.out;
    assert_eq!(page.matches("<details>").count(), 1, "{page}");
    assert_eq!(page.matches("<summary>").count(), 1, "{page}");
    assert!(!page.contains("<img") && !page.contains("\n# x"), "{page}");
    let records = page.lines().find(|line| line.contains(".md |")).unwrap();
    assert_eq!(records.replace("\\|", "").matches('|').count(), 5, "{page}");
    assert!(
        !records.contains('@') && !records.contains("[z]("),
        "{page}"
    );
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret.md", &format!("# Secret\n\n{BLOCK}"));
    let inside = tempfile::tempdir().unwrap();
    let at = |name: &str| inside.path().join(name);
    write(
        inside.path(),
        "adr/0001.md",
        &format!("# T\n\n* Status: accepted\n\n{BLOCK}"),
    );
    symlink(outside.path(), at("adr/folder")).unwrap();
    symlink(outside.path().join("secret.md"), at("adr/0002.md")).unwrap();
    symlink("..", at("adr/loop")).unwrap();
    symlink("nowhere", at("adr/0003.md")).unwrap();
    symlink(outside.path().join("stolen.json"), at("out.json")).unwrap();
    symlink(outside.path(), at("out")).unwrap();
    let checked = |paths: &[&str]| {
        let arguments = [&["check", "--as-of", TODAY, "--format", "json"], paths].concat();
        finish(mesh_advisor(&arguments).current_dir(inside.path()))
    };
    for paths in [
        &["adr"][..],
        &["adr", "adr/0002.md"],
        &["adr", "adr/folder", "adr/folder/secret.md"],
    ] {
        let run = checked(paths);
        let found: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(found["records"].as_array().unwrap().len(), 1, "{}", run.out);
        assert!(
            run.out
                .contains("it holds 4 symbolic links, which are not followed")
                && !run.out.contains("Secret"),
            "{}",
            run.out
        );
    }
    assert_eq!(checked(&["adr/0002.md"]).code, 3);
    for output in ["json=out.json", "json=out/x.json"] {
        let run = checked(&["adr", "--output", output]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{output}");
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

/// Texts that could make some part slow, each about a megabyte.
fn slow_texts() -> Vec<(&'static str, String)> {
    let repeat = |piece: &str| piece.repeat(1_000_000 / piece.len());
    let inside = |yaml: String| {
        BLOCK.replace(
            "answers: {services: 14, ",
            &format!("{yaml}\nanswers: {{services: 14, "),
        )
    };
    let keys = |from: usize| {
        (from..from + 40_000)
            .map(|key| format!("  key{key}: 1\n"))
            .collect::<String>()
    };
    let answers = |lines: String| {
        BLOCK.replace(
            "answers: {services: 14, teams: 3, mtls_mandate: none, authorization: network}",
            &format!("answers:\n{lines}"),
        )
    };
    vec![
        ("one line", format!("{BLOCK}{}", repeat("x"))),
        (
            "one line of answers",
            answers(format!(
                "  {{{}}}",
                (0..90_000)
                    .map(|key| format!("k{key}: 1,"))
                    .collect::<String>()
            )),
        ),
        ("many answers", answers(keys(0))),
        ("keys that come twice", answers(keys(0) + &keys(0))),
        (
            "one answer again and again",
            answers(repeat("  teams: 3\n")),
        ),
        ("nested brackets", inside(format!("x: {}", repeat("[")))),
        ("nested mappings", inside(format!("x: {}", repeat("{a: ")))),
        ("nested dashes", inside(format!("x:\n {}", repeat("- ")))),
        (
            "an anchor and its aliases",
            inside(format!(
                "x: &x \"{}\"\ny: [{}]",
                repeat("x"),
                "*x, ".repeat(50_000)
            )),
        ),
        ("aliases of aliases", {
            let level = |level: usize| {
                format!(
                    "a{}: &a{} [{}]\n",
                    level + 1,
                    level + 1,
                    format!("*a{level}, ").repeat(10)
                )
            };
            inside("a0: &a0 [1]\n".to_owned() + &(0..9).map(level).collect::<String>())
        }),
        (
            "a bomb among the answers",
            answers(format!(
                "  <<: &x {{{}}}\n{}",
                "a: 1, ".repeat(1000),
                "  <<: *x\n".repeat(50_000)
            )),
        ),
        ("blocks", repeat("```yaml mesh-advisor\n```\n\n")),
        ("near misses", repeat("```mesh-advisor\n```\n\n")),
        (
            "an open block",
            format!("```yaml mesh-advisor\n{}", repeat("a: 1\n")),
        ),
        ("quotes", format!("{BLOCK}{}", repeat("> "))),
        (
            "statuses",
            format!("{}\n{BLOCK}", repeat("* Status: accepted\n")),
        ),
        ("tabs", inside(repeat("\t"))),
        ("questions", inside(repeat("? "))),
        ("comments", inside(repeat("# x\n"))),
        (
            "a long reason",
            inside(format!(
                "exception: {{because: \"{}\", until: x}}",
                repeat("y")
            )),
        ),
        ("a long key", inside(format!("{}: 1", repeat("k")))),
        (
            "a long decision",
            BLOCK.replace("decision: no-mesh", &format!("decision: {}", repeat("z"))),
        ),
    ]
}

#[test]
fn a_megabyte_of_the_slowest_texts_is_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in slow_texts() {
        for (extension, text) in [
            ("md", text.clone()),
            (
                "yaml",
                text.replace("```yaml mesh-advisor\n", "")
                    .replace("```", ""),
            ),
        ] {
            let path = folder.path().join(format!("slow.{extension}"));
            fs::write(&path, &text).unwrap();
            let run = check(&[path.to_str().unwrap(), "--format", "json"]);
            assert!(
                matches!(run.code, 0 | 1 | 3),
                "{name}.{extension}: {} {}",
                run.code,
                run.err
            );
            assert!(
                run.out.len() < 300_000,
                "{name}.{extension}: {} bytes are written",
                run.out.len()
            );
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_as_text_is_said_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.md"),
        [b"# T\n\n\xff\n".as_slice(), BLOCK.as_bytes()].concat(),
    )
    .unwrap();
    fs::write(
        folder.path().join("b.md"),
        b"# Not about any of this \xff\n",
    )
    .unwrap();
    let wide: Vec<u8> = "\u{feff}# T\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(folder.path().join("c.md"), wide).unwrap();
    let large = format!("{BLOCK}{}", "x".repeat(5 * 1024 * 1024));
    fs::write(folder.path().join("d.md"), large).unwrap();
    let found = report(&[folder.path().to_str().unwrap()]);
    let messages: Vec<&str> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        messages,
        [
            "The file is not UTF-8: the byte at offset 5 begins no character; save the file as UTF-8",
            "The file is larger than 4 MiB"
        ]
    );
    assert_eq!(found["findings"][0]["line"], 3);
    assert_eq!(
        found["skipped"][0]["because"],
        "the file is UTF-16; save the file as UTF-8"
    );
}
