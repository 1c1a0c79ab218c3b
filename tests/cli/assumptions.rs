//! No text of an advice speaks an assumption as an answer.
//!
//! What is not marked as assumed must be said, word for word, on every completion of the unknown answers that gives the
//! same recommendation; a signal on every completion at all. What is marked must say so.

use mesh_advisor::advice::{Advice, advise};
use verdict::answers::{Answer, Answers};
use verdict::rubric::{Fact, Kind, Options, Value};

use crate::exact::{Pair, default_pair, random_pairs};

/// What a text that rests on an assumption contains one of.
const WORDS: [&str; 9] = [
    "not said",
    "assum",
    "nothing",
    "unless",
    "if ",
    "may ",
    "as far as",
    "not named",
    "open",
];

/// Values on either side of every threshold of the rubrics, every option, and flags alone, none and all.
fn values(fact: &Fact) -> Vec<Value> {
    match &fact.kind {
        Kind::Count { min, max, .. } => [*min, 2, 4, 5, 29, 30, 99, 100, *max]
            .into_iter()
            .filter(|number| (min..=max).contains(&number))
            .map(Value::Count)
            .collect(),
        Kind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
        Kind::Choice(options) => options.ids().map(Value::Choice).collect(),
        Kind::Flags(options) => {
            let alone = options.ids().map(|flag| Value::Flags(Options::only(flag)));
            let pairs = options.ids().zip(options.ids().skip(1));
            let pairs =
                pairs.map(|(flag, next)| Value::Flags(Options::only(next).or(Options::only(flag))));
            let all = [Options::NONE, Options::first(options.len())].map(Value::Flags);
            alone.chain(pairs).chain(all).collect()
        }
    }
}

pub(crate) fn advice<'r>(pair: &'r Pair, answers: &Answers) -> Advice<'r> {
    let today = jiff::civil::date(2026, 11, 26);
    advise(
        &pair.rubric,
        &pair.reasoning,
        &pair.certainty,
        answers,
        today,
    )
    .expect("a rule holds")
}

pub(crate) fn with(answers: &Answers, fact: &Fact, value: Option<Value>) -> Answers {
    let mut answers = answers.clone();
    answers.set(
        fact,
        Answer {
            value,
            ..Answer::default()
        },
    );
    answers
}

/// A text, whether it is marked as assumed, and whether it goes with the recommendation.
fn said(advice: &Advice<'_>) -> Vec<(String, bool, bool)> {
    let questions = advice.questions.iter().chain(&advice.follow_ups);
    let signals = questions.flat_map(|question| &question.signals);
    let signals = signals.map(|signal| (signal.reason.clone(), signal.is_assumed, false));
    let remarks = advice.prerequisites.iter().chain(&advice.cautions);
    let remarks = remarks.map(|remark| (remark.text.clone(), remark.is_assumed, true));
    let steps = advice
        .plan
        .iter()
        .map(|step| (step.detail.clone(), step.is_assumed, true));
    signals.chain(remarks).chain(steps).collect()
}

fn check(advice: &Advice<'_>, completions: &[Advice<'_>], context: &str) {
    for (text, is_assumed, goes_with_recommendation) in said(advice) {
        if is_assumed {
            let lower = text.to_lowercase();
            assert!(
                WORDS.iter().any(|word| lower.contains(word)),
                "{context}: {text}"
            );
            continue;
        }
        for completion in completions {
            let is_same = completion.recommendation.id == advice.recommendation.id;
            if is_same || !goes_with_recommendation {
                let texts = said(completion);
                assert!(
                    texts.iter().any(|(own, _, _)| *own == text),
                    "{context}: {text}"
                );
            }
        }
    }
    if advice.is_provisional() {
        let lower = advice.because.to_lowercase();
        assert!(
            WORDS.iter().any(|word| lower.contains(word)),
            "{context}: {}",
            advice.because
        );
    }
}

fn check_each_fact_alone(pair: &Pair, every: usize) {
    for case in pair.rubric.cases.iter().step_by(every) {
        let mut answers = Answers::none(&pair.rubric);
        for fact in &pair.rubric.facts {
            answers.set(
                fact,
                Answer {
                    value: fact.assume,
                    ..Answer::default()
                },
            );
        }
        for (fact, value) in pair.rubric.answers_of(case) {
            answers.set(
                fact,
                Answer {
                    value: Some(value),
                    ..Answer::default()
                },
            );
        }
        for fact in pair
            .rubric
            .facts
            .iter()
            .filter(|fact| fact.assume.is_some())
        {
            let completed = values(fact)
                .into_iter()
                .map(|value| with(&answers, fact, Some(value)));
            let completions: Vec<Answers> = completed.collect();
            let completions: Vec<Advice<'_>> = completions
                .iter()
                .map(|answers| advice(pair, answers))
                .collect();
            let context = format!("{} without {}", case.id, fact.id);
            check(
                &advice(pair, &with(&answers, fact, None)),
                &completions,
                &context,
            );
        }
    }
}

#[test]
fn with_any_one_fact_unknown_no_text_states_what_is_assumed_of_it() {
    check_each_fact_alone(default_pair(), 4);
}

#[test]
fn with_nothing_known_no_text_states_what_is_assumed() {
    let pair = default_pair();
    let nothing = Answers::none(&pair.rubric);
    let mut completions = Vec::new();
    for fact in &pair.rubric.facts {
        completions.extend(
            values(fact)
                .into_iter()
                .map(|value| with(&nothing, fact, Some(value))),
        );
    }
    let completions: Vec<Advice<'_>> = completions
        .iter()
        .map(|answers| advice(pair, answers))
        .collect();
    let advice = advice(pair, &nothing);
    check(&advice, &completions, "nothing known");
    let headline = advice.headline();
    assert!(headline.recommendation.is_none());
    assert!(
        headline.text.starts_with("Nothing to recommend yet"),
        "{}",
        headline.text
    );
    assert!(
        !headline.text.contains(advice.recommendation.title.as_str()),
        "{}",
        headline.text
    );
}

#[test]
fn a_provisional_headline_names_what_is_open_before_what_is_recommended() {
    let pair = default_pair();
    let services = pair.rubric.fact("services").expect("a fact");
    let answers = with(
        &Answers::none(&pair.rubric),
        services,
        Some(Value::Count(200)),
    );
    let advice = advice(pair, &answers);
    let headline = advice.headline();
    let place = |text: &str| {
        headline
            .text
            .find(text)
            .unwrap_or_else(|| panic!("{}", headline.text))
    };
    assert!(place(headline.open[0].id.as_str()) < place(advice.recommendation.title.as_str()));
}

#[test]
fn what_random_rubrics_say_without_a_mark_is_said_on_every_completion() {
    for (_, pair) in random_pairs().step_by(8) {
        check_each_fact_alone(pair, 3);
    }
}
