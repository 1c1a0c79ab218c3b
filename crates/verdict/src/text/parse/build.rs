//! Collecting a parser's events into values, without recursion: what is open waits on a stack.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, ScalarStyle, Tag};
use smol_str::SmolStr;

use super::scalar;
use crate::text::{Entry, Node, Tree, shortened};

/// The deepest nesting that is read. Hand-written rubrics stay below 20.
const DEEPEST: usize = 64;

/// The most values that one document may hold: far above any rubric, low enough to stay cheap.
const MOST_VALUES: usize = 200_000;

/// The most that may be kept for aliases and repeated by them, in bytes of text and 8 for each value. Without it a
/// megabyte of `*a` could stand for gigabytes.
const MOST_REPEATED: usize = 1024 * 1024;

/// What a value counts for beside its text.
const VALUE_SIZE: usize = 8;

/// Collects events.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Open>,
    values: usize,
    documents: usize,
    /// What has been read, aliases followed.
    size: usize,
    /// What of it was kept for aliases, or came from them.
    repeated: usize,
    /// What each anchor stands for, and its size.
    anchors: BTreeMap<usize, (Node, usize)>,
    done: Node,
}

struct Open {
    node: Node,
    /// The anchor on it (0 for none), and what had been read before it.
    anchor: (usize, usize),
    /// In a mapping: the key that waits for its value.
    key: Option<(SmolStr, Range<usize>)>,
}

impl Open {
    fn awaits_key(&self) -> bool {
        matches!(self.node.tree, Tree::Map(_)) && self.key.is_none()
    }
}

impl Builder {
    /// Takes the next event.
    ///
    /// # Errors
    /// A limit is passed, or the document has a form that is not read: the reason.
    pub(super) fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.count()?;
                known(tag.as_deref())?;
                if style == ScalarStyle::Plain {
                    may_begin(&text)?;
                }
                let before = self.size;
                self.size += VALUE_SIZE + text.len();
                let tree = scalar::value(&text, style, tag.as_deref());
                let node = Node { tree, span };
                self.keep(anchor, before, &node)?;
                if self.open.last().is_some_and(Open::awaits_key) {
                    // A key is known by how it is written: `1.50` is not `1.5`.
                    let key = if text.is_empty() && node.tree == Tree::Null {
                        "null".into()
                    } else {
                        SmolStr::new(&text)
                    };
                    self.key(key, node.span);
                } else {
                    self.attach(node);
                }
                Ok(())
            }
            Event::Alias(anchor) => {
                self.count()?;
                let node = self.repeat(anchor, span)?;
                if !self.open.last().is_some_and(Open::awaits_key) {
                    self.attach(node);
                    return Ok(());
                }
                let key = node.tree.word().ok_or(NO_KEY)?;
                self.key(key.into(), node.span);
                Ok(())
            }
            Event::SequenceStart(anchor, tag) => {
                known(tag.as_deref())?;
                self.start(Tree::List(Vec::new()), anchor, span)
            }
            Event::MappingStart(anchor, tag) => {
                known(tag.as_deref())?;
                self.start(Tree::Map(Vec::new()), anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::DocumentStart(_) => self.document(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    /// Whether what comes next is an entry of a list.
    pub(super) fn is_in_list(&self) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| matches!(open.node.tree, Tree::List(_)))
    }

    /// All that was taken.
    pub(super) fn finish(self) -> Node {
        self.done
    }

    fn document(&mut self) -> Result<(), String> {
        self.documents += 1;
        match self.documents {
            0 | 1 => Ok(()),
            _ => Err("a second document starts here; one document a file is read".into()),
        }
    }

    fn count(&mut self) -> Result<(), String> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(format!("more than {MOST_VALUES} values in one document"));
        }
        Ok(())
    }

    /// Keeps what an anchor stands for: everything since `before`. 0 is no anchor.
    fn keep(&mut self, anchor: usize, before: usize, node: &Node) -> Result<(), String> {
        if anchor > 0 {
            let size = self.size - before;
            self.repeats(size)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok(())
    }

    fn repeat(&mut self, anchor: usize, span: Range<usize>) -> Result<Node, String> {
        let Some((node, size)) = self.anchors.get(&anchor) else {
            return Err("an alias stands inside what it repeats".into());
        };
        let (mut node, size) = (node.clone(), *size);
        self.size += size;
        self.repeats(size)?;
        node.move_to(&span);
        Ok(node)
    }

    fn repeats(&mut self, size: usize) -> Result<(), String> {
        self.repeated += size;
        if self.repeated > MOST_REPEATED {
            return Err(
                "anchors and aliases repeat more than 1 MiB here; write out what is meant".into(),
            );
        }
        Ok(())
    }

    fn start(&mut self, tree: Tree, anchor: usize, span: Range<usize>) -> Result<(), String> {
        self.count()?;
        if self.open.len() >= DEEPEST {
            return Err(format!("nested deeper than {DEEPEST} levels"));
        }
        if self.open.last().is_some_and(Open::awaits_key) {
            return Err(NO_KEY.into());
        }
        self.open.push(Open {
            node: Node { tree, span },
            anchor: (anchor, self.size),
            key: None,
        });
        self.size += VALUE_SIZE;
        Ok(())
    }

    fn end(&mut self, span: Range<usize>) -> Result<(), String> {
        if let Some(mut closed) = self.open.pop() {
            // A bracket ends what it closes; a block ends with the last thing in it.
            let end = if span.is_empty() {
                end_of_last(&closed.node.tree).unwrap_or(span.end)
            } else {
                span.end
            };
            closed.node.span.end = end.max(closed.node.span.start);
            let (anchor, before) = closed.anchor;
            self.keep(anchor, before, &closed.node)?;
            self.attach(closed.node);
        }
        Ok(())
    }

    fn key(&mut self, key: SmolStr, span: Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some((key, span));
        }
    }

    fn attach(&mut self, value: Node) {
        let Some(open) = self.open.last_mut() else {
            self.done = value;
            return;
        };
        match (&mut open.node.tree, open.key.take()) {
            (Tree::List(items), _) => items.push(value),
            (Tree::Map(entries), Some((key, key_span))) => entries.push(Entry {
                key,
                key_span,
                value,
            }),
            // Only lists and mappings are open, and a mapping that awaits a key is given one.
            _ => {}
        }
    }
}

/// Where the last thing in a list or a mapping ends; `None` when there is nothing in it.
fn end_of_last(tree: &Tree) -> Option<usize> {
    let end = |node: &Node| (!node.span.is_empty()).then_some(node.span.end);
    match tree {
        Tree::List(items) => items.iter().rev().find_map(end),
        Tree::Map(entries) => entries
            .last()
            .map(|entry| end(&entry.value).unwrap_or(entry.key_span.end)),
        _ => None,
    }
}

/// Refuses tags of somebody's own: `services: != 3` is the number 3 under the tag `!=`, which nobody means.
fn known(tag: Option<&Tag>) -> Result<(), String> {
    let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) else {
        return Ok(());
    };
    let name = format!("{}{}", tag.handle, tag.suffix);
    if name == "!" {
        return Ok(());
    }
    Err(format!("the tag `{}` means nothing here", shortened(&name)))
}

/// Refuses words without quotes that begin with an indicator: in a mapping in one line the parser would take them.
fn may_begin(text: &str) -> Result<(), String> {
    match text.chars().next() {
        Some(first @ ('>' | '|' | '@' | '`' | '%')) => {
            Err(format!("a text without quotes cannot begin with `{first}`"))
        }
        _ => Ok(()),
    }
}

const NO_KEY: &str = "a list or mapping cannot be a key here";
