//! How likely the values of a fact are: one form for each kind of fact.

use std::collections::BTreeSet;

use super::Loader;
use crate::ids::{FactId, Id, OptionId, RuleId, Table};
use crate::rubric::file::LikelyFile;
use crate::rubric::{
    Accepts, Digits, Domain, Fact, FactAtom, Likely, MOST_WEIGHT, ReadsFacts, Rule,
};
use crate::text::{Problem, Route, Tree};

impl Loader {
    /// Reads what a fact says of its values; `None` where it has a mistake, which is reported.
    pub(super) fn likely(
        &mut self,
        fact: &Fact,
        files: &[LikelyFile],
        route: &Route,
    ) -> Option<Likely> {
        if fact.assume.is_none() {
            let message = format!("`{}` has no `assume`, so nothing depends on it", fact.id);
            self.report(Problem::new(route, message).at_key().allowed("no `likely`"));
            return None;
        }
        let problems_before = self.problems.len();
        let likely = match fact.kind.domain() {
            Domain::Numbers(min, max) => {
                Likely::Ranges(self.ranges(files, (min, max), fact.kind.digits(), route))
            }
            Domain::OneOf(count) => Likely::Values(self.values(fact, count, files, route)),
            Domain::AnyOf(_) => Likely::Flags(self.flags(fact, files, route)),
        };
        (self.problems.len() == problems_before).then_some(likely)
    }

    fn ranges(
        &mut self,
        files: &[LikelyFile],
        (min, max): (i64, i64),
        digits: Digits,
        route: &Route,
    ) -> Vec<(i64, u32)> {
        let mut ranges: Vec<(i64, u32)> = Vec::new();
        for (index, file) in files.iter().enumerate() {
            let route = route.index(index);
            let allowed = match ranges.last() {
                None => min..=min,
                Some((before, _)) => before.saturating_add(1)..=max,
            };
            let weight = self.weight(file, &route);
            let Some(from) = self.only_key(file, "from", file.from.as_ref(), &route) else {
                continue;
            };
            let Some(from) = self.number(Some(from), 0, digits, &route.key("from")) else {
                continue;
            };
            if allowed.contains(&from) {
                ranges.extend(weight.map(|weight| (from, weight)));
            } else {
                let problem = Problem::new(
                    &route.key("from"),
                    format!("a range from {}", digits.say(from)),
                );
                self.report(problem.allowed(match ranges.last() {
                    None => format!(
                        "{}, the smallest value, for the first range",
                        digits.say(min)
                    ),
                    Some((before, _)) => {
                        let (before, max) = (digits.say(*before), digits.say(max));
                        format!("more than {before}, and at most {max}")
                    }
                }));
            }
        }
        if files.is_empty() {
            let problem = Problem::new(route, "no range is listed");
            self.report(problem.allowed(format!(
                "a list such as [{{from: {}, weight: 1}}]",
                digits.say(min)
            )));
        }
        ranges
    }

    fn values(
        &mut self,
        fact: &Fact,
        count: usize,
        files: &[LikelyFile],
        route: &Route,
    ) -> Vec<u32> {
        let mut weights = vec![None; count];
        let has_options = !fact.options().is_empty();
        for (index, file) in files.iter().enumerate() {
            let route = route.index(index);
            let weight = self.weight(file, &route);
            let Some(value) = self.only_key(file, "is", file.is.clone(), &route) else {
                continue;
            };
            let position = match &value {
                Tree::Bool(answer) if !has_options => Some(usize::from(*answer)),
                Tree::Text(word) if has_options => {
                    self.option(fact, word, &route.key("is")).map(Id::position)
                }
                _ => {
                    let message = format!("{} is not a value of `{}`", value.describe(), fact.id);
                    self.report(Problem::new(&route.key("is"), message).allowed(fact.expects()));
                    None
                }
            };
            let slot = position.and_then(|position| weights.get_mut(position));
            self.take(slot, weight, &route.key("is"));
        }
        self.complete(fact, &weights, route).collect()
    }

    fn flags(
        &mut self,
        fact: &Fact,
        files: &[LikelyFile],
        route: &Route,
    ) -> Table<OptionId, (u32, u32)> {
        let mut weights = fact.options().map(|_| None);
        for (index, file) in files.iter().enumerate() {
            let route = route.index(index);
            let weight = self.weight(file, &route);
            let of = file.of.filter(|of| file.weight < *of && *of <= MOST_WEIGHT);
            if of.is_none() {
                let key = if file.of.is_some() {
                    route.key("of")
                } else {
                    route.clone()
                };
                let problem = Problem::new(&key, "a flag is set in `weight` of `of` cases");
                self.report(problem.allowed(format!("`of` above `weight`, up to {MOST_WEIGHT}")));
            }
            let of = of.and_then(|of| u32::try_from(of).ok());
            let has = file.has.as_deref();
            let Some(word) = self.only_key(file, "has", has, &route) else {
                continue;
            };
            let flag = self.option(fact, word, &route.key("has"));
            let slot = flag.map(|flag| &mut weights[flag]);
            self.take(slot, weight.zip(of), &route.key("has"));
        }
        self.complete(fact, weights.as_slice(), route).collect()
    }

    fn weight(&mut self, file: &LikelyFile, route: &Route) -> Option<u32> {
        let is_fit = (1..=MOST_WEIGHT).contains(&file.weight);
        if !is_fit {
            let problem =
                Problem::new(&route.key("weight"), format!("a weight of {}", file.weight));
            self.report(problem.allowed(format!("a whole number from 1 to {MOST_WEIGHT}")));
        }
        u32::try_from(file.weight).ok().filter(|_| is_fit)
    }

    /// The value under the key that this kind of fact wants; every other key is reported.
    fn only_key<T>(
        &mut self,
        file: &LikelyFile,
        wanted: &str,
        value: Option<T>,
        route: &Route,
    ) -> Option<T> {
        let keys = [
            ("from", file.from.is_some()),
            ("is", file.is.is_some()),
            ("has", file.has.is_some()),
            ("of", file.of.is_some() && wanted != "has"),
        ];
        for (key, is_set) in keys {
            if is_set && key != wanted {
                let message = format!("`{key}` does not belong here");
                self.report(
                    Problem::new(&route.key(key), message)
                        .at_key()
                        .allowed(wanted),
                );
            }
        }
        if value.is_none() {
            let problem = Problem::new(route, format!("the key `{wanted}` is missing"));
            self.report(
                problem.allowed("`from` for a count, `is` for a choice or yes/no, `has` for flags"),
            );
        }
        value
    }

    fn option(&mut self, fact: &Fact, word: &str, route: &Route) -> Option<OptionId> {
        let read = fact.read_option(word, route);
        read.map_err(|problem| self.report(*problem)).ok()
    }

    /// Keeps the weight of a value, where it is one.
    fn take<T>(&mut self, slot: Option<&mut Option<T>>, weight: Option<T>, route: &Route) {
        match slot {
            Some(Some(_)) => self.report(Problem::new(route, "this value stands here twice")),
            Some(slot) => *slot = weight,
            None => {}
        }
    }

    /// The weights of all values; those that are missing are reported, unless something else is wrong with the list.
    fn complete<'w, T: Copy>(
        &mut self,
        fact: &Fact,
        weights: &'w [Option<T>],
        route: &Route,
    ) -> impl Iterator<Item = T> + use<'w, T> {
        let missing: Vec<String> = weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| weight.is_none())
            .map(
                |(position, _)| match fact.options().as_slice().get(position) {
                    Some(option) => format!("`{}`", option.id),
                    None => format!("`{}`", position == 1),
                },
            )
            .collect();
        let is_told = self
            .problems
            .iter()
            .any(|problem| problem.route.steps().starts_with(route.steps()));
        if !missing.is_empty() && !is_told {
            let message = format!("nothing is said of {}", missing.join(", "));
            self.report(Problem::new(route, message).allowed("every value once"));
        }
        weights.iter().copied().flatten()
    }

    /// Reports ranges that start where no test tells values apart: there is nothing that they could divide.
    pub(super) fn check_ranges(&mut self, verdict: &Table<RuleId, Rule>) {
        // A test that could not be read may be the one that tells them apart.
        if !self.problems.is_empty() {
            return;
        }
        let named = self.named.iter().flat_map(|named| named.when.atoms());
        let signals = self.signals.iter().flat_map(|signal| signal.when.atoms());
        let rules = verdict
            .iter()
            .flat_map(|rule| rule.when.atoms().filter_map(ReadsFacts::facts));
        let mut edges: BTreeSet<(FactId, i64)> = BTreeSet::new();
        for atom in named.chain(signals).chain(rules) {
            if let FactAtom::Fact {
                fact,
                accepts: Accepts::Count(comparison),
            } = atom
            {
                edges.extend(comparison.edges().map(|edge| (*fact, edge)));
            }
        }
        for fact in self.facts.clone().iter() {
            let Some(Likely::Ranges(ranges)) = &fact.likely else {
                continue;
            };
            for (index, (from, _)) in ranges.iter().enumerate().skip(1) {
                if !edges.contains(&(fact.position, *from)) {
                    let route = fact.route.key("likely").index(index).key("from");
                    let before = from.saturating_sub(1);
                    let problem =
                        Problem::new(&route, format!("no test tells {from} from {before}"));
                    self.report(problem.allowed("a number at which some test changes"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fixtures;
    use crate::rubric::Rubric;
    use crate::text::Source;

    /// What is wrong with the default rubric when one of its facts says this of its values.
    fn mistakes(fact: &str, likely: &str) -> Vec<String> {
        let text = fixtures::source().text;
        // What the rubric itself says of it goes, with the lines further in.
        let mut likely_at = None;
        let is_other = |line: &&str| {
            let indent = line.len() - line.trim_start().len();
            let goes_on = likely_at.is_some_and(|at| indent > at);
            likely_at = match line.trim_start().starts_with("likely:") {
                true => Some(indent),
                false => likely_at.filter(|_| goes_on),
            };
            likely_at.is_none()
        };
        let text: String = text.split_inclusive('\n').filter(is_other).collect();
        let start = format!("- id: {fact}\n");
        let (before, after) = text.split_once(&start).expect("the fact");
        // What the rubric itself says of this fact makes way.
        let end = after.find("- id: ").unwrap_or(after.len());
        let (own, rest) = after.split_at(end);
        let own = own.split_inclusive('\n');
        let own: String = own
            .filter(|line| !line.trim_start().starts_with("likely: ["))
            .collect();
        let after = own + rest;
        let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        let indent = " ".repeat(column + 2);
        let text = format!("{before}{start}{indent}likely: {likely}\n{after}");
        match Rubric::parse(&Source::new("rubric.yaml", text)) {
            Ok(_) => Vec::new(),
            Err(problems) => problems
                .into_iter()
                .map(|placed| placed.problem.message)
                .collect(),
        }
    }

    #[test]
    fn each_kind_of_fact_says_it_in_its_own_form() {
        let ranges = "[{from: 1, weight: 9}, {from: 30, weight: 4}, {from: 100, weight: 1}]";
        for (fact, likely) in [
            ("services", ranges),
            (
                "shared_http_client",
                "[{is: true, weight: 3}, {is: false, weight: 2}]",
            ),
            (
                "authorization",
                "[{is: l7, weight: 1}, {is: network, weight: 5}]",
            ),
        ] {
            assert_eq!(mistakes(fact, likely), [""; 0], "{fact}");
        }
    }

    #[test]
    fn every_mistake_is_told() {
        for (fact, likely, mistake) in [
            (
                "services",
                "[{from: 1, weight: 9}, {from: 31, weight: 4}]",
                "no test tells 31 from 30",
            ),
            ("services", "[{from: 2, weight: 9}]", "a range from 2"),
            (
                "services",
                "[{from: 1, weight: 9}, {from: 1, weight: 4}]",
                "a range from 1",
            ),
            ("services", "[{from: 1, weight: 0}]", "a weight of 0"),
            (
                "services",
                "[{is: 1, weight: 9}]",
                "`is` does not belong here",
            ),
            (
                "shared_http_client",
                "[{is: true, weight: 3}]",
                "nothing is said of `false`",
            ),
            (
                "authorization",
                "[{is: l8, weight: 1}]",
                "`l8` is not an option of `authorization`",
            ),
            (
                "authorization",
                "[{is: l7, weight: 1}, {is: l7, weight: 1}]",
                "this value stands here twice",
            ),
            (
                "pods",
                "[{from: 0, weight: 1}]",
                "`pods` has no `assume`, so nothing depends on it",
            ),
        ] {
            let found = mistakes(fact, likely);
            assert!(found.iter().any(|one| one == mistake), "{found:?}");
        }
    }
}
