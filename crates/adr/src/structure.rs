//! The Markdown structure of a body, as far as records need it: headings, fenced code, and what is no prose.
//!
//! One walk over the events of `pulldown-cmark`. Its cost grows with nesting times lines, so a text that nests deeper
//! than [`DEEPEST_NESTING`] is refused before it is parsed.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use thiserror::Error;

use crate::lines::{lines, slice};

/// The most block quotes and lists inside one another. Real records have fewer than ten; at this bound a megabyte takes
/// a fraction of a second whatever it holds.
pub const DEEPEST_NESTING: usize = 256;

/// A text that could make the parser slow.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "nests lists and block quotes more than {DEEPEST_NESTING} deep, which no record needs; flatten the line"
)]
pub struct NestedTooDeep {
    /// The line that does it.
    pub span: Range<usize>,
}

/// What stands where in a Markdown body. Spans are byte offsets into the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Structure {
    /// Headings at the top level, in order.
    pub headings: Vec<Heading>,
    /// Fenced code blocks anywhere outside block quotes, in order.
    pub fences: Vec<Fence>,
    /// Fenced code blocks inside block quotes, in order.
    pub quoted_fences: Vec<Range<usize>>,
    /// Code, HTML and block quotes: no line in them is metadata.
    pub no_prose: Vec<Range<usize>>,
    /// HTML blocks, in order.
    pub html: Vec<Range<usize>>,
    /// Those of them that are comments, in order.
    pub comments: Vec<Comment>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The words, without markup.
    pub text: String,
    /// The whole heading.
    pub span: Range<usize>,
}

/// An HTML block that is a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The whole of it.
    pub span: Range<usize>,
    /// Whether it stands inside a list or a block quote, and belongs to that.
    pub is_inside: bool,
}

/// A fenced code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The info string.
    pub info: String,
    /// From the first fence character to the end of the closing fence, or of the content when the fence is never closed.
    pub span: Range<usize>,
    /// The content, line by line: file offsets of the text, containers' indentation left out, line endings included.
    pub content: Vec<Range<usize>>,
    /// Whether it stands inside a list.
    pub is_in_list: bool,
}

impl Structure {
    /// Reads the part of `text` that starts at `from`.
    pub fn read(text: &str, from: usize) -> Result<Self, NestedTooDeep> {
        refuse_deep_nesting(text, from)?;
        let mut walk = Walk::default();
        for (event, range) in
            Parser::new_ext(slice(text, from..text.len()), Options::empty()).into_offset_iter()
        {
            walk.step(event, range.start + from..range.end + from);
        }
        let mut structure = walk.structure;
        structure.html = walk.html.iter().map(|html| html.span.clone()).collect();
        structure.comments = walk
            .html
            .into_iter()
            .filter(|html| {
                slice(text, html.span.clone())
                    .trim_start()
                    .starts_with("<!--")
            })
            .collect();
        Ok(structure)
    }

    /// Whether `offset` lies in code, HTML or a block quote.
    pub fn is_prose(&self, offset: usize) -> bool {
        !holds(&self.no_prose, Range::clone, offset)
    }
}

/// Whether one of these, which stand one after the other, holds the byte at `offset`.
pub(crate) fn holds<T>(all: &[T], span: impl Fn(&T) -> Range<usize>, offset: usize) -> bool {
    let following = all.partition_point(|one| span(one).start <= offset);
    let last = following.checked_sub(1).and_then(|at| all.get(at));
    last.is_some_and(|one| offset < span(one).end)
}

#[derive(Default)]
struct Walk {
    structure: Structure,
    html: Vec<Comment>,
    lists: usize,
    quotes: usize,
    heading: bool,
    fence: bool,
}

impl Walk {
    fn step(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(Tag::List(_)) => self.lists += 1,
            Event::End(TagEnd::List(_)) => self.lists -= 1,
            Event::Start(Tag::BlockQuote(_)) => {
                self.hide(span);
                self.quotes += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => self.quotes -= 1,
            Event::Start(Tag::Heading { level, .. }) if self.lists + self.quotes == 0 => {
                self.heading = true;
                self.structure.headings.push(Heading {
                    level: number(level),
                    text: String::new(),
                    span,
                });
            }
            Event::End(TagEnd::Heading(_)) => self.heading = false,
            Event::Start(Tag::HtmlBlock) => {
                self.hide(span.clone());
                self.html.push(Comment {
                    span,
                    is_inside: self.lists + self.quotes > 0,
                });
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.hide(span.clone());
                if let CodeBlockKind::Fenced(info) = kind {
                    if self.quotes > 0 {
                        self.structure.quoted_fences.push(span);
                        return;
                    }
                    self.fence = true;
                    let (info, is_in_list) = (info.to_string(), self.lists > 0);
                    self.structure.fences.push(Fence {
                        info,
                        span,
                        content: Vec::new(),
                        is_in_list,
                    });
                }
            }
            Event::End(TagEnd::CodeBlock) => self.fence = false,
            Event::Text(words) | Event::Code(words) => self.words(&words, span),
            Event::SoftBreak | Event::HardBreak => self.words(" ", span),
            _ => {}
        }
    }

    fn words(&mut self, words: &str, span: Range<usize>) {
        if self.fence {
            if let Some(fence) = self.structure.fences.last_mut() {
                fence.content.push(span);
            }
        } else if self.heading
            && let Some(heading) = self.structure.headings.last_mut()
        {
            heading.text.push_str(words);
        }
    }

    /// Spans arrive in order; one inside another adds nothing.
    fn hide(&mut self, span: Range<usize>) {
        if self
            .structure
            .no_prose
            .last()
            .is_none_or(|last| last.end <= span.start)
        {
            self.structure.no_prose.push(span);
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Every container opens with a marker of its own on some line, and a list inside another stands at least two columns
/// further in: markers plus half the indentation bound the depth, without parsing.
fn refuse_deep_nesting(text: &str, from: usize) -> Result<(), NestedTooDeep> {
    for line in lines(text, from..text.len()) {
        if depth_bound(line.text(text)) > DEEPEST_NESTING {
            return Err(NestedTooDeep { span: line.span() });
        }
    }
    Ok(())
}

fn depth_bound(line: &str) -> usize {
    let (mut markers, mut columns) = (0, 0);
    let mut rest = line.as_bytes();
    loop {
        rest = match rest {
            [b' ', tail @ ..] => {
                columns += 1;
                tail
            }
            [b'\t', tail @ ..] => {
                columns += 4;
                tail
            }
            [b'>', tail @ ..] => {
                markers += 1;
                tail
            }
            [b'-' | b'*' | b'+', tail @ ..] if opens_item(tail) => {
                markers += 1;
                tail
            }
            [b'0'..=b'9', ..] => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                match rest.get(digits..) {
                    Some([b'.' | b')', tail @ ..]) if opens_item(tail) => {
                        markers += 1;
                        tail
                    }
                    _ => break,
                }
            }
            _ => break,
        };
    }
    if markers == 0 {
        0
    } else {
        markers + columns / 2
    }
}

fn opens_item(tail: &[u8]) -> bool {
    matches!(tail, [] | [b' ' | b'\t', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Structure {
        Structure::read(text, 0).unwrap()
    }

    #[test]
    fn headings_come_with_level_and_words() {
        let structure =
            read("# The `mesh` **title**\n\nDecision\n---\n\n- # not this\n> ## nor this\n");
        let found: Vec<_> = structure
            .headings
            .iter()
            .map(|heading| (heading.level, heading.text.as_str()))
            .collect();
        assert_eq!(found, [(1, "The mesh title"), (2, "Decision")]);
    }

    #[test]
    fn fences_are_found_in_lists_and_not_in_quotes() {
        let text =
            "```yaml a\nx\n```\n\n- item\n\n  ~~~~yaml b\n  y\n  ~~~~\n\n> ```yaml c\n> z\n> ```\n";
        let found: Vec<_> = read(text)
            .fences
            .into_iter()
            .map(|fence| (fence.info, fence.is_in_list))
            .collect();
        assert_eq!(
            found,
            [("yaml a".to_owned(), false), ("yaml b".to_owned(), true)]
        );
    }

    #[test]
    fn code_html_and_quotes_are_no_prose() {
        let text = "one\n\n```\ntwo\n```\n\n> three\n\n<!-- four -->\n\nfive\n";
        let structure = read(text);
        let prose: Vec<_> = ["one", "two", "three", "four", "five"]
            .into_iter()
            .filter(|word| structure.is_prose(text.find(word).unwrap()))
            .collect();
        assert_eq!(prose, ["one", "five"]);
        assert_eq!(structure.comments.len(), 1);
    }

    #[test]
    fn deep_nesting_is_refused_and_ordinary_nesting_is_not() {
        assert!(Structure::read(&"> ".repeat(DEEPEST_NESTING + 1), 0).is_err());
        assert!(Structure::read(&"1. ".repeat(DEEPEST_NESTING + 1), 0).is_err());
        assert!(Structure::read(&format!("{}- x", " ".repeat(2 * DEEPEST_NESTING)), 0).is_err());
        assert!(Structure::read(&"> ".repeat(100), 0).is_ok());
        assert!(Structure::read(&" ".repeat(5000), 0).is_ok());
        assert!(Structure::read(&"-".repeat(5000), 0).is_ok());
    }

    #[test]
    fn a_megabyte_of_anything_is_read_to_its_end() {
        // Time that grew with the square would be minutes for each.
        const SIZE: usize = 1_000_000;
        let mut texts: Vec<String> = [
            "> ",
            ">",
            "- ",
            "[",
            "]",
            "`",
            "*",
            "_",
            "**a ",
            "*a_ ",
            "![",
            "<",
            "<!--",
            "&",
            "\\",
            "[a](",
            "[a]: b\n",
            "- a\n",
            "# a\n",
            "a\n===\n",
            "~~~\n",
            "a `b `` c ",
            "[[a]",
            "](",
            "\t- ",
            "\r",
            "\n",
            "1. ",
            "<a ",
        ]
        .iter()
        .map(|piece| piece.repeat(SIZE / piece.len()))
        .collect();
        for marker in ["> ", "- ", "1. "] {
            for line in ["a\n", "\n", "  a\n"] {
                let depth = DEEPEST_NESTING / 2;
                texts.push(marker.repeat(depth) + "a\n" + &line.repeat(SIZE / line.len()));
            }
        }
        let mut staircase = String::new();
        let mut level = 0;
        while staircase.len() < SIZE / 2 {
            staircase += &format!("{}- a\n", "  ".repeat(level % 120));
            level += 1;
        }
        texts.push(staircase + &"a\n".repeat(SIZE / 4));
        for text in texts {
            // What nests too deeply is refused; everything else has its places within the text.
            let hidden = Structure::read(&text, 0).map(|structure| structure.no_prose);
            let ends = hidden.into_iter().flatten().map(|span| span.end);
            assert!(ends.max() <= Some(text.len()), "{:?}", text.get(..20));
        }
    }
}
