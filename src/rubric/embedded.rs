//! The rubric that comes with the program.
//!
//! The build turns its YAML into JSON, which is read twenty times as fast; both hold the same values, and a test says so.

use std::collections::BTreeSet;

use super::{Rubric, RubricFile};
use crate::source::{Problem, Route, Source};

/// The default rubric as its author wrote it.
const YAML: &str = include_str!("../../rubric/service-mesh.yaml");
/// The same values, as the build wrote them.
const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/service-mesh.json"));
/// The digest of the YAML.
const DIGEST: &str = env!("RUBRIC_DIGEST");

impl Rubric {
    /// The default rubric.
    ///
    /// # Errors
    /// The mistakes in it; a test makes sure that there are none.
    pub fn embedded() -> Result<Self, Vec<Problem>> {
        // It is known to be sound, so nobody will ask for places in it.
        Self::from_json(Route::nowhere())
    }

    fn from_json(top: Route) -> Result<Self, Vec<Problem>> {
        let file: RubricFile =
            serde_json::from_str(JSON).map_err(|error| vec![Problem::new(&top, error.to_string())])?;
        let (rubric, problems) = Self::load(file, DIGEST.to_owned(), top, BTreeSet::new());
        if problems.is_empty() { Ok(rubric) } else { Err(problems) }
    }

    /// The text of the default rubric, for whoever needs places in it.
    pub fn embedded_source() -> Source {
        Source::new("rubric/service-mesh.yaml (embedded)", YAML)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rubric_is_what_its_yaml_says() {
        let embedded = Rubric::from_json(Route::top()).expect("no mistakes");
        let parsed = Rubric::parse(&Rubric::embedded_source()).expect("no mistakes");
        assert_eq!(format!("{embedded:?}"), format!("{parsed:?}"));
    }
}
