//! Title, date and status of a record, in every dialect: front matter (MADR 3 and 4, structured-madr, adrs), bullets
//! (MADR 2, log4brains), bold or plain lines, tables, and a Status section (Nygard, adr-tools).
//!
//! Lines count only in the header, which is everything before the first heading after the title: a `Status:` inside an
//! amendment further down is about the amendment (khive#2345).

use std::ops::Range;

use crate::front_matter::{Field, FrontMatter, trimmed};
use crate::header::{Header, key_and_value, without_marker};
use crate::lines::{Line, lines, slice};
use crate::markup::{Reference, plain};
use crate::status::{Status, StatusKind, is_supersession_line};
use crate::structure::{Heading, Structure};
use crate::successor::successor;

/// What a file says about its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusReading {
    /// Nothing.
    Missing,
    /// One status, however often it says so.
    Stated(Status),
    /// Two statuses that mean different things.
    Conflict(Status, Status),
}

/// What a file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// The first top heading, else the front matter's title.
    pub title: Option<Field>,
    /// The date as written.
    pub date: Option<Field>,
    /// The status.
    pub status: StatusReading,
}

const STATUS_KEYS: &[&str] = &["status", "adr status", "decision status", "current status"];
const DATE_KEYS: &[&str] = &["date", "decision date", "decided", "decided on"];
const FRONT_MATTER_DATE_KEYS: &[&str] = &["date", "decided", "updated", "created"];

impl Metadata {
    /// Reads the metadata of `text`, whose body starts at `body`.
    pub fn read(
        text: &str,
        front_matter: Option<&FrontMatter>,
        structure: &Structure,
        body: usize,
    ) -> Self {
        let title = title_heading(structure);
        let header = Header::read(text, structure, title, body);
        let from_front_matter = front_matter.and_then(|matter| matter.field(text, STATUS_KEYS));
        let mut statuses: Vec<Status> = from_front_matter
            .map(|field| status(text, field.span))
            .into_iter()
            .collect();
        statuses.extend(header.fields(STATUS_KEYS).map(|span| status(text, span)));
        statuses.extend(status_section(text, structure, title));
        let successor = front_matter.and_then(|matter| successor(text, matter));
        Metadata {
            title: title
                .filter(|heading| heading.level == 1)
                .map(field_of)
                .or_else(|| front_matter.and_then(|matter| matter.field(text, &["title"])))
                .or_else(|| title.map(field_of)),
            date: front_matter
                .and_then(|matter| matter.field(text, FRONT_MATTER_DATE_KEYS))
                .or_else(|| {
                    header
                        .fields(DATE_KEYS)
                        .next()
                        .map(|span| words(text, span))
                })
                .or_else(|| date_section(text, structure, title)),
            status: agreed(statuses, successor),
        }
    }
}

fn field_of(heading: &Heading) -> Field {
    Field {
        text: heading.text.trim().to_owned(),
        span: heading.span.clone(),
    }
}

fn words(text: &str, span: Range<usize>) -> Field {
    Field {
        text: plain(slice(text, span.clone())),
        span,
    }
}

fn status(text: &str, span: Range<usize>) -> Status {
    Status::new(slice(text, span.clone()), span)
}

fn agreed(statuses: Vec<Status>, successor: Option<Reference>) -> StatusReading {
    let mut rest = statuses.into_iter();
    let Some(mut first) = rest.next() else {
        return StatusReading::Missing;
    };
    for other in rest {
        match (&mut first.kind, &other.kind) {
            (StatusKind::Superseded { by }, StatusKind::Superseded { by: other })
                if by.is_none() =>
            {
                by.clone_from(other)
            }
            (kind, other) if kind.agrees_with(other) => {}
            _ => return StatusReading::Conflict(first, other),
        }
    }
    if let StatusKind::Superseded { by: by @ None } = &mut first.kind {
        *by = successor;
    }
    StatusReading::Stated(first)
}

/// The first heading, unless it already is a section.
fn title_heading(structure: &Structure) -> Option<&Heading> {
    structure
        .headings
        .first()
        .filter(|heading| heading.level == 1 || !is_named(heading, &["status", "context", "date"]))
}

fn is_named(heading: &Heading, names: &[&str]) -> bool {
    let words = heading
        .text
        .split(':')
        .next()
        .unwrap_or("")
        .trim()
        .to_lowercase();
    names.contains(
        &words.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ')),
    )
}

/// The headings that are sections of the record itself, not of one of its parts.
fn sections<'o>(
    structure: &'o Structure,
    title: Option<&'o Heading>,
) -> impl Iterator<Item = (usize, &'o Heading)> {
    let mut open: Vec<u8> = Vec::new();
    structure
        .headings
        .iter()
        .enumerate()
        .filter(move |(_, heading)| {
            if title == Some(*heading) {
                return false;
            }
            open.retain(|level| *level < heading.level);
            open.push(heading.level);
            open.len() == 1
        })
}

fn section_lines<'t>(
    text: &'t str,
    structure: &'t Structure,
    at: usize,
) -> impl Iterator<Item = Line> + 't {
    let start = structure
        .headings
        .get(at)
        .map_or(text.len(), |heading| heading.span.end);
    let end = structure
        .headings
        .get(at + 1)
        .map_or(text.len(), |heading| heading.span.start);
    lines(text, start..end)
        .filter(move |line| line.start >= start && structure.is_prose(line.start))
}

fn status_section(text: &str, structure: &Structure, title: Option<&Heading>) -> Option<Status> {
    let (at, heading) =
        sections(structure, title).find(|(_, heading)| is_named(heading, STATUS_KEYS))?;
    if let Some((_, words)) = heading
        .text
        .split_once(':')
        .filter(|(_, words)| !words.trim().is_empty())
    {
        return Some(Status::new(words, heading.span.clone()));
    }
    let mut statements = section_lines(text, structure, at)
        .map(|line| trimmed(text, without_key(text, without_marker(text, line.span()))))
        .filter(|span| {
            !plain(slice(text, span.clone())).is_empty()
                && !slice(text, span.clone()).starts_with("[ ]")
        });
    let span = statements.next()?;
    let ticked = slice(text, span.clone()).starts_with("[x]")
        || slice(text, span.clone()).starts_with("[X]");
    let first = status(
        text,
        if ticked {
            trimmed(text, span.start + 3..span.end)
        } else {
            span
        },
    );
    // adr-tools adds "Superceded by [..]" below; a sentence that wraps there must not count, so the first line has to
    // be a status by itself.
    if matches!(
        first.kind,
        StatusKind::Accepted | StatusKind::Proposed | StatusKind::Deprecated
    ) {
        let later = statements.find(|span| is_supersession_line(slice(text, span.clone())));
        return Some(later.map_or(first, |span| status(text, span)));
    }
    Some(first)
}

fn date_section(text: &str, structure: &Structure, title: Option<&Heading>) -> Option<Field> {
    let named = |heading: &Heading| Some(heading) != title && is_named(heading, &["date"]);
    let at = structure.headings.iter().position(named)?;
    section_lines(text, structure, at)
        .find(|line| !line.is_blank(text))
        .map(|line| words(text, trimmed(text, line.span())))
}

/// The value alone where a line repeats the key: `Status: Accepted` in a Status section.
fn without_key(text: &str, span: Range<usize>) -> Range<usize> {
    match key_and_value(text, span.clone()) {
        Some((key, value)) if STATUS_KEYS.contains(&key.as_str()) => value,
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Adr;

    fn read(text: &str) -> Metadata {
        Adr::read(text).unwrap().metadata
    }

    /// "accepted", "missing", "accepted/proposed" for a conflict.
    fn status(text: &str) -> String {
        match read(text).status {
            StatusReading::Missing => "missing".to_owned(),
            StatusReading::Stated(status) => status.kind.name().to_owned(),
            StatusReading::Conflict(one, other) => {
                format!("{}/{}", one.kind.name(), other.kind.name())
            }
        }
    }

    fn successor(text: &str) -> Option<String> {
        match read(text).status {
            StatusReading::Stated(Status {
                kind: StatusKind::Superseded { by },
                ..
            }) => by.map(|by| by.text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_dialect_is_read() {
        for text in [
            "---\nstatus: accepted\n---\n# T\n",
            "---\ntitle: T\nstatus: \"accepted\"\ndate: 2026-01-02\n---\n\n# T\n",
            "\u{feff}---\r\nstatus: accepted\r\n---\r\n# T\r\n",
            "# T\n\n* Status: accepted\n* Deciders: me\n\n## Context\n",
            "# T\n\n- **Status:** Accepted\n- **Date:** 2026-01-02\n\n## Context\n",
            "# T\n\n**Status:** accepted\n\n## Context\n",
            "# T\n\n**Status**: accepted\n",
            "# T\n\n**Status: accepted**\n",
            "# T\n\nStatus: Accepted\nDate: 2026-01-02\n",
            "# T\n\n> Status: Accepted\n",
            "# T\n\n## Status\n\nAccepted\n\nAmended by [2](2.md)\n\n## Context\n",
            "# T\n\n## Status\nAccepted.\n\n#### Date\n2025-05-28\n",
            "# T\n\n## Status: Accepted\n\n## Context\n",
            "# T\n\n## 1. Status\n\n**Accepted**\n",
            "# T\n\n### Status\n\nAccepted\n",
            "# T\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n",
            "# T\n\n## Status\n\n* Accepted\n",
            "# T\n\n## Status\n\nStatus: accepted\n",
            "# T\n\n**Status**\n\nAccepted\n",
            "# T\n\n| Status | Accepted |\n|---|---|\n| Date | 2026-01-02 |\n",
            "# T\n\n| | |\n|---|---|\n| **Status** | Accepted |\n",
            "# T\n\n| Date | Status |\n|---|---|\n| 2026-01-02 | Accepted |\n",
            "# T\n\n| Status | Date |\n|---|---|\n| Accepted | 2026-01-02 |\n",
            "## Status\n\nAccepted\n\n## Context\n",
            "# T\rStatus: accepted\r",
        ] {
            assert_eq!(status(text), "accepted", "{text}");
        }
    }

    #[test]
    fn a_file_that_says_nothing_has_no_status() {
        for text in [
            "",
            "# T\n",
            "# T\n\n**Authors**: me\n",
            "---\nstatus:\n---\n# T\n",
            "# T\n\n## Status\n\n## Context\nx\n",
        ] {
            assert_eq!(status(text), "missing", "{text}");
        }
    }

    #[test]
    fn an_unfilled_template_is_unknown() {
        assert_eq!(
            status("---\nstatus: {proposed | rejected | accepted}\n---\n# T\n"),
            "unknown"
        );
        assert_eq!(
            status("# T\n\n* Status: [proposed | rejected | accepted] <!-- optional -->\n"),
            "unknown"
        );
        assert_eq!(
            status("# T\n\n## Status\n\nWhat is the status, such as proposed, accepted?\n"),
            "unknown"
        );
    }

    #[test]
    fn an_amendment_does_not_win() {
        assert_eq!(
            status("# T\n\nStatus: accepted\n\n## Amendment 1\n\nStatus: proposed\n"),
            "accepted"
        );
        assert_eq!(
            status("# T\n\n## Status\n\nAccepted\n\n## Amendment\n\n### Status\n\nProposed\n"),
            "accepted"
        );
        assert_eq!(
            status("# T\n\n## Context\n\nx\n\n## Amendment\n\n### Status\n\nProposed\n"),
            "missing"
        );
        assert_eq!(status("# T\n\n```\nStatus: accepted\n```\n"), "missing");
    }

    #[test]
    fn a_wrapped_line_does_not_change_the_status() {
        assert_eq!(
            status("# T\n\n## Status\n\nAccepted. This was not\nsuperseded by anything.\n"),
            "accepted"
        );
        assert_eq!(
            status(
                "# T\n\n## Status\n\nAccepted\n\nIt was once thought\nsuperseded by [4](4.md) in part.\n"
            ),
            "accepted"
        );
        assert_eq!(
            status("# T\n\nStatus: accepted\nproposed again later by nobody\n"),
            "accepted"
        );
    }

    #[test]
    fn adr_tools_supersession_below_the_status_holds() {
        let text = "# 3. T\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\nSuperceded by [9. Use B](0009-use-b.md)\n\n## Context\n";
        assert_eq!(status(text), "superseded");
        assert_eq!(successor(text).as_deref(), Some("9. Use B"));
    }

    #[test]
    fn the_front_matter_may_name_the_successor() {
        assert_eq!(
            successor("---\nstatus: superseded\nsuperseded_by: ADR-9\n---\n# T\n").as_deref(),
            Some("ADR-9")
        );
        let links = "---\nstatus: superseded\nlinks:\n  - target: 2\n    kind: amends\n  - kind: supersededby\n    target: 9\n---\n";
        assert_eq!(successor(links).as_deref(), Some("9"));
        assert_eq!(successor("---\nstatus: superseded\n---\n# T\n"), None);
    }

    #[test]
    fn two_different_statuses_are_a_conflict_with_both_places() {
        let text = "---\nstatus: accepted\n---\n# T\n\n## Status\n\nProposed\n";
        let StatusReading::Conflict(one, other) = read(text).status else {
            panic!("no conflict")
        };
        assert_eq!(
            (slice(text, one.span), slice(text, other.span)),
            ("accepted", "Proposed")
        );
        assert_eq!(
            status("---\nstatus: accepted\n---\n# T\n\n* Status: approved\n"),
            "accepted"
        );
    }

    #[test]
    fn the_span_is_exactly_the_words() {
        let text = "# T\n\n* **Status:** Accepted <!-- so -->\n";
        let StatusReading::Stated(found) = read(text).status else {
            panic!("no status")
        };
        assert_eq!(slice(text, found.span), "Accepted <!-- so -->");
        assert_eq!(found.text, "Accepted");
    }

    #[test]
    fn title_and_date_are_found() {
        let date = |text| read(text).date.map(|field| field.text);
        let title = |text| read(text).title.map(|field| field.text);
        assert_eq!(
            date("# T\n\nDate: 2020-01-23\n").as_deref(),
            Some("2020-01-23")
        );
        assert_eq!(
            date("---\ndate: 2020-01-23\n---\n").as_deref(),
            Some("2020-01-23")
        );
        assert_eq!(
            date("# T\n\n## Status\nAccepted\n\n#### Date\n2025-05-28\n").as_deref(),
            Some("2025-05-28")
        );
        assert_eq!(title("---\ntitle: A\n---\n# B\n").as_deref(), Some("B"));
        assert_eq!(title("---\ntitle: A\n---\n## B\n").as_deref(), Some("A"));
        assert_eq!(title("## Decision: C\n").as_deref(), Some("Decision: C"));
    }
}
