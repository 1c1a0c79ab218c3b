//! The random facts and tests that random rubrics are made of, as YAML text in flow style.

use super::dice::Dice;

/// A random fact and the tests that the rubric may make on it. There are few, so that there are few cells.
#[derive(Clone, Debug)]
pub(super) struct RandomFact {
    /// Its id.
    pub id: String,
    /// The fact as an entry of `facts`.
    pub yaml: String,
    /// The right-hand sides of tests: `">= 30"`, `[a, b]`, `any`, `true`.
    pub tests: Vec<String>,
    domain: Domain,
}

#[derive(Clone, Debug)]
enum Domain {
    Count { min: i64, max: i64 },
    YesNo,
    Choice(Vec<String>),
    Flags(Vec<String>),
}

/// What a random test may read.
#[derive(Clone, Debug)]
pub(super) struct Readable {
    /// These facts.
    pub facts: Vec<RandomFact>,
    /// These conditions and definitions.
    pub names: Vec<String>,
    /// The score and the number of conditions met.
    pub score: bool,
    /// These recommendations.
    pub recommendations: Vec<String>,
}

/// A fact of one of the four kinds, `kind` being 0 to 3.
pub(super) fn random_fact(dice: &mut Dice, kind: usize, number: usize) -> RandomFact {
    match kind {
        0 => {
            let min = dice.between(0, 1);
            let max = *dice.pick(&[5, 8, 50, 1000]);
            let assume = if dice.chance(70) {
                min
            } else {
                dice.between(min, max)
            };
            let rest = format!("kind: count, min: {min}, max: {max}, assume: {assume}");
            fact(dice, number, "count", &rest, Domain::Count { min, max })
        }
        1 => {
            let rest = format!("kind: yes_no, assume: {}", dice.chance(50));
            fact(dice, number, "yes_no", &rest, Domain::YesNo)
        }
        2 => {
            let names = ["none", "part-time", "dedicated", "around-the-clock"];
            let options = first_of(&names, 2 + dice.below(3));
            let assume = dice.pick(&options).clone();
            let rest = format!("kind: choice, assume: {assume}, {}", titled(&options));
            fact(dice, number, "choice", &rest, Domain::Choice(options))
        }
        _ => {
            let names = ["spire-ca", "envoy-filters", "off-cluster", "no-agents"];
            let options = first_of(&names, 2 + dice.below(3));
            let assume = if dice.chance(80) { "" } else { &options[0] };
            let rest = format!("kind: flags, assume: [{assume}], {}", titled(&options));
            fact(dice, number, "flags", &rest, Domain::Flags(options))
        }
    }
}

impl RandomFact {
    /// Allows one more test on this fact.
    pub(super) fn add_test(&mut self, dice: &mut Dice) {
        let test = match &self.domain {
            Domain::Count { min, max } => {
                let limit = dice.between(*min, *max);
                match *dice.pick(&[">= ", ">=", "> ", "<= ", "< ", "<", "== ", "!= ", ""]) {
                    "" => limit.to_string(),
                    operator => format!("\"{operator}{limit}\""),
                }
            }
            Domain::YesNo => dice.chance(60).to_string(),
            Domain::Choice(options) => one_or_list(dice, options),
            Domain::Flags(options) => match dice.below(5) {
                0 => "any".to_owned(),
                1 => "none".to_owned(),
                _ => one_or_list(dice, options),
            },
        };
        self.tests.push(test);
    }
}

/// A test of one or two entries, nested at most `depth` deep.
pub(super) fn random_test(dice: &mut Dice, readable: &Readable, depth: usize) -> String {
    let entries = 1 + dice.below(2);
    random_test_of(entries, dice, readable, depth)
}

/// A test of two or three entries, which holds less often.
pub(super) fn random_narrow_test(dice: &mut Dice, readable: &Readable, depth: usize) -> String {
    let entries = 2 + dice.below(2);
    random_test_of(entries, dice, readable, depth)
}

/// Fewer entries when two of them would have the same key.
fn random_test_of(count: usize, dice: &mut Dice, readable: &Readable, depth: usize) -> String {
    let mut entries: Vec<(String, String)> = Vec::new();
    for _ in 0..count {
        let (key, value) = random_entry(dice, readable, depth);
        if entries.iter().all(|(other, _)| *other != key) {
            entries.push((key, value));
        }
    }
    let entries: Vec<String> = entries
        .iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    format!("{{{}}}", entries.join(", "))
}

fn random_entry(dice: &mut Dice, readable: &Readable, depth: usize) -> (String, String) {
    if depth > 0 && dice.chance(30) {
        return match dice.below(3) {
            0 => ("all".to_owned(), random_list(dice, readable, depth - 1)),
            1 => ("any".to_owned(), random_list(dice, readable, depth - 1)),
            _ => ("not".to_owned(), random_test(dice, readable, depth - 1)),
        };
    }
    if !readable.names.is_empty() && dice.chance(30) {
        return (
            dice.pick(&readable.names).clone(),
            dice.chance(70).to_string(),
        );
    }
    if !readable.recommendations.is_empty() && dice.chance(30) {
        let recommendations = one_or_list(dice, &readable.recommendations);
        return ("recommendation".to_owned(), recommendations);
    }
    if readable.score && dice.chance(35) {
        let operator = *dice.pick(&["<", "<=", ">", ">=", "==", "!="]);
        return if dice.chance(60) {
            let limit = dice.between(-3, 4);
            ("score".to_owned(), format!("\"{operator} {limit}\""))
        } else {
            let limit = dice.between(0, 3);
            let comparison = format!("\"{operator} {limit}\"");
            ("conditions_met".to_owned(), comparison)
        };
    }
    let fact = dice.pick(&readable.facts);
    (fact.id.clone(), dice.pick(&fact.tests).clone())
}

fn random_list(dice: &mut Dice, readable: &Readable, depth: usize) -> String {
    let mut tests = Vec::new();
    for _ in 0..2 + dice.below(2) {
        tests.push(random_test(dice, readable, depth));
    }
    format!("[{}]", tests.join(", "))
}

fn fact(dice: &mut Dice, number: usize, kind: &str, rest: &str, domain: Domain) -> RandomFact {
    let id = format!("{kind}_{number}");
    let mut fact = RandomFact {
        yaml: format!("{{id: {id}, ask: 'Fact {number}?', {rest}}}"),
        id,
        tests: Vec::new(),
        domain,
    };
    for _ in 0..2 + dice.below(2) {
        fact.add_test(dice);
    }
    fact
}

fn one_or_list(dice: &mut Dice, options: &[String]) -> String {
    if dice.chance(50) {
        return dice.pick(options).clone();
    }
    let mut list = dice.some_of(options);
    if list.is_empty() {
        list.push(options[0].clone());
    }
    format!("[{}]", list.join(", "))
}

fn titled(options: &[String]) -> String {
    let options: Vec<String> = options
        .iter()
        .map(|id| format!("{{id: {id}, title: The option {id}}}"))
        .collect();
    format!("options: [{}]", options.join(", "))
}

fn first_of(names: &[&str], count: usize) -> Vec<String> {
    let names = names.iter().take(count);
    names.map(|name| (*name).to_owned()).collect()
}
