//! Small random edits of a rubric, for tests that compare two rubrics.

use super::Yaml;
use super::dice::Dice;
use super::evaluate::comparison_parts;
use super::read::{id, items};

/// Changes a rubric; false when it has no place for this edit.
type Edit = fn(&mut Yaml, &mut Dice) -> bool;

/// The rubric with one small random edit that leaves it valid and leaves no sheet without a recommendation. Its cases are
/// dropped, because they may no longer be right. A mutant can be mutated again.
pub(crate) fn mutate_rubric(yaml: &str, seed: u64) -> String {
    let mut rubric: Yaml = serde_yaml::from_str(yaml).unwrap();
    let mut dice = Dice::new(seed);
    let mut edits: [Edit; 10] = [
        move_threshold,
        change_points,
        remove_rule,
        swap_rules,
        change_rule_recommendation,
        negate_named_test,
        add_option,
        add_fact,
        remove_signal,
        raise_maximum,
    ];
    dice.shuffle(&mut edits);
    let is_done = edits.iter().any(|edit| edit(&mut rubric, &mut dice));
    assert!(is_done, "some edit is always possible");
    rubric["cases"] = Yaml::Sequence(Vec::new());
    // How common the values are must be said of each value and from each threshold on; which sheets move does not rest on it.
    for part in ["questions", "follow_ups"] {
        for question in list(&mut rubric, part) {
            for fact in list(question, "facts") {
                fact.as_mapping_mut().unwrap().remove("likely");
            }
        }
    }
    serde_yaml::to_string(&rubric).unwrap()
}

/// The rubric with a test on its last rule, so that sheets may be left without a recommendation. Its cases are dropped.
pub(crate) fn leave_gaps(yaml: &str, seed: u64) -> String {
    let mut rubric: Yaml = serde_yaml::from_str(yaml).unwrap();
    let mut dice = Dice::new(seed);
    let named: Vec<String> = items(&rubric, "conditions")
        .chain(items(&rubric, "definitions"))
        .map(id)
        .collect();
    let when = format!("{{{}: {}}}", dice.pick(&named), dice.chance(50));
    let last = list(&mut rubric, "verdict").last_mut().unwrap();
    last["when"] = serde_yaml::from_str(&when).unwrap();
    rubric["cases"] = Yaml::Sequence(Vec::new());
    serde_yaml::to_string(&rubric).unwrap()
}

fn move_threshold(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    let counts: Vec<(String, i64, i64)> = facts(rubric)
        .filter(|fact| fact["kind"] == "count" && fact.get("assume").is_some())
        .map(|fact| {
            let limit = |key: &str| fact.get(key).and_then(Yaml::as_i64);
            let min = limit("min").unwrap_or(0);
            (id(fact), min, limit("max").unwrap_or(i64::MAX))
        })
        .collect();
    if counts.is_empty() {
        return false;
    }
    let (fact, min, max) = dice.pick(&counts);
    let mut found = Vec::new();
    for (key, section) in rubric.as_mapping_mut().unwrap() {
        match key.as_str().unwrap() {
            "questions" | "follow_ups" => {
                for question in section.as_sequence_mut().unwrap() {
                    for signal in list(question, "signals") {
                        collect_comparisons(fact, &mut signal["when"], &mut found);
                    }
                }
            }
            "conditions" | "definitions" | "verdict" => {
                for entry in section.as_sequence_mut().unwrap() {
                    if let Some(when) = entry.get_mut("when") {
                        collect_comparisons(fact, when, &mut found);
                    }
                }
            }
            _ => {}
        }
    }
    if found.is_empty() {
        return false;
    }
    let place = dice.below(found.len());
    let (operator, number) = comparison_parts(found[place]);
    let moved = (number + *dice.pick(&[-2, -1, 1, 2])).clamp(*min, *max);
    if moved == number {
        return false;
    }
    *found[place] = Yaml::from(format!("{operator} {moved}"));
    true
}

fn change_points(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    let questions = list(rubric, "questions");
    let place = dice.below(questions.len());
    let signals = list(&mut questions[place], "signals");
    if signals.is_empty() {
        return false;
    }
    let place = dice.below(signals.len());
    let points = signals[place]["points"].as_i64().unwrap();
    signals[place]["points"] = Yaml::from(if points > 0 { points + 1 } else { points - 1 });
    true
}

fn remove_rule(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    let rules = list(rubric, "verdict");
    if rules.len() < 2 {
        return false;
    }
    let place = dice.below(rules.len() - 1);
    rules.remove(place);
    true
}

fn swap_rules(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    let rules = list(rubric, "verdict");
    if rules.len() < 3 {
        return false;
    }
    let place = dice.below(rules.len() - 2);
    rules.swap(place, place + 1);
    true
}

fn change_rule_recommendation(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    let mut recommendations: Vec<String> = items(rubric, "recommendations").map(id).collect();
    let rules = list(rubric, "verdict");
    let place = dice.below(rules.len());
    recommendations.retain(|other| rules[place]["recommend"] != other.as_str());
    rules[place]["recommend"] = Yaml::from(dice.pick(&recommendations).as_str());
    true
}

fn negate_named_test(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    let key = *dice.pick(&["conditions", "definitions"]);
    let named = list(rubric, key);
    if named.is_empty() {
        return false;
    }
    let place = dice.below(named.len());
    let mut negated: Yaml = serde_yaml::from_str("{not: {}}").unwrap();
    negated["not"] = named[place]["when"].clone();
    named[place]["when"] = negated;
    true
}

/// A new last option that no test names.
fn add_option(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    let kind = *dice.pick(&["choice", "flags"]);
    for question in list(rubric, "questions") {
        for fact in list(question, "facts") {
            let has_it = items(fact, "options").any(|option| option["id"] == "one-more");
            if fact["kind"] == kind && !has_it {
                let option = "{id: one-more, title: One more}";
                list(fact, "options").push(serde_yaml::from_str(option).unwrap());
                return true;
            }
        }
    }
    false
}

/// A new fact with a signal that reads it.
fn add_fact(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    if facts(rubric).any(|fact| fact["id"] == "one_more") {
        return false;
    }
    let points = *dice.pick(&[-2, 2]);
    let fact = "{id: one_more, kind: yes_no, ask: 'One more?', assume: false}";
    let signal = format!("{{when: {{one_more: true}}, points: {points}, reason: One more}}");
    let questions = list(rubric, "questions");
    let place = dice.below(questions.len());
    list(&mut questions[place], "facts").push(serde_yaml::from_str(fact).unwrap());
    list(&mut questions[place], "signals").push(serde_yaml::from_str(&signal).unwrap());
    true
}

fn remove_signal(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    let questions = list(rubric, "questions");
    let place = dice.below(questions.len());
    list(&mut questions[place], "signals").pop().is_some()
}

fn raise_maximum(rubric: &mut Yaml, dice: &mut Dice) -> bool {
    for question in list(rubric, "questions") {
        for fact in list(question, "facts") {
            if fact["kind"] != "count" {
                continue;
            }
            if let Some(max) = fact.get("max").and_then(Yaml::as_i64) {
                fact["max"] = Yaml::from(max + dice.between(1, 10));
                return true;
            }
        }
    }
    false
}

/// Adds to `found` every comparison with `fact` inside `test`.
fn collect_comparisons<'a>(fact: &str, test: &'a mut Yaml, found: &mut Vec<&'a mut Yaml>) {
    for (key, value) in test.as_mapping_mut().unwrap() {
        match key.as_str().unwrap() {
            "all" | "any" => {
                for part in value.as_sequence_mut().unwrap() {
                    collect_comparisons(fact, part, found);
                }
            }
            "not" => collect_comparisons(fact, value, found),
            key if key == fact => found.push(value),
            _ => {}
        }
    }
}

fn facts(rubric: &Yaml) -> impl Iterator<Item = &Yaml> {
    items(rubric, "questions")
        .chain(items(rubric, "follow_ups"))
        .flat_map(|question| items(question, "facts"))
}

/// The list under `key`, to be changed; an absent one becomes an empty one.
fn list<'a>(parent: &'a mut Yaml, key: &str) -> &'a mut Vec<Yaml> {
    if parent.get(key).is_none() {
        parent[key] = Yaml::Sequence(Vec::new());
    }
    parent[key].as_sequence_mut().unwrap()
}
