//! The command line of `record`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::day::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor record docs/decisions/0007-mesh.md --answers fleet.yaml
  mesh-advisor record docs/decisions/0007-mesh.md
  mesh-advisor record docs/decisions/0007-mesh.md --decision mesh \\
      --because \"The group runs Istio for us\" --until 2027-06-30

A file that does not exist becomes a complete record (MADR 4, status proposed). In one that exists only the block is \
written, after the decision, and every other byte stays. Without --answers the block keeps the answers it has, and a new \
one lists every fact as unknown. A decision other than the recommendation needs --because and becomes an exception. \
The day of the decision is today (UTC), the review is due in six months.

Exit codes: 0 the record was written; 2 usage, or a file that cannot be read or written.")]
pub(crate) struct Record {
    /// The record: .md, or .yaml, .yml, .json for a file that holds nothing else
    #[arg(value_name = "ADR.md")]
    pub path: PathBuf,

    /// The answers that the decision rests on
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,

    /// What is decided (default: what the answers give; an exception on record stays)
    #[arg(long, value_name = "ID")]
    pub decision: Option<String>,

    /// Why the decision departs from what the answers give
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,

    /// The last day on which that holds
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,

    /// The day of the decision (default: today, UTC)
    #[arg(long, value_name = "DATE", hide = true)]
    pub as_of: Option<Date>,
}
