//! The record that replaces a superseded one or changes it, as a status or the front matter names it.

use crate::dates::days;
use crate::front_matter::{Entry, FrontMatter};
use crate::lines::lines;
use crate::markup::{Reference, link, plain};
use crate::words::{Meaning, amendments, is_by, words_of};

const SUCCESSOR_KEYS: &[&str] = &["superseded_by", "supersededBy", "replaced_by"];

/// The record that "… by X" names: a link anywhere after the word, else a name with a number in it.
pub(crate) fn reference(raw: &str) -> Option<Reference> {
    let rest = after_word(raw)?;
    let first_link = |text: &str| {
        text.find('[')
            .and_then(|at| link(text.get(at..)?))
            .map(|(reference, _)| reference)
    };
    if !rest.chars().any(char::is_alphanumeric) {
        // "被 [ADR-9](9.md) 取代"
        return first_link(raw);
    }
    let linked = first_link(rest);
    if linked.is_some() {
        return linked;
    }
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let name = if is_by(&first.trim_end_matches(':').to_lowercase()) {
        after
    } else {
        rest
    };
    let name = name.trim_start_matches([' ', '\t', ':', '*', '_']);
    let end = name.find([',', ';', '(', '\n', '|']).unwrap_or(name.len());
    let text = plain(name.get(..end).unwrap_or(""))
        .trim_end_matches('.')
        .trim()
        .to_owned();
    let is_day = days(&text).first().is_some_and(|(span, _)| span.start == 0);
    let has_number = text.chars().any(|c| c.is_ascii_digit());
    (has_number && !is_day).then_some(Reference { text, target: None })
}

/// What follows the word for a replaced or changed decision, and how much of it was.
fn after_word(raw: &str) -> Option<&str> {
    let lower = raw.to_ascii_lowercase();
    let words = words_of(Meaning::Superseded).chain(amendments());
    let (_, end) = words
        .filter_map(|word| lower.find(word).map(|at| (at, at + word.len())))
        .min()?;
    let mut rest = raw
        .get(end..)?
        .trim_start_matches(['*', '_', ' ', '\t', ':', '-']);
    for part in ["in part", "in-part", "partially", "partly"] {
        rest = rest.strip_prefix(part).unwrap_or(rest).trim_start();
    }
    Some(rest)
}

/// The record that the front matter names as the successor: a key of its own, or an item of `links`.
pub(crate) fn successor(text: &str, matter: &FrontMatter) -> Option<Reference> {
    if let Some(field) = matter.field(text, SUCCESSOR_KEYS) {
        let name = field
            .text
            .trim_matches(['[', ']', ' ', '-', '"', '\''])
            .to_owned();
        return (!name.is_empty()).then_some(Reference {
            text: name,
            target: None,
        });
    }
    matter
        .entry(&["links"])
        .and_then(|links| linked_successor(text, links))
}

/// `- target: 9` with `kind: supersededby` in the same item, in either order (adrs).
fn linked_successor(text: &str, links: &Entry) -> Option<Reference> {
    let (mut target, mut is_successor) = (None, false);
    for line in lines(text, links.below.clone()) {
        let words = line.text(text).trim();
        if let Some(item) = words.strip_prefix('-') {
            (target, is_successor) = (None, false);
            read_link(item.trim(), &mut target, &mut is_successor);
        } else {
            read_link(words, &mut target, &mut is_successor);
        }
        if let (true, Some(text)) = (is_successor, target.as_ref()) {
            return Some(Reference {
                text: String::clone(text),
                target: None,
            });
        }
    }
    None
}

fn read_link(line: &str, target: &mut Option<String>, is_successor: &mut bool) {
    let Some((key, value)) = line.split_once(':') else {
        return;
    };
    let value = value.trim().trim_matches(['"', '\'']);
    match key.trim() {
        "target" => *target = Some(value.to_owned()),
        "kind" | "type" => {
            let kind: String = value
                .to_lowercase()
                .chars()
                .filter(|c| c.is_alphabetic())
                .collect();
            *is_successor = matches!(kind.as_str(), "supersededby" | "supercededby");
        }
        _ => {}
    }
}
