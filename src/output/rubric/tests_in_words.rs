//! Tests as they are read: `services < 30 and teams < 5`.

use crate::rubric::{Accepts, AdviceAtom, Fact, FactAtom, Kind, Options, Rubric, Test, VerdictAtom};

/// A test of a signal, condition or definition.
pub(super) fn facts(rubric: &Rubric, test: &Test<FactAtom>) -> String {
    words(test, &|atom| fact_atom(rubric, atom), false)
}

/// A test of a rule or guarantee.
pub(super) fn verdict(rubric: &Rubric, test: &Test<VerdictAtom>) -> String {
    words(test, &|atom| verdict_atom(rubric, atom), false)
}

/// A test of a remark or step.
pub(super) fn advice(rubric: &Rubric, test: &Test<AdviceAtom>) -> String {
    let atom = |atom: &AdviceAtom| match atom {
        AdviceAtom::Verdict(atom) => verdict_atom(rubric, atom),
        AdviceAtom::Recommendation(positions) => {
            let ids = positions.positions().filter_map(|position| rubric.recommendations.get(position));
            format!("recommendation {}", ids.map(|one| one.id.as_str()).collect::<Vec<_>>().join("|"))
        }
    };
    words(test, &atom, false)
}

fn words<A>(test: &Test<A>, atom: &impl Fn(&A) -> String, is_inner: bool) -> String {
    let joined = |tests: &[Test<A>], joint: &str| {
        let parts: Vec<String> = tests.iter().map(|test| words(test, atom, tests.len() > 1)).collect();
        let text = parts.join(joint);
        if is_inner && tests.len() > 1 { format!("({text})") } else { text }
    };
    match test {
        Test::All(tests) if tests.is_empty() => "always".into(),
        Test::Any(tests) if tests.is_empty() => "never".into(),
        Test::All(tests) => joined(tests, " and "),
        Test::Any(tests) => joined(tests, " or "),
        Test::Not(test) => format!("not {}", words(test, atom, true)),
        Test::Atom(inner) => atom(inner),
    }
}

fn verdict_atom(rubric: &Rubric, atom: &VerdictAtom) -> String {
    match atom {
        VerdictAtom::Facts(atom) => fact_atom(rubric, atom),
        VerdictAtom::Score(comparison) => format!("score {comparison}"),
        VerdictAtom::ConditionsMet(comparison) => format!("conditions {comparison}"),
    }
}

fn fact_atom(rubric: &Rubric, atom: &FactAtom) -> String {
    match atom {
        FactAtom::Named { position, expected } => {
            let id = rubric.named.get(*position).map_or("", |named| named.id.as_str());
            if *expected { id.into() } else { format!("not {id}") }
        }
        FactAtom::Fact { fact, accepts } => match accepts {
            Accepts::Count(comparison) => format!("{} {comparison}", fact.id),
            Accepts::YesNo(true) => fact.id.clone(),
            Accepts::YesNo(false) => format!("not {}", fact.id),
            Accepts::Choice(options) => format!("{} {}", fact.id, names(fact, *options)),
            Accepts::AnyFlag(options) if *options == Options::first(fact.options().len()) => format!("any {}", fact.id),
            Accepts::AnyFlag(options) => format!("{} {}", fact.id, names(fact, *options)),
            Accepts::NoFlag => format!("no {}", fact.id),
        },
    }
}

fn names(fact: &Fact, options: Options) -> String {
    let ids = options.positions().filter_map(|position| fact.options().get(position));
    ids.map(|option| option.id.as_str()).collect::<Vec<_>>().join("|")
}

/// What values a fact takes.
pub(super) fn domain(fact: &Fact) -> String {
    let ids = || fact.options().iter().map(|option| option.id.as_str()).collect::<Vec<_>>().join(", ");
    match &fact.kind {
        Kind::Count { min, max } => format!("a number from {min} to {max}"),
        Kind::YesNo => "yes or no".into(),
        Kind::Choice(_) => format!("one of {}", ids()),
        Kind::Flags(_) => format!("any of {}", ids()),
    }
}
