//! The rubrics by which records are checked: each record names its own.

use super::findings::Setting;
use adr::words::Vocabulary;

/// What checks go by, rubric by rubric.
#[derive(Clone, Debug)]
pub struct Rubrics<'r> {
    /// The one for a record that names none.
    usual: Setting<'r>,
    others: Vec<Setting<'r>>,
    vocabulary: Vocabulary,
}

impl<'r> Rubrics<'r> {
    /// These rubrics, no two of the same id; `usual` is the one for a record that names none.
    pub fn new(usual: Setting<'r>, others: Vec<Setting<'r>>) -> Self {
        Self {
            usual,
            others,
            vocabulary: Vocabulary::default(),
        }
    }

    /// The same, for records whose status is read by these words.
    pub fn with_status_words(self, vocabulary: Vocabulary) -> Self {
        Self { vocabulary, ..self }
    }

    /// The words by which a status is read.
    pub fn status_words(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The rubric of this id, or the usual one where none is known by it or named.
    pub fn named(&self, id: Option<&str>) -> &Setting<'r> {
        let is_named = |setting: &&Setting<'_>| id == Some(setting.rubric.id.as_str());
        self.iter().find(is_named).unwrap_or(&self.usual)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Setting<'r>> {
        std::iter::once(&self.usual).chain(&self.others)
    }
}
