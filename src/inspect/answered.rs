//! From what is seen to answers: only where the evidence carries a value, and never over what a person said.

use cluster::{Fact as Seen, FactValue};
use jiff::civil::Date;
use verdict::answers::{Answer, Answers};
use verdict::rubric::{Fact, Rubric, Value};
use verdict::text::{Route, Tree};

use super::Paths;

/// How the source of an answer begins that was seen and not given.
pub const SEEN: &str = "seen: ";

/// An answer of a person that differs from what is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The fact.
    pub fact: String,
    /// What the person answered, in words.
    pub answered: String,
    /// What is seen, in words.
    pub seen: String,
    /// What it rests on.
    pub evidence: String,
}

/// Adds what is seen to the answers. What a person answered stays; where it differs, that is returned. A lower bound
/// answers nothing: what it rests on stands beside the open answer.
pub fn answer(
    answers: &mut Answers,
    facts: &[Seen],
    rubric: &Rubric,
    paths: &Paths,
    today: Date,
) -> Vec<Contradiction> {
    let mut contradictions = Vec::new();
    for seen in facts {
        let Some(fact) = rubric.fact(seen.id) else {
            continue;
        };
        let value = |value: &Option<FactValue>| read(value.as_ref()?, fact);
        let given = Some(answers.answer(fact)).filter(|answer| is_of_a_person(answer));
        let evidence = evidence(seen, paths);
        let Some(value) = value(&seen.value) else {
            let is_free = |answer: &Answer| answer.value.is_none() && answer.source.is_none();
            let bound = value(&seen.at_least).filter(|_| given.is_none_or(is_free));
            if let Some(bound) = bound {
                let source = format!("{SEEN}at least {} in {}", fact.say(bound), paths.said());
                answers.set(
                    fact,
                    Answer {
                        value: None,
                        source: Some(source),
                        as_of: Some(today),
                    },
                );
            }
            continue;
        };
        match given.and_then(|answer| answer.value) {
            None => answers.set(
                fact,
                Answer {
                    value: Some(value),
                    source: Some(evidence),
                    as_of: Some(today),
                },
            ),
            Some(answered) if answered != value => contradictions.push(Contradiction {
                fact: fact.id.to_string(),
                answered: fact.say(answered),
                seen: fact.say(value),
                evidence,
            }),
            Some(_) => {}
        }
    }
    contradictions
}

/// What is seen as a value of the rubric's fact; `None` where the rubric means something else by it.
pub(super) fn read(seen: &FactValue, fact: &Fact) -> Option<Value> {
    let text = |word: &&'static str| Tree::Text((*word).into());
    let tree = match seen {
        FactValue::Count(count) => Tree::Integer(i64::try_from(*count).ok()?),
        FactValue::Choice(word) => text(word),
        FactValue::Flags(words) => Tree::list(words.iter().map(text)),
    };
    fact.read(&tree, &Route::top()).ok().flatten()
}

/// What a value rests on, as the source of an answer: `seen: 47 in prod.json; 14 left out`.
pub fn evidence(seen: &Seen, paths: &Paths) -> String {
    let left_out: usize = seen.left_out.iter().map(|left| left.count).sum();
    let left_out = match left_out {
        0 => String::new(),
        count => format!("; {count} left out"),
    };
    format!("{SEEN}{} in {}{left_out}", seen.count, paths.said())
}

fn is_of_a_person(answer: &Answer) -> bool {
    !answer
        .source
        .as_ref()
        .is_some_and(|source| source.starts_with(SEEN))
}
