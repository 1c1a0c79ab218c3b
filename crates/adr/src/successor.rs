//! The record that replaces a superseded one, as the front matter names it.

use crate::front_matter::{Entry, FrontMatter};
use crate::lines::lines;
use crate::markup::Reference;

const SUCCESSOR_KEYS: &[&str] = &["superseded_by", "supersededBy", "replaced_by"];

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
