//! The command line of `explain`.

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor explain decision-mismatch        a finding of check
  mesh-advisor explain mtls_mandate             a fact
  mesh-advisor explain too-few-conditions       a rule of the verdict

Without a name, everything that can be explained is listed.

Exit codes: 0 explained; 2 usage, or a name that is not known.")]
pub(crate) struct Explain {
    /// A finding, question, fact, condition, rule, or another id of the rubric
    #[arg(value_name = "FINDING|QUESTION|FACT|CONDITION|RULE")]
    pub name: Option<String>,
}
