//! Tests on one fact: what an operand asks for, in the words of each kind of fact.

use smol_str::SmolStr;

use super::Loader;
use super::grammar::{Atom, yes_or_no};
use crate::rubric::{Accepts, Digits, Fact, FactAtom, Kind, Options, Range, Relation, Test};
use crate::text::{Problem, Route, Tree, shortened};

impl Loader {
    /// What an operand asks of a fact; `None` when it asks for nothing that there is, which is reported.
    pub(super) fn fact_test<A: Atom>(
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
            (Kind::Flags(_), Tree::Map(_)) => self.at_least(fact, operand, route)?,
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
        let options = fact.options().ids();
        let accepted: Options = options
            .filter(|option| relation.holds(*option, bound))
            .collect();
        if accepted.is_empty() || accepted.count() == fact.options().len() {
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

    /// `{at_least: 2, of: [a, b, c]}`. Without `of`: of all.
    fn at_least(&mut self, fact: &Fact, operand: &Tree, route: &Route) -> Option<Accepts> {
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
        let wanted = wanted.and_then(|wanted| u8::try_from(wanted).ok());
        let is_fit = |wanted: &u8| (1..=flags.count()).contains(&usize::from(*wanted));
        let Some(wanted) = wanted.filter(is_fit) else {
            let message = format!("`at_least` needs a number of the flags of `{}`", fact.id);
            let problem = Problem::new(&route.key("at_least"), message);
            self.report(problem.allowed(format!("a whole number from 1 to {}", flags.count())));
            return None;
        };
        Some(match wanted {
            1 => Accepts::AnyFlag(flags),
            _ => Accepts::AtLeast(flags, wanted),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;
    use crate::ids::OptionId;
    use crate::rubric::{Rubric, Value, VerdictAtom, VerdictTest};
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
            let found = [0, 1, 2].map(|option| holds(&test, Value::Choice(OptionId::new(option))));
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
                let flags = (0..5).filter(|flag| bits >> flag & 1 == 1);
                let set: Options = flags.map(OptionId::new).collect();
                let counted = |of: usize| (bits & of).count_ones() >= wanted;
                assert_eq!(holds(&test, Value::Flags(set)), counted(0b111), "{bits:b}");
                assert_eq!(holds(&all, Value::Flags(set)), counted(0b11111), "{bits:b}");
            }
        }
        let problems = when("{sidecar_reasons: {at_least: 6}}").expect_err("too many");
        assert!(problems[0].contains("from 1 to 5"), "{problems:?}");
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
