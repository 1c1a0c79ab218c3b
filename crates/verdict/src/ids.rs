//! Positions in a rubric's lists, each list with a type of its own, and the tables that they index.
//!
//! An id is made by the table that holds what it names, and nothing ever leaves a table: so looking something up needs
//! no check, and the wrong table does not compile. Only an id of another rubric could miss; keep one rubric at hand.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

/// A position in one kind of list.
pub trait Id: Copy + Ord {
    /// The id of a position.
    fn new(position: usize) -> Self;

    /// The position, counted from 0.
    fn position(self) -> usize;
}

macro_rules! ids {
    ($($(#[$documented:meta])* $name:ident)+) => {$(
        $(#[$documented])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(usize);

        impl Id for $name {
            fn new(position: usize) -> Self {
                Self(position)
            }

            fn position(self) -> usize {
                self.0
            }
        }
    )+};
}

ids! {
    /// A condition or definition.
    NamedId
    /// A condition: one of the boxes.
    ConditionId
    /// A source that reasons cite.
    SourceId
}

/// A list that is indexed by ids of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    transparent,
    bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>")
)]
pub struct Table<I, T> {
    entries: Vec<T>,
    ids: PhantomData<I>,
}

impl<I: Id, T> Table<I, T> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry and names it.
    pub fn push(&mut self, entry: T) -> I {
        self.entries.push(entry);
        I::new(self.entries.len() - 1)
    }

    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// The entries in order, as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.entries
    }

    /// The ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.entries.len()).map(I::new)
    }

    /// The entries in order, each with its id.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.ids().zip(&self.entries)
    }

    /// The first entry that is meant.
    pub fn find(&self, mut is_meant: impl FnMut(&T) -> bool) -> Option<I> {
        self.entries()
            .find_map(|(id, entry)| is_meant(entry).then_some(id))
    }

    /// Another table with the same ids.
    pub fn map<U>(&self, entry: impl FnMut(&T) -> U) -> Table<I, U> {
        self.entries.iter().map(entry).collect()
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        #[expect(
            clippy::indexing_slicing,
            reason = "ids are made by the table they index"
        )]
        &self.entries[id.position()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        #[expect(
            clippy::indexing_slicing,
            reason = "ids are made by the table they index"
        )]
        &mut self.entries[id.position()]
    }
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            ids: PhantomData,
        }
    }
}

impl<I, T> FromIterator<T> for Table<I, T> {
    fn from_iter<E: IntoIterator<Item = T>>(entries: E) -> Self {
        Self {
            entries: entries.into_iter().collect(),
            ids: PhantomData,
        }
    }
}

impl<'t, I, T> IntoIterator for &'t Table<I, T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<I, T> IntoIterator for Table<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}
