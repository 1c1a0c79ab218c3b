//! That the oracle agrees with itself on random rubrics, and that these are small, valid and varied enough to test with.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{id, items};
use super::{
    Oracle, Yaml, diff, leave_gaps, mutate_rubric, random_partial, random_rubric, random_sheet,
};

#[test]
fn sheets_in_the_same_cells_have_the_same_outcome() {
    for seed in 0..25 {
        let oracle = Oracle::parse(&random_rubric(seed));
        assert_eq!(oracle.table().len(), oracle.sheet_count());
        for sheet_seed in 0..60 {
            let sheet = random_sheet(&oracle, sheet_seed);
            assert_eq!(&oracle.evaluate(&sheet), oracle.outcome(&sheet));
        }
        for sheet in oracle.every_sheet().step_by(97).take(100) {
            assert_eq!(&oracle.evaluate(&sheet), oracle.outcome(&sheet));
        }
    }
}

#[test]
fn every_change_reaches_the_recommendation_it_promises() {
    for seed in 0..25 {
        let oracle = Oracle::parse(&random_rubric(seed));
        for sheet_seed in 0..10 {
            let sheet = random_sheet(&oracle, sheet_seed);
            for change in oracle.changes(&sheet) {
                assert!(!change.options.is_empty());
                for option in &change.options {
                    assert_eq!(option.len(), change.facts);
                    let mut changed = sheet.clone();
                    changed.extend(option.clone());
                    let reached = oracle.evaluate(&changed).recommendation;
                    assert_eq!(reached.as_ref(), Some(&change.recommendation));
                }
            }
        }
    }
}

#[test]
fn answers_are_provisional_exactly_when_some_fact_is_deciding() {
    for seed in 0..25 {
        let oracle = Oracle::parse(&random_rubric(seed));
        for partial_seed in 0..20 {
            let partial = random_partial(&oracle, partial_seed);
            let deciding = oracle.deciding(&partial);
            let possible = oracle.possible(&partial);
            assert_eq!(possible.len() > 1, !deciding.is_empty());
            assert!(deciding.iter().all(|(fact, _)| !partial.contains_key(fact)));
            assert!(deciding.iter().all(|(_, drop)| *drop > -1e-12));
            let assumed = oracle.evaluate(&oracle.assumed(&partial)).recommendation;
            assert!(possible.contains(&assumed.unwrap()));
        }
    }
}

#[test]
fn a_rubric_is_the_same_for_the_same_seed_and_its_cases_are_right() {
    for seed in 0..25 {
        let text = random_rubric(seed);
        assert_eq!(text, random_rubric(seed));
        let oracle = Oracle::parse(&text);
        assert!(oracle.sheet_count() <= 3000);
        let rubric: Yaml = serde_yaml::from_str(&text).unwrap();
        for case in items(&rubric, "cases") {
            let answers = case["answers"].as_mapping().unwrap();
            let answers = answers.iter().map(|(fact, value)| {
                let fact = fact.as_str().unwrap();
                (fact.to_owned(), oracle.fact(fact).kind.value(value))
            });
            let outcome = oracle.evaluate(&oracle.assumed(&answers.collect()));
            assert_eq!(case["recommend"], outcome.recommendation.unwrap().as_str());
            assert_eq!(case["rule"], outcome.rule.unwrap().as_str());
        }
        for key in ["prerequisites", "cautions", "plan"] {
            for entry in items(&rubric, key) {
                oracle.holds(&entry["when"], &random_sheet(&oracle, seed));
            }
        }
    }
}

#[test]
fn mutants_differ_from_their_rubric_and_can_be_compared_with_it() {
    let mut moved = 0;
    for seed in 0..60 {
        let text = random_rubric(seed);
        let old = Oracle::parse(&text);
        let mutant = mutate_rubric(&text, seed);
        let new = Oracle::parse(&mutant);
        assert_ne!(without_cases(&text), without_cases(&mutant));
        assert!(new.uncovered().is_empty());
        let there = diff(&old, &new);
        let back = diff(&new, &old);
        assert_eq!(there.total, there.moves.values().sum::<usize>());
        assert_eq!(there.total, back.total);
        for ((from, to), count) in &there.moves {
            assert_eq!(back.moves[&(to.clone(), from.clone())], *count);
        }
        moved += usize::from(there.changed() > 0);
    }
    assert!(
        (12..=54).contains(&moved),
        "{moved} of 60 mutants move a sheet"
    );
}

#[test]
fn random_rubrics_show_every_thing_that_is_to_be_found() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut see = |thing: String| *seen.entry(thing).or_default() += 1;
    for seed in 0..120 {
        let text = random_rubric(seed);
        let oracle = Oracle::parse(&text);
        let rubric: Yaml = serde_yaml::from_str(&text).unwrap();
        for (guarantee, (guarantee_id, is_true)) in
            items(&rubric, "guarantees").zip(oracle.guarantees())
        {
            assert_eq!(id(guarantee), guarantee_id);
            for form in ["always", "never"] {
                if guarantee.get(form).is_some() {
                    see(format!("{form} is {is_true}"));
                }
            }
            if let Some(direction) = guarantee.get("direction") {
                see(format!("{} is {is_true}", direction.as_str().unwrap()));
            }
        }
        let mut see_if = |is_so: bool, thing: &str| {
            if is_so {
                see(thing.to_owned());
            }
        };
        see_if(!oracle.dead_rules().is_empty(), "dead rules");
        see_if(oracle.dead_rules().is_empty(), "no dead rules");
        see_if(!oracle.signals_never().is_empty(), "dead signals");
        see_if(!oracle.signals_always().is_empty(), "constant signals");
        see_if(!oracle.conditions_never().is_empty(), "dead conditions");
        see_if(
            !oracle.conditions_always().is_empty(),
            "constant conditions",
        );
        see_if(!oracle.facts_that_never_matter().is_empty(), "idle facts");
        see_if(
            oracle
                .shares()
                .iter()
                .all(|(given, share)| given.is_none() || *share > 0),
            "three recommendations",
        );
        see_if(oracle.sheet_count() > 300, "many sheets");
        let gaps = Oracle::parse(&leave_gaps(&text, seed));
        see_if(!gaps.uncovered().is_empty(), "gaps");
    }
    let rare: BTreeSet<&String> = seen.keys().filter(|thing| seen[*thing] < 3).collect();
    assert!(seen.len() == 18 && rare.is_empty(), "{seen:#?}");
}

fn without_cases(text: &str) -> Yaml {
    let mut rubric: Yaml = serde_yaml::from_str(text).unwrap();
    rubric["cases"] = Yaml::Null;
    rubric
}
