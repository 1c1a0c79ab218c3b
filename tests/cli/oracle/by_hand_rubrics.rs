//! The oracle's own tests on whole rubrics, variants of the tiny one: every expectation was worked out by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::by_hand::{TINY, answers, team, tiny};
use super::{Diff, Oracle, Value, diff};

#[test]
fn shares_guarantees_and_faults_are_as_by_hand() {
    let oracle = tiny();
    // Of the cells 11, 14 and 11. Of the reasons one set is empty and seven are not: where they are read, `mesh` needs
    // some and `sidecarless` none; the 14 cells are seven pairs of both.
    let shares: Vec<(Option<String>, usize)> = oracle.shares().into_iter().collect();
    let expected = [("mesh", 11 * 7), ("no-mesh", 7 * 8), ("sidecarless", 11)];
    let expected = expected.map(|(id, count)| (Some(id.to_owned()), count));
    assert_eq!(shares, [vec![(None, 0)], expected.to_vec()].concat());
    let broken: Vec<String> = oracle
        .guarantees()
        .into_iter()
        .filter(|(_, is_true)| !is_true)
        .map(|(id, _)| id)
        .collect();
    let expected = ["small-is-no-mesh", "not-quite-so-small", "services-down"];
    assert_eq!(broken, expected);
    assert!(oracle.dead_rules().is_empty());
    assert!(oracle.uncovered().is_empty());
    assert!(oracle.facts_that_never_matter().is_empty());

    let faulty = TINY
        .replace("{reasons: any}", "{team: none, optional: true}")
        .replace(
            "{id: otherwise,",
            "{id: otherwise, when: {team: dedicated},",
        )
        .replace(
            "- {id: mandated, when: {mandate: true}}",
            "- {id: mandated, when: {reasons: any, not: {reasons: any}}}",
        )
        .replace(
            "{when: {team: none}, points: -3}",
            "{when: {services: '< 9', not: {services: '< 10'}}, points: 5}",
        )
        .replace(
            "{when: {team: dedicated}, points: 1}",
            "{when: {services: '!= 0'}, points: 0}",
        );
    let oracle = Oracle::parse(&faulty);
    assert_eq!(oracle.dead_rules(), ["for-sidecars"]);
    assert_eq!(oracle.facts_that_never_matter(), ["reasons"]);
    assert_eq!(oracle.signals_never(), [("capacity".to_owned(), 0)]);
    assert_eq!(oracle.signals_always(), [("capacity".to_owned(), 1)]);
    assert_eq!(oracle.conditions_never(), ["mandated"]);
    assert!(oracle.conditions_always().is_empty());
    // Services: 1–8, 9, 10–29, 30–99, 100+; reasons: 2 cells. No rule: a mandate and no dedicated team (5 × 2 × 2), or no
    // mandate, a part-time team and a score of at least 2 (1 × 2).
    assert_eq!(oracle.sheet_count(), 5 * 2 * 3 * 2);
    assert_eq!(oracle.uncovered().len(), 20 + 2);
    let team_known = answers([("mandate", Value::YesNo(true)), ("team", team("none"))]);
    assert_eq!(oracle.possible(&team_known), BTreeSet::new());
}

#[test]
fn a_diff_counts_over_the_common_refinement() {
    let old = tiny();
    let new = Oracle::parse(&TINY.replace(
        "{services: \">= 100\"}, points",
        "{services: \">= 150\"}, points",
    ));
    let moved = diff(&old, &new);
    // Services 100–149 lose two points: without a mandate, with a team, with and without reasons: of
    // seven sets of them, and of one.
    let mut expected = BTreeMap::new();
    let mut expect = |from: &str, to: &str, count: usize| {
        expected.insert((Some(from.to_owned()), Some(to.to_owned())), count);
    };
    expect("mesh", "no-mesh", 2 * 7);
    expect("sidecarless", "no-mesh", 2);
    expect("mesh", "mesh", (4 * 3 + 2) * 7);
    expect("sidecarless", "sidecarless", 4 * 3 + 2);
    expect("no-mesh", "no-mesh", (4 * 3 - 2 - 2) * 8);
    assert_eq!(
        moved,
        Diff {
            moves: expected,
            total: 4 * 2 * 3 * 8
        }
    );
    assert_eq!(moved.changed(), 2 * 7 + 2);
}

#[test]
fn a_fact_that_only_one_rubric_has_ranges_over_its_own_cells() {
    let old = tiny();
    let new = Oracle::parse(&TINY.replace("mandate", "required_by_law"));
    assert_eq!(diff(&old, &new).total, 3 * 2 * 3 * 8 * 2);
    // A yes_no that became a choice is two facts.
    let new = Oracle::parse(
        &TINY
            .replace("mandate: true", "mandate: must")
            .replace("mandate: false", "mandate: may")
            .replace(
                "{id: mandate, kind: yes_no, assume: false}",
                "{id: mandate, kind: choice, assume: may, options: [{id: may}, {id: must}]}",
            ),
    );
    assert_eq!(diff(&old, &new).total, 3 * 2 * 3 * 8 * 2);
    // Only the options and counts that both know are compared.
    let new = Oracle::parse(
        &TINY
            .replace("{id: none}, {id: part-time}, ", "{id: none}, {id: half}, ")
            .replace("max: 1000", "max: 99"),
    );
    assert_eq!(diff(&old, &new).total, 2 * 2 * 2 * 8);
    assert_eq!(diff(&old, &tiny()).changed(), 0);
}
