//! The command line of `rubric`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use verdict::engine::MOST_STEPS;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric check --rubric ours.yaml
  mesh-advisor rubric test --suggest
  mesh-advisor rubric diff old.yaml new.yaml

Exit codes: 0 done; 1 check or test found something, or diff found a change; 2 usage, or an input that cannot be read.")]
pub(crate) struct RubricArgs {
    #[command(subcommand)]
    pub command: RubricCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RubricCommand {
    Show(Show),
    Check(Check),
    Test(Test),
    Diff(Diff),
    /// Print the JSON Schema of rubric files, or of answers to the rubric in use
    Schema {
        /// Which files the schema is for
        #[arg(
            long = "for",
            value_name = "FILES",
            default_value = "rubric",
            value_enum
        )]
        files: SchemaFor,
    },
}

/// Show the whole rubric
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric show
  mesh-advisor rubric show --format dot | dot -Tsvg > rubric.svg

Exit codes: 0 done; 2 usage, or a rubric that cannot be read.")]
pub(crate) struct Show {
    /// What to write: tables, JSON, or the decision diagram for Graphviz
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: ShowFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    Text,
    Json,
    Dot,
}

/// Find mistakes in a rubric, prove its guarantees, run its cases
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric check --rubric ours.yaml
  mesh-advisor rubric check --rubric ours.yaml --format github

Every finding is exact over all answer sheets, and stands at its line. Work has a limit; what is beyond it is named, and \
counts as an error.

Exit codes: 0 nothing worse than a warning; 1 an error was found; 2 usage, or a file that cannot be read or is not YAML.")]
pub(crate) struct Check {
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: CheckFormat,

    #[command(flatten)]
    pub effort: Effort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Text,
    Json,
    Sarif,
    Github,
    Junit,
}

/// Run the cases of a rubric, and cases in other files
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric test
  mesh-advisor rubric test cases/*.yaml --rubric ours.yaml
  mesh-advisor rubric test --suggest

A file of cases has the form of the list in a rubric:
  cases:
    - {id: start-up, answers: {services: 8, teams: 2}, recommend: no-mesh, rule: small-fleet}

Exit codes: 0 all cases pass; 1 a case fails; 2 usage, or an input that cannot be read.")]
pub(crate) struct Test {
    /// Files with more cases
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Print the fewest new cases that exercise what no case does
    #[arg(long)]
    pub suggest: bool,

    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: TextOrJson,

    #[command(flatten)]
    pub effort: Effort,
}

/// Compare two rubrics over all answer sheets
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric diff main.yaml branch.yaml
  mesh-advisor rubric diff main.yaml branch.yaml --answers fleets/*.yaml --records docs/decisions

The version step that is called for: major when some sheet gets another recommendation, or a fact, an option or an id \
goes; minor when something is added or the logic changes without moving a recommendation; patch when only texts change.

Exit codes: 0 nothing changes; 1 something does; 2 usage, or an input that cannot be read.")]
pub(crate) struct Diff {
    /// The rubric as it was
    #[arg(value_name = "OLD")]
    pub old: PathBuf,

    /// The rubric as it is to be
    #[arg(value_name = "NEW")]
    pub new: PathBuf,

    /// Answers files: which of your sheets change
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub answers: Vec<PathBuf>,

    /// Recorded decisions, or directories with them: which of yours change
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub records: Vec<PathBuf>,

    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: TextOrJson,

    #[command(flatten)]
    pub effort: Effort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    Text,
    Json,
}

/// How much work may be done.
#[derive(Debug, Args)]
pub(crate) struct Effort {
    /// Give up after so many steps of work; a step is a node of a diagram built or compared
    #[arg(long, value_name = "NUMBER", default_value_t = MOST_STEPS)]
    pub steps: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaFor {
    Rubric,
    Answers,
}
