//! Tests of the rubric in words: `services < 30 and teams < 5 and not required`.

use crate::words::list;
use verdict::rubric::{
    Accepts, AdviceAtom, AdviceTest, Fact, FactAtom, FactTest, Options, Rubric, Test,
};
use verdict::rubric::{VerdictAtom, VerdictTest};

/// The test of a signal, a condition or a definition.
pub fn of_facts(test: &FactTest, rubric: &Rubric) -> String {
    in_words(test, &|atom| fact_atom(atom, rubric))
}

/// The test of a rule or a guarantee.
pub fn of_verdict(test: &VerdictTest, rubric: &Rubric) -> String {
    in_words(test, &|atom| verdict_atom(atom, rubric))
}

/// The test of a remark or a step.
pub fn of_advice(test: &AdviceTest, rubric: &Rubric) -> String {
    in_words(test, &|atom| match atom {
        AdviceAtom::Verdict(atom) => verdict_atom(atom, rubric),
        AdviceAtom::Recommendation(allowed) => {
            let ids = allowed
                .iter()
                .map(|one| rubric.recommendations[one].id.as_str());
            format!(
                "the recommendation is {}",
                ids.collect::<Vec<_>>().join(" or ")
            )
        }
    })
}

fn in_words<A>(test: &Test<A>, atom: &impl Fn(&A) -> String) -> String {
    match test {
        test if test.is_always() => "always".into(),
        Test::All(tests) => joined(tests, " and ", atom),
        Test::Any(tests) if tests.is_empty() => "never".into(),
        Test::Any(tests) => joined(tests, " or ", atom),
        Test::Not(test) => format!("not ({})", in_words(test, atom)),
        Test::Atom(own) => atom(own),
    }
}

fn joined<A>(tests: &[Test<A>], word: &str, atom: &impl Fn(&A) -> String) -> String {
    let part = |test: &Test<A>| match test {
        Test::All(parts) | Test::Any(parts) if parts.len() > 1 && tests.len() > 1 => {
            format!("({})", in_words(test, atom))
        }
        test => in_words(test, atom),
    };
    tests.iter().map(part).collect::<Vec<_>>().join(word)
}

fn verdict_atom(atom: &VerdictAtom, rubric: &Rubric) -> String {
    match atom {
        VerdictAtom::Facts(atom) => fact_atom(atom, rubric),
        VerdictAtom::Score(comparison) => format!("score {comparison}"),
        VerdictAtom::ConditionsMet(comparison) => format!("conditions met {comparison}"),
    }
}

fn fact_atom(atom: &FactAtom, rubric: &Rubric) -> String {
    match atom {
        FactAtom::Fact { fact, accepts } => accepted(&rubric.facts[*fact], accepts),
        FactAtom::Named { named, expected } => {
            let id = &rubric.named[*named].id;
            if *expected {
                id.to_string()
            } else {
                format!("not {id}")
            }
        }
    }
}

/// What a test wants of a fact, without the fact: `< 30`, `network or l7`, `has spire-ca`.
pub fn of_value(fact: &Fact, accepts: &Accepts) -> String {
    let wanted = wanted(fact, accepts);
    wanted.strip_prefix("is ").unwrap_or(&wanted).to_owned()
}

fn accepted(fact: &Fact, accepts: &Accepts) -> String {
    format!("{} {}", fact.id, wanted(fact, accepts))
}

fn wanted(fact: &Fact, accepts: &Accepts) -> String {
    let ids =
        |options: Options| -> Vec<&str> { fact.ids_of(options).map(|id| id.as_str()).collect() };
    match accepts {
        Accepts::Count(comparison) => {
            let bound = fact.kind.number(comparison.bound);
            fact.with_unit(format!("{} {bound}", comparison.relation))
        }
        Accepts::YesNo(answer) => format!("is {}", if *answer { "yes" } else { "no" }),
        Accepts::Choice(options) => format!("is {}", ids(*options).join(" or ")),
        Accepts::AnyFlag(options) if options.count() == fact.options().len() => {
            "is not empty".into()
        }
        Accepts::AnyFlag(options) => format!("has {}", ids(*options).join(" or ")),
        Accepts::NoFlag => "is empty".into(),
        Accepts::AtLeast(options, count) => {
            format!("has at least {count} of {}", list(&ids(*options)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_the_default_rubric_read_like_sentences() {
        let rubric = crate::embedded::rubric().unwrap();
        let said: Vec<String> = rubric
            .verdict
            .iter()
            .map(|rule| of_verdict(&rule.when, &rubric))
            .collect();
        assert_eq!(said[1], "not required and services < 30 and teams < 5");
        assert_eq!(said[3], "not required and conditions met < 2");
        assert_eq!(said[6], "sidecar_reasons is not empty");
        assert_eq!(said[7], "always");
        let remark = &rubric.prerequisites.as_slice()[2];
        let expected = "the recommendation is sidecarless or mesh and platform_team is none";
        assert_eq!(of_advice(&remark.when, &rubric), expected);
    }
}
