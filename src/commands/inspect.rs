//! `inspect`: what runs, as evidence.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;
use mesh_advisor::finding::{Report, Severity};
use mesh_advisor::inspect::{self, FAMILY, Inspection};
use verdict::answers::Answers;
use verdict::rubric::Rubric;

use super::files::Workspace;
use super::inputs::{self, Inputs};
use super::manifests::{Evidence, Manifests};
use super::outputs::{self, Expected};
use super::reporting::{FailOn, Reporting};
use super::{Exit, asking_on, say, today};
use crate::cli::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor inspect deploy/                       manifests in a Git tree
  mesh-advisor inspect cluster.json --save fleet.yaml
  mesh-advisor inspect cluster.json --format json --hide-names > to-send.json

A live cluster, read by your own client with your own rights, and no Secret among what is asked for; of the kinds that \
configure a mesh or its edge it asks for those that the cluster knows:
  core=namespaces,nodes,pods,services,configmaps,deployments,statefulsets
  core=$core,daemonsets,replicasets,jobs,cronjobs,hpa
  core=$core,mutatingwebhookconfigurations
  mesh='istio|maistra|linkerd|smi-spec|gateway.networking|cilium|kuma'
  mesh=\"$mesh|consul|flagger|rollouts.argoproj\"
  kinds=$(kubectl api-resources -o name --verbs=list | grep -E \"$mesh\")
  kubectl get \"$(printf '%s\\n' $core $kinds | paste -sd, -)\" -A -o json |
    mesh-advisor inspect -

YAML and JSON are read: documents, lists, and what must-gather, bug reports and support bundles hold. In directories, \
.git and node_modules are left out, and symbolic links are not followed. What cannot be read is counted with its reason.

Exit codes: 0 done, or nothing at or above --fail-on; 1 something was found; 2 usage, or nothing could be read; \
3 no Kubernetes object was found.")]
pub(crate) struct Inspect {
    /// Manifests and dumps: files, or directories to look through; - reads standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Answers that a person gave: they stay, and what differs from them is shown
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,

    /// Write what is seen into an answers file, beside the answers of --answers
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,

    #[command(flatten)]
    pub reporting: Reporting,

    /// The least severe finding that fails the command (default: none does)
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub fail_on: Option<FailOn>,

    /// Replace every name of the cluster by a pseudonym
    #[arg(long)]
    pub hide_names: bool,

    /// The day of the evidence (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

pub(super) fn run(args: &Inspect, inputs: &Inputs) -> Result<Exit> {
    let workspace = Workspace::of_environment()?;
    args.reporting.check(&workspace)?;
    args.save
        .as_deref()
        .map_or(Ok(()), outputs::check_writable)?;
    let rubric = inputs.rubric()?;
    let mut answers = given(args, rubric)?;
    let evidence = Manifests::find(&args.paths, &workspace)?.read();
    if evidence.is_unreadable() {
        bail!("nothing could be read: {}", skipped(&evidence));
    }
    if evidence.coverage.objects == 0 {
        say(&format!(
            "error: found no Kubernetes object{}",
            why_none(&evidence, &args.paths)
        ));
        return Ok(Exit::Nothing);
    }
    let mut inspection = inspect(evidence, &mut answers, rubric, args);
    let saved = match &args.save {
        Some(path) => Some(save(path, &answers, args, rubric)?),
        None => None,
    };
    inspection.next = next(saved.as_deref(), inputs.rubric_file());
    let threshold = args.fail_on.map(Severity::from);
    args.reporting.write(&inspection, &FAMILY, threshold)?;
    let fails = threshold.is_some_and(|threshold| inspection.report.fails(threshold));
    Ok(if fails { Exit::Found } else { Exit::Done })
}

/// Draws the conclusion, and adds what is seen to the answers.
fn inspect(
    evidence: Evidence,
    answers: &mut Answers,
    rubric: &Rubric,
    args: &Inspect,
) -> Inspection {
    let Evidence {
        inventory,
        mut coverage,
        mut paths,
    } = evidence;
    let mut conclusion = inventory.conclude();
    if args.hide_names {
        inspect::hide_names(&mut conclusion, &mut coverage, &mut paths);
    }
    let today = args.as_of.unwrap_or_else(today);
    let contradictions = inspect::answer(answers, &conclusion.facts, rubric, &paths, today);
    inspect::reserve(answers, &conclusion.paid, rubric, &paths, today);
    let mut report = Report {
        findings: inspect::findings(&conclusion, &|place| paths.of(place).to_owned()),
        ..Report::default()
    };
    report.sort();
    Inspection {
        coverage,
        conclusion,
        paths,
        report,
        contradictions,
        next: String::new(),
    }
}

/// The answers of `--answers`, or those in the file that is to be added to.
fn given(args: &Inspect, rubric: &Rubric) -> Result<Answers> {
    let existing = args.save.as_deref().filter(|path| path.exists());
    match args.answers.as_deref().or(existing) {
        Some(path) => inputs::answers(path, rubric),
        None => Ok(Answers::none(rubric)),
    }
}

/// Writes the answers where they were asked for. Another file than the one they come from is never overwritten.
fn save(path: &Path, answers: &Answers, args: &Inspect, rubric: &Rubric) -> Result<PathBuf> {
    let text = answers.to_yaml(rubric);
    let is_theirs = args
        .answers
        .as_deref()
        .is_none_or(|given| outputs::is_same(given, path));
    if path.exists() && is_theirs {
        outputs::replace(path, &text, Expected::Anything)?;
        return Ok(path.to_owned());
    }
    outputs::create_beside(path, &text)
}

/// The command that comes next, given where the answers were saved and the file of the rubric in use.
fn next(saved: Option<&Path>, rubric: Option<&Path>) -> String {
    match saved {
        Some(path) => asking_on(path, rubric),
        None => {
            let ask = asking_on(Path::new("fleet.yaml"), rubric);
            format!("the same with --save fleet.yaml, then: {ask}")
        }
    }
}

/// Why no object was found, as far as that is known.
fn why_none(evidence: &Evidence, paths: &[PathBuf]) -> String {
    let skipped = skipped(evidence);
    let is_piped = paths.iter().any(|path| path == Path::new("-"));
    if !skipped.is_empty() {
        format!(": {skipped}")
    } else if is_piped && evidence.coverage.bytes == 0 {
        ": standard input is empty; did the command before the pipe fail?".to_owned()
    } else {
        String::new()
    }
}

/// What was skipped, in a few words.
fn skipped(evidence: &Evidence) -> String {
    let said = evidence.coverage.skipped.iter().map(|(reason, skips)| {
        let first = skips
            .examples
            .first()
            .map_or("", |place| evidence.paths.of(*place));
        format!("{first}: {}", reason.words())
    });
    said.collect::<Vec<_>>().join("; ")
}
