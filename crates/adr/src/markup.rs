//! One line of Markdown as a person reads it: without emphasis, comments, link targets and the like.

/// The most bytes of a line that are read as a status: no status is longer, and a line of a megabyte is cut.
pub const LONGEST_STATUS: usize = 400;

/// Another record as a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The words: a link's text, or a bare name such as `ADR-0005`.
    pub text: String,
    /// A link's target.
    pub target: Option<String>,
}

/// The Markdown link at the start of `text`, and how many bytes it takes.
pub fn link(text: &str) -> Option<(Reference, usize)> {
    let inner = text.strip_prefix('[')?;
    let close = inner.find(']')?;
    let words = inner.get(..close)?.trim().to_owned();
    let tail = inner.get(close + 1..)?;
    let target = tail
        .strip_prefix('(')
        .and_then(|tail| tail.split_once(')'))
        .map(|(target, _)| target);
    let length = 2 + close + target.map_or(0, |target| target.len() + 2);
    let target = target
        .map(|target| target.trim().to_owned())
        .filter(|target| !target.is_empty());
    Some((
        Reference {
            text: words,
            target,
        },
        length,
    ))
}

/// The part of `raw` that is read.
pub fn beginning(raw: &str) -> &str {
    let boundary = (0..=LONGEST_STATUS.min(raw.len()))
        .rev()
        .find(|end| raw.is_char_boundary(*end));
    #[expect(clippy::expect_used, reason = "every text has a boundary at 0")]
    let (beginning, _) = raw.split_at(boundary.expect("a boundary"));
    beginning
}

/// The beginning of `raw` without comments, struck-out words, emphasis, link targets, and marks before the first letter.
pub fn plain(raw: &str) -> String {
    let mut text = without(
        without(beginning(raw).to_owned(), "<!--", "-->"),
        "~~",
        "~~",
    );
    while let Some(at) = text.find("](") {
        let close = text
            .get(at..)
            .and_then(|tail| tail.find(')'))
            .map_or(text.len(), |length| at + length + 1);
        text.replace_range(at..close, "");
        if let Some(open) = text.get(..at).and_then(|head| head.rfind('[')) {
            text.replace_range(open..=open, "");
        }
    }
    let text = text.replace(['*', '`'], "").replace("__", "");
    let text = text.trim().trim_matches('_');
    let mark = text
        .strip_prefix(':')
        .and_then(|rest| rest.split_once(": "))
        .filter(|(name, _)| !name.contains(' '));
    let text = mark.map_or(text, |(_, rest)| rest);
    text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '{' | '[' | '(' | '<'))
        .trim()
        .to_owned()
}

fn without(mut text: String, open: &str, close: &str) -> String {
    let mut kept = String::new();
    while let Some((before, rest)) = text.split_once(open) {
        kept.push_str(before);
        text = match rest.split_once(close) {
            Some((_, after)) => after.to_owned(),
            None => String::new(),
        };
    }
    kept + &text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_gone_from_the_words() {
        assert_eq!(
            plain("**Accepted** <!-- x --> `now` [here](there)"),
            "Accepted  now here"
        );
        assert_eq!(plain("<!-- never closed"), "");
    }
}
