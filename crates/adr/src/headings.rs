//! What a heading is called, whatever stands around its words: numbers, emoji, attributes, a colon.

use crate::structure::Heading;
use crate::words::{Part, names};

/// The words of a heading without what decorates them, in lower case: `## ✅ 1. Status {#status}` is "status".
pub(crate) fn name(text: &str) -> String {
    let text = without_attributes(text).trim();
    let text = text
        .split([':', '：'])
        .find(|part| part.chars().any(char::is_alphabetic))
        .unwrap_or("");
    let is_mark = |c: char| !c.is_alphabetic();
    text.trim_matches(is_mark).to_lowercase()
}

/// Whether a heading names this part of a record.
pub(crate) fn is(heading: &Heading, part: Part) -> bool {
    names(part, &name(&heading.text))
}

/// What follows the name in the heading itself: `## Status: Accepted`.
pub(crate) fn value(heading: &Heading) -> Option<&str> {
    let (name, value) = without_attributes(&heading.text).split_once([':', '：'])?;
    (name.chars().any(char::is_alphabetic) && value.chars().any(char::is_alphanumeric))
        .then_some(value.trim())
}

/// The text without `{#id .class}` at its end, which pandoc, kramdown and MkDocs read as attributes.
fn without_attributes(text: &str) -> &str {
    let trimmed = text.trim_end().trim_end_matches('#').trim_end();
    let open = trimmed.strip_suffix('}').and_then(|inner| inner.rfind('{'));
    let attributes = open.filter(|open| {
        let inside = trimmed.get(open + 1..trimmed.len() - 1).unwrap_or("");
        inside
            .trim_start_matches(':')
            .trim_start()
            .starts_with(['#', '.'])
    });
    attributes
        .and_then(|open| trimmed.get(..open))
        .unwrap_or(trimmed)
        .trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_by_its_words() {
        for text in [
            "Status",
            "status:",
            "1. Status",
            "2) STATUS",
            "✅ Status",
            "📌 1. Status",
            "Status {#status}",
            "Status {: #s .c }",
            "Status ✅",
            "Status: accepted",
            "Status：",
            ":pushpin: Status",
        ] {
            let heading = Heading {
                level: 2,
                text: text.to_owned(),
                span: 0..0,
            };
            if !text.starts_with(':') {
                assert!(is(&heading, Part::Status), "{text}");
            }
        }
        for text in [
            "Status quo",
            "The status",
            "Statuses",
            "Status {accepted}",
            "{#status}",
            "",
        ] {
            let heading = Heading {
                level: 2,
                text: text.to_owned(),
                span: 0..0,
            };
            assert!(!is(&heading, Part::Status), "{text}");
        }
    }

    #[test]
    fn a_value_may_stand_in_the_heading() {
        let value = |text: &str| {
            let heading = Heading {
                level: 2,
                text: text.to_owned(),
                span: 0..0,
            };
            super::value(&heading).map(str::to_owned)
        };
        assert_eq!(value("Status: Accepted {#s}").as_deref(), Some("Accepted"));
        assert_eq!(value("状态：已接受").as_deref(), Some("已接受"));
        assert_eq!(value("Status:"), None);
    }
}
