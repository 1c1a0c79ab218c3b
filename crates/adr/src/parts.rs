//! The decisions in one file. Most files hold one; a log of decisions holds one under each of several headings.

use std::ops::Range;

use crate::header::{is_status_key, key_and_value, without_marker};
use crate::headings;
use crate::lines::lines;
use crate::structure::Structure;
use crate::words::Part;

/// How many lines below a heading are looked at for a status.
const HEADER_LINES: usize = 12;

/// The stretches of `body` that each hold a decision: one for each of several headings of one level that have a status,
/// else a decision, of their own. The whole body when there are no two.
pub(crate) fn parts(text: &str, structure: &Structure, body: Range<usize>) -> Vec<Range<usize>> {
    let headings = &structure.headings;
    let mut with_status = above(structure, Part::Status);
    with_status.extend((0..headings.len()).filter(|at| has_status_line(text, structure, *at)));
    let owners = several(structure, with_status)
        .or_else(|| several(structure, above(structure, Part::Decision)));
    let Some(owners) = owners else {
        return vec![body];
    };
    let start = |at: &usize| {
        headings
            .get(*at)
            .map_or(body.end, |heading| heading.span.start)
    };
    let end = |at: usize| {
        let level = headings.get(at).map_or(1, |heading| heading.level);
        let next = headings
            .iter()
            .skip(at + 1)
            .find(|heading| heading.level <= level);
        next.map_or(body.end, |heading| heading.span.start)
    };
    owners.iter().map(|at| start(at)..end(*at)).collect()
}

/// The headings that a section of this name stands under, each once.
fn above(structure: &Structure, part: Part) -> Vec<usize> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, heading) in structure.headings.iter().enumerate() {
        open.retain(|(level, _)| *level < heading.level);
        if headings::is(heading, part) {
            found.extend(open.last().map(|(_, parent)| *parent));
        }
        open.push((heading.level, at));
    }
    found
}

/// Whether the lines right below a heading state a status.
fn has_status_line(text: &str, structure: &Structure, at: usize) -> bool {
    let end = structure
        .headings
        .get(at + 1)
        .map_or(text.len(), |next| next.span.start);
    let start = structure
        .headings
        .get(at)
        .map_or(end, |heading| heading.span.end);
    lines(text, start..end)
        .take(HEADER_LINES)
        .filter(|line| structure.is_prose(line.start))
        .any(|line| {
            let key = key_and_value(text, without_marker(text, line.span()));
            key.is_some_and(|(key, value)| is_status_key(&key) && !value.is_empty())
        })
}

/// The headings of the highest level among these, when there are several.
fn several(structure: &Structure, mut owners: Vec<usize>) -> Option<Vec<usize>> {
    owners.sort_unstable();
    owners.dedup();
    let level = |at: &usize| structure.headings.get(*at).map(|heading| heading.level);
    let highest = owners.iter().filter_map(level).min();
    owners.retain(|at| level(at) == highest);
    (owners.len() > 1).then_some(owners)
}

#[cfg(test)]
mod tests {
    use crate::document::Adr;

    fn count(text: &str) -> usize {
        Adr::read(text).unwrap().parts.len()
    }

    #[test]
    fn each_heading_with_a_status_of_its_own_is_a_decision() {
        assert_eq!(
            count("# 1\n## Status\nx\n## Decision\ny\n# 2\n## Status\nx\n"),
            2
        );
        assert_eq!(
            count("# Log\n## 1\n### Status\nx\n## 2\n### Status\nx\n"),
            2
        );
        assert_eq!(
            count("# Log\n## 1\nStatus: accepted\n## 2\n**Status**: accepted\n"),
            2
        );
        assert_eq!(count("# 1\n## Decision\nx\n# 2\n## Decision\nx\n"), 2);
    }

    #[test]
    fn an_amendment_and_a_second_section_are_no_decisions_of_their_own() {
        for text in [
            "",
            "# T\n## Status\nx\n## Decision\ny\n",
            "# T\n## Status\nx\n## Amendment\n### Status\nx\n",
            "# T\nStatus: accepted\n## Amendment 1\nStatus: proposed\n",
            "# T\n## Decision\nx\n## Outcome\ny\n",
            "## Status\nx\n## Decision\ny\n",
            "# Status\nx\n# Decision\ny\n",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
    }
}
