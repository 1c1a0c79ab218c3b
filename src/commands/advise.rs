//! `advise`: advice for one sheet.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use mesh_advisor::advice::{Advice, advise};
use mesh_advisor::show::{advice_json, advice_markdown, advice_text};
use verdict::answers::{Answer, Answers, unknown_fact};
use verdict::rubric::{Kind, Rubric, UNKNOWN};
use verdict::text::{Document, Problem, Route, Source, Tree, shortened};

use super::inputs::{self, Inputs};
use super::{Exit, print, print_raw};
use crate::cli::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor advise --answers fleet.yaml
  mesh-advisor advise --answers fleet.yaml --set services=120 --set canary=cohort-fleet
  mesh-advisor advise --answers fleet.yaml --format markdown > advice.md
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
    #[arg(long, value_name = "FILE", required_unless_present_any = ["each", "set"])]
    pub answers: Option<PathBuf>,

    /// Set one answer on top of the file: fact=value, fact=[a,b] for flags, fact=unknown
    #[arg(long, value_name = "FACT=VALUE", conflicts_with = "each")]
    pub set: Vec<String>,

    /// What to write
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        value_enum,
        conflicts_with = "each"
    )]
    pub format: AdviceFormat,

    /// The headline and three lines
    #[arg(long, conflicts_with = "each")]
    pub brief: bool,

    /// The day on which the age of figures is judged (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "each")]
    pub as_of: Option<Date>,

    /// Many sheets at once: JSON Lines in, JSON Lines out; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    pub each: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AdviceFormat {
    Text,
    Json,
    Markdown,
}

pub(super) fn run(args: &Advise, inputs: &Inputs) -> Result<Exit> {
    if args.brief && args.format == AdviceFormat::Json {
        bail!("--brief goes with --format text or markdown; the JSON is always whole");
    }
    let rubric = inputs.rubric()?;
    let mut answers = match &args.answers {
        Some(path) => inputs::answers(path, rubric)?,
        None => Answers::none(rubric),
    };
    set(&mut answers, &args.set, rubric)?;
    let reasoning = inputs.reasoning(rubric)?;
    let advice = advise(
        rubric,
        &reasoning,
        &inputs.certainty(rubric)?,
        &answers,
        args.as_of.unwrap_or_else(super::today),
    )
    .ok_or_else(|| anyhow!("no rule of the rubric holds"))?;
    let text = render(&advice, args.format, args.brief)?;
    match args.format {
        AdviceFormat::Text => print(&text)?,
        AdviceFormat::Json | AdviceFormat::Markdown => print_raw(&text)?,
    }
    Ok(Exit::Done)
}

/// The advice in a format.
pub(super) fn render(advice: &Advice<'_>, format: AdviceFormat, is_brief: bool) -> Result<String> {
    Ok(match (format, is_brief) {
        (AdviceFormat::Text, false) => advice_text::render(advice, super::width()),
        (AdviceFormat::Text, true) => advice_text::render_brief(advice, super::width()),
        (AdviceFormat::Markdown, false) => advice_markdown::render(advice),
        (AdviceFormat::Markdown, true) => advice_markdown::render_brief(advice),
        (AdviceFormat::Json, _) => advice_json::render(advice),
    })
}

/// Sets answers given as `fact=value` on the command line; all mistakes are reported at once.
fn set(answers: &mut Answers, settings: &[String], rubric: &Rubric) -> Result<()> {
    let mut mistakes = Vec::new();
    for setting in settings {
        if let Err(problem) = set_one(answers, setting, rubric) {
            mistakes.push(format!("--set {setting}: {}", problem.sentence()));
        }
    }
    if mistakes.is_empty() {
        Ok(())
    } else {
        bail!(mistakes.join("\nerror: "))
    }
}

fn set_one(answers: &mut Answers, setting: &str, rubric: &Rubric) -> Result<(), Box<Problem>> {
    let top = Route::top();
    let Some((id, value)) = setting.split_once('=') else {
        return Err(Box::new(
            Problem::new(&top, "there is no `=`").allowed("fact=value, such as services=42"),
        ));
    };
    let id = id.trim();
    let Some(fact) = rubric.fact(id) else {
        return Err(Box::new(unknown_fact(id, &top, rubric)));
    };
    let tree = match Document::read(&Source::new("--set", value)) {
        Ok(document) => document.into_root().tree,
        Err(_) => {
            let message = format!("`{}` is not a value of `{id}`", shortened(value));
            return Err(Box::new(
                Problem::new(&top, message).allowed(fact.expects()),
            ));
        }
    };
    // On a command line brackets need quotes: one flag, or several with commas, stand for their list.
    let tree = match (&fact.kind, tree) {
        (Kind::Flags(_), Tree::Text(flags)) if flags != UNKNOWN => {
            Tree::list(flags.split(',').map(|flag| Tree::Text(flag.trim().into())))
        }
        (_, tree) => tree,
    };
    let value = fact.read(&tree, &top)?;
    answers.set(
        fact,
        Answer {
            value,
            source: Some("command line".into()),
            as_of: None,
        },
    );
    Ok(())
}
