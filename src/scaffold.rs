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
pub struct Values(BTreeMap<ParameterId, String>);

/// The files to write, in order.
#[derive(Clone, Debug)]
pub struct Scaffold<'a, 'r> {
    /// The steps, each with the names of its files.
    pub steps: Vec<(&'a StepReading<'r>, Vec<String>)>,
    /// The files.
    pub files: Vec<StarterFile>,
    /// The values that they hold, with the parameters that these answer, in the order of the rubric.
    pub values: Vec<(&'r Parameter, String)>,
    /// Parameters that were given and that no file asks for.
    pub unused: Vec<&'r Parameter>,
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
    /// Reads values written as `NAME=VALUE`.
    ///
    /// # Errors
    /// Every mistake in them.
    pub fn read(given: &[String], rubric: &Rubric) -> Result<Self, Vec<Mistake>> {
        let mut values = BTreeMap::new();
        let mut mistakes = Vec::new();
        for one in given {
            match read(one, rubric) {
                Ok((id, value)) => {
                    if values.insert(id, value).is_some() {
                        mistakes.push(Mistake::Repeated(rubric.parameters[id].id.to_string()));
                    }
                }
                Err(mistake) => mistakes.push(mistake),
            }
        }
        if mistakes.is_empty() {
            Ok(Self(values))
        } else {
            Err(mistakes)
        }
    }

    /// What stands for a parameter: what was given, or its default.
    fn of(&self, id: ParameterId, rubric: &Rubric) -> Option<String> {
        let default = || {
            rubric.parameters[id]
                .default
                .as_ref()
                .map(ToString::to_string)
        };
        self.0.get(&id).cloned().or_else(default)
    }
}

fn read(given: &str, rubric: &Rubric) -> Result<(ParameterId, String), Mistake> {
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
    match rubric.parameters[id].read(value, &Route::top()) {
        Ok(value) => Ok((id, value)),
        Err(problem) => Err(Mistake::Unfit {
            name: name.to_owned(),
            problem: Problem::sentence(&problem),
        }),
    }
}

/// The steps of an advice that name starters; of those, the ones that are asked for.
///
/// # Errors
/// Every step that is asked for and is not among them.
pub fn steps<'a, 'r>(
    advice: &'a Advice<'r>,
    only: &[String],
) -> Result<Vec<&'a StepReading<'r>>, Vec<Mistake>> {
    let mut steps: Vec<&StepReading<'_>> = advice
        .plan
        .iter()
        .filter(|step| !step.starters.is_empty())
        .collect();
    let ids: Vec<&str> = steps.iter().map(|step| step.id).collect();
    let unknown = only.iter().filter(|id| !ids.contains(&id.as_str()));
    let mistakes: Vec<Mistake> = unknown
        .map(|id| {
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
        })
        .collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    if !only.is_empty() {
        steps.retain(|step| only.iter().any(|id| id == step.id));
    }
    Ok(steps)
}

/// Fills in the starters of some steps: `starters` has each that they name. One that several name is written once, where
/// the first names it.
///
/// # Errors
/// Every parameter that has no value.
pub fn scaffold<'a, 'r>(
    rubric: &'r Rubric,
    steps: &[&'a StepReading<'r>],
    starters: &BTreeMap<&str, Starter>,
    values: &Values,
) -> Result<Scaffold<'a, 'r>, Vec<Mistake>> {
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
    let mut filled: BTreeMap<ParameterId, String> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for id in &asked {
        match values.of(*id, rubric) {
            Some(value) => drop(filled.insert(*id, value)),
            None => mistakes.push(missing(*id, rubric, &order)),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    #[expect(
        clippy::expect_used,
        reason = "every parameter that a starter asks for is filled, or missing above"
    )]
    let value = |id: ParameterId| filled.get(&id).expect("it is filled").clone();
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
        values: asked
            .iter()
            .map(|id| (&rubric.parameters[*id], value(*id)))
            .collect(),
        unused: (values.0.keys())
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
    /// All files as one stream of documents, under their names.
    pub fn stream(&self) -> String {
        let documents = self.files.iter().map(|file| format!("---\n{}", file.text));
        documents.collect()
    }
}

fn hint(meant: &Option<String>) -> String {
    let hint = meant.as_ref();
    hint.map_or(String::new(), |name| format!(", did you mean `{name}`?"))
}
