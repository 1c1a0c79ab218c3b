//! Whatever the sheet, the conversation comes to the advice that the answers file gets, and the quick one to the
//! recommendation of the full sheet.

use std::fs;
use std::io::Cursor;

use mesh_advisor::advice::advise;
use mesh_advisor::prompt::{Ending, Flow, Lines, Next, Pace, Plain, ReadLines, converse};
use mesh_advisor::show::advice::json;
use serde_json::Value as Json;
use tempfile::tempdir;
use verdict::answers::{Answers, Sheet};
use verdict::engine::evaluate;
use verdict::ids::{Id, OptionId};
use verdict::rubric::{Fact, Value};
use verdict::text::Source;

use crate::exact::{Pair, default_pair, pair, random_pairs};
use crate::oracle;
use crate::program::{finish, mesh_advisor};

/// The replies that answer a sheet, in the many ways in which they can be typed.
fn replies(pair: &Pair, sheet: &Sheet, pace: Pace) -> (String, usize) {
    let mut flow = Flow::new(
        &pair.rubric,
        &pair.reasoning,
        &pair.certainty,
        Answers::none(&pair.rubric),
        pace,
    );
    let mut lines = String::new();
    let mut asked = 0;
    while let Next::Ask(ask) = flow.next_step() {
        let is_settled = flow.standing().settled().is_some();
        let is_on_checklist = pair
            .rubric
            .questions
            .iter()
            .any(|question| question.id == ask.question.id);
        let may_be_asked = match pace {
            Pace::Full => {
                let open = pair.certainty.about(&flow.answers().sheet()).open();
                let is_read = open.iter().any(|fact| fact.id == ask.fact.id);
                is_read || is_on_checklist || ask.fact.assume.is_none()
            }
            Pace::Quick => !is_settled,
        };
        assert!(
            may_be_asked,
            "{} is asked although nothing depends on it",
            ask.fact.id
        );
        let value = sheet.value(ask.fact);
        lines += &value.map_or("d".into(), |value| typed(ask.fact, value, asked));
        lines.push('\n');
        asked += 1;
        flow.answer(value);
    }
    let checklist = pair
        .rubric
        .questions
        .iter()
        .flat_map(|question| pair.rubric.facts_of(question));
    for fact in checklist.filter(|fact| pace == Pace::Full && sheet.value(fact).is_some()) {
        assert!(
            flow.answers().value(fact).is_some(),
            "{} belongs to the checklist and was not asked",
            fact.id
        );
    }
    (lines, asked)
}

fn said<L: Lines>(plain: Plain<L, Vec<u8>>) -> String {
    String::from_utf8_lossy(&plain.into_output()).into_owned()
}

fn typed(fact: &Fact, value: Value, turn: usize) -> String {
    let option = |option: OptionId| match turn % 2 {
        0 => (option.position() + 1).to_string(),
        _ => fact.options()[option].id.to_string(),
    };
    match value {
        Value::Count(number) => number.to_string(),
        Value::YesNo(answer) => ["no", "yes"][usize::from(answer)].to_owned(),
        Value::Choice(chosen) => option(chosen),
        Value::Flags(set) if set.is_empty() => "0".to_owned(),
        Value::Flags(set) => set.iter().map(option).collect::<Vec<_>>().join(", "),
    }
}

fn advice(pair: &Pair, answers: &Answers) -> Json {
    let advice = advise(
        &pair.rubric,
        &pair.reasoning,
        &pair.certainty,
        answers,
        jiff::civil::date(2026, 11, 20),
    )
    .expect("a rule holds");
    serde_json::from_str(&json::render(&advice)).expect("JSON")
}

/// Talks a sheet through and compares the advice with that for the saved answers, and the recommendation with that of
/// the whole sheet. Returns how many facts were asked.
fn agree(pair: &Pair, sheet: &Sheet, pace: Pace) -> usize {
    let (lines, asked) = replies(pair, sheet, pace);
    let mut flow = Flow::new(
        &pair.rubric,
        &pair.reasoning,
        &pair.certainty,
        Answers::none(&pair.rubric),
        pace,
    );
    let mut plain = Plain::new(
        ReadLines(Cursor::new(format!("{lines}\n"))),
        Vec::new(),
        80,
        true,
    );
    let ending = converse(&mut flow, &mut plain);
    assert!(
        matches!(ending, Ok(Ending::Finished)),
        "{ending:?} {lines}{}",
        said(plain)
    );
    let saved = flow.answers().to_yaml(&pair.rubric);
    let read = Answers::parse(&Source::new("saved.yaml", saved.as_str()), &pair.rubric)
        .expect("it reads back");
    assert_eq!(&read, flow.answers());
    let advice = (advice(pair, flow.answers()), advice(pair, &read));
    assert_eq!(advice.0, advice.1);
    let full = evaluate(&pair.rubric, &sheet.assuming(&pair.rubric)).recommendation;
    assert_eq!(
        advice.0["recommendation"],
        pair.rubric.recommendations[full.expect("given")]
            .id
            .as_str(),
        "{sheet:?}"
    );
    assert_eq!(
        advice.0["provisional"], false,
        "every fact that could matter was asked: {sheet:?}"
    );
    asked
}

#[test]
fn plain_replies_and_the_answers_file_come_to_the_same_advice() {
    let default = default_pair();
    for draw in 0..500 {
        let sheet = default.sheet(&oracle::random_sheet(&default.oracle, draw));
        agree(default, &sheet, Pace::Full);
    }
}

#[test]
fn any_rubric_can_be_talked_through() {
    let kafka = pair(&fs::read_to_string("examples/rubrics/kafka.yaml").expect("the example"));
    let random: Vec<(u64, &Pair)> = random_pairs().take(60).collect();
    for (seed, pair) in random.into_iter().chain([(1, &kafka)]) {
        for draw in 0..5 {
            let sheet = pair.sheet(&oracle::random_sheet(&pair.oracle, seed * 1_000 + draw));
            agree(pair, &sheet, Pace::Full);
            agree(pair, &sheet, Pace::Quick);
        }
    }
}

#[test]
fn real_processes_agree_too() {
    let pair = default_pair();
    for draw in 0..8 {
        let directory = tempdir().expect("a directory");
        let sheet = pair.sheet(&oracle::random_sheet(&pair.oracle, 7_000 + draw));
        let (lines, _) = replies(pair, &sheet, Pace::Full);
        let arguments = ["ask", "--plain", "--save", "fleet.yaml"];
        let talked = finish(
            mesh_advisor(&arguments)
                .current_dir(directory.path())
                .write_stdin(format!("{lines}\n")),
        );
        assert_eq!(talked.code, 0, "{}", talked.err);
        let by_file = finish(
            mesh_advisor(&["advise", "--answers", "fleet.yaml"]).current_dir(directory.path()),
        );
        assert_eq!(talked.out, by_file.out);
    }
}

#[test]
fn the_quick_pace_comes_to_the_recommendation_of_every_sheet_with_a_third_of_the_facts() {
    let pair = default_pair();
    let (mut sheets, mut asked, mut most) = (0, 0, 0);
    for values in pair.oracle.all_sheets() {
        let sheet = pair.sheet(&values);
        let mut flow = Flow::new(
            &pair.rubric,
            &pair.reasoning,
            &pair.certainty,
            Answers::none(&pair.rubric),
            Pace::Quick,
        );
        let mut own = 0;
        while let Next::Ask(ask) = flow.next_step() {
            own += 1;
            flow.answer(sheet.value(ask.fact));
        }
        let talked =
            evaluate(&pair.rubric, &flow.answers().sheet().assuming(&pair.rubric)).recommendation;
        let expected = pair.oracle.outcome(&values).recommendation.as_deref();
        assert_eq!(
            Some(
                pair.rubric.recommendations[talked.expect("given")]
                    .id
                    .as_str()
            ),
            expected,
            "{values:?}"
        );
        sheets += 1;
        asked += own;
        most = most.max(own);
    }
    let mean = f64::from(asked) / f64::from(sheets);
    println!("--quick asks {mean:.2} facts on average, {most} at most, over {sheets} sheets");
    assert!((1.0..6.0).contains(&mean), "{mean}");
    let readme = fs::read_to_string("README.md")
        .expect("the README")
        .replace('\n', " ");
    assert!(
        readme.contains(&format!("after {mean:.1} facts on average, {most} at most")),
        "the README says otherwise"
    );
}
