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
use crate::status::{Statement, Status, StatusKind, is_about_another};
use crate::structure::{Heading, Structure};
use crate::successor::{reference, successor};
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
mod tests;
