//! Short advice for one of many sheets: a JSON object a line in, a JSON object a line out.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::show::json;
use verdict::answers::{Sheet, read_answer, unknown_fact};
use verdict::engine::{Reasoning, evaluate};
use verdict::ids::RecommendationId;
use verdict::rubric::{Fact, Rubric};
use verdict::text::{Problem, Route, Tree};

/// A rubric, made ready to advise on many sheets.
#[derive(Debug)]
pub struct Advisor<'r> {
    rubric: &'r Rubric,
    reasoning: &'r Reasoning,
    facts: HashMap<&'r str, &'r Arc<Fact>, FxBuildHasher>,
    unknown: Sheet,
    tells_shares: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input<'a> {
    #[serde(default)]
    id: Tree,
    #[serde(default, borrow)]
    answers: Option<Entries<'a>>,
}

/// Facts with their answers, as they stand in the line.
#[derive(Default)]
struct Entries<'a>(Vec<(Cow<'a, str>, Tree)>);

/// A key without a copy of it, where it needs no unescaping.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;

        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of facts and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::with_capacity(16);
                while let Some((Key(key), value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor)
    }
}

#[derive(Serialize)]
struct Output<'a> {
    id: Tree,
    recommendation: &'a str,
    rule: &'a str,
    strength: &'static str,
    possible: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<BTreeMap<&'a str, f64>>,
    score: i64,
    conditions_met: i64,
}

#[derive(Serialize)]
struct Refusal<'a> {
    line: usize,
    #[serde(skip_serializing_if = "is_absent")]
    id: Tree,
    error: &'a str,
}

/// What can be told of a line that does not fit: who it is about.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    id: Tree,
}

/// The longest text of an error: what it quotes may be as long as the line.
const LONGEST_ERROR: usize = 1000;

fn is_absent(id: &Tree) -> bool {
    *id == Tree::Null
}

impl<'r> Advisor<'r> {
    /// An advisor by this rubric and what it was compiled into. To tell how the ways of filling in what is open divide
    /// takes longer than all the rest, so that is only done where it is asked for.
    pub fn new(rubric: &'r Rubric, reasoning: &'r Reasoning, tells_shares: bool) -> Self {
        let facts = rubric
            .facts
            .iter()
            .map(|fact| (fact.id.as_str(), fact))
            .collect();
        Self {
            rubric,
            reasoning,
            facts,
            unknown: Sheet::unknown(rubric),
            tells_shares,
        }
    }

    /// Appends the output line for an input line to `output`; says whether the input was sound. An empty line gives none.
    pub fn advise(&self, number: usize, line: &[u8], output: &mut Vec<u8>) -> bool {
        if line.trim_ascii().is_empty() {
            return true;
        }
        // Serde would also take a list for an object, its items in the order of the fields.
        if !line.trim_ascii_start().starts_with(b"{") {
            return self.refuse(
                number,
                "expected an object such as {\"id\": 1, \"answers\": {}}",
                output,
            );
        }
        // Checked once for the whole line, not again for each text in it.
        let Ok(line) = std::str::from_utf8(line) else {
            return self.refuse(number, "the line is not valid UTF-8", output);
        };
        let refuse = |error: &str, output: &mut Vec<u8>| {
            let id = serde_json::from_str(line).map_or(Tree::Null, |named: Named| named.id);
            refusal(number, id, error, output)
        };
        let input: Input<'_> = match serde_json::from_str(line) {
            Ok(input) => input,
            Err(error) => return refuse(&self.explained(line, &error), output),
        };
        if let Tree::Number(id) = &input.id
            && id.contains('e')
        {
            let error = format!("the id {id} has too many digits; write it as a text");
            return refuse(&error, output);
        }
        let known = match self.sheet(&input.answers.unwrap_or_default()) {
            Ok(known) => known,
            Err(problems) => return refuse(&in_one_line(&problems), output),
        };
        let assumed = known.assuming(self.rubric);
        let evaluation = evaluate(self.rubric, &assumed);
        let possible = self.reasoning.possible(&known);
        let (Some(rule), Some(recommendation)) = (evaluation.rule, evaluation.recommendation)
        else {
            return self.refuse(number, "no rule of the rubric holds", output);
        };
        let strength = self.reasoning.strength_of(possible, &assumed);
        let id = |own: RecommendationId| self.rubric.recommendations[own].id.as_str();
        let advice = Output {
            id: match input.id {
                Tree::Null => Tree::Integer(i64::try_from(number).unwrap_or(i64::MAX)),
                id => id,
            },
            recommendation: id(recommendation),
            rule: &self.rubric.verdict[rule].id,
            strength: strength.as_str(),
            possible: possible.iter().map(id).collect(),
            shares: self.tells_shares.then(|| {
                let shares = self.reasoning.shares(&known);
                shares
                    .entries()
                    .map(|(own, share)| (id(own), *share))
                    .collect()
            }),
            score: evaluation.score,
            conditions_met: evaluation.conditions_met,
        };
        json::line(&advice, output);
        true
    }

    /// Appends the output line for an input line that cannot be read.
    pub fn refuse(&self, number: usize, error: &str, output: &mut Vec<u8>) -> bool {
        refusal(number, Tree::Null, error, output)
    }

    /// Why a line does not fit, with the remedy for the commonest reason.
    fn explained(&self, line: &str, error: &serde_json::Error) -> String {
        let bare = serde_json::from_str::<Entries<'_>>(line).ok();
        let fact = bare
            .iter()
            .flat_map(|entries| &entries.0)
            .find(|(key, _)| self.facts.contains_key(key.as_ref()));
        match fact {
            Some((fact, _)) if error.is_data() => {
                format!("the fact `{fact}` stands at the top; put the facts under \"answers\"")
            }
            _ => error.to_string(),
        }
    }

    /// The sheet written in `answers`, or every mistake in it.
    fn sheet(&self, answers: &Entries<'_>) -> Result<Sheet, Vec<Problem>> {
        let mut sheet = self.unknown.clone();
        // Problems are told in one line, without places.
        let nowhere = Route::nowhere();
        let mut problems = Vec::new();
        let mut seen = self.rubric.facts.map(|_| false);
        for (id, tree) in &answers.0 {
            let Some(fact) = self.facts.get(id.as_ref()) else {
                problems.push(unknown_fact(id, &nowhere, self.rubric));
                continue;
            };
            if std::mem::replace(&mut seen[fact.position], true) {
                problems.push(Problem::new(&nowhere, format!("`{id}` stands here twice")));
            }
            match read_answer(fact, tree, &nowhere) {
                Ok(answer) => sheet.set(fact, answer.value),
                Err(mistakes) => {
                    problems.extend(mistakes.into_iter().map(|problem| problem.about(id)))
                }
            }
        }
        if problems.is_empty() {
            Ok(sheet)
        } else {
            Err(problems)
        }
    }
}

fn refusal(line: usize, id: Tree, error: &str, output: &mut Vec<u8>) -> bool {
    let (cut, mark) = match error.char_indices().nth(LONGEST_ERROR) {
        Some((cut, _)) => (cut, "…"),
        None => (error.len(), ""),
    };
    let error = error.get(..cut).unwrap_or("").to_owned() + mark;
    let id = match id {
        // An id of the size of a line would be repeated with it.
        Tree::Text(text) if text.len() > LONGEST_ERROR => Tree::Null,
        Tree::List(_) | Tree::Map(_) => Tree::Null,
        // One that cannot be kept as it is.
        Tree::Number(number) if number.contains('e') => Tree::Null,
        id => id,
    };
    json::line(
        &Refusal {
            line,
            id,
            error: &error,
        },
        output,
    );
    false
}

fn in_one_line(problems: &[Problem]) -> String {
    let sentences: Vec<String> = problems.iter().map(Problem::sentence).collect();
    sentences.join("; ")
}
