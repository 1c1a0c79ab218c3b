//! `scaffold`: files to begin the steps of an advice with.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use jiff::civil::Date;
use mesh_advisor::advice::advise;
use mesh_advisor::scaffold::{Chosen, Mistake, Scaffold, StarterFile, Values, scaffold};
use mesh_advisor::show::harmless::Form;
use mesh_advisor::show::scaffold::{assumed, parameters, readme};
use mesh_advisor::show::words::strength_in_words;
use verdict::rubric::{Rubric, Starter};

use super::inputs::{self, Inputs, Mistakes};
use super::outputs::{self, Expected};
use super::{Exit, completions, print, print_raw, program, quoted, say};
use crate::cli::day;

/// The name of the file that orders the others.
const README: &str = "README.md";

/// What the help says beside the parameters, which are the rubric's.
const HELP: &str = "\
Examples:
  mesh-advisor scaffold --answers fleet.yaml --out starters --param namespace=shop --param service=checkout
  mesh-advisor scaffold --answers fleet.yaml --out starters --step refuse-plaintext --param namespace=shop
  mesh-advisor scaffold --answers fleet.yaml --out - --param namespace=shop --param label=app | kubectl diff -f -

The steps of the advice that are best shown as a file have a starter; each is written with your values, numbered in the \
order of the plan, beside a README that tells what each is for and how to take all of it back. What is missing or wrong \
is named, all at once, before anything is written, and what was assumed for want of a value after it.

A starter that only adds a label to an object that is there is a patch, for kubectl patch: kubectl diff and apply take \
none. In a stream with others it is a comment, so that these can be piped to kubectl; write files to use it.";

/// How a run ends.
const EXIT_CODES: &str = "\
Exit codes: 0 written; 2 usage, a missing parameter, or an input that cannot be read; 3 no step of this advice has a \
starter.";

#[derive(Debug, Args)]
#[command(after_help = help())]
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
    let chosen = Chosen::of(&advice, &args.step);
    let values = Values::read(&args.param, rubric);
    let names = chosen.steps.iter().flat_map(|step| step.starters);
    let starters = starters(names, rubric, inputs)?;
    let target = Target::of(&args.out, args.force);
    // Mistakes of all kinds are told at once.
    let (scaffold, target) = match (scaffold(rubric, &chosen, &starters, &values), target) {
        (Ok(scaffold), Ok(target)) => (scaffold, target),
        (scaffold, target) => {
            let mistakes = scaffold.err().unwrap_or_default();
            let hint = hint(&mistakes, &chosen, &values, rubric, args, inputs);
            let mistakes = mistakes.iter().map(ToString::to_string);
            let target = target.err().map(|error| format!("{error:#}"));
            let mistakes: Vec<String> = mistakes.chain(target).collect();
            bail!("{}\nnothing was written{hint}", mistakes.join("\nerror: "));
        }
    };
    if chosen.steps.is_empty() {
        say("no step of this advice has a starter");
        return Ok(Exit::Nothing);
    }
    if !scaffold.unused.is_empty() {
        let unused: Vec<&str> = scaffold.unused.iter().map(|own| own.id.as_str()).collect();
        say(&format!(
            "note: none of these starters asks for {}",
            unused.join(", ")
        ));
    }
    if advice.is_provisional() {
        say(&format!("warning: {}", strength_in_words(&advice)));
    }
    match target {
        Target::Stream => {
            print_raw(&scaffold.stream(), Form::Text)?;
            assumed(&scaffold).iter().for_each(|note| say(note));
            for patch in scaffold.patches() {
                say(&format!(
                    "note: {patch} is a patch, and a comment in this stream: kubectl diff and apply take none; --out DIR \
                     writes it as a file, for the command under Apply"
                ));
            }
        }
        Target::Directory { is_new } => {
            let readme = StarterFile {
                name: README.to_owned(),
                text: readme(&advice, &scaffold, today),
            };
            write(&args.out, is_new, &scaffold, &readme)?;
            print(&summary(&args.out, &scaffold))?;
        }
    }
    Ok(Exit::Done)
}

/// The help below the options, with the parameters of the rubric in use as far as the environment tells it. It is asked
/// for where this command is called, and only there: clap builds the others' options when they are.
fn help() -> String {
    let rubric = Inputs::new(Vec::new()).rubric().ok();
    let parameters = rubric.and_then(parameters);
    let parts = [
        Some(HELP.to_owned()),
        parameters,
        Some(EXIT_CODES.to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// What to do about mistakes: the command to be filled in, and steps that ask for less.
fn hint(
    mistakes: &[Mistake],
    chosen: &Chosen<'_, '_>,
    values: &Values,
    rubric: &Rubric,
    args: &Scaffolding,
    inputs: &Inputs,
) -> String {
    let is_of_steps = |mistake: &Mistake| matches!(mistake, Mistake::UnknownStep { .. });
    if mistakes.is_empty() || mistakes.iter().any(is_of_steps) {
        return String::new();
    }
    let option = |name: &str, value: &str| format!(" --{name} {}", quoted(value));
    let path = |path: &Path| path.display().to_string();
    let rubric_file = inputs.rubric_file().map(|own| option("rubric", &path(own)));
    let missing = mistakes.iter().filter_map(|mistake| match mistake {
        Mistake::Missing { name, .. } => Some((name.as_str(), None)),
        _ => None,
    });
    let missing: Vec<_> = missing.collect();
    let given = values.given(rubric);
    let params = given
        .chain(missing.iter().copied())
        .map(|(name, value)| match value {
            Some(value) => option("param", &format!("{name}={value}")),
            // To be filled in: as it stands, it is nobody's word.
            None => format!(" --param {name}=…"),
        });
    let command: String = [
        option("answers", &path(&args.answers)),
        option("out", &path(&args.out)),
    ]
    .into_iter()
    .chain(rubric_file)
    .chain(args.step.iter().map(|id| option("step", id)))
    .chain(params)
    .collect();
    let steps: Vec<&str> = chosen.steps.iter().map(|step| step.id).collect();
    let one_step = match steps.as_slice() {
        [_] => String::new(),
        _ if missing.is_empty() => String::new(),
        steps => format!(
            "\nor begin with one step, which asks for less: --step ID, one of {}",
            steps.join(", ")
        ),
    };
    format!("\nfill in: {} scaffold{command}{one_step}", program())
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

/// Where files go.
enum Target {
    /// To standard output, as one stream.
    Stream,
    /// Into a directory.
    Directory {
        /// Whether it has yet to be made.
        is_new: bool,
    },
}

impl Target {
    /// # Errors
    /// It is a directory that is not empty, or none that could be written to.
    fn of(out: &Path, force: bool) -> Result<Self> {
        if out == Path::new("-") {
            return Ok(Self::Stream);
        }
        let context = || format!("cannot write to {}", out.display());
        match fs::read_dir(out) {
            Ok(mut entries) => {
                if !force && entries.next().is_some() {
                    bail!(
                        "{}: the directory is not empty; --force writes there and replaces files of the same names",
                        context()
                    );
                }
                Ok(Self::Directory { is_new: false })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                outputs::check_directory(outputs::directory(out)).with_context(context)?;
                Ok(Self::Directory { is_new: true })
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                // In other words than those of the system.
                outputs::check_directory(out).with_context(context)?;
                Err(error).with_context(context)
            }
            Err(error) => Err(error).with_context(context),
        }
    }
}

/// Writes all files, or none: what was written before one cannot be is taken away again.
fn write(
    out: &Path,
    is_new: bool,
    scaffold: &Scaffold<'_, '_>,
    readme: &StarterFile,
) -> Result<()> {
    if is_new {
        fs::create_dir(out).with_context(|| format!("cannot write to {}", out.display()))?;
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

/// What was written, for which step of the plan, what was assumed, and where to begin.
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
    let assumed = assumed(scaffold).map(|line| line + "\n");
    format!(
        "{}{}Read {} first.\n",
        lines.collect::<String>(),
        assumed.unwrap_or_default(),
        out.join(README).display()
    )
}
