//! Tests: from a mapping in the file to a typed test. Conditions and definitions, which tests refer to by name.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::Loader;
use super::facts::RESERVED;
use crate::ids::{RecommendationId, Set};
use crate::rubric::file::{ConditionFile, DefinitionFile, TestFile};
use crate::rubric::section::Section;
use crate::rubric::{
    Accepts, AdviceAtom, Comparison, Fact, FactAtom, Kind, Named, Options, Relation, Test,
    VerdictAtom,
};
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
    /// Reads conditions and definitions, each after those that it refers to.
    pub(super) fn named_tests(
        &mut self,
        conditions: &[ConditionFile],
        definitions: &[DefinitionFile],
    ) {
        let conditions = conditions
            .iter()
            .map(|file| (&file.id, &file.when))
            .enumerate();
        let definitions = definitions
            .iter()
            .map(|file| (&file.id, &file.when))
            .enumerate();
        let conditions =
            conditions.map(|(index, file)| (Section::Conditions.route().index(index), file));
        let definitions =
            definitions.map(|(index, file)| (Section::Definitions.route().index(index), file));
        let mut waiting: BTreeMap<&str, (Route, &TestFile)> = BTreeMap::new();
        let mut in_file_order = Vec::new();
        for (route, (id, when)) in conditions.chain(definitions) {
            self.check_kebab(id, &route.key("id"));
            let is_taken =
                waiting.contains_key(id.as_str()) || self.fact_positions.contains_key(id);
            if is_taken || RESERVED.contains(&id.as_str()) {
                self.report(Problem::new(
                    &route.key("id"),
                    format!("the id `{id}` is taken"),
                ));
                self.not_taken.push(route);
                continue;
            }
            in_file_order.push(id.as_str());
            waiting.insert(id, (route, when));
        }
        // Names not read yet count as known but unusable, so that nobody calls them unknown.
        self.named_positions
            .extend(waiting.keys().map(|id| ((*id).to_owned(), None)));
        self.read_in_order(waiting, in_file_order);
    }

    /// Reads the tests that wait only for tests already read, until none is left; what stays waits in a circle.
    fn read_in_order<'f>(
        &mut self,
        mut waiting: BTreeMap<&'f str, (Route, &'f TestFile)>,
        order: Vec<&'f str>,
    ) {
        let places: BTreeMap<&str, usize> = order
            .iter()
            .enumerate()
            .map(|(place, id)| (*id, place))
            .collect();
        // How many tests each one waits for, and which ones wait for it, by their places in the file.
        let mut awaited = vec![0_usize; order.len()];
        let mut readers: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
        for (place, (id, awaited)) in order.iter().zip(&mut awaited).enumerate() {
            let mut keys = BTreeSet::new();
            if let Some((_, when)) = waiting.get(id) {
                collect_keys(&when.0, &mut keys);
            }
            for read in keys.into_iter().filter_map(|key| places.get(key)) {
                *awaited += 1;
                readers
                    .get_mut(*read)
                    .into_iter()
                    .for_each(|readers| readers.push(place));
            }
        }
        let is_ready = |place: &usize| awaited.get(*place) == Some(&0);
        let mut ready: BTreeSet<usize> = (0..order.len()).filter(is_ready).collect();
        while !ready.is_empty() {
            // All that are ready together stand in the order of the file.
            for place in std::mem::take(&mut ready) {
                let Some((id, (route, when))) = order
                    .get(place)
                    .and_then(|id| Some((*id, waiting.remove(id)?)))
                else {
                    continue;
                };
                if let Some(when) = self.test(when, &route.key("when")) {
                    let named = self.named.push(Named {
                        id: id.into(),
                        when,
                        route,
                    });
                    self.named_positions.insert(id.to_owned(), Some(named));
                } else {
                    self.not_taken.push(route);
                }
                for reader in readers.get(place).into_iter().flatten() {
                    if let Some(awaited) = awaited.get_mut(*reader) {
                        *awaited -= 1;
                        if *awaited == 0 {
                            ready.insert(*reader);
                        }
                    }
                }
            }
        }
        for (id, (route, _)) in order.iter().filter_map(|id| Some((id, waiting.get(id)?))) {
            let message = format!("`{id}` is defined by way of itself");
            let problem = Problem::new(&route.key("when"), message);
            self.report(problem.allowed("tests that lead back to facts"));
            self.not_taken.push(route.clone());
        }
    }

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
            _ => self
                .name(key, operand, route)
                .map(|atom| Test::Atom(A::facts(atom))),
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
        let comparison = self.comparison(operand, route)?;
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
            let problem = problem.one_of(id, names);
            self.report(problem);
        }
        found
    }

    /// An entry whose key names a fact, a condition or a definition.
    fn name(&mut self, key: &str, operand: &Tree, route: &Route) -> Option<FactAtom> {
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
            return Some(FactAtom::Named {
                named: named?,
                expected,
            });
        }
        let facts = self.facts.iter().map(|fact| fact.id.as_str());
        let names = facts.chain(self.named_positions.keys().map(String::as_str));
        let names: Vec<&str> = names.chain(RESERVED).collect();
        let problem = Problem::new(
            route,
            format!("`{key}` is not a fact, a condition or a definition"),
        )
        .at_key();
        let mut problem = problem.one_of(key, names.iter().copied());
        if let Some(word) = word_of_the_grammar(key) {
            problem.did_you_mean = Some(word.to_owned());
        }
        self.report(problem);
        None
    }

    fn fact_test(&mut self, fact: &Fact, operand: &Tree, route: &Route) -> Option<FactAtom> {
        if fact.assume.is_none() {
            self.lacks_assumption(fact, route);
            return None;
        }
        let accepts = match (&fact.kind, operand) {
            (Kind::Count { .. }, _) => Accepts::Count(self.comparison(operand, route)?),
            (Kind::YesNo, _) if yes_or_no(operand).is_some() => Accepts::YesNo(yes_or_no(operand)?),
            (Kind::Choice(_), Tree::Text(_) | Tree::List(_)) => {
                Accepts::Choice(self.options_test(fact, operand, route)?)
            }
            (Kind::Flags(options), Tree::Text(word)) if word == "any" => {
                Accepts::AnyFlag(Options::first(options.len()))
            }
            (Kind::Flags(_), Tree::Text(word))
                if word == "none" && fact.option("none").is_none() =>
            {
                Accepts::NoFlag
            }
            (Kind::Flags(_), Tree::Text(_) | Tree::List(_)) => {
                Accepts::AnyFlag(self.options_test(fact, operand, route)?)
            }
            _ => {
                let message = format!("{} does not test `{}`", operand.describe(), fact.id);
                self.report(Problem::new(route, message).allowed(test_form(fact)));
                return None;
            }
        };
        Some(FactAtom::Fact {
            fact: fact.position,
            accepts,
        })
    }

    /// Says once, at a fact, that tests read it and that it has no value while it is unknown.
    fn lacks_assumption(&mut self, fact: &Fact, reader: &Route) {
        // Whoever reads it next is left out, and makes no mistake of his own.
        self.fact_positions.insert(fact.id.to_string(), None);
        let place = if fact.route.steps().is_empty() {
            reader
        } else {
            &fact.route
        };
        let message = format!("tests read `{}`, which has no `assume`", fact.id);
        let problem = Problem::new(&place.key("id"), message);
        let help = "add `assume:`, the value taken while the answer is unknown: the honest reading";
        self.report(problem.allowed(fact.expects()).help(help));
    }

    fn options_test(&mut self, fact: &Fact, operand: &Tree, route: &Route) -> Option<Options> {
        let words = self.words(operand, route)?;
        let read = |(word, route): (SmolStr, Route)| match fact.read_option(&word, &route) {
            Ok(position) => Some(position),
            Err(mut problem) => {
                if let Some(denied) = word.strip_prefix('!').or(word.strip_prefix("not ")) {
                    let denied = denied.trim();
                    problem.help = Some(format!("to deny it: not: {{{}: {denied}}}", fact.id));
                }
                self.report(*problem);
                None
            }
        };
        let positions: Vec<_> = words.into_iter().map(read).collect();
        positions.into_iter().collect()
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

    fn comparison(&mut self, operand: &Tree, route: &Route) -> Option<Comparison> {
        let comparison = match operand {
            Tree::Integer(_) | Tree::Number(_) => operand.whole_number().map(|bound| Comparison {
                relation: Relation::Equal,
                bound,
            }),
            Tree::Text(text) => Comparison::parse(text),
            _ => None,
        };
        if comparison.is_none() {
            let problem =
                Problem::new(route, format!("{} is not a comparison", operand.describe()));
            self.report(
                problem.allowed("a whole number after <, <=, >, >=, == or !=, such as \">= 30\""),
            );
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

/// How a test on the fact is written.
fn test_form(fact: &Fact) -> String {
    match &fact.kind {
        Kind::Count { .. } => "a comparison such as \">= 30\"".into(),
        Kind::YesNo => "true or false".into(),
        Kind::Choice(_) => "an option or a list of options".into(),
        Kind::Flags(_) => "any, none, an option or a list of options".into(),
    }
}

/// `true` or `false`, also as a person says them.
fn yes_or_no(operand: &Tree) -> Option<bool> {
    match operand {
        Tree::Bool(answer) => Some(*answer),
        Tree::Text(word) if word == "yes" => Some(true),
        Tree::Text(word) if word == "no" => Some(false),
        _ => None,
    }
}

/// Every key at any depth: a superset of the names that a test refers to.
fn collect_keys<'a>(tree: &'a Tree, keys: &mut BTreeSet<&'a str>) {
    match tree {
        Tree::Map(entries) => entries.iter().for_each(|Entry { key, value, .. }| {
            keys.insert(key);
            collect_keys(&value.tree, keys);
        }),
        Tree::List(items) => items.iter().for_each(|item| collect_keys(&item.tree, keys)),
        _ => {}
    }
}
