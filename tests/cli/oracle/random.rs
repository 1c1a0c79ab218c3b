//! Random small rubrics, as YAML text: all four kinds of facts, definitions that use definitions, nested tests, a verdict
//! that mixes them with the score and the number of conditions, dead rules now and then, guarantees true and false.

use super::dice::{Dice, random_partial};
use super::random_tests::{RandomFact, Readable, random_fact, random_narrow_test, random_test};
use super::{Oracle, Partial, Value};

/// A larger draft is thrown away.
const MOST_SHEETS: usize = 3000;

const RECOMMENDATIONS: [&str; 3] = ["no-mesh", "sidecarless", "mesh"];

/// A valid rubric of at most 3000 sheets; the same seed gives the same text. Every sheet gets a recommendation, the cases
/// are right, and rubrics that show little (few sheets, few recommendations, dead rules) are the exception.
pub(crate) fn random_rubric(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    loop {
        let draft = Draft::new(&mut dice).yaml();
        let oracle = Oracle::parse(&draft);
        if oracle.sheet_count() > MOST_SHEETS {
            continue;
        }
        let given = oracle.shares().values().filter(|share| **share > 0).count();
        let shows_little =
            oracle.sheet_count() < 50 || given < 3 || !oracle.dead_rules().is_empty();
        if !shows_little || dice.chance(5) {
            return draft + &cases(&mut dice, &oracle);
        }
    }
}

/// The entries of the lists of a rubric, each as one line of YAML.
#[derive(Default)]
struct Draft {
    questions: Vec<String>,
    follow_ups: Vec<String>,
    conditions: Vec<String>,
    definitions: Vec<String>,
    verdict: Vec<String>,
    prerequisites: Vec<String>,
    cautions: Vec<String>,
    guarantees: Vec<String>,
    plan: Vec<String>,
}

impl Draft {
    fn new(dice: &mut Dice) -> Draft {
        let mut draft = Draft::default();
        let facts = random_facts(dice);
        let mut readable = Readable {
            facts,
            names: Vec::new(),
            score: false,
            recommendations: Vec::new(),
        };
        draft.add_definitions(dice, &mut readable);
        draft.add_questions(dice, &readable);
        draft.add_conditions(dice, &mut readable);
        readable.score = true;
        let rules = draft.add_verdict(dice, &readable);
        draft.add_guarantees(dice, &readable, &rules);
        readable.recommendations = RECOMMENDATIONS.map(str::to_owned).to_vec();
        draft.add_advice(dice, &readable);
        draft
    }

    /// Each definition may use those before it; in the file they stand in any order.
    fn add_definitions(&mut self, dice: &mut Dice, readable: &mut Readable) {
        for number in 0..1 + dice.below(3) {
            let when = random_test(dice, readable, 2);
            self.definitions
                .push(format!("{{id: definition-{number}, when: {when}}}"));
            readable.names.push(format!("definition-{number}"));
        }
        dice.shuffle(&mut self.definitions);
    }

    /// Shares the facts out among two to four questions; the last of them may be a follow-up.
    fn add_questions(&mut self, dice: &mut Dice, readable: &Readable) {
        let count = 2 + dice.below(3);
        for number in 0..count {
            let facts = readable.facts.iter().skip(number).step_by(count);
            let facts: Vec<String> = facts.map(|fact| fact.yaml.clone()).collect();
            let mut signals = Vec::new();
            for _ in 0..1 + dice.below(4) {
                let when = random_test(dice, readable, 1);
                let points = *dice.pick(&[-3, -2, -1, 1, 2, 3]);
                let reason = format!("Worth {points}");
                signals.push(format!(
                    "{{when: {when}, points: {points}, reason: {reason}}}"
                ));
            }
            let question = format!(
                "{{id: question-{number}, ask: 'Question {number}?', why: Because, facts: [{}], signals: [{}]}}",
                facts.join(", "),
                signals.join(", ")
            );
            if number >= 2 && number + 1 == count && dice.chance(50) {
                self.follow_ups.push(question);
            } else {
                self.questions.push(question);
            }
        }
        if dice.chance(30) {
            self.follow_ups.push(
                "{id: sizing, ask: 'How large?', why: To count, facts: \
                 [{id: pods, kind: count, ask: 'How many pods?', min: 0, max: 1000000}], signals: []}"
                    .to_owned(),
            );
        }
    }

    fn add_conditions(&mut self, dice: &mut Dice, readable: &mut Readable) {
        for number in 0..2 + dice.below(2) {
            let when = random_test(dice, readable, 2);
            self.conditions.push(format!(
                "{{id: condition-{number}, title: Condition {number}, when: {when}}}"
            ));
        }
        let numbers = 0..self.conditions.len();
        let ids = numbers.map(|number| format!("condition-{number}"));
        readable.names.extend(ids);
    }

    /// Three to six rules, the last one without a test. One in twelve copies the test of an earlier one and is dead.
    /// Returns each tested rule's test and recommendation.
    fn add_verdict(&mut self, dice: &mut Dice, readable: &Readable) -> Vec<(String, &'static str)> {
        let mut rules: Vec<(String, &str)> = Vec::new();
        for number in 0..2 + dice.below(4) {
            let when = if number > 0 && dice.chance(8) {
                dice.pick(&rules).0.clone()
            } else {
                random_narrow_test(dice, readable, 2)
            };
            let recommend = *dice.pick(&RECOMMENDATIONS);
            self.verdict
                .push(format!("{{id: rule-{number}, when: {when}, recommend: {recommend}, because: Rule {number}}}"));
            rules.push((when, recommend));
        }
        let recommend = dice.pick(&RECOMMENDATIONS);
        self.verdict.push(format!(
            "{{id: otherwise, recommend: {recommend}, because: Nothing else}}"
        ));
        rules
    }

    /// The first two are true by the first rule; the others are as chance will have it, and may test what nothing else
    /// in the rubric tells apart.
    fn add_guarantees(&mut self, dice: &mut Dice, readable: &Readable, rules: &[(String, &str)]) {
        let (when, recommend) = &rules[0];
        let others = RECOMMENDATIONS.iter().filter(|other| *other != recommend);
        let others: Vec<&str> = others.copied().collect();
        let others = others.join(", ");
        let mut forms = vec![
            format!("when: {when}, always: [{recommend}]"),
            format!("when: {when}, never: [{others}]"),
        ];
        let mut readable = readable.clone();
        for fact in &mut readable.facts {
            fact.add_test(dice);
        }
        for form in ["always", "never"] {
            let when = random_test(dice, &readable, 1);
            let recommend = dice.pick(&RECOMMENDATIONS);
            forms.push(format!("when: {when}, {form}: [{recommend}]"));
        }
        for direction in ["up", "down"] {
            let fact = &dice.pick(&readable.facts).id;
            forms.push(format!("monotone: {fact}, direction: {direction}"));
        }
        forms.retain(|_| dice.chance(80));
        for (number, form) in forms.iter().enumerate() {
            self.guarantees
                .push(format!("{{id: guarantee-{number}, {form}}}"));
        }
    }

    fn add_advice(&mut self, dice: &mut Dice, readable: &Readable) {
        let when = random_test(dice, readable, 1);
        self.prerequisites
            .push(format!("{{id: prerequisite, when: {when}, text: First}}"));
        let when = random_test(dice, readable, 1);
        self.cautions
            .push(format!("{{id: caution, when: {when}, text: Careful}}"));
        for number in 0..2 {
            let when = random_test(dice, readable, 1);
            let texts = "title: Do it, detail: Now";
            self.plan
                .push(format!("{{id: step-{number}, when: {when}, {texts}}}"));
        }
    }

    /// The whole rubric but for its cases, which come last.
    fn yaml(&self) -> String {
        let recommendations = RECOMMENDATIONS
            .map(|id| format!("{{id: {id}, title: The title of {id}, summary: In short}}"));
        let mut yaml = "schema: 1\nid: random\nversion: 1.0.0\ntitle: A random rubric\n".to_owned();
        let lists: [(&str, &[String]); 11] = [
            ("sources", &[]),
            ("recommendations", &recommendations),
            ("questions", &self.questions),
            ("follow_ups", &self.follow_ups),
            ("conditions", &self.conditions),
            ("definitions", &self.definitions),
            ("verdict", &self.verdict),
            ("prerequisites", &self.prerequisites),
            ("cautions", &self.cautions),
            ("guarantees", &self.guarantees),
            ("plan", &self.plan),
        ];
        for (key, entries) in lists {
            yaml.push_str(&list(key, entries));
        }
        yaml
    }
}

/// One fact of each kind and up to three more, in any order.
fn random_facts(dice: &mut Dice) -> Vec<RandomFact> {
    let mut kinds = vec![0, 1, 2, 3];
    for _ in 0..dice.below(4) {
        kinds.push(dice.below(4));
    }
    dice.shuffle(&mut kinds);
    let kinds = kinds.into_iter().enumerate();
    kinds
        .map(|(number, kind)| random_fact(dice, kind, number))
        .collect()
}

/// Two cases with what the oracle says to them.
fn cases(dice: &mut Dice, oracle: &Oracle) -> String {
    let mut cases = Vec::new();
    for number in 0..2 {
        let answers = random_partial(oracle, dice.below(1000) as u64);
        let outcome = oracle.evaluate(&oracle.assumed(&answers));
        cases.push(format!(
            "{{id: case-{number}, answers: {}, recommend: {}, rule: {}}}",
            answers_yaml(&answers),
            outcome.recommendation.unwrap(),
            outcome.rule.unwrap()
        ));
    }
    list("cases", &cases)
}

fn answers_yaml(answers: &Partial) -> String {
    let mut entries = Vec::new();
    for (fact, value) in answers {
        entries.push(match value {
            Value::Count(count) => format!("{fact}: {count}"),
            Value::YesNo(answer) => format!("{fact}: {answer}"),
            Value::Choice(option) => format!("{fact}: {option}"),
            Value::Flags(flags) => {
                let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
                format!("{fact}: [{}]", flags.join(", "))
            }
        });
    }
    format!("{{{}}}", entries.join(", "))
}

fn list(key: &str, entries: &[String]) -> String {
    if entries.is_empty() {
        return format!("{key}: []\n");
    }
    let entries: String = entries.iter().map(|entry| format!("- {entry}\n")).collect();
    format!("{key}:\n{entries}")
}
