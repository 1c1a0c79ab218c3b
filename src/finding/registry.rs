//! Every kind of finding that there is, by the command that makes it.

use super::Kind;
use crate::{inspect, lint, record};

/// The findings of one command.
#[derive(Debug)]
pub struct Family {
    /// The command, as it is called.
    pub command: &'static str,
    /// What it looks at, as a noun.
    pub subject: &'static str,
    /// What it looks for, in the order in which it is documented.
    pub kinds: fn() -> Vec<&'static Kind>,
}

/// All families: a new one is a line here.
pub static FAMILIES: [&Family; 3] = [
    &record::findings::FAMILY,
    &lint::FAMILY,
    &inspect::findings::FAMILY,
];

/// Every kind, family by family.
pub fn all() -> impl Iterator<Item = &'static Kind> {
    FAMILIES.iter().flat_map(|family| (family.kinds)())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_an_id_of_its_own_and_all_its_texts() {
        let mut ids = BTreeSet::new();
        for kind in all() {
            let id = kind.id;
            assert!(ids.insert(id), "{id} is the id of two kinds");
            assert!(
                id.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{id}"
            );
            assert!(
                !kind.summary.is_empty() && !kind.summary.ends_with('.'),
                "{id}"
            );
            for text in [kind.what, kind.why, kind.fix] {
                assert!(text.ends_with('.'), "{id}: {text}");
            }
            assert!(!kind.example.is_empty(), "{id}");
        }
    }
}
