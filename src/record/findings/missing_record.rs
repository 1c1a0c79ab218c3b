//! `missing-record`: a file that should carry a record has none.

use super::{Check, Subject};
use crate::finding::{Finding, Kind, Severity};
use adr::block::INFO_STRING;

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
        let message = if miss.is_misplaced {
            "This block is not read as a record: it stands in a quote, in HTML, in indented text or in TOML".to_owned()
        } else {
            format!("This block is not marked as a record: its info string is not `{INFO_STRING}`")
        };
        let severity = if subject.is_named {
            Severity::Error
        } else {
            Severity::Warning
        };
        subject
            .finding(&CHECK.kind, miss.span.clone(), message)
            .with_severity(severity)
    });
    let mut found: Vec<Finding> = meant.collect();
    if found.is_empty() && subject.is_named {
        found.push(subject.finding(&CHECK.kind, 0..0, "The file carries no decision record"));
    }
    Some(
        found
            .into_iter()
            .map(|finding| finding.with_help(HELP))
            .collect(),
    )
}

const HELP: &str = "`mesh-advisor record FILE` writes a record";
