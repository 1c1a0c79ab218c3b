//! What two rubrics say differently, held against brute force over all sheets: random edits of the default rubric and
//! of random ones.

use mesh_advisor::embedded;
use std::collections::BTreeMap;

use verdict::engine::{Budget, Difference, KnownTo, difference};
use verdict::ids::RecommendationId;
use verdict::rubric::Rubric;
use verdict::text::Source;

use crate::exact::theirs;
use crate::oracle::{self, Oracle};

fn rubric(text: &str) -> Rubric {
    Rubric::draft(&Source::new("rubric.yaml", text))
        .rubric
        .expect("readable")
}

fn id(rubric: &Rubric, recommendation: Option<RecommendationId>) -> Option<String> {
    recommendation.map(|own| rubric.recommendations[own].id.to_string())
}

/// That each example goes from where to where it is said to.
fn examples_are_right(
    old: &Rubric,
    new: &Rubric,
    found: &Difference,
    old_text: &str,
    new_text: &str,
) {
    let (oracles, rubrics) = (
        [Oracle::parse(old_text), Oracle::parse(new_text)],
        [old, new],
    );
    for shift in &found.shifts {
        let outcome = |side: usize| {
            let mut partial = oracles[1 - side].assumed(&oracle::Partial::new());
            // What both know is as the first assumes it; what only one knows, as that one assumes it.
            partial.extend(oracles[0].assumed(&oracle::Partial::new()));
            if side == 1 {
                let own = oracles[1].assumed(&oracle::Partial::new());
                let kind = |side: usize, id: &String| {
                    let fact = oracles[side].facts.iter().find(|fact| fact.id == *id);
                    fact.map(|fact| std::mem::discriminant(&fact.kind))
                };
                let foreign = |id: &String| kind(0, id) != kind(1, id);
                partial.extend(own.into_iter().filter(|(id, _)| foreign(id)));
            }
            partial.retain(|id, _| oracles[side].facts.iter().any(|fact| fact.id == *id));
            for example in &shift.example {
                if (example.known_to == KnownTo::First && side == 1)
                    || (example.known_to == KnownTo::Second && side == 0)
                {
                    continue;
                }
                partial.insert(
                    example.fact.id.to_string(),
                    theirs(&example.fact, example.value),
                );
            }
            oracles[side]
                .evaluate(&oracles[side].assumed(&partial))
                .recommendation
        };
        assert_eq!(
            (outcome(0), outcome(1)),
            (id(rubrics[0], shift.from), id(rubrics[1], shift.to))
        );
    }
}

fn agrees(old_text: &str, new_text: &str) -> bool {
    let (old, new) = (rubric(old_text), rubric(new_text));
    let found = difference(&old, &new, &Budget::default()).expect("small enough");
    let expected = oracle::diff(&Oracle::parse(old_text), &Oracle::parse(new_text));
    assert_eq!(found.total, expected.total.into());
    let mut moves = BTreeMap::new();
    for shift in &found.shifts {
        moves.insert(
            (id(&old, shift.from), id(&new, shift.to)),
            shift.sheets.clone(),
        );
    }
    let expected_moves: BTreeMap<_, _> = expected
        .moves
        .iter()
        .map(|(key, count)| (key.clone(), num_bigint::BigUint::from(*count)))
        .collect();
    assert_eq!(moves, expected_moves);
    examples_are_right(&old, &new, &found, old_text, new_text);
    expected.changed() > 0
}

#[test]
fn edits_of_random_rubrics_move_exactly_the_sheets_that_brute_force_moves() {
    let mut changed = 0;
    for seed in 0..200 {
        let old = oracle::random_rubric(seed);
        let once = oracle::mutate_rubric(&old, seed);
        let twice = oracle::mutate_rubric(&once, seed + 1_000);
        changed += usize::from(agrees(&old, &once)) + usize::from(agrees(&old, &twice));
        agrees(&twice, &oracle::leave_gaps(&old, seed));
    }
    assert!(
        changed > 100,
        "only {changed} edits changed a recommendation"
    );
}

#[test]
fn edits_of_the_default_rubric_move_exactly_the_sheets_that_brute_force_moves() {
    let old = embedded::source().text;
    assert!(!agrees(&old, &old));
    for seed in 0..6 {
        agrees(&old, &oracle::mutate_rubric(&old, seed));
    }
}

#[test]
fn rubrics_that_share_only_some_facts_options_and_values_are_compared_on_what_they_share() {
    let rubric = |facts: &str, verdict: &str| {
        format!(
            "schema: 1\nid: r\nversion: 1.0.0\ntitle: T\nrecommendations:\n- {{id: a, title: A, summary: A}}\n\
             - {{id: b, title: B, summary: B}}\nquestions:\n- {{id: q, ask: Q?, why: W, facts: [{facts}]}}\n\
             verdict:\n{verdict}- {{id: otherwise, recommend: a, because: B}}\n"
        )
    };
    let choice = |options: &str| {
        format!("{{id: c, kind: choice, ask: C?, assume: x, options: [{options}]}}")
    };
    let option = |id: &str| format!("{{id: {id}, title: {id}}}");
    let old = rubric(
        &format!(
            "{}, {{id: n, kind: count, ask: N?, assume: 5, min: 0, max: 10}}, {{id: k, kind: yes_no, ask: K?, assume: false}}",
            choice(&["x", "y", "z"].map(option).join(", "))
        ),
        "- {id: one, when: {c: [x, z], n: '>= 3'}, recommend: b, because: B}\n- {id: two, when: {k: true}, recommend: b, because: B}\n",
    );
    let new = rubric(
        &format!(
            "{}, {{id: n, kind: count, ask: N?, assume: 5, min: 4, max: 20}}, {{id: k, kind: count, ask: K?, assume: 0}}",
            choice(&["z", "new", "x"].map(option).join(", "))
        ),
        "- {id: one, when: {c: z, n: '< 15'}, recommend: b, because: B}\n- {id: two, when: {k: '> 7'}, recommend: b, because: B}\n",
    );
    assert!(agrees(&old, &new));
    assert!(agrees(&new, &old));
}
