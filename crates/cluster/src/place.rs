//! Where an object stands in the input.

/// A line of a file. Places are ordered as the input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as its position among those that were given to be read.
    pub file: u32,
    /// The first line of the object, from 1.
    pub line: u32,
}
