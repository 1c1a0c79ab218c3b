//! `advise`: advice for one sheet.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;
use mesh_advisor::advice::advise;
use mesh_advisor::show::advice::{Advised, Extent, Format, render};
use verdict::answers::Answers;
use verdict::rubric::Rubric;

use super::inputs::{self, Inputs};
use super::{Exit, completions, print, print_raw};
use crate::cli::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor advise --answers fleet.yaml
  mesh-advisor advise --answers fleet.yaml --set services=120 --set canary=cohort-fleet
  mesh-advisor advise --answers fleet.yaml --format markdown > advice.md
  mesh-advisor advise --answers fleet.yaml --format html > advice.html
  mesh-advisor advise --format html > questionnaire.html
  mesh-advisor advise --each fleets.jsonl > advice.jsonl

An answers file:
  rubric: service-mesh
  subject: Checkout platform
  answers:
    services: {value: 42, source: service catalogue, as_of: 2026-11-02}
    mtls_mandate: unknown

--each reads one JSON object a line, {\"id\": …, \"answers\": {fact: value}}, and writes one a line, in order.

Exit codes: 0 advice was given, whatever it is; 2 usage, or an input that cannot be read.")]
pub(crate) struct Advise {
    /// The answers, as YAML or JSON; - reads standard input
    #[arg(long, value_name = "FILE", required_unless_present_any = ["each", "set", "format"])]
    pub answers: Option<PathBuf>,

    /// Set one answer on top of the file: fact=value, fact=[a,b] for flags, fact=unknown
    #[arg(long, value_name = "FACT=VALUE", conflicts_with = "each", add = completions::assignments())]
    pub set: Vec<String>,

    /// What to write
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name))
            .try_map(|name| Format::from_name(&name).ok_or("unknown format")),
        conflicts_with = "each"
    )]
    pub format: Format,

    /// The headline and three lines
    #[arg(long, conflicts_with_all = ["each", "full"])]
    pub brief: bool,

    /// Everything: reasons with their sources, every change, remark and step, and every figure of the tax
    #[arg(long, conflicts_with = "each")]
    pub full: bool,

    /// The day on which the age of figures is judged (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "each")]
    pub as_of: Option<Date>,

    /// Many sheets at once: JSON Lines in, JSON Lines out; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    pub each: Option<PathBuf>,

    /// With --each: how the ways to fill in what is open divide among the recommendations
    #[arg(long, requires = "each")]
    pub shares: bool,
}

pub(super) fn run(args: &Advise, inputs: &Inputs) -> Result<Exit> {
    let extent = match (args.brief, args.full) {
        (true, _) => Extent::Brief,
        (_, true) => Extent::Full,
        _ => Extent::Page,
    };
    let format = args.format;
    if extent == Extent::Brief && format.is_always_whole() {
        let name = format.name();
        bail!("--brief does not go with --format {name}, which is always whole");
    }
    let rubric = inputs.rubric()?;
    let mut answers = match &args.answers {
        Some(path) => inputs::answers(path, rubric)?,
        None if args.set.is_empty() && format != Format::Html => {
            bail!("--answers FILE is missing; only --format html, the questionnaire, goes without");
        }
        None => Answers::none(rubric),
    };
    set(&mut answers, &args.set, rubric)?;
    let reasoning = inputs.reasoning(rubric)?;
    let today = args.as_of.unwrap_or_else(super::today);
    let certainty = inputs.certainty(rubric)?;
    let reckoned = answers.reserving(rubric);
    let advice = advise(&reckoned, reasoning, certainty, &answers, today)
        .ok_or_else(|| anyhow!("no rule of the rubric holds"))?;
    let advised = Advised {
        advice: &advice,
        answers: &answers,
        reasoning,
        today,
    };
    let width = match extent {
        Extent::Brief => super::width_of_lines(),
        Extent::Page | Extent::Full => super::width(),
    };
    let text = render(advised, format, extent, width);
    match format {
        Format::Text => print(&text)?,
        format => print_raw(&text, format.form())?,
    }
    Ok(Exit::Done)
}

/// Sets answers given as `fact=value` on the command line; all mistakes are reported at once.
fn set(answers: &mut Answers, settings: &[String], rubric: &Rubric) -> Result<()> {
    let mut mistakes = Vec::new();
    for setting in settings {
        if let Err(problem) = answers.set_from(setting, rubric) {
            mistakes.push(format!("--set {setting}: {}", problem.sentence()));
        }
    }
    if mistakes.is_empty() {
        Ok(())
    } else {
        bail!(mistakes.join("\nerror: "))
    }
}
