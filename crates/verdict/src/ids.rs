//! Positions in the lists of a rubric and of its diagrams, each with a type of its own, and the tables that they index.
//!
//! An id is made by the table that holds what it names, and nothing ever leaves a table: so looking something up needs
//! no check, and the wrong table does not compile. Only an id of another rubric could miss; keep one rubric at hand.

use std::marker::PhantomData;
use std::num::NonZeroU64;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

/// A position in one kind of list.
pub trait Id: Copy + Ord {
    /// The id of a position.
    fn new(position: usize) -> Self;

    /// The position, counted from 0.
    fn position(self) -> usize;

    /// The id after this one.
    fn next(self) -> Self {
        Self::new(self.position() + 1)
    }
}

macro_rules! ids {
    ($($(#[$documented:meta])* $visible:vis struct $name:ident;)+) => {$(
        $(#[$documented])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        $visible struct $name(u32);

        impl $name {
            /// The id of a position.
            $visible const fn new(position: usize) -> Self {
                assert!(position <= u32::MAX as usize, "a list has at most 2^32 entries");
                Self(position as u32)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl $crate::ids::Id for $name {
            fn new(position: usize) -> Self {
                Self::new(position)
            }

            fn position(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

pub(crate) use ids;

ids! {
    /// A fact.
    pub struct FactId;
    /// An option of a fact: of a choice, or one of its flags.
    pub struct OptionId;
    /// A signal.
    pub struct SignalId;
    /// A rule of the verdict.
    pub struct RuleId;
    /// A recommendation.
    pub struct RecommendationId;
    /// A condition or definition.
    pub struct NamedId;
    /// A condition: one of the boxes.
    pub struct ConditionId;
    /// A prerequisite.
    pub struct PrerequisiteId;
    /// A caution.
    pub struct CautionId;
    /// A step of the plan.
    pub struct StepId;
    /// A source that reasons cite.
    pub struct SourceId;
    /// What a starter asks its reader for.
    pub struct ParameterId;
    /// A gift of the tax.
    pub struct GiftId;
    /// A level of a diagram: one of the facts that it asks for.
    pub struct LevelId;
    /// A cell of a fact: values that no test tells apart.
    pub struct CellId;
    /// A node of a diagram.
    pub struct NodeId;
    /// What a leaf of a diagram says, by the number that stands for it.
    pub struct LeafId;
}

/// The most members of a [`Set`]: they are kept as the bits of one word.
pub const MOST_MEMBERS: usize = 64;

/// A set of the first 64 ids of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct Set<I> {
    members: u64,
    ids: PhantomData<I>,
}

impl<I> Set<I> {
    /// The empty set.
    pub const NONE: Self = Self::of(0);

    const fn of(members: u64) -> Self {
        Self {
            members,
            ids: PhantomData,
        }
    }

    /// The first `count` ids.
    pub fn first(count: usize) -> Self {
        match count {
            0 => Self::NONE,
            1..MOST_MEMBERS => Self::of((1 << count) - 1),
            _ => Self::of(u64::MAX),
        }
    }

    /// Whether the sets share a member.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.members & other.members != 0
    }

    /// The members of either set.
    pub fn or(self, other: Self) -> Self {
        Self::of(self.members | other.members)
    }

    /// The members of both sets.
    pub fn and(self, other: Self) -> Self {
        Self::of(self.members & other.members)
    }

    /// The members of this set that are not in the other.
    pub fn without(self, other: Self) -> Self {
        Self::of(self.members & !other.members)
    }

    /// Whether there is no member.
    pub fn is_empty(self) -> bool {
        self.members == 0
    }

    /// How many members there are.
    pub fn count(self) -> usize {
        self.members.count_ones() as usize
    }
}

impl<I: Id> Set<I> {
    /// The set of one id; an id beyond the first 64 is in no set.
    pub fn only(id: I) -> Self {
        let bit = u32::try_from(id.position())
            .ok()
            .and_then(|bit| 1_u64.checked_shl(bit));
        Self::of(bit.unwrap_or(0))
    }

    /// Whether the id is in the set.
    pub fn contains(self, id: I) -> bool {
        self.meets(Self::only(id))
    }

    /// The members in order.
    pub fn iter(self) -> impl Iterator<Item = I> + use<I> {
        let mut left = self.members;
        std::iter::from_fn(move || {
            let next = NonZeroU64::new(left)?.trailing_zeros();
            left &= left - 1;
            Some(I::new(next as usize))
        })
    }
}

impl<I> Default for Set<I> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<I: Id> FromIterator<I> for Set<I> {
    fn from_iter<M: IntoIterator<Item = I>>(members: M) -> Self {
        members
            .into_iter()
            .fold(Self::NONE, |set, id| set.or(Self::only(id)))
    }
}

/// A list that is indexed by ids of one kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(
    transparent,
    bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>")
)]
pub struct Table<I, T> {
    entries: Vec<T>,
    ids: PhantomData<I>,
}

impl<I, T: Clone> Table<I, T> {
    /// A table of as many entries, all the same.
    pub(crate) fn filled(length: usize, entry: T) -> Self {
        Self {
            entries: vec![entry; length],
            ids: PhantomData,
        }
    }
}

impl<I, T> Table<I, T> {
    /// A table without entries.
    pub(crate) const EMPTY: Self = Self {
        entries: Vec::new(),
        ids: PhantomData,
    };
}

impl<I: Id, T> Table<I, T> {
    /// An empty table with room for so many entries.
    pub(crate) fn with_capacity(length: usize) -> Self {
        Self {
            entries: Vec::with_capacity(length),
            ids: PhantomData,
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The id that the next entry will have.
    pub(crate) fn next_id(&self) -> I {
        I::new(self.entries.len())
    }

    /// Adds an entry and names it.
    pub fn push(&mut self, entry: T) -> I {
        let id = self.next_id();
        self.entries.push(entry);
        id
    }

    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// The entries in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.entries.iter_mut()
    }

    /// The last entry.
    pub fn last(&self) -> Option<&T> {
        self.entries.last()
    }

    /// The entries in order, as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.entries
    }

    /// The ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.entries.len()).map(I::new)
    }

    /// The ids from one on, in order.
    pub(crate) fn ids_from(&self, first: I) -> impl Iterator<Item = I> + use<I, T> {
        (first.position()..self.entries.len()).map(I::new)
    }

    /// The entries from one id up to another, without that.
    pub fn between(&self, first: I, end: I) -> &[T] {
        #[expect(
            clippy::indexing_slicing,
            reason = "ids are made by the table they index"
        )]
        &self.entries[first.position()..end.position()]
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
        Self::EMPTY
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_members_of_a_set_come_in_order_and_are_those_that_it_contains() {
        for members in [0, 1, 0b1011_0000, 1 << 63, u64::MAX] {
            let set: Set<FactId> = Set::of(members);
            let contained = (0..MOST_MEMBERS).map(FactId::new);
            let contained = contained.filter(|id| set.contains(*id));
            assert!(set.iter().eq(contained), "{members:b}");
        }
    }
}
