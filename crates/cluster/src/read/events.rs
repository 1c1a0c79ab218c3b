//! What comes out of a batch, in the order in which it stands there.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHasher;
use smol_str::SmolStr;

use super::cut::Part;
use super::document::{self, Documents};
use super::feed::{Batch, list_type};
use super::skipped::Reason;
use super::sniff::Syntax;
use crate::ObjectName;
use crate::object::{Object, TypeName};

/// Something that was read, and its line.
#[derive(Debug)]
pub(crate) struct Event<T> {
    pub(crate) line: u32,
    pub(crate) what: What<T>,
}

#[derive(Debug)]
pub(crate) enum What<T> {
    Object {
        /// What is kept of the object.
        kept: T,
        group: SmolStr,
        name: ObjectName,
        /// Tells objects of different names apart.
        identity: u64,
        /// Tells apart what was read of objects of the same name.
        content: u32,
    },
    Skipped(Reason),
    /// An item that leaves it to its list to say what it is, which the list has not done so far.
    Kindless(Vec<u8>, Syntax),
    /// A list ended, and this is what it says of its items.
    ListEnds(Option<TypeName>),
}

/// Reads the pieces of a batch. `keep` makes of an object what is kept of it.
pub(crate) fn events<T>(batch: &mut Batch, keep: &impl Fn(Object) -> T) -> Vec<Event<T>> {
    let mut events = Vec::with_capacity(batch.pieces.len());
    let mut item_type = batch.item_type.take();
    for piece in std::mem::take(&mut batch.pieces) {
        let line = piece.line;
        match piece.part {
            Part::Broken(reason) => events.push(Event {
                line,
                what: What::Skipped(reason),
            }),
            Part::ListBegins(ref head) => item_type = list_type(head, batch.syntax),
            Part::ListEnds(ref frame) => {
                item_type = None;
                let list = end_list(frame, batch.syntax, line, keep, &mut events);
                events.push(Event {
                    line,
                    what: What::ListEnds(list),
                });
            }
            Part::Document | Part::Item => {
                let text = piece.text(&mut batch.bytes);
                if piece.part == Part::Item && batch.syntax == Syntax::Yaml {
                    blank_dash(text);
                }
                let read = document::read(text, batch.syntax, item_type.as_ref());
                match read {
                    Ok(documents)
                        if piece.part == Part::Item
                            && item_type.is_none()
                            && documents.is_kindless() =>
                    {
                        let what = What::Kindless(text.to_vec(), batch.syntax);
                        events.push(Event { line, what });
                    }
                    read => add(read, line, keep, &mut events),
                }
            }
        }
    }
    events
}

/// Adds what stands in a piece.
pub(crate) fn add<T>(
    read: Result<Documents, Reason>,
    line: u32,
    keep: &impl Fn(Object) -> T,
    events: &mut Vec<Event<T>>,
) {
    let documents = match read {
        Ok(documents) => documents,
        Err(reason) => {
            return events.push(Event {
                line,
                what: What::Skipped(reason),
            });
        }
    };
    let is_template = documents.is_template;
    let reason = if is_template {
        Reason::Template
    } else {
        Reason::NoKind
    };
    for _ in 0..documents.kindless {
        events.push(Event {
            line,
            what: What::Skipped(reason),
        });
    }
    for object in documents.objects {
        let what = if is_template && object.meta.name.is_empty() {
            What::Skipped(Reason::Template)
        } else {
            known(object, keep)
        };
        events.push(Event { line, what });
    }
}

fn known<T>(object: Object, keep: &impl Fn(Object) -> T) -> What<T> {
    let Object {
        type_name,
        meta,
        body,
    } = &object;
    let name = ObjectName::new(&type_name.kind, &meta.namespace, &meta.name);
    let group = type_name.group.clone();
    // Two that are called alike must not be made to look like others by whoever names them; that they differ is a
    // remark, and their contents are long.
    let identity = hash(DefaultHasher::new(), &(&group, &name));
    let content = hash(
        FxHasher::default(),
        &(&meta.labels, &meta.annotations, body),
    );
    let content = (content >> 32) as u32;
    What::Object {
        kept: keep(object),
        group,
        name,
        identity,
        content,
    }
}

fn hash(mut hasher: impl Hasher, value: &impl Hash) -> u64 {
    value.hash(&mut hasher);
    hasher.finish()
}

fn end_list<T>(
    frame: &[u8],
    syntax: Syntax,
    line: u32,
    keep: &impl Fn(Object) -> T,
    events: &mut Vec<Event<T>>,
) -> Option<TypeName> {
    if frame.is_empty() {
        return None;
    }
    let read = document::read(frame, syntax, None);
    let list = read
        .as_ref()
        .ok()
        .and_then(|documents| documents.list.clone());
    add(read, line, keep, events);
    list
}

/// Turns an item of a block sequence into a document of its own: as deep as it was, without its dash.
fn blank_dash(text: &mut [u8]) {
    if let Some(dash) = text.iter_mut().find(|byte| **byte != b' ') {
        *dash = b' ';
    }
}
