//! Slips of the pen that make a text no YAML, told by the line in which they stand: what a parser says of them helps
//! nobody who does not know its grammar.

use std::ops::Range;

/// A slip: the bytes it is about, and what to write instead.
pub(super) struct Slip {
    pub(super) span: Range<usize>,
    pub(super) help: String,
}

/// The slip near the byte at which a parser stopped; it may notice one only on the next line, or name where the text
/// began that ends in one.
pub(super) fn at(text: &str, stopped: usize) -> Option<Slip> {
    let stopped = stopped.min(text.len());
    let start = text.get(..stopped)?.rfind('\n').map_or(0, |end| end + 1);
    let before = text.get(..start.saturating_sub(1))?;
    let start_before = before.rfind('\n').map_or(0, |end| end + 1);
    // A text may have been read on into the line after it.
    let after = text.get(stopped..)?.find('\n').map(|end| stopped + end + 1);
    let lines = [Some(start), Some(start_before), after];
    lines.into_iter().flatten().find_map(|start| {
        let line = text.get(start..)?.lines().next()?;
        let slip = tab(line)
            .or_else(|| comparison(line))
            .or_else(|| comma(line))
            .or_else(|| colon(line))?;
        Some(Slip {
            span: slip.span.start + start..slip.span.end + start,
            ..slip
        })
    })
}

fn tab(line: &str) -> Option<Slip> {
    let indent = line.len() - line.trim_start().len();
    let tab = line.get(..indent)?.find('\t')?;
    Some(Slip {
        span: tab..indent,
        help: "indent with blanks, not with tabs".into(),
    })
}

/// `services: >= 3`: to YAML, `>` begins a folded text.
fn comparison(line: &str) -> Option<Slip> {
    let (start, value) = values(line).find(|(_, value)| value.starts_with(['>', '<', '=']))?;
    let sign = value.len() - value.trim_start_matches(['>', '<', '=']).len();
    let rest = value.get(sign..)?;
    let end = rest.find([',', '}', ']', '#']).unwrap_or(rest.len());
    let operand = rest.get(..end)?.trim_end();
    let is_operand = operand
        .trim_start()
        .starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let text = value.get(..sign + operand.len())?;
    is_operand.then(|| Slip {
        span: start..start + text.len(),
        help: format!("put it in quotes: \"{text}\""),
    })
}

/// `because: Adopt it: now`: a text cannot hold a colon and a blank.
fn colon(line: &str) -> Option<Slip> {
    let (start, value) = values(line).next()?;
    let value = value.trim_end();
    let is_text = !value.starts_with(['"', '\'', '{', '[', '|', '>', '&', '*', '!']);
    (is_text && value.contains(": ")).then(|| Slip {
        span: start..start + value.len(),
        help: "a text with a colon goes in quotes".into(),
    })
}

fn comma(line: &str) -> Option<Slip> {
    let mut before: Option<usize> = None;
    for (place, character) in line.char_indices() {
        match (character, before) {
            (',', Some(start)) => {
                return Some(Slip {
                    span: start..place + 1,
                    help: "a comma too many".into(),
                });
            }
            (',', None) => before = Some(place),
            (' ', _) => {}
            _ => before = None,
        }
    }
    None
}

/// What stands after each colon and blank of a line, with its place.
fn values(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.match_indices(": ").filter_map(|(colon, _)| {
        let rest = line.get(colon + 1..)?;
        let value = rest.trim_start();
        Some((line.len() - value.len(), value))
    })
}
