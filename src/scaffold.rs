//! Scaffolding: the starters that the steps of an advice name, filled in and in order.
//!
//! Pure: whoever calls reads the starters and writes the files.

use std::collections::{BTreeMap, BTreeSet};

use verdict::ids::ParameterId;
use verdict::rubric::{Parameter, Rubric, Starter, Words};
use verdict::text::{Problem, Route, nearest};

use crate::advice::{Advice, StepReading};
use crate::words::names;

/// What keeps starters from being written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// A value that is not written as `NAME=VALUE`.
    #[error("--param {0}: there is no `=` (allowed: name=value)")]
    NoValue(String),
    /// A value for what no starter asks.
    #[error("--param {name}: not a parameter of this rubric (allowed: {allowed}){hint}", hint = hint(.meant))]
    UnknownParameter {
        /// What was given.
        name: String,
        /// The parameters that there are.
        allowed: String,
        /// The one that was probably meant.
        meant: Option<String>,
    },
    /// A parameter that is given twice.
    #[error("--param {0}: it is given twice")]
    Repeated(String),
    /// A value that its parameter cannot have.
    #[error("--param {name}: {problem}")]
    Unfit {
        /// The parameter.
        name: String,
        /// What is wrong with the value, and what is allowed.
        problem: String,
    },
    /// A parameter without a value.
    #[error("--param {name}=… is missing: {ask} ({expects}), for {files}")]
    Missing {
        /// The parameter.
        name: String,
        /// What is asked for.
        ask: String,
        /// What is allowed.
        expects: String,
        /// The starters that ask for it.
        files: String,
    },
    /// A step that this advice does not have, or that names no starter.
    #[error("--step {id}: {why} (allowed: {allowed}){hint}", hint = hint(.meant))]
    UnknownStep {
        /// What was given.
        id: String,
        /// What is wrong with it.
        why: &'static str,
        /// The steps of this advice that name starters.
        allowed: String,
        /// The one that was probably meant.
        meant: Option<String>,
    },
}

/// The values that were given for parameters.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// `None` where it is one that the parameter cannot have.
    given: BTreeMap<ParameterId, Option<String>>,
    mistakes: Vec<Mistake>,
}

/// The steps whose starters are written.
#[derive(Clone, Debug)]
pub struct Chosen<'a, 'r> {
    /// The steps, in the order of the plan.
    pub steps: Vec<&'a StepReading<'r>>,
    mistakes: Vec<Mistake>,
}

/// The files to write, in order.
#[derive(Clone, Debug)]
pub struct Scaffold<'a, 'r> {
    /// The steps, each with the names of its files.
    pub steps: Vec<(&'a StepReading<'r>, Vec<String>)>,
    /// The files.
    pub files: Vec<StarterFile>,
    /// What they were filled in with, in the order of the rubric.
    pub values: Vec<Filled<'r>>,
    /// Parameters that were given and that no file asks for.
    pub unused: Vec<&'r Parameter>,
}

/// A parameter, and what stands for it.
#[derive(Clone, Debug)]
pub struct Filled<'r> {
    /// The parameter.
    pub parameter: &'r Parameter,
    /// The value.
    pub value: String,
    /// Whether it is the default, and nobody's word.
    pub is_assumed: bool,
}

/// A starter, filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarterFile {
    /// Its name, which puts it in its place among the others.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl Values {
    /// Reads values written as `NAME=VALUE`. [`scaffold`] tells the mistakes in them, with those that it finds.
    pub fn read(given: &[String], rubric: &Rubric) -> Self {
        let mut values = Self::default();
        for one in given {
            let (id, value) = match read(one, rubric) {
                Ok((id, value)) => (id, value),
                Err(mistake) => {
                    values.mistakes.push(mistake);
                    continue;
                }
            };
            let value = value.map_err(|mistake| values.mistakes.push(mistake)).ok();
            if values.given.insert(id, value).is_some() {
                let name = rubric.parameters[id].id.to_string();
                values.mistakes.push(Mistake::Repeated(name));
            }
        }
        values
    }

    /// The parameters that were given, each with its value if it can have that.
    pub fn given<'r>(&self, rubric: &'r Rubric) -> impl Iterator<Item = (&'r str, Option<&str>)> {
        let given = self.given.iter();
        given.map(|(id, value)| (rubric.parameters[*id].id.as_str(), value.as_deref()))
    }
}

/// The parameter, and its value if it can have that.
fn read(given: &str, rubric: &Rubric) -> Result<(ParameterId, Result<String, Mistake>), Mistake> {
    let Some((name, value)) = given.split_once('=') else {
        return Err(Mistake::NoValue(given.to_owned()));
    };
    let ids = || rubric.parameters.iter().map(|own| own.id.as_str());
    let Some(id) = rubric.parameters.find(|own| own.id == name) else {
        return Err(Mistake::UnknownParameter {
            name: name.to_owned(),
            allowed: ids().collect::<Vec<_>>().join(", "),
            meant: nearest(name, ids().collect::<Vec<_>>()).map(str::to_owned),
        });
    };
    let value = rubric.parameters[id].read(value, &Route::top());
    let unfit = |problem: Box<Problem>| Mistake::Unfit {
        name: name.to_owned(),
        problem: problem.sentence(),
    };
    Ok((id, value.map_err(unfit)))
}

impl<'a, 'r> Chosen<'a, 'r> {
    /// The steps of an advice that name starters; of those, the ones that are asked for, if any is. [`scaffold`] tells
    /// which are asked for and not among them.
    pub fn of(advice: &'a Advice<'r>, only: &[String]) -> Self {
        let mut steps: Vec<&StepReading<'_>> = advice
            .plan
            .iter()
            .filter(|step| !step.starters.is_empty())
            .collect();
        let ids: Vec<&str> = steps.iter().map(|step| step.id).collect();
        let unknown = only.iter().filter(|id| !ids.contains(&id.as_str()));
        let mistakes = unknown.map(|id| {
            let why = if advice.plan.iter().any(|step| step.id == id) {
                "this step names no starter"
            } else {
                "not a step of this advice"
            };
            Mistake::UnknownStep {
                id: id.clone(),
                why,
                allowed: ids.join(", "),
                meant: nearest(id, ids.iter().copied()).map(str::to_owned),
            }
        });
        let mistakes = mistakes.collect();
        if !only.is_empty() {
            steps.retain(|step| only.iter().any(|id| id == step.id));
        }
        Self { steps, mistakes }
    }
}

/// Fills in the starters of some steps: `starters` has each that they name. One that several name is written once, where
/// the first names it.
///
/// # Errors
/// Every mistake in what was chosen and given, and every parameter that has no value.
pub fn scaffold<'a, 'r>(
    rubric: &'r Rubric,
    chosen: &Chosen<'a, 'r>,
    starters: &BTreeMap<&str, Starter>,
    values: &Values,
) -> Result<Scaffold<'a, 'r>, Vec<Mistake>> {
    let steps = &chosen.steps;
    let mut order: Vec<(&str, &Starter)> = Vec::new();
    for name in steps.iter().flat_map(|step| step.starters) {
        #[expect(
            clippy::expect_used,
            reason = "whoever calls reads every starter that a step names"
        )]
        let starter = starters.get(name.as_str()).expect("it was read");
        if !order.iter().any(|(own, _)| *own == name.as_str()) {
            order.push((name, starter));
        }
    }
    let asked: BTreeSet<ParameterId> = order
        .iter()
        .flat_map(|(_, starter)| starter.parameters())
        .collect();
    let mut filled: BTreeMap<ParameterId, Filled<'r>> = BTreeMap::new();
    let mut mistakes = [chosen.mistakes.as_slice(), &values.mistakes].concat();
    for id in &asked {
        let parameter = &rubric.parameters[*id];
        let (value, is_assumed) = match (values.given.get(id), &parameter.default) {
            (Some(Some(value)), _) => (value.clone(), false),
            // Its mistake is among those of the values.
            (Some(None), _) => continue,
            (None, Some(default)) => (default.to_string(), true),
            (None, None) => {
                mistakes.push(missing(*id, rubric, &order));
                continue;
            }
        };
        let value = Filled {
            parameter,
            value,
            is_assumed,
        };
        filled.insert(*id, value);
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    #[expect(
        clippy::expect_used,
        reason = "every parameter that a starter asks for is filled, or there is a mistake above"
    )]
    let value = |id: ParameterId| filled.get(&id).expect("it is filled").value.clone();
    let digits = order.len().to_string().len();
    let files: Vec<StarterFile> = order
        .iter()
        .zip(1..)
        .map(|((name, starter), place)| {
            let name = format!("{place:0digits$}-{name}");
            StarterFile {
                text: starter.fill(&name, value),
                name,
            }
        })
        .collect();
    let written = |names: &[Words]| {
        let files = order.iter().zip(&files);
        let of_step = files.filter(|((name, _), _)| names.iter().any(|own| own == name));
        of_step.map(|(_, file)| file.name.clone()).collect()
    };
    Ok(Scaffold {
        steps: steps
            .iter()
            .map(|step| (*step, written(step.starters)))
            .collect(),
        values: filled.into_values().collect(),
        unused: (values.given.keys())
            .filter(|id| !asked.contains(id))
            .map(|id| &rubric.parameters[*id])
            .collect(),
        files,
    })
}

/// A parameter without a value, and the starters that ask for it.
fn missing(id: ParameterId, rubric: &Rubric, order: &[(&str, &Starter)]) -> Mistake {
    let parameter = &rubric.parameters[id];
    let asking = order
        .iter()
        .filter(|(_, starter)| starter.parameters().contains(&id));
    Mistake::Missing {
        name: parameter.id.to_string(),
        ask: parameter.ask.to_string(),
        expects: parameter.form.expects(),
        files: names(asking.map(|(name, _)| *name)),
    }
}

impl Scaffold<'_, '_> {
    /// All files as one stream of documents, under their names. What is a patch beside objects is a comment there: tools
    /// that take objects refuse a stream with anything else in it.
    pub fn stream(&self) -> String {
        let patches = self.patches();
        let documents = self.files.iter().map(|file| {
            let text = &file.text;
            if !patches.contains(&file.name.as_str()) {
                return format!("---\n{text}");
            }
            let is_comment = |line: &&str| line.starts_with('#');
            let comments = text.lines().take_while(is_comment).map(str::to_owned);
            let patch = text.lines().skip_while(is_comment);
            let patch = patch.map(|line| format!("# {line}"));
            let lines = comments.chain(["#".to_owned()]).chain(patch);
            let lines: String = lines.map(|line| line + "\n").collect();
            format!("---\n{lines}")
        });
        documents.collect()
    }

    /// The files that hold a patch, where others hold objects of Kubernetes.
    pub fn patches(&self) -> Vec<&str> {
        let (objects, others): (Vec<&StarterFile>, _) =
            self.files.iter().partition(|file| file.is_object());
        let others: Vec<&StarterFile> = if objects.is_empty() {
            Vec::new()
        } else {
            others
        };
        others.iter().map(|file| file.name.as_str()).collect()
    }
}

impl StarterFile {
    /// What the comments at its top say under `Take back:`, line by line.
    pub fn take_back(&self) -> Vec<&str> {
        const LABEL: &str = "# Take back:";
        let mut lines = self
            .text
            .lines()
            .skip_while(|line| !line.starts_with(LABEL));
        let first = lines
            .next()
            .map(|line| line.trim_start_matches(LABEL).trim());
        // What goes on under a label is set as far in as its text.
        let more = lines.map_while(|line| {
            let (margin, text) = line.split_at_checked(LABEL.len())?;
            (margin.trim_end() == "#").then(|| text.strip_prefix(' ').unwrap_or(text))
        });
        first.into_iter().chain(more).collect()
    }

    /// Whether it holds objects of Kubernetes.
    fn is_object(&self) -> bool {
        let has = |key: &str| self.text.lines().any(|line| line.starts_with(key));
        has("apiVersion:") && has("kind:")
    }
}

fn hint(meant: &Option<String>) -> String {
    let hint = meant.as_ref();
    hint.map_or(String::new(), |name| format!(", did you mean `{name}`?"))
}
