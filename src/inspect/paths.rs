//! What the files of an inspection are called.

use cluster::Place;

/// The names of the files that were read, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths(Vec<String>);

impl Paths {
    /// The next file is called this.
    pub fn push(&mut self, path: String) {
        self.0.push(path);
    }

    /// The file of a place.
    pub fn of(&self, place: Place) -> &str {
        usize::try_from(place.file)
            .ok()
            .and_then(|file| self.0.get(file))
            .map_or("", String::as_str)
    }

    /// A place as people write it: `file:line`.
    pub fn at(&self, place: Place) -> String {
        format!("{}:{}", self.of(place), place.line)
    }

    /// All files in a few words: the only one, or how many.
    pub fn said(&self) -> String {
        match self.0.as_slice() {
            [only] => only.clone(),
            files => format!("{} files", files.len()),
        }
    }

    /// The same number of files under other names.
    pub fn renamed(&self, rename: impl FnMut(&String) -> String) -> Self {
        Self(self.0.iter().map(rename).collect())
    }
}
