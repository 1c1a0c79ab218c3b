//! The oracle's own tests on the sheets of a tiny rubric: every expectation was worked out by hand.

use super::{Change, Oracle, Partial, Sheet, Value};

pub(super) const TINY: &str = r#"
schema: 1
recommendations: [{id: no-mesh}, {id: sidecarless}, {id: mesh}]
questions:
- id: fleet-size
  facts: [{id: services, kind: count, min: 1, max: 1000, assume: 1}]
  signals:
  - {when: {services: "<30"}, points: -3}
  - {when: {services: ">= 100"}, points: 2}
- id: capacity
  facts:
  - {id: mandate, kind: yes_no, assume: false}
  - {id: team, kind: choice, assume: none, options: [{id: none}, {id: part-time}, {id: dedicated}]}
  signals:
  - {when: {team: none}, points: -3}
  - {when: {team: dedicated}, points: 1}
follow_ups:
- id: data-plane
  facts:
  - {id: reasons, kind: flags, assume: [], options: [{id: a}, {id: b}, {id: c}]}
  - {id: pods, kind: count, min: 0, max: 9}
  signals: []
conditions:
- {id: large-fleet, when: {services: ">= 100"}}
- {id: mandated, when: {mandate: true}}
definitions:
- {id: optional, when: {not: {required: true}}}
- {id: required, when: {mandate: true}}
verdict:
- {id: nobody, when: {optional: true, team: none}, recommend: no-mesh}
- {id: too-little, when: {optional: true, score: "< 2"}, recommend: no-mesh}
- {id: for-sidecars, when: {reasons: any}, recommend: mesh}
- {id: otherwise, recommend: sidecarless}
guarantees:
- {id: mandate-means-mesh, when: {mandate: true}, never: [no-mesh]}
- {id: small-is-no-mesh, when: {services: "< 50"}, always: [no-mesh]}
- {id: small-and-free-is-no-mesh, when: {services: "< 50", mandate: false}, always: [no-mesh]}
- {id: not-quite-so-small, when: {services: "<= 100", mandate: false}, always: [no-mesh]}
- {id: good-score-is-mesh, when: {score: ">= 2"}, never: [no-mesh]}
- {id: services-up, monotone: services, direction: up}
- {id: services-down, monotone: services, direction: down}
- {id: reasons-up, monotone: reasons, direction: up}
"#;

pub(super) fn tiny() -> Oracle {
    Oracle::parse(TINY)
}

fn flags(set: &[&str]) -> Value {
    Value::Flags(set.iter().map(|flag| (*flag).to_owned()).collect())
}

pub(super) fn team(option: &str) -> Value {
    Value::Choice(option.to_owned())
}

pub(super) fn answers<const N: usize>(known: [(&str, Value); N]) -> Partial {
    let known = known.into_iter();
    known
        .map(|(fact, value)| (fact.to_owned(), value))
        .collect()
}

fn sheet(services: i64, mandate: bool, team_option: &str, reasons: &[&str]) -> Sheet {
    answers([
        ("services", Value::Count(services)),
        ("mandate", Value::YesNo(mandate)),
        ("team", team(team_option)),
        ("reasons", flags(reasons)),
    ])
}

#[test]
fn a_sheet_is_evaluated_as_by_hand() {
    let outcome = tiny().evaluate(&sheet(100, false, "dedicated", &["b"]));
    assert_eq!(outcome.score, 3);
    let signals = vec![("fleet-size".to_owned(), 1), ("capacity".to_owned(), 1)];
    assert_eq!(outcome.signals, signals);
    assert_eq!(outcome.conditions_met, 1);
    assert!(outcome.conditions["large-fleet"] && !outcome.conditions["mandated"]);
    assert_eq!(outcome.rule.unwrap(), "for-sidecars");
    assert_eq!(outcome.recommendation.unwrap(), "mesh");
}

#[test]
fn a_test_of_the_advice_reads_score_conditions_and_recommendation() {
    let holds = |test: &str| {
        let test = serde_yaml::from_str(test).unwrap();
        tiny().holds(&test, &sheet(100, false, "dedicated", &[]))
    };
    assert!(holds(
        "{score: 3, conditions_met: '< 2', recommendation: [sidecarless, mesh]}"
    ));
    assert!(holds(
        "{any: [{recommendation: mesh}, {optional: true, mandated: false}]}"
    ));
    assert!(!holds("{score: '!= 3'}"));
    assert!(!holds("{reasons: [a, b]}"));
    assert!(holds("{reasons: none, services: '==100'}"));
}

#[test]
fn cells_end_where_a_test_changes() {
    let oracle = tiny();
    let services = oracle.cells("services").cells.iter();
    let ends = services.map(|cell| [cell.first().unwrap(), cell.last().unwrap()]);
    let expected = [[1, 29], [30, 99], [100, 1000]].map(|ends| ends.map(Value::Count));
    assert!(ends.eq(expected.iter().map(|ends| ends.each_ref())));
    assert_eq!(oracle.cell_of("services", &Value::Count(99)), 1);
    assert_eq!(oracle.cell_of("services", &Value::Count(500)), 2);
    assert_eq!(oracle.cells("team").cells.len(), 3);
    assert_eq!(oracle.cells("reasons").cells.len(), 2);
    assert_eq!(oracle.sheet_count(), 36);
    assert_eq!(oracle.all_sheets().count(), 36);
    // 1, 29, 30, 99, 100; false, true; three teams; none, a, b, c, all.
    assert_eq!(oracle.every_sheet().count(), 5 * 2 * 3 * 5);
}

#[test]
fn flags_form_classes_by_the_tests_that_name_them() {
    let rubric = TINY.replace(
        "{reasons: any}",
        "{any: [{reasons: [a, b]}, {reasons: [b, a]}, {reasons: none}]}",
    );
    let oracle = Oracle::parse(&rubric);
    let cells = oracle.cells("reasons");
    assert_eq!(cells.classes, [vec!["a", "b"], vec!["c"]]);
    assert_eq!(cells.cells.len(), 4);
    assert_eq!(cells.cell_of(&flags(&["b"])), 1);
    assert_eq!(cells.cell_of(&flags(&["a", "c"])), 3);
    assert_eq!(cells.nearest(&flags(&["b", "c"]), 1), flags(&["b"]));
    assert_eq!(cells.nearest(&flags(&["a", "b"]), 2), flags(&["c"]));
    assert_eq!(cells.nearest(&flags(&[]), 3), flags(&["a", "c"]));
    assert_eq!(cells.distance(1, 2), 2);
    // Without `any` and `none`, nothing can feel c.
    let rubric = TINY.replace("{reasons: any}", "{any: [{reasons: a}, {reasons: b}]}");
    let oracle = Oracle::parse(&rubric);
    let cells = oracle.cells("reasons");
    assert_eq!(cells.classes, [["a"], ["b"]]);
    assert_eq!(cells.cell_of(&flags(&["c"])), 0);
    assert_eq!(cells.nearest(&flags(&["c"]), 1), flags(&["a", "c"]));
    // One cell when no test reads the fact.
    let oracle = Oracle::parse(&TINY.replace("{reasons: any}", "{services: 5}"));
    assert_eq!(oracle.cells("reasons").cells.len(), 1);
}

#[test]
fn possible_is_what_the_completions_give() {
    let oracle = tiny();
    let possible =
        |partial: Partial| -> Vec<String> { oracle.possible(&partial).into_iter().collect() };
    assert_eq!(possible(Partial::new()), ["mesh", "no-mesh", "sidecarless"]);
    let free_and_small = [
        ("mandate", Value::YesNo(false)),
        ("services", Value::Count(99)),
    ];
    assert_eq!(possible(answers(free_and_small)), ["no-mesh"]);
    let mandate = answers([("mandate", Value::YesNo(true)), ("reasons", flags(&[]))]);
    assert_eq!(possible(mandate.clone()), ["sidecarless"]);
    assert_eq!(oracle.condition_met(&mandate, "mandated"), Some(true));
    assert_eq!(oracle.condition_met(&mandate, "large-fleet"), None);
    assert_eq!(oracle.strength(&mandate), "close");
    assert_eq!(oracle.strength(&Partial::new()), "provisional");
}

#[test]
fn deciding_facts_come_by_their_information() {
    let partial = answers([("mandate", Value::YesNo(false)), ("reasons", flags(&[]))]);
    let deciding = tiny().deciding(&partial);
    // Two of nine completions give sidecarless: at least 100 services and a team.
    let entropy = |share: f64| -share * share.log2() - (1.0 - share) * (1.0 - share).log2();
    let services = entropy(2.0 / 9.0) - entropy(2.0 / 3.0) / 3.0;
    let team = entropy(2.0 / 9.0) - entropy(1.0 / 3.0) * 2.0 / 3.0;
    assert_eq!(deciding.len(), 2);
    assert_eq!(deciding[0].0, "services");
    assert!((deciding[0].1 - services).abs() < 1e-12);
    assert_eq!(deciding[1].0, "team");
    assert!((deciding[1].1 - team).abs() < 1e-12);
}

#[test]
fn changes_are_the_smallest_and_go_to_the_nearest_value() {
    let changes = tiny().changes(&sheet(22, false, "part-time", &["b", "c"]));
    assert_eq!(changes.len(), 2);
    assert_eq!(changes[0].recommendation, "sidecarless");
    assert_eq!(changes[0].facts, 2);
    let expected = [
        answers([("mandate", Value::YesNo(true)), ("reasons", flags(&[]))]),
        answers([("services", Value::Count(100)), ("reasons", flags(&[]))]),
    ];
    assert_eq!(changes[0].options, expected);
    let to_mesh = Change {
        recommendation: "mesh".to_owned(),
        facts: 1,
        options: vec![
            answers([("mandate", Value::YesNo(true))]),
            answers([("services", Value::Count(100))]),
        ],
    };
    assert_eq!(changes[1], to_mesh);
}

#[test]
fn a_change_that_moves_a_fact_farther_than_needed_is_dropped() {
    let changes = tiny().changes(&sheet(200, true, "dedicated", &[]));
    assert_eq!(changes[0].recommendation, "no-mesh");
    // Not 29 services, although that gives no-mesh too.
    let expected = [
        answers([
            ("services", Value::Count(99)),
            ("mandate", Value::YesNo(false)),
        ]),
        answers([("mandate", Value::YesNo(false)), ("team", team("none"))]),
    ];
    assert_eq!(changes[0].options, expected);
    assert_eq!(changes[1].recommendation, "mesh");
    assert_eq!(changes[1].options, [answers([("reasons", flags(&["a"]))])]);
}
