//! The outcome of cases for people: a table, what failed, what no case exercises, and new cases to paste.

use super::test::{CaseRun, TestRun, subject_in_words};
use crate::lint::{difference, values, written};
use crate::show::document::{Document, Mark};
use crate::show::words::counted;
use crate::show::{columns, escape, terminal};
use verdict::cases::{Subject, Suggestion, Threshold};
use verdict::rubric::Rubric;

/// What helps where a search costs too much.
const MORE_STEPS: &str = "Allow more steps with --steps.";

/// Longer names push their line out of the column.
const WIDEST_NAME: usize = 32;

/// The text, for a page of so many columns.
pub fn render(run: &TestRun<'_>, width: usize) -> String {
    let rubric = run.rubric;
    let mut page = Document::default();
    let widest = columns::widest(run.cases.iter().map(|case| case.outcome.case.id.as_str()))
        .min(WIDEST_NAME);
    for case in &run.cases {
        let mark = if case.outcome.passes() {
            "ok   "
        } else {
            "FAILS"
        };
        let name = columns::left(&case.outcome.case.id, widest);
        page.brief(format!("{mark}  {name}  {}", got(rubric, case)));
    }
    if run.cases.iter().any(|case| !case.outcome.passes()) {
        page.heading("Failed");
    }
    for failed in run.cases.iter().filter(|case| !case.outcome.passes()) {
        let place = format!("{}:{}", failed.path, failed.line);
        let what = difference(rubric, &failed.outcome);
        page.item(
            Mark::Bullet,
            format!("{place}: {}: {what}", failed.outcome.case.id),
        );
    }
    page.gap();
    let passed = run
        .cases
        .iter()
        .filter(|case| case.outcome.passes())
        .count();
    page.brief(format!(
        "{passed} of {} pass",
        counted(run.cases.len(), "case")
    ));
    missing(&mut page, run);
    if let Some(suggestions) = &run.suggestions {
        // What is asked for is YAML to paste: the rest stands beside it as comments.
        let rest = run.unchecked.as_ref().map_or(String::new(), |why| {
            commented(&format!("More may be missing: {why}. {MORE_STEPS}"))
        });
        return commented(&terminal::dress(&page, width)) + &suggested(rubric, suggestions) + &rest;
    }
    if let Some(why) = &run.unchecked {
        page.paragraph(format!("No cases are suggested: {why}. {MORE_STEPS}"));
    }
    terminal::dress(&page, width)
}

/// Each line as a comment of YAML.
fn commented(text: &str) -> String {
    let comment = |line: &str| {
        if line.is_empty() {
            "#\n".to_owned()
        } else {
            format!("# {line}\n")
        }
    };
    text.lines().map(comment).collect()
}

/// The recommendation that came out, and the rule that gave it.
fn got(rubric: &Rubric, case: &CaseRun<'_>) -> String {
    match (case.outcome.recommendation(), case.outcome.rule()) {
        (Some(recommendation), Some(rule)) => {
            format!(
                "{} by {}",
                rubric.recommendations[recommendation].id, rubric.verdict[rule].id
            )
        }
        _ => "no rule holds".into(),
    }
}

fn missing(page: &mut Document, run: &TestRun<'_>) {
    if run.missing.is_empty() {
        page.brief("every rule, condition and signal is exercised");
        return;
    }
    page.heading("Not exercised by any case");
    for subject in &run.missing {
        page.item(Mark::Bullet, subject_in_words(run.rubric, *subject));
    }
}

/// New cases as YAML.
fn suggested(rubric: &Rubric, suggestions: &[Suggestion]) -> String {
    if suggestions.is_empty() {
        return "\n# No new case is needed.\n".into();
    }
    let mut text = format!(
        "\n# {} to exercise the rest, and to stand on both sides of each threshold of a count.\ncases:\n",
        counted(suggestions.len(), "new case")
    );
    for suggestion in suggestions {
        let case = &suggestion.case;
        let names: Vec<String> = suggestion
            .exercises
            .iter()
            .map(|subject: &Subject| subject_in_words(rubric, *subject))
            .collect();
        text += &match &suggestion.threshold {
            Some(Threshold { fact, below, above }) => format!(
                "  # Beside a threshold: {} {} and {} give different recommendations.\n",
                fact.id,
                written(fact, *below),
                written(fact, *above)
            ),
            None => format!("  # {}\n", escape::visible(&names.join("; "))),
        };
        if let Some(flip) = &suggestion.flips {
            let value = written(&flip.fact, flip.value);
            text += &format!(
                "  # One answer away from {}, where {} is {value}.\n",
                flip.case, flip.fact.id
            );
        }
        let answers = values(rubric.answers_of(case));
        let recommendation = &rubric.recommendations[case.recommend].id;
        text += &format!(
            "  - id: {}\n    answers: {answers}\n    recommend: {recommendation}\n",
            case.id
        );
        if let Some(rule) = case.rule {
            text += &format!("    rule: {}\n", rubric.verdict[rule].id);
        }
    }
    text
}
