//! The command line of `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use mesh_advisor::finding::Severity;
use mesh_advisor::show::check::Format;

use super::day::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor check docs/decisions
  mesh-advisor check docs/decisions --format github --output sarif=mesh.sarif
  mesh-advisor check docs/decisions --fail-on warning --as-of 2027-01-01
  mesh-advisor check docs/decisions/0007-mesh.md --exit-zero

A record is a block in an .md file that begins with three backticks and `yaml mesh-advisor`, or a .yaml, .yml or .json \
file of the same keys. A file that is named must be one; in a directory, other files are left alone. Accepted records \
get the full check, proposed ones are reported without failing, rejected, superseded and deprecated ones are skipped. \
Directories are walked without .git and node_modules; symbolic links in them are not followed.

Exit codes: 0 nothing at or above --fail-on; 1 something was found; 2 usage, or an input that cannot be read; \
3 there was nothing to check.")]
pub(crate) struct Check {
    /// Files, or directories to look through for records
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// The day by which dates are judged (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,

    /// The least severe finding that fails the check
    #[arg(long, value_name = "SEVERITY", default_value = "error", value_enum)]
    pub fail_on: FailOn,

    /// What to write to standard output: text, json, sarif, github or junit
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format)]
    pub format: Format,

    /// Write a format to a file as well; any number of times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<Output>,

    /// Finding no record to check is fine
    #[arg(long)]
    pub allow_none: bool,

    /// Report findings without failing
    #[arg(long)]
    pub exit_zero: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
        }
    }
}

/// One report in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub format: Format,
    pub file: PathBuf,
}

fn format(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| format!("one of {} is expected", names()))
}

fn output(text: &str) -> Result<Output, String> {
    let parts = text.split_once('=').filter(|(_, file)| !file.is_empty());
    let (name, file) =
        parts.ok_or_else(|| "FORMAT=FILE is expected, such as sarif=mesh.sarif".to_owned())?;
    Ok(Output {
        format: format(name)?,
        file: PathBuf::from(file),
    })
}

fn names() -> String {
    Format::ALL.map(Format::name).join(", ")
}
