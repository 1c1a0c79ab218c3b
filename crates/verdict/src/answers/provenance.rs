//! Where something comes from, and the day on which it was true: read and written alike wherever it may stand.

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::text::{Entry, Problem, Route, Tree};

/// Where something comes from, as far as it is said.
#[derive(Default)]
pub(super) struct Provenance {
    pub(super) source: Option<String>,
    pub(super) as_of: Option<Date>,
}

impl Provenance {
    /// Reads an entry of a mapping in which these keys may stand; those that are no provenance the caller reads.
    ///
    /// # Errors
    /// The key is none of them, or its value does not fit.
    pub(super) fn read(
        &mut self,
        entry: &Entry,
        route: &Route,
        keys: &[&str],
    ) -> Result<(), Box<Problem>> {
        match (entry.key.as_str(), &entry.value.tree) {
            ("source" | "as_of", Tree::Null) => {}
            ("source", Tree::Text(text)) => self.source = Some(text.to_string()),
            ("source", other) => return Err(expected(route, other, "text").into()),
            ("as_of", other) => {
                let day = match other {
                    Tree::Text(text) => text.parse().ok(),
                    _ => None,
                };
                let misfit = || expected(route, other, "a date, YYYY-MM-DD");
                self.as_of = Some(day.ok_or_else(misfit)?);
            }
            (key, _) => {
                let problem = Problem::new(route, format!("unknown key `{key}`")).at_key();
                return Err(problem.one_of(key, keys.iter().copied()).into());
            }
        }
        Ok(())
    }
}

/// The entries that [`Provenance::read`] reads.
pub(super) fn write(source: Option<&str>, as_of: Option<Date>) -> Vec<(SmolStr, Tree)> {
    let source = source.map(|source| ("source".into(), Tree::Text(source.into())));
    let as_of = as_of.map(|as_of| ("as_of".into(), Tree::Text(as_of.to_string().into())));
    source.into_iter().chain(as_of).collect()
}

/// The mistake of a value that does not fit.
pub(super) fn expected(route: &Route, found: &Tree, allowed: &str) -> Problem {
    Problem::new(route, format!("found {}", found.describe())).allowed(allowed)
}
