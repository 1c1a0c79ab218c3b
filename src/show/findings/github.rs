//! GitHub workflow commands, which become annotations.
//!
//! A step may annotate ten times per level (actions/toolkit, docs/problem-matchers.md); the rest vanishes without a word,
//! so the tenth says how many more there are. Foreign text cannot begin a line here: each line begins with our command.

use crate::finding::Place;
use crate::finding::{Finding, Report, Severity};
use crate::show::escape::{github_message, github_property};
use crate::words::counted;

/// Annotations of one level that a step can make.
const ANNOTATIONS_PER_LEVEL: usize = 10;

/// The workflow commands, errors first.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    for severity in Severity::ALL {
        let found: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .collect();
        let shown = if found.len() > ANNOTATIONS_PER_LEVEL {
            ANNOTATIONS_PER_LEVEL - 1
        } else {
            found.len()
        };
        for finding in found.iter().take(shown) {
            out += &annotation(finding);
        }
        if found.len() > shown {
            let rest = counted(found.len() - shown, &format!("more {}", severity.name()));
            out += &format!(
                "::{} title=mesh-advisor::and {rest}; the page of the run and the other formats list all\n",
                level(severity)
            );
        }
    }
    out
}

fn annotation(finding: &Finding) -> String {
    let mut message = finding.message.clone();
    if let Some(help) = &finding.help {
        message += "\nhelp: ";
        message += help;
    }
    format!(
        "::{} file={},{},title={}::{}\n",
        level(finding.severity),
        github_property(&finding.path),
        position(finding.place),
        github_property(finding.kind.id),
        github_message(&message)
    )
}

/// Columns only within one line: the runner drops a place that has both.
fn position(place: Place) -> String {
    let Place {
        line,
        column,
        end_line,
        end_column,
    } = place;
    if line == end_line && end_column > column {
        format!("line={line},endLine={end_line},col={column},endColumn={end_column}")
    } else {
        format!("line={line},endLine={end_line}")
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::findings::sample::{mismatch, overdue, report};

    #[test]
    fn an_annotation_stands_at_its_place_counted_by_hand() {
        let report = Report {
            findings: vec![mismatch("docs/adr/0001.md")],
            ..Report::default()
        };
        assert_eq!(
            render(&report),
            "::error file=docs/adr/0001.md,line=4,endLine=4,col=11,endColumn=15,title=decision-mismatch::\
             The decision is mesh, the answers give no-mesh%0Ahelp: Set decision to no-mesh, or add an exception\n"
        );
    }

    #[test]
    fn hostile_paths_and_messages_stay_inside_their_command() {
        let report = Report {
            findings: vec![overdue("adr/a,b: 50%\n::x \u{1b}é.md")],
            ..Report::default()
        };
        assert_eq!(
            render(&report),
            "::warning file=adr/a%2Cb%3A 50%25\\n%3A%3Ax \\u{1b}é.md,line=5,endLine=5,col=12,endColumn=22,\
             title=review-overdue::Overdue by 50%25%0A::error::x,y: <b>\\u{1b}[31m&\"'\\u{0}\n"
        );
    }

    #[test]
    fn every_line_is_a_command_of_ours() {
        assert!(
            render(&report())
                .lines()
                .all(|line| line.starts_with("::error ") || line.starts_with("::warning "))
        );
        assert_eq!(render(&Report::default()), "");
    }

    #[test]
    fn the_limit_is_minded_with_errors_first() {
        let mut findings: Vec<Finding> = (0..25).map(|_| overdue("a.md")).collect();
        findings.extend((0..10).map(|_| mismatch("b.md")));
        let text = render(&Report {
            findings,
            ..Report::default()
        });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 20);
        assert!(
            lines[..10]
                .iter()
                .all(|line| line.starts_with("::error file=b.md"))
        );
        assert!(
            lines[19].starts_with("::warning title=mesh-advisor::and 16 more warnings"),
            "{}",
            lines[19]
        );
    }

    #[test]
    fn a_place_over_several_lines_has_no_columns() {
        let place = Place {
            line: 1,
            column: 2,
            end_line: 3,
            end_column: 4,
        };
        assert_eq!(position(place), "line=1,endLine=3");
        assert_eq!(position(Place::START), "line=1,endLine=1");
    }
}
