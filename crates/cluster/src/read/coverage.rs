//! What was seen of the input: how much, what twice, and what not at all.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::skipped::{Reason, Skipped};
use crate::{ObjectName, Place};

/// How many objects that are written twice in two ways are named.
const MOST_EXAMPLES: usize = 20;

/// How much of the input was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The files that hold manifests, or were expected to.
    pub files: u64,
    /// Their size.
    pub bytes: u64,
    /// The objects, each counted once.
    pub objects: u64,
    /// The objects by kind, `Kind` or `Kind.group`.
    pub kinds: BTreeMap<String, u64>,
    /// How often an object stood there once more.
    pub duplicates: u64,
    /// Objects that stand there more than once and say different things: how many, and the first ones, with the places
    /// of two that differ.
    pub differing: Differing,
    /// What was not read.
    pub skipped: Skipped,
}

/// Objects that are written in more than one way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differing {
    /// How many objects.
    pub count: u64,
    /// The first of them, each with the first place and the first one that differs from it.
    pub examples: Vec<(ObjectName, [Place; 2])>,
}

/// Counts what is read.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    pub(crate) coverage: Coverage,
    seen: FxHashMap<u64, Seen>,
    kinds: FxHashMap<(SmolStr, SmolStr), u64>,
}

/// One for each object of the input, so every byte of it counts.
#[derive(Debug)]
struct Seen {
    content: u32,
    differs: bool,
    place: Place,
}

impl Counting {
    /// Counts an object, given what tells it apart from others and from other copies of itself. One without a name is no object of a cluster.
    pub(crate) fn count(
        &mut self,
        group: SmolStr,
        name: ObjectName,
        identity: u64,
        content: u32,
        place: Place,
    ) {
        if name.name.is_empty() {
            self.coverage.skipped.add(Reason::NoName, place);
            return;
        }
        let Some(seen) = self.seen.get_mut(&identity) else {
            self.seen.insert(
                identity,
                Seen {
                    content,
                    place,
                    differs: false,
                },
            );
            self.coverage.objects += 1;
            *self.kinds.entry((name.kind, group)).or_default() += 1;
            return;
        };
        self.coverage.duplicates += 1;
        if seen.content == content || std::mem::replace(&mut seen.differs, true) {
            return;
        }
        self.coverage.differing.count += 1;
        if self.coverage.differing.examples.len() < MOST_EXAMPLES {
            self.coverage
                .differing
                .examples
                .push((name, [seen.place, place]));
        }
    }

    pub(crate) fn end(mut self) -> Coverage {
        let name = |kind: SmolStr, group: SmolStr| match group.as_str() {
            "" => kind.to_string(),
            group => format!("{kind}.{group}"),
        };
        self.coverage.kinds = self
            .kinds
            .into_iter()
            .map(|((kind, group), count)| (name(kind, group), count))
            .collect();
        self.coverage
    }
}
