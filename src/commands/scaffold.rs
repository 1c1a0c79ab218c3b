//! `scaffold`: files to begin the steps of an advice with.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use jiff::civil::Date;
use mesh_advisor::advice::{StepReading, advise};
use mesh_advisor::scaffold::{Mistake, Scaffold, StarterFile, Values, scaffold, steps};
use mesh_advisor::show::harmless::Form;
use mesh_advisor::show::scaffold::readme;
use mesh_advisor::show::words::strength_in_words;
use verdict::rubric::{Rubric, Starter};

use super::inputs::{self, Inputs, Mistakes};
use super::outputs::{self, Expected};
use super::{Exit, completions, print, print_raw, quoted, say};
use crate::cli::day;

/// The name of the file that orders the others.
const README: &str = "README.md";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor scaffold --answers fleet.yaml --out starters --param namespace=shop --param service=checkout
  mesh-advisor scaffold --answers fleet.yaml --out starters --step refuse-plaintext --param namespace=shop
  mesh-advisor scaffold --answers fleet.yaml --out - --param namespace=shop --param service=checkout | less

The steps of the advice that are best shown as a file have a starter; each is written with your values, numbered in the \
order of the plan, beside a README that tells what each is for. What is missing is named, all at once, before anything \
is written.

Exit codes: 0 written; 2 usage, a missing parameter, or an input that cannot be read; 3 no step of this advice has a \
starter.")]
pub(crate) struct Scaffolding {
    /// The answers, as YAML or JSON; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub answers: PathBuf,

    /// The directory to write to: a new one, or one that is empty; - writes one stream to standard output
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// A value for the starters: name=value; may be repeated
    #[arg(long, value_name = "NAME=VALUE", add = completions::parameters())]
    pub param: Vec<String>,

    /// Only the starters of this step; may be repeated
    #[arg(long, value_name = "ID", add = completions::steps())]
    pub step: Vec<String>,

    /// Write into a directory that is not empty, and replace files of the same names
    #[arg(long)]
    pub force: bool,

    /// The day of the advice (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

pub(super) fn run(args: &Scaffolding, inputs: &Inputs) -> Result<Exit> {
    let rubric = inputs.rubric()?;
    let answers = inputs::answers(&args.answers, rubric)?;
    let (reasoning, certainty) = (inputs.reasoning(rubric)?, inputs.certainty(rubric)?);
    let today = args.as_of.unwrap_or_else(super::today);
    let advice = advise(rubric, reasoning, certainty, &answers, today)
        .ok_or_else(|| anyhow!("no rule of the rubric holds"))?;
    if !advice.is_based_on_answers {
        bail!(
            "nothing is answered that the recommendation rests on: answer first, then write files"
        );
    }
    // Mistakes of both kinds are told at once.
    let chosen = steps(&advice, &args.step);
    let values = Values::read(&args.param, rubric);
    let (chosen, values) = match (chosen, values) {
        (Ok(chosen), Ok(values)) => (chosen, values),
        (chosen, values) => {
            let mistakes = chosen.err().into_iter().chain(values.err());
            return Err(told(mistakes.flatten()));
        }
    };
    if chosen.is_empty() {
        say("no step of this advice has a starter");
        return Ok(Exit::Nothing);
    }
    let starters = starters(chosen.iter().flat_map(|step| step.starters), rubric, inputs)?;
    let scaffold = scaffold(rubric, &chosen, &starters, &values)
        .map_err(|missing| told_with_command(missing, &chosen, args, inputs))?;
    for parameter in &scaffold.unused {
        say(&format!(
            "note: none of these starters asks for {}",
            parameter.id
        ));
    }
    if advice.is_provisional() {
        say(&format!("warning: {}", strength_in_words(&advice)));
    }
    if args.out == Path::new("-") {
        print_raw(&scaffold.stream(), Form::Text)?;
        return Ok(Exit::Done);
    }
    let readme = StarterFile {
        name: README.to_owned(),
        text: readme(&advice, &scaffold, today),
    };
    write(&args.out, &scaffold, &readme, args.force)?;
    print(&summary(&args.out, &scaffold))?;
    Ok(Exit::Done)
}

/// All mistakes, one a line.
fn told(mistakes: impl IntoIterator<Item = Mistake>) -> anyhow::Error {
    let mistakes: Vec<String> = mistakes.into_iter().map(|one| one.to_string()).collect();
    anyhow!("{}\nnothing was written", mistakes.join("\nerror: "))
}

/// The parameters that are missing, and the command that gives them, to be filled in.
fn told_with_command(
    missing: Vec<Mistake>,
    chosen: &[&StepReading<'_>],
    args: &Scaffolding,
    inputs: &Inputs,
) -> anyhow::Error {
    let option = |name: &str, value: &str| format!(" --{name} {}", quoted(value));
    let path = |path: &Path| path.display().to_string();
    let rubric = inputs.rubric_file().map(|own| option("rubric", &path(own)));
    let wanted = missing.iter().filter_map(|mistake| match mistake {
        // To be filled in: as it stands, it is nobody's word.
        Mistake::Missing { name, .. } => Some(format!(" --param {name}=…")),
        _ => None,
    });
    let command: String = [
        option("answers", &path(&args.answers)),
        option("out", &path(&args.out)),
    ]
    .into_iter()
    .chain(rubric)
    .chain(args.step.iter().map(|id| option("step", id)))
    .chain(args.param.iter().map(|given| option("param", given)))
    .chain(wanted)
    .collect();
    let steps: Vec<&str> = chosen.iter().map(|step| step.id).collect();
    let one_step = match steps.as_slice() {
        [_] => String::new(),
        steps => format!(
            "\nor begin with one step, which asks for less: --step ID, one of {}",
            steps.join(", ")
        ),
    };
    let told = told(missing);
    anyhow!("{told}\nfill in: mesh-advisor scaffold{command}{one_step}")
}

/// The starters of these names.
fn starters<'r>(
    names: impl Iterator<Item = &'r verdict::rubric::Words>,
    rubric: &Rubric,
    inputs: &Inputs,
) -> Result<BTreeMap<&'r str, Starter>> {
    let mut starters = BTreeMap::new();
    for name in names {
        let source = inputs.starter(name)?;
        let starter = Starter::parse(&source, rubric)
            .map_err(|problems| Mistakes::new(&source, &problems))?;
        starters.insert(name.as_str(), starter);
    }
    Ok(starters)
}

/// Writes all files, or none: what was written before one cannot be is taken away again.
fn write(out: &Path, scaffold: &Scaffold<'_, '_>, readme: &StarterFile, force: bool) -> Result<()> {
    let context = || format!("cannot write to {}", out.display());
    let is_new = match fs::read_dir(out) {
        Ok(mut entries) => {
            if !force && entries.next().is_some() {
                bail!(
                    "{}: the directory is not empty; --force writes there and replaces files of the same names",
                    context()
                );
            }
            false
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            // In other words than those of the system.
            outputs::check_directory(out).with_context(context)?;
            return Err(error).with_context(context);
        }
        Err(error) => return Err(error).with_context(context),
    };
    if is_new {
        outputs::check_directory(outputs::directory(out)).with_context(context)?;
        fs::create_dir(out).with_context(context)?;
    }
    let mut written: Vec<PathBuf> = Vec::new();
    for file in scaffold.files.iter().chain([readme]) {
        let path = out.join(&file.name);
        let is_there = path.exists();
        if let Err(error) = outputs::replace(&path, &file.text, Expected::Anything) {
            // What cannot be taken away again is left; the mistake that is told is the first one.
            written.iter().for_each(|path| drop(fs::remove_file(path)));
            if is_new {
                drop(fs::remove_dir(out));
            }
            return Err(error);
        }
        if !is_there {
            written.push(path);
        }
    }
    Ok(())
}

/// What was written, for which step of the plan, and where to begin.
fn summary(out: &Path, scaffold: &Scaffold<'_, '_>) -> String {
    let step_of = |file: &StarterFile| {
        let mut steps = scaffold.steps.iter();
        let step = steps.find(|(_, files)| files.contains(&file.name));
        step.map_or(String::new(), |(step, _)| {
            format!("step {}: {}", step.number, step.title)
        })
    };
    let widest = scaffold.files.iter().map(|file| file.name.len()).max();
    let widest = widest.unwrap_or(0);
    let lines = scaffold.files.iter().map(|file| {
        let (name, step) = (&file.name, step_of(file));
        format!("{name:widest$}  {step}\n")
    });
    let readme = out.join(README);
    format!(
        "{}Read {} first.\n",
        lines.collect::<String>(),
        readme.display()
    )
}
