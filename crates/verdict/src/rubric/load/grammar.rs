//! The grammar of tests: from a mapping in the file to a typed test. What is asked of a single fact is read by
//! [`fact_test`](super::fact_test).

use smol_str::SmolStr;

use super::Loader;
use super::facts::RESERVED;
use crate::ids::{RecommendationId, Set};
use crate::rubric::file::TestFile;
use crate::rubric::{AdviceAtom, Comparison, Digits, FactAtom, Relation, Test, VerdictAtom};
use crate::text::{Entry, Problem, Route, Tree};

/// A number that the verdict sums up.
#[derive(Clone, Copy)]
pub(super) enum Sum {
    Score,
    ConditionsMet,
}

/// What a test may read at the place where it stands.
pub(super) trait Atom: Sized + Clone {
    /// Where such a test stands, for messages.
    const PLACE: &'static str;
    /// Whether it may read the recommendation.
    const READS_RECOMMENDATION: bool = false;
    fn facts(atom: FactAtom) -> Self;
    fn sum(sum: Sum, comparison: Comparison) -> Option<Self>;
    /// The test on the recommendation, where it may be read.
    fn recommendation(_: Set<RecommendationId>) -> Option<Self> {
        None
    }
}

impl Atom for FactAtom {
    const PLACE: &'static str = "a signal, a condition or a definition";

    fn facts(atom: FactAtom) -> Self {
        atom
    }

    fn sum(_: Sum, _: Comparison) -> Option<Self> {
        None
    }
}

impl Atom for VerdictAtom {
    const PLACE: &'static str = "the verdict or a guarantee";

    fn facts(atom: FactAtom) -> Self {
        Self::Facts(atom)
    }

    fn sum(sum: Sum, comparison: Comparison) -> Option<Self> {
        Some(match sum {
            Sum::Score => Self::Score(comparison),
            Sum::ConditionsMet => Self::ConditionsMet(comparison),
        })
    }
}

impl Atom for AdviceAtom {
    const PLACE: &'static str = "a remark or the plan";
    const READS_RECOMMENDATION: bool = true;

    fn facts(atom: FactAtom) -> Self {
        Self::Verdict(VerdictAtom::Facts(atom))
    }

    fn sum(sum: Sum, comparison: Comparison) -> Option<Self> {
        VerdictAtom::sum(sum, comparison).map(Self::Verdict)
    }

    fn recommendation(allowed: Set<RecommendationId>) -> Option<Self> {
        Some(Self::Recommendation(allowed))
    }
}

impl Loader {
    /// The test written in `file`; `None` when it has a mistake, which is reported.
    pub(super) fn test<A: Atom>(&mut self, file: &TestFile, route: &Route) -> Option<Test<A>> {
        self.mapping(&file.0, route)
    }

    /// The test written in `file`, or the one that always holds when nothing is written.
    pub(super) fn optional_test<A: Atom>(
        &mut self,
        file: Option<&TestFile>,
        route: &Route,
    ) -> Option<Test<A>> {
        file.map_or(Some(Test::ALWAYS), |file| self.test(file, route))
    }

    fn mapping<A: Atom>(&mut self, tree: &Tree, route: &Route) -> Option<Test<A>> {
        let Tree::Map(entries) = tree else {
            let message = format!("found {}, expected a test", tree.describe());
            let problem = Problem::new(route, message).allowed("a mapping such as {fact: true}");
            self.report(match tree {
                Tree::List(_) => problem.help(
                    "put the list under `all:` if all must hold, under `any:` if one will do",
                ),
                _ => problem,
            });
            return None;
        };
        if entries.is_empty() {
            self.report(Problem::new(route, "the test is empty").allowed("at least one entry"));
            return None;
        }
        // Each entry is read even when one before it failed: all mistakes are reported.
        let tests: Vec<_> = entries
            .iter()
            .map(|Entry { key, value, .. }| self.entry(key, &value.tree, &route.key(key)))
            .collect();
        let mut tests = tests.into_iter().collect::<Option<Vec<_>>>()?;
        if tests.len() == 1 {
            tests.pop()
        } else {
            Some(Test::All(tests))
        }
    }

    fn entry<A: Atom>(&mut self, key: &str, operand: &Tree, route: &Route) -> Option<Test<A>> {
        match key {
            "all" => self.list(operand, route).map(Test::All),
            "any" => self.list(operand, route).map(Test::Any),
            "not" => self
                .mapping(operand, route)
                .map(|test| Test::Not(Box::new(test))),
            "score" => self.sum(Sum::Score, key, operand, route),
            "conditions_met" => self.sum(Sum::ConditionsMet, key, operand, route),
            "recommendation" => self.recommendation_test(operand, route),
            _ => self.name(key, operand, route),
        }
    }

    fn list<A: Atom>(&mut self, operand: &Tree, route: &Route) -> Option<Vec<Test<A>>> {
        let Tree::List(items) = operand else {
            let problem = Problem::new(
                route,
                format!("found {}, expected a list of tests", operand.describe()),
            );
            self.report(problem);
            return None;
        };
        if items.is_empty() {
            self.report(
                Problem::new(route, "the list of tests is empty").allowed("at least one test"),
            );
            return None;
        }
        let tests: Vec<_> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.mapping(&item.tree, &route.index(index)))
            .collect();
        tests.into_iter().collect()
    }

    fn sum<A: Atom>(
        &mut self,
        sum: Sum,
        key: &str,
        operand: &Tree,
        route: &Route,
    ) -> Option<Test<A>> {
        let comparison = self.comparison(operand, Digits::NONE, route)?;
        let atom = A::sum(sum, comparison);
        if atom.is_none() {
            self.out_of_place::<A>(key, route);
        }
        atom.map(Test::Atom)
    }

    fn recommendation_test<A: Atom>(&mut self, operand: &Tree, route: &Route) -> Option<Test<A>> {
        if !A::READS_RECOMMENDATION {
            self.out_of_place::<A>("recommendation", route);
            return None;
        }
        let words = self.words(operand, route)?;
        let positions: Vec<_> = words
            .into_iter()
            .map(|(word, route)| self.recommendation_named(&word, &route))
            .collect();
        let positions = positions.into_iter().collect::<Option<Set<_>>>()?;
        A::recommendation(positions).map(Test::Atom)
    }

    fn out_of_place<A: Atom>(&mut self, key: &str, route: &Route) {
        let allowed = if key == "recommendation" {
            "prerequisites, cautions and the plan"
        } else {
            "the verdict, guarantees, prerequisites, cautions and the plan"
        };
        let problem =
            Problem::new(route, format!("`{key}` cannot be read in {}", A::PLACE)).at_key();
        self.report(problem.allowed(format!("`{key}` only in {allowed}")));
    }

    /// The recommendation of this id; reported when there is none.
    pub(super) fn recommendation_named(
        &mut self,
        id: &str,
        route: &Route,
    ) -> Option<RecommendationId> {
        let found = self
            .recommendations
            .find(|recommendation| recommendation.id == id);
        if found.is_none() {
            let names = self
                .recommendations
                .iter()
                .map(|recommendation| recommendation.id.as_str());
            let problem = Problem::new(
                route,
                format!("`{id}` is not a recommendation of this rubric"),
            );
            let problem = problem.one_of(id, self.worth_naming(names));
            self.report(problem);
        }
        found
    }

    /// An entry whose key names a fact, a condition or a definition.
    fn name<A: Atom>(&mut self, key: &str, operand: &Tree, route: &Route) -> Option<Test<A>> {
        if let Some(fact) = self.fact_positions.get(key).copied() {
            let fact = self.facts[fact?].clone();
            return self.fact_test(&fact, operand, route);
        }
        if let Some(named) = self.named_positions.get(key).copied() {
            let Some(expected) = yes_or_no(operand) else {
                let message = format!(
                    "found {}, expected whether `{key}` holds",
                    operand.describe()
                );
                self.report(Problem::new(route, message).allowed("true or false"));
                return None;
            };
            let atom = FactAtom::Named {
                named: named?,
                expected,
            };
            return Some(Test::Atom(A::facts(atom)));
        }
        let facts = self.facts.iter().map(|fact| fact.id.as_str());
        let names = facts.chain(self.named_positions.keys().map(String::as_str));
        let names = self.worth_naming(names.chain(RESERVED));
        let problem = Problem::new(
            route,
            format!("`{key}` is not a fact, a condition or a definition"),
        )
        .at_key();
        let mut problem = problem.one_of(key, names);
        if let Some(word) = word_of_the_grammar(key) {
            problem.did_you_mean = Some(word.to_owned());
        }
        self.report(problem);
        None
    }

    /// One word or a list of words, each with its route.
    pub(super) fn words(&mut self, operand: &Tree, route: &Route) -> Option<Vec<(SmolStr, Route)>> {
        let words = match operand {
            Tree::Text(word) => Some(vec![(word.clone(), route.clone())]),
            Tree::List(items) if !items.is_empty() => items
                .iter()
                .enumerate()
                .map(|(index, item)| match &item.tree {
                    Tree::Text(word) => Some((word.clone(), route.index(index))),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        if words.is_none() {
            let problem = Problem::new(
                route,
                format!("found {}, expected a name", operand.describe()),
            );
            self.report(problem.allowed("one name, or a list of names"));
        }
        words
    }

    /// `">= 30"`, or a number that is meant exactly.
    pub(super) fn comparison(
        &mut self,
        operand: &Tree,
        digits: Digits,
        route: &Route,
    ) -> Option<Comparison> {
        let comparison = match operand {
            Tree::Integer(_) | Tree::Number(_) => digits.read(operand).map(|bound| Comparison {
                relation: Relation::Equal,
                bound,
            }),
            Tree::Text(text) => Comparison::parse(text, digits),
            _ => None,
        };
        if comparison.is_none() {
            let problem =
                Problem::new(route, format!("{} is not a comparison", operand.describe()));
            let number = match digits.limit() {
                None => "whole number".to_owned(),
                Some(limit) => format!("number with {limit}"),
            };
            self.report(problem.allowed(format!(
                "a {number} after <, <=, >, >=, == or !=, such as \">= 30\""
            )));
        }
        comparison
    }
}

/// The word of the grammar that people mean by others.
fn word_of_the_grammar(key: &str) -> Option<&'static str> {
    match key.to_ascii_lowercase().as_str() {
        "or" | "either" | "one_of" | "any_of" | "anyof" => Some("any"),
        "and" | "both" | "all_of" | "allof" => Some("all"),
        "none" | "neither" | "nor" | "unless" | "none_of" | "no" => Some("not"),
        "points" | "sum" => Some("score"),
        _ => None,
    }
}

/// `true` or `false`, also as a person says them.
pub(super) fn yes_or_no(operand: &Tree) -> Option<bool> {
    match operand {
        Tree::Bool(answer) => Some(*answer),
        Tree::Text(word) if word == "yes" => Some(true),
        Tree::Text(word) if word == "no" => Some(false),
        _ => None,
    }
}
