//! Loads and compiles the default rubric, so that the program starts with the result. A mistake in it fails the build.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use verdict::engine::{Budget, Certainty, Reasoning};
use verdict::rubric::{Rubric, Starter};
use verdict::text::{PlacedProblem, Source};

const RUBRIC: &str = "rubric/service-mesh.yaml";

/// Where the starters lie that its steps name.
const STARTERS: &str = "rubric/starters";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={RUBRIC}");
    println!("cargo::rerun-if-changed={STARTERS}");
    let source = Source::new(RUBRIC, fs::read_to_string(RUBRIC)?);
    let rubric = match Rubric::parse(&source) {
        Ok(rubric) => rubric,
        Err(problems) => {
            report(&source, &problems);
            return Ok(());
        }
    };
    let reasoning = Reasoning::new(&rubric)?;
    let certainty = Certainty::new(&rubric, &Budget::default())?;
    let directory = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(
        directory.join("service-mesh.rubric"),
        postcard::to_allocvec(&rubric)?,
    )?;
    fs::write(
        directory.join("service-mesh.reasoning"),
        postcard::to_allocvec(&reasoning.pack())?,
    )?;
    fs::write(
        directory.join("service-mesh.certainty"),
        postcard::to_allocvec(&certainty.pack())?,
    )?;
    fs::write(
        directory.join("service-mesh.starters"),
        postcard::to_allocvec(&starters(&rubric)?)?,
    )?;
    Ok(())
}

/// The texts of all starters by name; mistakes in them are reported.
fn starters(rubric: &Rubric) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut texts = BTreeMap::new();
    for name in rubric.plan.iter().flat_map(|step| &step.starters) {
        let path = Path::new(STARTERS).join(name.as_str());
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let source = Source::new(path.display().to_string(), text);
        if let Err(problems) = Starter::parse(&source, rubric) {
            report(&source, &problems);
        }
        texts.insert(name.to_string(), source.text);
    }
    Ok(texts)
}

fn report(source: &Source, problems: &[PlacedProblem]) {
    problems
        .iter()
        .for_each(|problem| println!("cargo::error={}", in_one_line(source, problem)));
}

fn in_one_line(source: &Source, placed: &PlacedProblem) -> String {
    let (line, column) = source.line_and_column(placed.span.start);
    format!(
        "{}:{line}:{column}: {}",
        source.name,
        placed.problem.sentence()
    )
}
