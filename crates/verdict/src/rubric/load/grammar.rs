//! The grammar of tests: from a mapping in the file to a typed test.

use smol_str::SmolStr;

use super::Loader;
use super::facts::RESERVED;
use crate::ids::{RecommendationId, Set};
use crate::rubric::file::TestFile;
use crate::rubric::{
    Accepts, AdviceAtom, Comparison, Digits, Fact, FactAtom, Kind, Options, Range, Relation, Test,
    VerdictAtom,
};
use crate::text::{Entry, Problem, Route, Tree, shortened};

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

    fn fact_test<A: Atom>(
        &mut self,
        fact: &Fact,
        operand: &Tree,
        route: &Route,
    ) -> Option<Test<A>> {
        if fact.assume.is_none() {
            self.lacks_assumption(fact, route);
            return None;
        }
        let atom = |accepts| {
            let fact = fact.position;
            Test::Atom(A::facts(FactAtom::Fact { fact, accepts }))
        };
        let accepts = match (&fact.kind, operand) {
            (Kind::Count { min, max, digits }, Tree::Text(text)) if text.contains("..") => {
                let range = self.range(text, *digits, route)?;
                let bounds = range.bounds(*min, *max).into_iter();
                let mut tests: Vec<_> = bounds.map(|bound| atom(Accepts::Count(bound))).collect();
                return if tests.len() == 1 {
                    tests.pop()
                } else {
                    Some(Test::All(tests))
                };
            }
            (Kind::Flags(_), Tree::Map(_)) => {
                let sets = self.at_least(fact, operand, route)?;
                let all = |set: Options| {
                    let flags = set.iter().map(Options::only);
                    Test::All(flags.map(|flag| atom(Accepts::AnyFlag(flag))).collect())
                };
                return Some(Test::Any(sets.into_iter().map(all).collect()));
            }
            (Kind::Choice(_), Tree::Text(text)) if Relation::parse(text).is_some() => {
                Accepts::Choice(self.order_test(fact, text, route)?)
            }
            (Kind::Count { digits, .. }, _) => {
                Accepts::Count(self.comparison(operand, *digits, route)?)
            }
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
        Some(atom(accepts))
    }

    /// The options that stand before or after one: `">= part-time"`.
    fn order_test(&mut self, fact: &Fact, text: &str, route: &Route) -> Option<Options> {
        let (relation, option) = Relation::parse(text)?;
        let bound = match fact.read_option(option, route) {
            Ok(bound) => bound,
            Err(problem) => {
                self.report(*problem);
                return None;
            }
        };
        let place = |position: usize| i64::try_from(position).unwrap_or(i64::MAX);
        let comparison = Comparison {
            relation,
            bound: place(bound),
        };
        let count = fact.options().len();
        let accepted: Options = (0..count)
            .filter(|position| comparison.holds(place(*position)))
            .collect();
        if accepted.is_empty() || accepted.count() == count {
            let which = if accepted.is_empty() { "no" } else { "every" };
            let message = format!("\"{}\" holds for {which} option", shortened(text));
            let ids = fact.options().iter().map(|option| option.id.as_str());
            let order = ids.collect::<Vec<_>>().join(", ");
            self.report(Problem::new(route, message).help(format!("their order is {order}")));
            return None;
        }
        Some(accepted)
    }

    /// `18..21`: both ends belong to it.
    fn range(&mut self, text: &str, digits: Digits, route: &Route) -> Option<Range> {
        let range = Range::parse(text, digits);
        if range.is_none() {
            let message = format!("\"{}\" is not a range", shortened(text));
            let problem = Problem::new(route, message);
            self.report(problem.allowed(match digits.limit() {
                None => "two whole numbers, the smaller first, such as \"18..21\"".to_owned(),
                Some(limit) => format!("two numbers with {limit}, the smaller first"),
            }));
        }
        range
    }

    /// `{at_least: 2, of: [a, b, c]}`: the sets of flags of which one must be held whole. Without `of`: of all.
    fn at_least(&mut self, fact: &Fact, operand: &Tree, route: &Route) -> Option<Vec<Options>> {
        let Tree::Map(entries) = operand else {
            return None;
        };
        for entry in entries {
            if !["at_least", "of"].contains(&entry.key.as_str()) {
                let message = format!("unknown key `{}`", entry.key);
                let problem = Problem::new(&route.key(&entry.key), message).at_key();
                self.report(problem.one_of(&entry.key, ["at_least", "of"]));
                return None;
            }
        }
        let flags = match operand.get("of") {
            Some(names) => self.options_test(fact, names, &route.key("of"))?,
            None => Options::first(fact.options().len()),
        };
        let wanted = operand.get("at_least").and_then(Tree::whole_number);
        let wanted = wanted.and_then(|wanted| usize::try_from(wanted).ok());
        let Some(wanted) = wanted.filter(|wanted| (1..=flags.count()).contains(wanted)) else {
            let message = format!("`at_least` needs a number of the flags of `{}`", fact.id);
            let problem = Problem::new(&route.key("at_least"), message);
            self.report(problem.allowed(format!("a whole number from 1 to {}", flags.count())));
            return None;
        };
        let sets = subsets(flags, wanted);
        if sets.is_none() {
            let message = format!(
                "{wanted} of {} flags is more than can be told apart",
                flags.count()
            );
            let problem = Problem::new(&route.key("at_least"), message);
            self.report(problem.allowed(format!("at most {MOST_SETS} ways to choose them")));
        }
        sets
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

    fn comparison(&mut self, operand: &Tree, digits: Digits, route: &Route) -> Option<Comparison> {
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

/// The most sets that `at_least` may stand for.
const MOST_SETS: usize = 1000;

/// Every set of so many of the flags; `None` when there are more than [`MOST_SETS`].
fn subsets(flags: Options, count: usize) -> Option<Vec<Options>> {
    let mut sets = vec![Options::NONE];
    for (place, flag) in flags.iter().enumerate() {
        let left = flags.count() - place - 1;
        let with = |set: &Options| set.or(Options::only(flag));
        let longer: Vec<Options> = sets
            .iter()
            .filter(|set| set.count() < count)
            .map(with)
            .collect();
        sets.extend(longer);
        // What can no longer become long enough is dropped.
        sets.retain(|set| set.count() + left >= count);
        if sets.len() > MOST_SETS {
            return None;
        }
    }
    Some(sets)
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
        Kind::Count { .. } => {
            "a comparison such as \">= 30\", or a range such as \"18..21\"".into()
        }
        Kind::YesNo => "true or false".into(),
        Kind::Choice(_) => "an option, a list of options, or an order such as \">= option\"".into(),
        Kind::Flags(_) => {
            "any, none, an option, a list of options, or {at_least: 2, of: [options]}".into()
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;
    use crate::rubric::{Rubric, Value, VerdictTest};
    use crate::text::Source;

    /// The third rule of the fixture with another test.
    fn when(test: &str) -> Result<VerdictTest, Vec<String>> {
        let was = "when: {required: false, platform_team: none}";
        let text = fixtures::source()
            .text
            .replace(was, &format!("when: {test}"));
        let rubric = Rubric::parse(&Source::new("r", text)).map_err(|problems| {
            let messages = problems.into_iter().map(|placed| placed.problem.sentence());
            messages.collect::<Vec<_>>()
        })?;
        let rule = rubric.verdict.iter().nth(2).expect("a third rule");
        Ok(rule.when.clone())
    }

    fn holds(test: &VerdictTest, value: Value) -> bool {
        test.holds(&|atom| match atom {
            VerdictAtom::Facts(FactAtom::Fact { accepts, .. }) => accepts.contains(value),
            _ => panic!("{atom:?}"),
        })
    }

    #[test]
    fn an_order_holds_for_the_options_on_its_side() {
        for (sign, expected) in [
            ("<", [true, false, false]),
            ("<=", [true, true, false]),
            (">", [false, false, true]),
            (">=", [false, true, true]),
            ("==", [false, true, false]),
            ("!=", [true, false, true]),
        ] {
            let test = when(&format!("{{platform_team: \"{sign} part-time\"}}")).expect("valid");
            let found = [0, 1, 2].map(|option| holds(&test, Value::Choice(option)));
            assert_eq!(found, expected, "{sign}");
        }
        let problems = when("{platform_team: \">= none\"}").expect_err("always");
        assert!(
            problems[0].contains("holds for every option"),
            "{problems:?}"
        );
        let problems = when("{platform_team: \">= dedicted\"}").expect_err("a slip");
        assert!(
            problems[0].contains("did you mean `dedicated`?"),
            "{problems:?}"
        );
    }

    #[test]
    fn a_range_holds_from_its_first_number_to_its_last() {
        for (range, least, most) in [("18..21", 18, 21), ("1..29", 1, 29), ("7..7", 7, 7)] {
            let test = when(&format!("{{services: {range}}}")).expect("valid");
            for number in 1..100 {
                let is_inside = (least..=most).contains(&number);
                assert_eq!(
                    holds(&test, Value::Count(number)),
                    is_inside,
                    "{number} in {range}"
                );
            }
        }
        let problems = when("{services: 21..18}").expect_err("backwards");
        assert!(problems[0].contains("is not a range"), "{problems:?}");
    }

    #[test]
    fn at_least_so_many_flags_are_counted() {
        let of = "[off-cluster-workloads, spire-ca, envoy-filters]";
        for wanted in 1..=3 {
            let test = when(&format!(
                "{{sidecar_reasons: {{at_least: {wanted}, of: {of}}}}}"
            ));
            let test = test.expect("valid");
            let all = when(&format!("{{sidecar_reasons: {{at_least: {wanted}}}}}")).expect("valid");
            for bits in 0_usize..32 {
                let set: Options = (0..5).filter(|flag| bits >> flag & 1 == 1).collect();
                let counted = |of: usize| (bits & of).count_ones() >= wanted;
                assert_eq!(holds(&test, Value::Flags(set)), counted(0b111), "{bits:b}");
                assert_eq!(holds(&all, Value::Flags(set)), counted(0b11111), "{bits:b}");
            }
        }
        let problems = when("{sidecar_reasons: {at_least: 6}}").expect_err("too many");
        assert!(problems[0].contains("from 1 to 5"), "{problems:?}");
        assert!(subsets(Options::first(30), 15).is_none());
    }

    #[test]
    fn yes_and_no_are_said_alike_in_tests_and_answers() {
        assert_eq!(
            when("{shared_http_client: yes}"),
            when("{shared_http_client: true}")
        );
        assert_eq!(when("{required: no}"), when("{required: false}"));
    }

    #[test]
    fn what_was_meant_is_never_its_opposite() {
        for (test, wanted) in [
            (
                "{platform_team: \"!none\"}",
                "to deny it: not: {platform_team: none}",
            ),
            ("{or: [{services: 1}, {teams: 1}]}", "did you mean `any`?"),
            ("[{services: 1}, {teams: 1}]", "under `any:` if one will do"),
        ] {
            let problems = when(test).expect_err("a mistake");
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].contains(wanted), "{problems:?}");
        }
    }
}
