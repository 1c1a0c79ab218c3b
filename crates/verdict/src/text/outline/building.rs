//! Collecting a parser's events into an outline, within limits that keep hostile files cheap.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::Event;

use super::{Entry, Outline, Shape};

/// The deepest nesting that is read. Hand-written rubrics stay below 20.
pub(in crate::text) const DEEPEST: usize = 64;

/// The most values that one document may hold: far above any rubric, low enough to stay cheap.
const MOST_VALUES: usize = 200_000;

/// The most that aliases may repeat, in bytes of text and 8 for each value. Without it a megabyte of `*a` could stand for
/// gigabytes.
const MOST_REPEATED: usize = 1024 * 1024;

/// What a value counts for beside its text.
const VALUE_SIZE: usize = 8;

/// Collects events into outlines without recursion: what is open waits on a stack.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Open>,
    values: usize,
    documents: usize,
    /// What has been read, aliases followed.
    size: usize,
    /// What of it came from aliases.
    repeated: usize,
    /// The size of what each anchor stands for.
    anchors: BTreeMap<usize, usize>,
    done: Outline,
}

struct Open {
    outline: Outline,
    /// The anchor on it (0 for none), and what had been read before it.
    anchor: (usize, usize),
    /// In a mapping: the key that waits for its value.
    key: Option<(String, Range<usize>)>,
}

impl Builder {
    /// Takes the next event.
    ///
    /// # Errors
    /// A limit is passed, or the document has a form that is not read: the reason.
    pub(super) fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), String> {
        match event {
            Event::Scalar(text, _, anchor, _) => {
                let before = self.size;
                self.size += VALUE_SIZE + text.len();
                self.anchored(anchor, before);
                self.value(Some(text.into_owned()), span)
            }
            Event::Alias(anchor) => {
                self.repeat(anchor)?;
                self.value(None, span)
            }
            Event::SequenceStart(anchor, _) => self.start(Shape::List(Vec::new()), anchor, span),
            Event::MappingStart(anchor, _) => self.start(Shape::Map(Vec::new()), anchor, span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::DocumentStart(_) => self.document(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    /// The outline of all that was taken.
    pub(super) fn finish(self) -> Outline {
        self.done
    }

    fn document(&mut self) -> Result<(), String> {
        self.documents += 1;
        match self.documents {
            0 | 1 => Ok(()),
            _ => Err("a second document starts here; one document a file is read".into()),
        }
    }

    /// Remembers what an anchor stands for: everything since `before`. 0 is no anchor.
    fn anchored(&mut self, anchor: usize, before: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, self.size - before);
        }
    }

    fn repeat(&mut self, anchor: usize) -> Result<(), String> {
        let size = self.anchors.get(&anchor).copied().unwrap_or(0);
        self.size += size;
        self.repeated += size;
        if self.repeated > MOST_REPEATED {
            return Err("aliases repeat more than 1 MiB here; write out what is meant".into());
        }
        Ok(())
    }

    fn value(&mut self, text: Option<String>, span: Range<usize>) -> Result<(), String> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(format!("more than {MOST_VALUES} values in one document"));
        }
        if let Some(open) = self.open.last_mut()
            && matches!(open.outline.shape, Shape::Map(_))
            && open.key.is_none()
        {
            open.key = Some((text.unwrap_or_default(), span));
            return Ok(());
        }
        self.attach(Outline {
            span,
            shape: Shape::Scalar,
        });
        Ok(())
    }

    fn start(&mut self, shape: Shape, anchor: usize, span: Range<usize>) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!("nested deeper than {DEEPEST} levels"));
        }
        if let Some(open) = self.open.last_mut()
            && matches!(open.outline.shape, Shape::Map(_))
            && open.key.is_none()
        {
            return Err("a list or mapping cannot be a key here".into());
        }
        self.open.push(Open {
            outline: Outline { span, shape },
            anchor: (anchor, self.size),
            key: None,
        });
        self.size += VALUE_SIZE;
        Ok(())
    }

    fn end(&mut self, span: Range<usize>) -> Result<(), String> {
        if let Some(mut closed) = self.open.pop() {
            closed.outline.span.end = span.end.max(closed.outline.span.start);
            let (anchor, before) = closed.anchor;
            self.anchored(anchor, before);
            self.attach(closed.outline);
        }
        Ok(())
    }

    fn attach(&mut self, outline: Outline) {
        let Some(open) = self.open.last_mut() else {
            self.done = outline;
            return;
        };
        match &mut open.outline.shape {
            Shape::Scalar => {}
            Shape::List(items) => items.push(outline),
            Shape::Map(entries) => {
                if let Some((key, key_span)) = open.key.take() {
                    entries.push(Entry {
                        key,
                        key_span,
                        value: outline,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Outline, Source};

    fn refusal(text: &str) -> Option<String> {
        Outline::read(&Source::new("a", text))
            .err()
            .map(|placed| placed.problem.message)
    }

    #[test]
    fn aliases_that_repeat_little_are_read_and_bombs_are_refused() {
        assert_eq!(refusal("a: &x [1, 2]\nb: *x\nc: *x\n"), None);
        let wide = format!(
            "a: &x \"{}\"\nb: [{}]\n",
            "y".repeat(100_000),
            "*x,".repeat(100)
        );
        assert!(refusal(&wide).is_some_and(|message| message.starts_with("aliases repeat")));
        let mut deep = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
        for level in 1..20 {
            deep += &format!(
                "a{level}: &a{level} [{}]\n",
                format!("*a{},", level - 1).repeat(9)
            );
        }
        assert!(refusal(&deep).is_some_and(|message| message.starts_with("aliases repeat")));
    }
}
