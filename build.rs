//! Loads and compiles the default rubric, so that the program starts with the result. A mistake in it fails the build.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use verdict::engine::{Budget, Certainty, Reasoning};
use verdict::rubric::Rubric;
use verdict::text::{PlacedProblem, Source};

const RUBRIC: &str = "rubric/service-mesh.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={RUBRIC}");
    let source = Source::new(RUBRIC, fs::read_to_string(RUBRIC)?);
    let rubric = match Rubric::parse(&source) {
        Ok(rubric) => rubric,
        Err(problems) => {
            problems
                .iter()
                .for_each(|problem| println!("cargo::error={}", in_one_line(&source, problem)));
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
    Ok(())
}

fn in_one_line(source: &Source, placed: &PlacedProblem) -> String {
    let (line, column) = source.line_and_column(placed.span.start);
    format!(
        "{}:{line}:{column}: {}",
        source.name,
        placed.problem.sentence()
    )
}
