//! The words of decision records: statuses, and the names of the sections that are looked for, in nine languages.

mod lists;

use std::collections::BTreeMap;

use thiserror::Error;

use lists::{AMENDED, BY, CONTINUATIONS, NAMES, PARTLY, STATUSES, SUCCESSOR_KEYS};

/// What a status word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// In force.
    Accepted,
    /// In force, with a change that another record holds.
    Amended,
    /// Not decided yet.
    Proposed,
    /// Decided against, or given up.
    Rejected,
    /// Replaced by another decision.
    Superseded,
    /// No longer in force.
    Deprecated,
}

impl Meaning {
    /// Every meaning.
    pub const ALL: [Meaning; 6] = [
        Meaning::Accepted,
        Meaning::Amended,
        Meaning::Proposed,
        Meaning::Rejected,
        Meaning::Superseded,
        Meaning::Deprecated,
    ];

    /// The word that this program uses for it.
    pub fn name(self) -> &'static str {
        match self {
            Meaning::Accepted => "accepted",
            Meaning::Amended => "amended",
            Meaning::Proposed => "proposed",
            Meaning::Rejected => "rejected",
            Meaning::Superseded => "superseded",
            Meaning::Deprecated => "deprecated",
        }
    }

    /// The meaning of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Meaning::ALL
            .into_iter()
            .find(|meaning| meaning.name() == name)
    }
}

/// A part of a record that is found by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The status.
    Status,
    /// The date.
    Date,
    /// Why there is something to decide: the usual first section.
    Context,
    /// The decision.
    Decision,
    /// A section of fields such as the status.
    Fields,
    /// What stands at the end, after the decision and all it brings.
    Closing,
}

/// What a word of a project's own cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WordError {
    /// The word has a meaning already, which no setting may turn into another.
    #[error("`{word}` means {meaning} already")]
    Known {
        /// The word.
        word: String,
        /// What it means.
        meaning: &'static str,
    },
    /// There are no letters in it.
    #[error("`{0}` is no word")]
    Empty(String),
}

/// The status words in use: those of the table, and those that a project adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    own: BTreeMap<String, Meaning>,
}

impl Vocabulary {
    /// Adds a word of the project's own.
    ///
    /// # Errors
    /// The word is known with another meaning, so that one setting could excuse every record; or it is empty.
    pub fn add(&mut self, word: &str, meaning: Meaning) -> Result<(), WordError> {
        let folded = folded(word);
        if !folded.chars().any(char::is_alphanumeric) {
            return Err(WordError::Empty(word.to_owned()));
        }
        match self.meaning(&folded) {
            Some(known) if known != meaning => Err(WordError::Known {
                word: word.to_owned(),
                meaning: known.name(),
            }),
            _ => {
                self.own.insert(folded, meaning);
                Ok(())
            }
        }
    }

    /// What one clause states, when it states anything. Lower case, without marks around it.
    pub(crate) fn meaning(&self, clause: &str) -> Option<Meaning> {
        let clause = folded(clause);
        if is_amendment(&clause) {
            return Some(Meaning::Amended);
        }
        let own = self
            .own
            .iter()
            .map(|(word, meaning)| (word.as_str(), *meaning));
        let known = STATUSES
            .iter()
            .flat_map(|(meaning, words)| words.iter().map(|word| (*word, *meaning)));
        let stated = own
            .chain(known)
            .filter(|(word, meaning)| {
                let rest = clause.strip_prefix(word);
                rest.is_some_and(|rest| self.leaves_a_status(rest, *meaning))
            })
            .max_by_key(|(word, _)| word.len());
        stated.map(|(_, meaning)| meaning).or_else(|| {
            // "被 ADR-9 取代": what replaces it stands before the word.
            let ends = |word: &str| !word.is_ascii() && clause.ends_with(word);
            words_of(Meaning::Superseded)
                .any(ends)
                .then_some(Meaning::Superseded)
        })
    }

    /// Whether what follows a status word leaves it one: nothing, "by the board", a date, or the same once more.
    fn leaves_a_status(&self, rest: &str, meaning: Meaning) -> bool {
        let Some(next) = rest.split_whitespace().next() else {
            return true;
        };
        if !rest.starts_with(char::is_whitespace) {
            return !next.is_ascii() && next.chars().all(|c| matches!(c, '于' | 'に' | '由'));
        }
        CONTINUATIONS.contains(&next)
            || next.starts_with(|c: char| c.is_ascii_digit())
            || self.meaning(rest.trim_start()) == Some(meaning)
    }
}

/// The words that state a meaning.
pub(crate) fn words_of(meaning: Meaning) -> impl Iterator<Item = &'static str> {
    STATUSES
        .iter()
        .filter(move |(own, _)| *own == meaning)
        .flat_map(|(_, words)| words.iter().copied())
}

/// The words for a decision that another one changes.
pub(crate) fn amendments() -> impl Iterator<Item = &'static str> {
    AMENDED.iter().copied()
}

/// Whether a word leads to what replaced a decision: "by".
pub(crate) fn is_by(word: &str) -> bool {
    BY.contains(&word)
}

/// Whether a key or a heading, in lower case and without marks around it, names a part of a record.
pub(crate) fn names(part: Part, words: &str) -> bool {
    NAMES
        .iter()
        .any(|(own, names)| *own == part && names.contains(&words))
}

/// Whether a key names the record that replaces this one, or changes it.
pub(crate) fn names_successor(key: &str) -> Option<Meaning> {
    let bare: String = key
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .collect();
    if SUCCESSOR_KEYS
        .iter()
        .any(|own| own.chars().filter(|c| *c != ' ').eq(bare.chars()))
    {
        return Some(Meaning::Superseded);
    }
    is_amendment(&folded(key)).then_some(Meaning::Amended)
}

/// "amended by", "superseded in part by", "partially superseded": another record changes this one, which stays in force.
fn is_amendment(clause: &str) -> bool {
    let mut words = clause.split_whitespace();
    let first = words.next().unwrap_or("");
    let replaces = |word: &str| words_of(Meaning::Superseded).any(|own| own == word);
    if PARTLY.contains(&first) {
        let second = words.next().unwrap_or("");
        return replaces(second) || AMENDED.contains(&second);
    }
    let rest: Vec<&str> = words.take(3).collect();
    let in_part = matches!(rest.as_slice(), ["in", "part", ..])
        || matches!(rest.as_slice(), [word, ..] if PARTLY.contains(word))
        || matches!(
            rest.as_slice(),
            ["en" | "em" | "in", "partie" | "parte", ..]
        );
    if replaces(first) {
        return in_part;
    }
    AMENDED.contains(&first)
        && (rest.is_empty()
            || in_part
            || rest
                .first()
                .is_some_and(|word| is_by(word) || CONTINUATIONS.contains(word)))
}

/// Lower case, hyphens as spaces, one space between words.
fn folded(text: &str) -> String {
    let spaced = text.to_lowercase().replace(['-', '_'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_things() {
        for (meaning, words) in STATUSES {
            for word in *words {
                assert_eq!(
                    Vocabulary::default().meaning(word),
                    Some(*meaning),
                    "{word}"
                );
                assert_eq!(folded(word), *word);
            }
        }
    }

    #[test]
    fn a_project_may_add_words_and_turn_none_around() {
        let mut words = Vocabulary::default();
        assert_eq!(words.meaning("blessed"), None);
        words.add("Blessed", Meaning::Accepted).unwrap();
        words.add("parked-for-now", Meaning::Proposed).unwrap();
        assert_eq!(words.meaning("blessed by all"), Some(Meaning::Accepted));
        assert_eq!(words.meaning("parked for now"), Some(Meaning::Proposed));
        assert!(matches!(
            words.add("accepted", Meaning::Rejected),
            Err(WordError::Known { .. })
        ));
        assert!(matches!(
            words.add("blessed", Meaning::Rejected),
            Err(WordError::Known { .. })
        ));
        assert!(matches!(
            words.add("!", Meaning::Accepted),
            Err(WordError::Empty(_))
        ));
        assert!(words.add("approved", Meaning::Accepted).is_ok());
    }

    #[test]
    fn what_another_record_changes_in_part_stays_in_force() {
        for clause in [
            "amended by",
            "amended",
            "amended in part by 0009",
            "superseded in part by adr 9",
            "partially superseded by 9",
            "partly replaced",
            "extended by 9",
            "superseded partially by 9",
            "teilweise ersetzt durch 9",
            "ergänzt durch 9",
            "remplacé partiellement par 9",
            "parcialmente reemplazado por 9",
        ] {
            assert_eq!(
                Vocabulary::default().meaning(clause),
                Some(Meaning::Amended),
                "{clause}"
            );
        }
        for clause in [
            "superseded by part two",
            "partially agreed",
            "amended text follows",
            "superseded",
        ] {
            assert_ne!(
                Vocabulary::default().meaning(clause),
                Some(Meaning::Amended),
                "{clause}"
            );
        }
    }
}
