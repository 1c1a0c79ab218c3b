//! Objects by name, each once: where one is seen twice, the better copy stays.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::evidence::{ObjectName, Witness};
use crate::object::Object;
use crate::place::Place;

/// How good a copy of an object is: one from a running cluster beats one that is only written, a newer one an older.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    has_status: bool,
    resource_version: u64,
}

impl Rank {
    pub(crate) fn of(object: &Object) -> Self {
        use crate::object::Body;
        let has_status = match &object.body {
            Body::Pod(pod) => !pod.status.phase.is_empty(),
            Body::Workload(workload) => workload.status.0,
            Body::Gateway(gateway) => gateway.status.addresses.0,
            _ => false,
        };
        Self {
            has_status,
            resource_version: object.meta.resource_version.parse().unwrap_or(0),
        }
    }
}

/// An object that was kept, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Seen<T> {
    pub(crate) place: Place,
    rank: Rank,
    /// Another copy says something else: which of them holds cannot be told.
    pub(crate) is_disputed: bool,
    pub(crate) value: T,
}

/// The objects of a kind, or of some, in the order of their names. A third of a tree's places are empty, so what is large
/// stands beside it.
#[derive(Debug, Clone)]
pub(crate) struct Kept<T>(BTreeMap<ObjectName, Box<Seen<T>>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: PartialEq> Kept<T> {
    /// Keeps an object, unless a copy that is as good was there before.
    pub(crate) fn keep(&mut self, name: ObjectName, rank: Rank, place: Place, value: T) {
        let new = |is_disputed, value| Seen {
            place,
            rank,
            is_disputed,
            value,
        };
        match self.0.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(Box::new(new(false, value)));
            }
            Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                known.is_disputed |= known.value != value;
                if known.rank < rank {
                    **known = new(known.is_disputed, value);
                }
            }
        }
    }
}

impl<T> Kept<T> {
    pub(crate) fn get(&self, name: &ObjectName) -> Option<&Seen<T>> {
        self.0.get(name).map(Box::as_ref)
    }

    pub(crate) fn contains(&self, name: &ObjectName) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&ObjectName, &Seen<T>)> {
        self.0.iter().map(|(name, seen)| (name, seen.as_ref()))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An object as a witness.
pub(crate) fn witness<T>(name: &ObjectName, seen: &Seen<T>) -> Witness {
    Witness {
        object: name.clone(),
        place: seen.place,
    }
}
