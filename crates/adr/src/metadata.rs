//! Title, date and status of a record, in every dialect: front matter (MADR 3 and 4, structured-madr, adrs), bullets
//! (MADR 2, log4brains), bold or plain lines, tables, and a Status section (Nygard, adr-tools).
//!
//! Lines count only in the header, which is everything before the first heading after the title: a `Status:` inside an
//! amendment further down is about the amendment (khive#2345).

use std::ops::Range;

use crate::front_matter::{Field, FrontMatter, trimmed};
use crate::header::{self, Header, is_status_key};
use crate::headings;
use crate::lines::{Line, lines, slice};
use crate::markup::{Reference, beginning, plain};
use crate::statements::{MOST, Together, statements, together};
use crate::status::{Statement, Status, StatusKind, is_about_another, reference};
use crate::structure::{Heading, Structure};
use crate::successor::successor;
use crate::words::{Part, Vocabulary, names, names_successor};

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

const FRONT_MATTER_DATE_KEYS: &[&str] = &["date", "decided", "updated", "created"];

impl Metadata {
    /// Reads the metadata of the record that stands in `within`, a part of `text`.
    pub fn read(
        text: &str,
        front_matter: Option<&FrontMatter>,
        structure: &Structure,
        within: Range<usize>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let title = title_heading(structure, &within);
        let header = Header::read(text, structure, title, within.clone(), vocabulary);
        let sections = Sections {
            text,
            structure,
            title,
            within,
        };
        let statement = |span: Range<usize>| Statement::read(text, span, vocabulary);
        let places = [
            front_matter
                .and_then(|matter| matter.field_named(text, is_status_key))
                .map_or(Together::Nothing, |field| {
                    Together::One(statement(field.span).status)
                }),
            together(text, &in_header(text, &header, vocabulary)),
            sections.status(vocabulary),
        ];
        let successor = || {
            let named = front_matter.and_then(|matter| successor(text, matter));
            named.or_else(|| {
                header
                    .banners()
                    .take(MOST)
                    .find_map(|span| reference(beginning(slice(text, span))))
            })
        };
        Metadata {
            title: title
                .filter(|heading| heading.level == 1)
                .map(field_of)
                .or_else(|| front_matter.and_then(|matter| matter.field(text, &["title"])))
                .or_else(|| title.map(field_of)),
            date: front_matter
                .and_then(|matter| matter.field(text, FRONT_MATTER_DATE_KEYS))
                .or_else(|| {
                    let dates = header.fields(|key| names(Part::Date, key));
                    dates
                        .into_iter()
                        .next()
                        .map(|field| words(text, field.value))
                })
                .or_else(|| sections.date()),
            status: agreed(places, successor),
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

/// What the header states: in its status fields, in fields that name a successor, and in banners.
fn in_header(text: &str, header: &Header<'_>, vocabulary: &Vocabulary) -> Vec<Statement> {
    let of_field = |field: header::Field| {
        let mut statement = Statement::read(text, field.value, vocabulary);
        let beside = crate::dates::days(slice(text, field.row))
            .first()
            .map(|(_, day)| *day);
        statement.day = statement.day.or(beside);
        statement
    };
    let mut found: Vec<Statement> = header
        .fields(is_status_key)
        .into_iter()
        .take(MOST + 1)
        .map(of_field)
        .collect();
    let of_successor = |field: header::Field| {
        let raw = slice(text, field.value.clone());
        // The key says what its value is about; "by" stands for it here.
        let by = reference(&format!("superseded by {}", beginning(raw)))?;
        let kind = StatusKind::of(names_successor(&field.key)?, Some(by));
        let status = Status {
            kind,
            text: plain(raw),
            span: field.value,
        };
        Some(Statement {
            status,
            day: None,
            is_marked: false,
            is_listed: false,
        })
    };
    let successors = header.fields(|key| names_successor(key).is_some());
    found.extend(successors.into_iter().take(MOST).filter_map(of_successor));
    let linked = header
        .banners()
        .filter(|span| slice(text, span.clone()).contains('['));
    found.extend(linked.take(MOST).filter_map(|span| {
        let statement = Statement::read(text, span.clone(), vocabulary);
        is_about_another(slice(text, span), &statement.status.kind).then_some(statement)
    }));
    found
}

/// What the places of a file say together. Each place has its say: none wins by coming first.
fn agreed(places: [Together; 3], successor: impl Fn() -> Option<Reference>) -> StatusReading {
    let mut stated: Option<Status> = None;
    for place in places {
        match (place, &mut stated) {
            (Together::Nothing, _) => {}
            (Together::Conflict(one, other), _) => return StatusReading::Conflict(one, other),
            (Together::One(status), None) => stated = Some(status),
            (Together::One(status), Some(first)) => match first.kind.and(&status.kind) {
                Some(kind) => first.kind = kind,
                None => return StatusReading::Conflict(first.clone(), status),
            },
        }
    }
    let Some(mut status) = stated else {
        return StatusReading::Missing;
    };
    if let StatusKind::Superseded { by: by @ None } = &mut status.kind {
        *by = successor();
    }
    StatusReading::Stated(status)
}

/// The first heading, unless it already is a section.
fn title_heading<'s>(structure: &'s Structure, within: &Range<usize>) -> Option<&'s Heading> {
    let first = structure
        .headings
        .iter()
        .find(|heading| within.contains(&heading.span.start))?;
    let is_section = [Part::Status, Part::Context, Part::Date, Part::Fields]
        .iter()
        .any(|part| headings::is(first, *part));
    (first.level == 1 || !is_section).then_some(first)
}

/// The sections of one record.
struct Sections<'t> {
    text: &'t str,
    structure: &'t Structure,
    title: Option<&'t Heading>,
    within: Range<usize>,
}

impl Sections<'_> {
    fn status(&self, vocabulary: &Vocabulary) -> Together {
        let Some((at, heading)) = self
            .own()
            .find(|(_, heading)| headings::is(heading, Part::Status))
        else {
            return Together::Nothing;
        };
        let lines: Vec<Line> = self.lines(at).collect();
        let mut all = statements(self.text, &lines, vocabulary);
        if let Some(value) = headings::value(heading) {
            let raw = slice(self.text, heading.span.clone());
            // What Markdown spells otherwise, as `&amp;`, is read as it is written, from the colon on.
            let own = match (raw.find(value), raw.find([':', '：'])) {
                (Some(start), _) => start..start + value.len(),
                (None, start) => start.map_or(0, |colon| colon)..raw.len(),
            };
            let own = heading.span.start + own.start..heading.span.start + own.end;
            let mut statement = Statement::read(self.text, own, vocabulary);
            statement.status.span = heading.span.clone();
            // The heading is the statement; what is below may add to it and need not be a status.
            all.retain(|other| other.status.kind != StatusKind::Unknown);
            all.insert(0, statement);
        }
        together(self.text, &all)
    }

    fn date(&self) -> Option<Field> {
        let is_date =
            |heading: &&Heading| Some(*heading) != self.title && headings::is(heading, Part::Date);
        let at =
            self.structure.headings.iter().position(|heading| {
                self.within.contains(&heading.span.start) && is_date(&heading)
            })?;
        self.lines(at)
            .find(|line| !line.is_blank(self.text))
            .map(|line| words(self.text, trimmed(self.text, line.span())))
    }

    /// The headings that are sections of the record itself, not of one of its parts, and their positions.
    fn own(&self) -> impl Iterator<Item = (usize, &Heading)> {
        let mut open: Vec<u8> = Vec::new();
        let here = self.structure.headings.iter().enumerate();
        here.filter(|(_, heading)| self.within.contains(&heading.span.start))
            .filter(move |(_, heading)| {
                if self.title == Some(*heading) {
                    return false;
                }
                open.retain(|level| *level < heading.level);
                open.push(heading.level);
                open.len() == 1
            })
    }

    /// The lines of prose between a heading and the next one.
    fn lines(&self, at: usize) -> impl Iterator<Item = Line> {
        let start = self
            .structure
            .headings
            .get(at)
            .map_or(self.within.end, |heading| heading.span.end);
        let next = self
            .structure
            .headings
            .get(at + 1)
            .map(|heading| heading.span.start);
        let end = next.unwrap_or(self.within.end).min(self.within.end);
        lines(self.text, start..end)
            .filter(move |line| line.start >= start && self.structure.is_prose(line.start))
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
    fn headings_keys_and_tables_of_every_make_are_read() {
        for text in [
            "# T\n\n## ✅ Status\n\nAccepted\n",
            "# T\n\n## Status {#status}\n\nAccepted\n",
            "# T\n\n## Status ##\n\nAccepted\n",
            "# T\n\n**Status:**\n\nAccepted\n",
            "# T\n\n## Metadata\n\n- **Status**: Accepted\n\n## Context\n",
            "# T\n\n## Metadata\n\n| Status | Accepted |\n|---|---|\n",
            "+++\nstatus = \"accepted\"\n+++\n# T\n",
            "# T\n\n## Status\n\n| Stage | State |\n|---|---|\n| Status | Accepted ✅ |\n| Implementation | In progress |\n",
            "# T\n\n## Status\n\n| Status | Date |\n|---|---|\n| Accepted | 2026-02-03 |\n",
            "# T\n\n## Status\n\n| Version | Date | Status |\n|---|---|---|\n| 1 | 2026-01-10 | Proposed |\n| 2 | 2026-02-03 | Accepted |\n",
            "# T\n\nStatus：Accepted\n",
            "# T\n\n- 状态：已接受\n",
            "# T\n\n## 状態\n\n承認\n",
            "# T\n\n## Statut\n\nAcceptée\n",
            "---\nestado: aceptado\n---\n# T\n",
            "# T\n\n## Stato\n\nApprovato\n",
            "# T\n\n## Status\n\nGeaccepteerd\n",
        ] {
            assert_eq!(status(text), "accepted", "{text}");
        }
    }

    #[test]
    fn of_several_statuses_the_last_by_date_counts_or_none() {
        for (section, expected) in [
            ("Proposed 2026-01-10\n\nAccepted 2026-02-03", "accepted"),
            ("- 2026-01-10: Proposed\n- 2026-02-03: Accepted", "accepted"),
            ("2026-01-10: Proposed\n2026-02-03: Accepted", "accepted"),
            ("Accepted 2026-02-03\n\nProposed 2026-01-10", "accepted"),
            ("Proposed on 2026-01-10\nRejected on 2026-02-03", "rejected"),
            ("Proposed\n\nAccepted", "proposed/accepted"),
            ("Accepted\n\nProposed 2026-01-10", "accepted/proposed"),
            ("- Proposed\n- Accepted", "proposed/accepted"),
            ("- Proposed\n- Accepted\n- Superseded", "unknown"),
            ("* Proposed\n* **Accepted**\n* Superseded", "accepted"),
            (
                "- [ ] Proposed\n- [x] Accepted\n- [ ] Superseded",
                "accepted",
            ),
            ("- [x] Proposed\n- [x] Accepted", "proposed/accepted"),
            ("- Proposed\n- [x] Accepted", "accepted"),
            ("- [ ] Proposed\n- [ ] Accepted", "missing"),
            ("Proposed | **Accepted** | Deprecated", "accepted"),
            ("Accepted\n\nDeprecated", "accepted/deprecated"),
            ("Accepted\n\nAmended by [2](2.md)", "amended"),
            ("Accepted\nAmended by [2](2.md)", "amended"),
            ("Accepted\nSuperseded in part by [2](2.md)", "amended"),
            ("Superseded in part by\n[2](2.md)", "amended"),
            (
                "Accepted\n\nThe board met. It was\nsuperseded by nothing.",
                "accepted",
            ),
        ] {
            assert_eq!(
                status(&format!("# T\n\n## Status\n\n{section}\n\n## Context\n")),
                expected,
                "{section}"
            );
        }
        assert_eq!(
            status("# T\n\n* Status: Proposed 2026-01-10\n* Status: Accepted 2026-02-03\n"),
            "accepted"
        );
        assert_eq!(
            status("---\nstatus: accepted\n---\n> Superseded by [9](9.md)\n\n# T\n"),
            "accepted/superseded"
        );
        assert_eq!(
            status("---\nstatus: >-\n  superseded in part\n  by [9](9.md)\n---\n# T\n"),
            "amended"
        );
    }

    #[test]
    fn a_successor_is_found_wherever_it_is_named() {
        for text in [
            "# T\n\n## Status\n\nSuperseded\n\nSuperseded by [9](9.md)\n",
            "# T\n\n## Status\n\nSuperseded by\n[9](9.md)\n",
            "# T\n\n## Status\n\nSuperseded - [9](9.md)\n",
            "# T\n\n## Status\n\nSuperseded\n\n[9](9.md)\n",
            "---\nstatus: superseded\n---\n\nSuperseded by [9](9.md).\n\n# T\n",
            "---\nstatus: superseded\n---\n\n> **Superseded by [9](9.md)**\n\n# T\n",
            "# T\n\n* Status: superseded\n* Superseded by: [9](9.md)\n",
            "# T\n\n| Status | Superseded |\n|---|---|\n| Superseded by | [9](9.md) |\n",
            "# T\n\nStatus: superseded by\n[9](9.md)\n",
            "# T\n\nThis was superseded by [9](9.md) in May.\n\n## Status\n\nSuperseded\n",
            "# T\n\n## Status\n\nAbgelöst\n\nErsetzt durch [9](9.md)\n",
        ] {
            assert_eq!(successor(text).as_deref(), Some("9"), "{text}");
        }
        for text in [
            "# T\n\n* Status: superseded\n* Superseded by: none\n",
            "# T\n\n## Status\n\nSuperseded\n\nSee [the process](p.md) for more.\n",
        ] {
            assert_eq!(successor(text), None, "{text}");
        }
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
