//! What is proved about a whole rubric, each held against brute force over all sheets: on the default rubric and on
//! random ones.

use mesh_advisor::embedded;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use verdict::engine::{Budget, Counterexample, Dead, Holds, Move, Proof, Proofs};
use verdict::ids::{Id, RecommendationId, RuleId};
use verdict::rubric::{Claim, Direction, Guarantee, Rubric};
use verdict::text::Source;

use crate::exact::{default_pair, random_pairs, theirs};
use crate::oracle::{self, Oracle, Yaml};

/// A rubric that may have gaps, as both sides see it.
struct Draft {
    rubric: Rubric,
    oracle: Arc<Oracle>,
    yaml: Yaml,
}

fn draft(text: &str) -> Draft {
    draft_with(text, Arc::new(Oracle::parse(text)))
}

fn draft_with(text: &str, oracle: Arc<Oracle>) -> Draft {
    let rubric = Rubric::draft(&Source::new("rubric.yaml", text))
        .rubric
        .expect("readable");
    Draft {
        rubric,
        oracle,
        yaml: serde_yaml::from_str(text).expect("YAML"),
    }
}

/// The default rubric, random ones, and random ones with gaps; built once for all tests.
fn drafts() -> impl Iterator<Item = &'static Draft> {
    static DRAFTS: LazyLock<Vec<Draft>> = LazyLock::new(|| {
        let random = random_pairs().map(|(_, pair)| pair);
        let whole = [default_pair()].into_iter().chain(random);
        let whole = whole.map(|pair| draft_with(&pair.yaml, pair.oracle.clone()));
        let gaps = (0..200).map(|seed| oracle::leave_gaps(&oracle::random_rubric(seed), seed));
        whole.chain(gaps.map(|text| draft(&text))).collect()
    });
    DRAFTS.iter()
}

impl Draft {
    fn proofs(&self) -> Proofs<'_> {
        Proofs::new(&self.rubric, &Budget::default()).expect("small enough")
    }

    /// The assumed sheet after some changes.
    fn sheet(&self, moves: &[Move]) -> oracle::Sheet {
        let changed = moves.iter().map(|change| {
            (
                change.fact.id.to_string(),
                theirs(&change.fact, change.value),
            )
        });
        self.oracle.assumed(&changed.collect())
    }

    fn guarantee_test(&self, id: &str) -> Yaml {
        let all = self.yaml["guarantees"].as_sequence().expect("a list");
        let found = all
            .iter()
            .find(|guarantee| guarantee["id"].as_str() == Some(id))
            .expect("the guarantee");
        found.get("when").cloned().unwrap_or(Yaml::Null)
    }
}

#[test]
fn dead_rules_are_those_that_fire_on_no_sheet() {
    let mut dead = 0;
    for draft in drafts() {
        let proofs = draft.proofs();
        let found: Vec<String> = proofs
            .dead_rules()
            .into_iter()
            .map(|rule| draft.rubric.verdict[rule].id.to_string())
            .collect();
        assert_eq!(found, draft.oracle.dead_rules());
        dead += found.len();
    }
    assert!(dead > 20, "only {dead} dead rules");
}

#[test]
fn a_dead_rule_is_taken_by_exactly_the_rules_that_fire_where_its_test_holds() {
    for draft in drafts() {
        let proofs = draft.proofs();
        for rule in proofs.dead_rules() {
            let when = &draft.oracle.rules[rule.position()].when;
            let sheets: Vec<_> = draft
                .oracle
                .all_sheets()
                .filter(|sheet| draft.oracle.holds(when, sheet))
                .collect();
            let takers: BTreeSet<String> = sheets
                .iter()
                .map(|sheet| draft.oracle.evaluate(sheet).rule.expect("taken"))
                .collect();
            match proofs.why_dead(rule).expect("small enough") {
                Dead::Contradiction => assert!(sheets.is_empty()),
                Dead::Covered { by, alone } => {
                    let id = |rule: RuleId| draft.rubric.verdict[rule].id.to_string();
                    assert_eq!(by.into_iter().map(id).collect::<BTreeSet<_>>(), takers);
                    let covers = |rule: &oracle::Rule| {
                        sheets
                            .iter()
                            .all(|sheet| draft.oracle.holds(&rule.when, sheet))
                            && takers.contains(&rule.id)
                    };
                    let expected = draft
                        .oracle
                        .rules
                        .iter()
                        .take(rule.position())
                        .find(|rule| covers(rule));
                    assert_eq!(alone.map(id), expected.map(|rule| rule.id.to_string()));
                }
            }
        }
    }
}

#[test]
fn rules_overlap_where_one_fires_and_another_holds_and_a_sheet_shows_it() {
    let mut overlaps = 0;
    for draft in drafts().skip(1).step_by(3) {
        let found = draft.proofs().overlaps().expect("small enough");
        let id = |rule: RuleId| draft.rubric.verdict[rule].id.to_string();
        let pairs: BTreeSet<_> = found
            .iter()
            .map(|one| (id(one.fires), id(one.holds)))
            .collect();
        assert_eq!(pairs, draft.oracle.overlaps());
        for one in &found {
            let sheet = draft.sheet(&one.moves);
            assert_eq!(draft.oracle.evaluate(&sheet).rule, Some(id(one.fires)));
            assert!(
                draft
                    .oracle
                    .holds(&draft.oracle.rules[one.holds.position()].when, &sheet)
            );
        }
        overlaps += found.len();
    }
    assert!(overlaps > 150, "only {overlaps}");
}

#[test]
fn a_gap_is_shown_by_the_sheet_nearest_to_what_is_assumed_and_a_rule_beside_it() {
    let mut gaps = 0;
    for draft in drafts().skip(1).step_by(3) {
        let expected = draft.oracle.gaps();
        let Some(gap) = draft.proofs().gap() else {
            assert!(expected.is_empty());
            continue;
        };
        let differing = |sheet| differing(&draft.oracle, sheet);
        let fewest = expected.iter().map(differing).min();
        let sheet = draft.sheet(&gap.moves);
        let outcome = draft.oracle.evaluate(&sheet);
        let otherwise = draft
            .rubric
            .otherwise()
            .map(|rule| &draft.rubric.verdict[rule].id);
        assert!(
            outcome.rule.is_none() || outcome.rule.as_deref() == otherwise.map(|id| id.as_str())
        );
        assert_eq!(Some(gap.moves.len()), fewest);
        if let Some(beside) = gap.beside {
            assert_ne!(Some(beside), draft.rubric.otherwise());
        }
        gaps += 1;
    }
    assert!(gaps > 30, "only {gaps}");
}

#[test]
fn sheets_are_counted_and_shared_out_exactly_also_those_that_no_rule_covers() {
    let mut gaps = 0;
    for draft in drafts() {
        let proofs = draft.proofs();
        let shares = proofs.shares();
        let expected = draft.oracle.shares();
        assert_eq!(shares.total, expected.values().sum::<usize>().into());
        for (id, recommendation) in draft.rubric.recommendations.entries() {
            assert_eq!(
                shares.of(Some(id)),
                expected[&Some(recommendation.id.to_string())].into()
            );
        }
        let uncovered = draft.oracle.uncovered();
        assert_eq!(shares.of(None), expected[&None].into());
        match proofs.uncovered() {
            None => assert!(uncovered.is_empty()),
            Some(moves) => {
                assert_eq!(draft.oracle.evaluate(&draft.sheet(&moves)).rule, None);
                let fewest = uncovered
                    .iter()
                    .map(|sheet| differing(&draft.oracle, sheet))
                    .min();
                assert_eq!(Some(moves.len()), fewest);
                gaps += 1;
            }
        }
    }
    assert!(gaps > 50, "only {gaps} rubrics with gaps");
}

/// How many facts have left the cell of their assumed value.
fn differing(oracle: &Oracle, sheet: &oracle::Sheet) -> usize {
    let assumed = oracle.cells_of(&oracle.assumed(&oracle::Partial::new()));
    oracle
        .cells_of(sheet)
        .iter()
        .zip(&assumed)
        .filter(|(cell, assumed)| cell != assumed)
        .count()
}

#[test]
fn guarantees_are_proved_or_broken_as_by_brute_force() {
    let (mut held, mut broken) = (0, 0);
    for draft in drafts() {
        let proofs = draft.proofs();
        let expected = draft.oracle.guarantees();
        assert_eq!(draft.rubric.guarantees.len(), expected.len());
        for (guarantee, (id, holds)) in draft.rubric.guarantees.iter().zip(expected) {
            assert_eq!(guarantee.id, id);
            match proofs.prove(guarantee).expect("small enough") {
                Proof::Holds | Proof::Empty => {
                    assert!(holds, "{id}");
                    held += 1;
                }
                Proof::Broken(counterexample) => {
                    assert!(!holds, "{id}");
                    is_smallest(draft, guarantee, &counterexample);
                    broken += 1;
                }
            }
        }
    }
    assert!(held > 300 && broken > 300, "{held} held, {broken} broken");
}

/// That a counterexample breaks its guarantee, and that no sheet with fewer facts off their assumed cells does.
fn is_smallest(draft: &Draft, guarantee: &Guarantee, counterexample: &Counterexample) {
    let oracle = &draft.oracle;
    let place = |recommendation: Option<String>| {
        recommendation.map(|id| draft.rubric.recommendation(&id).expect("a recommendation"))
    };
    let recommended = |sheet: &oracle::Sheet| place(oracle.evaluate(sheet).recommendation);
    let when = draft.guarantee_test(&guarantee.id);
    let breaks = |sheet: &oracle::Sheet| {
        oracle.holds(&when, sheet)
            && match (&guarantee.claim, recommended(sheet)) {
                (Claim::Always(expected), given) => {
                    given.is_none_or(|given| !expected.contains(given))
                }
                (Claim::Never(excluded), given) => {
                    given.is_some_and(|given| excluded.contains(given))
                }
                (Claim::Monotone { .. }, _) => false,
            }
    };
    let sheet = draft.sheet(&counterexample.moves);
    if let Claim::Monotone { fact, direction } = &guarantee.claim {
        let fact = &draft.rubric.facts[*fact];
        let raised = counterexample.raised.as_ref().expect("a step");
        let with = |value| {
            let mut sheet = sheet.clone();
            sheet.insert(fact.id.to_string(), theirs(fact, value));
            sheet
        };
        let (before, after) = (
            recommended(&with(raised.before)),
            recommended(&with(raised.after)),
        );
        assert_eq!(
            (before, after),
            (counterexample.recommendation, Some(raised.recommendation))
        );
        let is_wrong = |before: RecommendationId, after: RecommendationId| match direction {
            Direction::Up => before > after,
            Direction::Down => before < after,
        };
        assert!(is_wrong(before.expect("given"), after.expect("given")));
        assert_eq!(
            counterexample.moves.len(),
            fewest_off_for_a_step(draft, &fact.id, is_wrong)
        );
        return;
    }
    assert!(breaks(&sheet), "{}", guarantee.id);
    assert_eq!(recommended(&sheet), counterexample.recommendation);
    let refined = oracle.cells_refined_by(&[&when]);
    let assumed = oracle.assumed(&oracle::Partial::new());
    let off = |sheet: &oracle::Sheet| {
        let cell = |cells: &oracle::FactCells, sheet: &oracle::Sheet| {
            cells.cell_of(&sheet[&cells.fact.id])
        };
        refined
            .iter()
            .filter(|cells| cell(cells, sheet) != cell(cells, &assumed))
            .count()
    };
    let fewest = refined_sheets(&refined)
        .filter(|sheet| breaks(sheet))
        .map(|sheet| off(&sheet))
        .min();
    assert_eq!(Some(counterexample.moves.len()), fewest, "{}", guarantee.id);
}

fn refined_sheets(refined: &[oracle::FactCells]) -> impl Iterator<Item = oracle::Sheet> {
    let mut sheets = vec![BTreeMap::new()];
    for cells in refined {
        let values = cells.representatives();
        let with = |sheet: &oracle::Sheet, value: &oracle::Value| {
            let mut sheet = sheet.clone();
            sheet.insert(cells.fact.id.to_string(), value.clone());
            sheet
        };
        sheets = sheets
            .iter()
            .flat_map(|sheet| {
                values
                    .iter()
                    .map(|value| with(sheet, value))
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    sheets.into_iter()
}

/// The fewest facts, the raised one aside, that are off their assumed cell where a raise goes the wrong way.
fn fewest_off_for_a_step(
    draft: &Draft,
    fact: &str,
    is_wrong: impl Fn(RecommendationId, RecommendationId) -> bool,
) -> usize {
    let oracle = &draft.oracle;
    let raised = oracle
        .facts
        .iter()
        .position(|known| known.id == fact)
        .expect("the fact");
    let assumed = oracle.cells_of(&oracle.assumed(&oracle::Partial::new()));
    let height = |cells: &[usize]| {
        oracle
            .recommendation_at(cells)
            .map(|id| draft.rubric.recommendation(id).expect("a recommendation"))
    };
    let cells = oracle.cells(fact);
    let is_flags = matches!(cells.fact.kind, oracle::Kind::Flags(_));
    let mut fewest = usize::MAX;
    for low in oracle.all_cells() {
        for cell in 0..cells.cells.len() {
            let is_raise = if is_flags {
                low[raised] != cell && low[raised] & cell == low[raised]
            } else {
                low[raised] < cell
            };
            let mut high = low.clone();
            high[raised] = cell;
            if let (true, Some(before), Some(after)) = (is_raise, height(&low), height(&high))
                && is_wrong(before, after)
            {
                let others = low
                    .iter()
                    .zip(&assumed)
                    .enumerate()
                    .filter(|(place, _)| *place != raised);
                fewest = fewest.min(
                    others
                        .filter(|(_, (cell, assumed))| cell != assumed)
                        .count(),
                );
            }
        }
    }
    fewest
}

#[test]
fn facts_matter_exactly_when_two_sheets_differ_by_them() {
    let mut idle = 0;
    for draft in drafts() {
        let matter = draft.proofs().facts_that_matter();
        let never = draft.oracle.facts_that_never_matter();
        for fact in &draft.rubric.facts {
            let is_read = draft.oracle.facts.iter().any(|known| known.id == fact.id)
                && !draft.oracle.tests_on(&fact.id).is_empty();
            if is_read {
                assert_eq!(
                    !matter.contains(&fact.position),
                    never.contains(&fact.id.to_string()),
                    "{}",
                    fact.id
                );
            }
        }
        idle += never.len();
    }
    assert!(idle > 10, "only {idle} facts that never matter");
}

#[test]
fn signals_and_conditions_that_never_or_always_hold_are_told() {
    for draft in drafts() {
        let proofs = draft.proofs();
        let questions = draft
            .rubric
            .questions
            .iter()
            .chain(&draft.rubric.follow_ups);
        let signals: Vec<((String, usize), Holds)> = questions
            .flat_map(|question| {
                (draft.rubric.signals_of(question).enumerate())
                    .map(|(index, signal)| (&question.id, index, signal))
            })
            .map(|(id, index, signal)| {
                (
                    (id.to_string(), index),
                    proofs.facts_hold(&signal.when).expect("small"),
                )
            })
            .collect();
        let with = |holds: Holds| {
            signals
                .iter()
                .filter(move |(_, found)| *found == holds)
                .map(|(id, _)| id.clone())
        };
        assert_eq!(
            with(Holds::Never).collect::<Vec<_>>(),
            draft.oracle.signals_never()
        );
        assert_eq!(
            with(Holds::Always).collect::<Vec<_>>(),
            draft.oracle.signals_always()
        );
        let holds = |condition: &verdict::rubric::Condition| {
            proofs
                .facts_hold(&draft.rubric.named[condition.named].when)
                .expect("small")
        };
        let conditions = |wanted: Holds| -> Vec<String> {
            let all = draft
                .rubric
                .conditions
                .iter()
                .filter(|condition| holds(condition) == wanted);
            all.map(|condition| condition.id.to_string()).collect()
        };
        assert_eq!(conditions(Holds::Never), draft.oracle.conditions_never());
        assert_eq!(conditions(Holds::Always), draft.oracle.conditions_always());
    }
}

#[test]
fn the_score_and_the_conditions_reach_exactly_as_far_as_is_said() {
    for draft in drafts() {
        let sums = draft.proofs().sums().expect("small enough");
        let outcomes = draft.oracle.table();
        let range = |sum: fn(&oracle::Outcome) -> i64| {
            outcomes.iter().map(sum).min().expect("a sheet")
                ..=outcomes.iter().map(sum).max().expect("a sheet")
        };
        assert_eq!(sums.score, range(|outcome| outcome.score));
        assert_eq!(sums.conditions_met, range(|outcome| outcome.conditions_met));
    }
}

#[test]
fn a_part_that_contradicts_itself_is_as_small_as_can_be() {
    let text = embedded::source().text;
    let draft = draft(&text);
    let proofs = draft.proofs();
    let test = |yaml: &str| {
        let text = text.replace(
            "    when: {required: false, platform_team: none}\n",
            &format!("    when: {yaml}\n"),
        );
        assert_ne!(text, embedded::source().text);
        let rubric = Rubric::draft(&Source::new("r", text))
            .rubric
            .expect("readable");
        rubric
            .verdict
            .iter()
            .find(|rule| rule.id == "nobody-to-run-it")
            .expect("the rule")
            .when
            .clone()
    };
    let tests = [
        test("{services: '>= 100'}"),
        test("{mtls-everywhere: true}"),
        test("{score: '< -2'}"),
        test("{teams: '>= 5'}"),
        test("{languages: 1}"),
    ];
    // With a mandate (+3) in a large fleet (+2) the rest can take away no more than 6. Languages have no part in it.
    let core = proofs
        .contradiction(&tests.iter().collect::<Vec<_>>())
        .expect("small enough");
    let holds = |parts: &[usize]| {
        let tests = parts.iter().map(|part| tests[*part].clone()).collect();
        proofs
            .holds(&verdict::rubric::Test::All(tests))
            .expect("small enough")
    };
    assert_eq!(core, [0, 1, 2, 3]);
    assert_eq!(holds(&core), Holds::Never);
    for left_out in &core {
        let rest: Vec<usize> = core
            .iter()
            .copied()
            .filter(|part| part != left_out)
            .collect();
        assert_ne!(holds(&rest), Holds::Never);
    }
}

#[test]
fn work_beyond_the_budget_ends_in_an_error_and_not_in_a_wrong_claim() {
    let pair = default_pair();
    assert!(Proofs::new(&pair.rubric, &Budget::new(1_000_000, 10)).is_err());
    for (_, pair) in random_pairs().take(20) {
        let free = Budget::default();
        let all = Proofs::new(&pair.rubric, &free).expect("small enough");
        let dear = Budget::new(1_000_000, free.spent() + 5);
        let proofs = Proofs::new(&pair.rubric, &dear).expect("affordable");
        for guarantee in &pair.rubric.guarantees {
            if let Ok(proof) = proofs.prove(guarantee) {
                assert_eq!(proof, all.prove(guarantee).expect("small enough"));
            }
        }
    }
}
