//! `missing-record`: a file that should carry a record has none.

use super::{Check, Subject};
use crate::finding::{Finding, Kind, Severity};
use adr::block::INFO_STRING;
use adr::document::Slip;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "missing-record",
        severity: Severity::Error,
        summary: "A file that should carry a record has none",
        what: "Looks for a record in every file that was named, and in every file for a block that was probably meant to \
               be one. A file in a directory without either is simply not a record.",
        why: "A check that finds nothing to check must not look like a check that found nothing wrong.",
        example: "```mesh-advisor\nschema: 1\n```",
        fix: "Mark the block with three backticks and `yaml mesh-advisor`, at the start of a line of its own, or let `mesh-advisor record ADR.md` write one.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    if subject.obstacle.is_some() {
        return None;
    }
    if !subject.records.is_empty() {
        return Some(Vec::new());
    }
    let near_misses = subject
        .adr
        .map_or(&[][..], |adr| adr.near_misses.as_slice());
    let meant = near_misses.iter().take(1).map(|miss| {
        let (why, help) = reason(miss.slip);
        let severity = if subject.is_named {
            Severity::Error
        } else {
            Severity::Warning
        };
        let message = format!("This block is not read as a record: {why}");
        subject
            .finding(&CHECK.kind, miss.span.clone(), message)
            .with_severity(severity)
            .with_help(help)
    });
    let mut found: Vec<Finding> = meant.collect();
    if found.is_empty() && subject.is_named {
        let message = "The file carries no decision record";
        let help = "`mesh-advisor record FILE` writes a record";
        found.push(subject.finding(&CHECK.kind, 0..0, message).with_help(help));
    }
    Some(found)
}

/// Why a block is not read, and what to do about it.
fn reason(slip: Slip) -> (String, String) {
    let (why, help) = match slip {
        Slip::InfoString => {
            let why = format!("its info string is not `{INFO_STRING}`");
            return (why, format!("write `{INFO_STRING}` behind the fence"));
        }
        Slip::Quote => ("it stands in a block quote", "take it out of the quote"),
        Slip::Html => (
            "it stands in HTML, where no Markdown is read",
            "put an empty line before it, or take it out of the element",
        ),
        Slip::Indented => (
            "it is indented by four blanks or more, which makes it plain text",
            "begin its lines at the margin",
        ),
        Slip::CodeInLine => (
            "a backtick behind its info string makes it code within a line",
            "take the backtick away",
        ),
        Slip::Toml => (
            "it stands in TOML front matter",
            "write the front matter as YAML, between lines of `---`",
        ),
    };
    (why.to_owned(), help.to_owned())
}
