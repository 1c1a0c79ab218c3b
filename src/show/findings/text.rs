//! Findings for people: each with its source line and a mark under the place, then what was
//! skipped, then a count.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::finding::{Finding, Report, Severity};
use crate::show::escape::visible;

/// How the terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour; the words are the same without.
    pub is_coloured: bool,
    /// Columns to fill.
    pub width: usize,
}

/// The findings in the order of the report, then what was skipped, then a count; `subject` is what was
/// checked, as a noun.
pub fn render(report: &Report, subject: &str, look: Look) -> String {
    let mut out = findings(&report.findings, look);
    for skipped in &report.skipped {
        out += &format!(
            "skipped {}: {}\n",
            visible(&skipped.path),
            visible(&skipped.why)
        );
    }
    if !report.skipped.is_empty() {
        out.push('\n');
    }
    out + &report.summary(subject) + "\n"
}

/// Findings with their source lines, each followed by an empty line.
pub fn findings(findings: &[Finding], look: Look) -> String {
    let renderer = if look.is_coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .term_width(look.width);
    findings
        .iter()
        .map(|finding| one(finding, &renderer) + "\n\n")
        .collect()
}

fn one(finding: &Finding, renderer: &Renderer) -> String {
    let (source, mark) = marked(finding);
    let (path, place) = (visible(&finding.path), finding.place);
    let group = level(finding.severity)
        .primary_title(visible(&finding.message))
        .id(finding.kind.id);
    let shown_column = source.get(..mark.start).unwrap_or("").chars().count() + 1;
    let mut group: Group<'_> = if source.trim().is_empty() {
        group.element(
            Origin::path(path.as_str())
                .line(place.line)
                .char_column(place.column),
        )
    } else {
        let annotation = AnnotationKind::Primary.span(mark);
        group.element(
            Snippet::source(source)
                .path(path.as_str())
                .line_start(place.line)
                .annotation(annotation),
        )
    };
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    // The renderer counts columns in what it shows; a cut or spelled-out line has others than the file.
    let (counted, real) = (
        format!("{path}:{}:{shown_column}", place.line),
        format!("{path}:{}:{}", place.line, place.column),
    );
    renderer.render(&[group]).replacen(&counted, &real, 1)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// The source line made visible, and the bytes of it to mark: what was spelled out is longer than it was.
fn marked(finding: &Finding) -> (String, Range<usize>) {
    let place = finding.place;
    let first = finding.source.first_column;
    let skip = place.column.saturating_sub(first);
    let length = if place.end_line == place.line {
        place.end_column.saturating_sub(place.column).max(1)
    } else {
        usize::MAX
    };
    let shown = |c: char| {
        if c == '\t' {
            " ".to_owned()
        } else {
            visible(c.encode_utf8(&mut [0; 4]))
        }
    };
    let pieces: Vec<String> = finding.source.text.chars().map(shown).collect();
    let start = pieces.iter().take(skip).map(String::len).sum();
    let marked: usize = pieces.iter().skip(skip).take(length).map(String::len).sum();
    (pieces.concat(), start..start + marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{LineIndex, Place};
    use crate::show::findings::sample::{mismatch, overdue, report};

    const PLAIN: Look = Look {
        is_coloured: false,
        width: 120,
    };

    fn text(findings: Vec<Finding>) -> String {
        render(
            &Report {
                findings,
                ..Report::default()
            },
            "record",
            PLAIN,
        )
    }

    #[test]
    fn the_mark_stands_under_the_place_counted_by_hand() {
        let expected = "\
error[decision-mismatch]: The decision is mesh, the answers give no-mesh
 --> adr/1.md:4:11
  |
4 | decision: mesh
  |           ^^^^
  = help: Set decision to no-mesh, or add an exception

checked 0 records: 1 error
";
        let found = text(vec![mismatch("adr/1.md")]);
        assert_eq!(
            found.replace("  |\n  = help", "  = help"),
            expected,
            "{found}"
        );
    }

    #[test]
    fn hostile_text_is_spelled_out_and_the_mark_still_fits() {
        let mut finding = overdue("adr/\u{1b}[2J\n::error::x.md");
        finding.place = Place {
            line: 5,
            column: 25,
            end_line: 5,
            end_column: 26,
        };
        let found = text(vec![finding]);
        assert!(
            found.chars().all(|c| c == '\n' || !c.is_control()),
            "{found:?}"
        );
        assert!(!found.contains('\u{202e}'));
        assert!(
            found.contains("adr/\\u{1b}[2J\\n::error::x.md:5:25"),
            "{found}"
        );
        assert!(
            found.contains("5 | review_by: 2020-01-01 # \\u{1b}[31m\\u{202e}\n  |                         ^^^^^^\n"),
            "{found}"
        );
    }

    #[test]
    fn no_line_begins_like_a_workflow_command() {
        let found = render(&report(), "record", PLAIN);
        // The runner drops blanks before it looks (actions/runner, ActionCommand.TryParseV2): indenting protects nothing.
        assert!(
            found
                .lines()
                .all(|line| !line.trim_start().starts_with("::")),
            "{found}"
        );
    }

    #[test]
    fn what_was_skipped_is_said() {
        let found = render(&report(), "record", PLAIN);
        assert!(
            found.contains("skipped adr/old.md: its status is superseded\n"),
            "{found}"
        );
        assert!(
            found.ends_with("checked 2 records, skipped 1: 1 error, 1 warning\n"),
            "{found}"
        );
    }

    #[test]
    fn a_long_line_a_missing_place_and_a_span_of_lines_are_shown() {
        let long = "x".repeat(5000) + "HERE";
        let at = Finding::new(
            &crate::show::findings::sample::MISMATCH,
            "a.md",
            &LineIndex::new(&long),
            5000..5004,
            "m",
        );
        let found = text(vec![at]);
        assert!(
            found.contains("a.md:1:5001") && found.contains("HERE") && found.len() < 1000,
            "{found}"
        );
        let lines = "ab\ncd\n";
        let both = Finding::new(
            &crate::show::findings::sample::MISMATCH,
            "a.md",
            &LineIndex::new(lines),
            1..4,
            "m",
        );
        assert!(text(vec![both]).contains("1 | ab\n  |  ^\n"));
        let empty = Finding::new(
            &crate::show::findings::sample::MISMATCH,
            "a.md",
            &LineIndex::new(""),
            0..0,
            "m",
        );
        assert!(text(vec![empty]).contains("a.md:1:1\n"));
    }

    #[test]
    fn colour_adds_no_words() {
        let coloured = render(
            &report(),
            "record",
            Look {
                is_coloured: true,
                width: 120,
            },
        );
        assert_eq!(
            anstream::adapter::strip_str(&coloured).to_string(),
            render(&report(), "record", PLAIN)
        );
        assert!(coloured.contains('\u{1b}'));
    }
}
