//! The rubric that comes with the program.
//!
//! The build loads and compiles it, with the code that reads any other rubric, and fails on a mistake in it. The program
//! holds the result, so that nothing is parsed, checked or compiled again at every start. Its starters are held as they
//! are: few runs need them.

use std::collections::BTreeMap;

use verdict::engine::{Certainty, Packed, PackedCertainty, Reasoning};
use verdict::rubric::Rubric;
use verdict::text::Source;

/// The default rubric as its author wrote it.
const YAML: &str = include_str!("../rubric/service-mesh.yaml");
/// The same rubric, loaded.
const LOADED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/service-mesh.rubric"));
/// The same rubric, compiled.
const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/service-mesh.reasoning"));

/// What is certain of it, compiled.
const CERTAINTY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/service-mesh.certainty"));

/// The texts of its starters by name.
const STARTERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/service-mesh.starters"));

/// What the build left cannot be read back; a test makes sure that it can.
#[derive(Debug, thiserror::Error)]
#[error("the built-in rubric is damaged")]
pub struct Damaged;

/// The default rubric, without places, guarantees and cases: see [`source`].
///
/// # Errors
/// None in a program that was built without one.
pub fn rubric() -> Result<Rubric, Damaged> {
    postcard::from_bytes(LOADED).map_err(|_| Damaged)
}

/// The text of the default rubric, for whoever needs places in it.
pub fn source() -> Source {
    Source::new("rubric/service-mesh.yaml (embedded)", YAML)
}

/// The default rubric compiled, given what [`rubric`] gives.
///
/// # Errors
/// None in a program that was built without one.
pub fn reasoning(rubric: &Rubric) -> Result<Reasoning, Damaged> {
    let packed: Packed = postcard::from_bytes(COMPILED).map_err(|_| Damaged)?;
    Ok(Reasoning::unpack(packed, rubric))
}

/// What is certain of the default rubric, given what [`rubric`] gives.
///
/// # Errors
/// None in a program that was built without one.
pub fn certainty(rubric: &Rubric) -> Result<Certainty, Damaged> {
    let packed: PackedCertainty = postcard::from_bytes(CERTAINTY).map_err(|_| Damaged)?;
    Ok(Certainty::unpack(packed, rubric))
}

/// The starters of the default rubric: their texts by name.
///
/// # Errors
/// None in a program that was built without one.
pub fn starters() -> Result<BTreeMap<&'static str, &'static str>, Damaged> {
    postcard::from_bytes(STARTERS).map_err(|_| Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use verdict::engine::Budget;
    use verdict::rubric::Starter;

    #[test]
    fn the_embedded_rubric_is_what_its_yaml_says() {
        let embedded = super::rubric().expect("whole");
        let mut parsed = Rubric::parse(&source()).expect("no mistakes");
        // Without what is not kept, both are written alike.
        let bytes = |rubric: &Rubric| postcard::to_allocvec(rubric).expect("written");
        assert_eq!(bytes(&embedded), bytes(&parsed));
        parsed.title = "Another".into();
        assert_ne!(bytes(&embedded), bytes(&parsed));
    }

    #[test]
    fn the_embedded_reasoning_is_what_compiling_the_rubric_gives() {
        let rubric = super::rubric().expect("whole");
        let embedded = super::reasoning(&rubric).expect("whole");
        let compiled = Reasoning::new(&rubric).expect("small enough");
        assert_eq!(format!("{embedded:?}"), format!("{compiled:?}"));
    }

    #[test]
    fn the_embedded_certainty_is_what_compiling_the_rubric_gives() {
        let rubric = super::rubric().expect("whole");
        let embedded = super::certainty(&rubric).expect("whole");
        let compiled = Certainty::new(&rubric, &Budget::default()).expect("small enough");
        assert_eq!(format!("{embedded:?}"), format!("{compiled:?}"));
    }

    #[test]
    fn the_embedded_starters_are_those_that_steps_name() {
        let rubric = super::rubric().expect("whole");
        let named: std::collections::BTreeSet<&str> = (rubric.plan.iter())
            .flat_map(|step| step.starters.iter().map(|name| name.as_str()))
            .collect();
        let starters = super::starters().expect("whole");
        assert!(starters.len() > 15, "{starters:?}");
        assert!(starters.keys().copied().eq(named));
        for (name, text) in starters {
            Starter::parse(&Source::new(name, text), &rubric).expect("no mistakes");
        }
    }
}
