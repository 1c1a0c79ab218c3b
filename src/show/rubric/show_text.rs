//! A rubric as tables for people: what is asked, what it is worth, what decides.

use super::verdict_table;
use crate::lint::written;
use crate::show::document::{Document, Table};
use crate::show::words::{counted, points};
use crate::show::{terminal, test_words};
use verdict::ids::{NamedId, RecommendationId, Set};
use verdict::rubric::{AdviceTest, Claim, Direction, Guarantee, Question, Rubric, Words};

/// The text, for a page of so many columns.
pub fn render(rubric: &Rubric, width: usize) -> String {
    let mut page = Document::default();
    page.title(rubric.title.as_str());
    page.brief(format!(
        "{} {}, {}",
        rubric.id, rubric.version, rubric.digest
    ));
    page.heading("Recommendations, from least to most");
    let recommendations = rubric.recommendations.iter();
    page.table(Table::of_texts(
        &["id", "what it is"],
        recommendations.map(|one| {
            vec![
                one.id.to_string(),
                format!("{}\n{}", one.title, one.summary),
            ]
        }),
    ));
    for question in rubric.questions.iter().chain(&rubric.follow_ups) {
        self::question(&mut page, rubric, question);
    }
    if !rubric.conditions.is_empty() {
        page.heading("Conditions");
        let test = |named: NamedId| test_words::of_facts(&rubric.named[named].when, rubric);
        let conditions = rubric.conditions.iter();
        page.table(Table::of_texts(
            &["condition", "holds when"],
            conditions.map(|one| vec![format!("{}\n{}", one.id, one.title), test(one.named)]),
        ));
    }
    let named = rubric.named.entries();
    let definitions: Vec<_> = named.filter(|(id, _)| !rubric.is_condition(*id)).collect();
    if !definitions.is_empty() {
        page.heading("Definitions");
        page.table(Table::of_texts(
            &["definition", "holds when"],
            definitions
                .iter()
                .map(|(_, one)| vec![one.id.to_string(), test_words::of_facts(&one.when, rubric)]),
        ));
    }
    page.heading("Verdict: the first rule that holds");
    let sentences = rubric.verdict.iter().map(|rule| {
        let recommendation = rubric.recommendations[rule.recommend].id.to_string();
        vec![
            rule.id.to_string(),
            test_words::of_verdict(&rule.when, rubric),
            recommendation,
        ]
    });
    let table = verdict_table::table(rubric);
    page.table(table.unwrap_or_else(|| Table::of_texts(&["rule", "when", "gives"], sentences)));
    remarks(
        &mut page,
        rubric,
        "Prerequisites",
        rubric.prerequisites.iter().map(|one| (&one.id, &one.when)),
    );
    remarks(
        &mut page,
        rubric,
        "Cautions",
        rubric.cautions.iter().map(|one| (&one.id, &one.when)),
    );
    remarks(
        &mut page,
        rubric,
        "Plan",
        rubric.plan.iter().map(|one| (&one.title, &one.when)),
    );
    if !rubric.guarantees.is_empty() {
        page.heading("Guarantees");
        let guarantees = rubric.guarantees.iter();
        page.table(Table::of_texts(
            &["guarantee", "claim"],
            guarantees.map(|one| vec![one.id.to_string(), guarantee(rubric, one)]),
        ));
    }
    page.gap();
    page.brief(format!(
        "{}, {}",
        counted(rubric.cases.len(), "case"),
        counted(rubric.sources.len(), "source")
    ));
    terminal::dress(&page, width)
}

fn question(page: &mut Document, rubric: &Rubric, question: &Question) {
    page.heading(format!("{}: {}", question.id, question.ask));
    let rows = rubric.facts_of(question).map(|fact| {
        let assumed = fact
            .assume
            .map_or("nothing".into(), |value| written(fact, value));
        vec![fact.id.to_string(), fact.expects(), assumed]
    });
    page.table(Table::of_texts(&["fact", "values", "assumed"], rows));
    if !question.signals.is_empty() {
        let signals = rubric.signals_of(question);
        page.table(Table::of_texts(
            &["points", "when"],
            signals.map(|signal| {
                vec![
                    points(signal.points),
                    test_words::of_facts(&signal.when, rubric),
                ]
            }),
        ));
    }
}

fn remarks<'r>(
    page: &mut Document,
    rubric: &Rubric,
    heading: &str,
    remarks: impl ExactSizeIterator<Item = (&'r Words, &'r AdviceTest)>,
) {
    if remarks.len() > 0 {
        page.heading(heading);
        page.table(Table::of_texts(
            &["what", "when"],
            remarks.map(|(name, when)| vec![name.to_string(), test_words::of_advice(when, rubric)]),
        ));
    }
}

fn guarantee(rubric: &Rubric, guarantee: &Guarantee) -> String {
    let names = |own: Set<RecommendationId>| {
        let ids = own
            .iter()
            .map(|one| rubric.recommendations[one].id.as_str());
        ids.collect::<Vec<_>>().join(" or ")
    };
    let claim = match &guarantee.claim {
        Claim::Always(own) => format!("always {}", names(*own)),
        Claim::Never(own) => format!("never {}", names(*own)),
        Claim::Monotone { fact, direction } => {
            let fact = &rubric.facts[*fact].id;
            let moves = match direction {
                Direction::Up => "lowers",
                Direction::Down => "raises",
            };
            format!("raising {fact} never {moves} the recommendation")
        }
    };
    if guarantee.when.is_always() {
        claim
    } else {
        format!(
            "{claim} when {}",
            test_words::of_verdict(&guarantee.when, rubric)
        )
    }
}
