//! From one complete sheet to its outcome, by walking the tests as they stand in the YAML.

use std::collections::BTreeMap;

use super::read::{text, texts};
use super::{Oracle, Outcome, Sheet, Value, Yaml};

impl Oracle {
    /// The outcome of a complete sheet.
    pub(crate) fn evaluate(&self, sheet: &Sheet) -> Outcome {
        let mut outcome = Outcome {
            score: 0,
            signals: Vec::new(),
            conditions: BTreeMap::new(),
            conditions_met: 0,
            rule: None,
            recommendation: None,
        };
        for signal in &self.signals {
            if self.holds_given(&signal.when, sheet, None) {
                outcome.score += signal.points;
                outcome
                    .signals
                    .push((signal.question.clone(), signal.index));
            }
        }
        for condition in &self.conditions {
            let is_met = self.holds_given(&condition.when, sheet, None);
            outcome.conditions_met += i64::from(is_met);
            outcome.conditions.insert(condition.id.clone(), is_met);
        }
        let first = self
            .rules
            .iter()
            .find(|rule| self.holds_given(&rule.when, sheet, Some(&outcome)));
        outcome.rule = first.map(|rule| rule.id.clone());
        outcome.recommendation = first.map(|rule| rule.recommend.clone());
        outcome
    }

    /// Whether a test of the advice (of prerequisites, cautions, plan) holds for a complete sheet. It may read the score,
    /// the number of conditions met and the recommendation.
    pub(crate) fn holds(&self, test: &Yaml, sheet: &Sheet) -> bool {
        self.holds_given(test, sheet, Some(&self.evaluate(sheet)))
    }

    /// Whether a test holds for a complete sheet, given what is known of its outcome so far; a test that asks for the
    /// score and the like when there is no outcome yet is a mistake in the rubric.
    pub(crate) fn holds_given(
        &self,
        test: &Yaml,
        sheet: &Sheet,
        outcome: Option<&Outcome>,
    ) -> bool {
        if test.is_null() {
            return true;
        }
        let entries = test.as_mapping().unwrap();
        entries
            .iter()
            .all(|(key, value)| self.entry_holds(key.as_str().unwrap(), value, sheet, outcome))
    }

    fn entry_holds(
        &self,
        key: &str,
        value: &Yaml,
        sheet: &Sheet,
        outcome: Option<&Outcome>,
    ) -> bool {
        let holds = |test: &Yaml| self.holds_given(test, sheet, outcome);
        match key {
            "all" => value.as_sequence().unwrap().iter().all(holds),
            "any" => value.as_sequence().unwrap().iter().any(holds),
            "not" => !holds(value),
            "score" => comparison_holds(value, outcome.unwrap().score),
            "conditions_met" => comparison_holds(value, outcome.unwrap().conditions_met),
            "recommendation" => match &outcome.unwrap().recommendation {
                Some(recommendation) => texts(value).contains(recommendation),
                None => false,
            },
            fact if sheet.contains_key(fact) => fact_test_holds(value, &sheet[fact]),
            name => {
                let named = self.conditions.iter().chain(&self.definitions);
                let named = named
                    .into_iter()
                    .find(|named| named.id == name)
                    .unwrap_or_else(|| panic!("no fact, condition or definition {name}"));
                self.holds_given(&named.when, sheet, None) == value.as_bool().unwrap()
            }
        }
    }
}

/// Whether a test on one fact holds for a value of that fact.
pub(super) fn fact_test_holds(test: &Yaml, value: &Value) -> bool {
    match value {
        Value::Count(count) => comparison_holds(test, *count),
        Value::YesNo(answer) => test.as_bool().unwrap() == *answer,
        Value::Choice(option) => texts(test).contains(option),
        Value::Flags(flags) => match test.as_str() {
            Some("any") => !flags.is_empty(),
            Some("none") => flags.is_empty(),
            _ => texts(test).iter().any(|flag| flags.contains(flag)),
        },
    }
}

/// Whether a comparison such as `">= 30"`, `"<5"` or a bare `3` holds for a number.
pub(super) fn comparison_holds(comparison: &Yaml, number: i64) -> bool {
    let (operator, limit) = comparison_parts(comparison);
    match operator.as_str() {
        "<" => number < limit,
        "<=" => number <= limit,
        ">" => number > limit,
        ">=" => number >= limit,
        "==" => number == limit,
        "!=" => number != limit,
        other => panic!("no such comparison: {other}"),
    }
}

/// The operator and the number of a comparison.
pub(super) fn comparison_parts(comparison: &Yaml) -> (String, i64) {
    if let Some(number) = comparison.as_i64() {
        return ("==".to_owned(), number);
    }
    let comparison = text(comparison);
    let comparison = comparison.trim();
    let number = comparison.trim_start_matches(['<', '>', '=', '!']);
    let operator = &comparison[..comparison.len() - number.len()];
    let operator = if operator.is_empty() { "==" } else { operator };
    (operator.to_owned(), number.trim().parse().unwrap())
}
