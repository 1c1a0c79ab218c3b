//! What can be wrong with a `tax` section that has the right form: ids that do not exist, ranges the wrong way round.

use std::collections::BTreeSet;

use crate::rubric::Citation;
use crate::rubric::tax_file::{FigureFile, PartFile, RangeFile, TaxFile};
use crate::text::{Problem, Route};

/// What the rest of the rubric defines and the tax refers to.
#[derive(Debug, Clone)]
pub struct Vocabulary<'rubric> {
    /// The facts of kind `count`.
    pub count_facts: &'rubric [&'rubric str],
    /// The recommendations.
    pub recommendations: &'rubric [&'rubric str],
    /// The sources.
    pub sources: &'rubric [Citation],
    /// Where the section stands in the file.
    pub route: Route,
}

/// Everything that is wrong with a section, section by section.
pub(super) fn problems(file: &TaxFile, known: &Vocabulary<'_>) -> Vec<Problem> {
    let mut checker = Checker {
        problems: Vec::new(),
        shapes: file.shapes.iter().map(|shape| shape.id.as_str()).collect(),
        quantities: file
            .quantities
            .iter()
            .map(|quantity| quantity.fact.as_str())
            .collect(),
        sources: known
            .sources
            .iter()
            .map(|source| source.id.as_str())
            .collect(),
    };
    let tax = known.route.clone();
    checker.check_shapes(file, known, &tax.key("shapes"));
    checker.check_quantities(file, known, &tax);
    checker.check_parts(&file.parts, &tax.key("parts"));
    checker.check_latency(file, &tax.key("latency"));
    checker.check_break_even(file, &tax.key("break_even"));
    checker.check_unique(
        &tax.key("gifts"),
        "id",
        file.gifts.iter().map(|gift| gift.id.as_str()),
    );
    for (index, gift) in file.gifts.iter().enumerate() {
        for (nth, shape) in gift.shapes.iter().enumerate() {
            checker.check_shape(
                shape,
                &tax.key("gifts").index(index).key("shapes").index(nth),
            );
        }
    }
    checker.check_unique(
        &tax.key("studies"),
        "id",
        file.studies.iter().map(|study| study.id.as_str()),
    );
    for (index, study) in file.studies.iter().enumerate() {
        checker.check_sources(&study.sources, &tax.key("studies").index(index));
    }
    checker.problems
}

struct Checker<'file> {
    problems: Vec<Problem>,
    shapes: BTreeSet<&'file str>,
    quantities: BTreeSet<&'file str>,
    sources: BTreeSet<&'file str>,
}

impl Checker<'_> {
    fn check_shapes(&mut self, file: &TaxFile, known: &Vocabulary<'_>, route: &Route) {
        self.check_unique(
            route,
            "id",
            file.shapes.iter().map(|shape| shape.id.as_str()),
        );
        for (index, shape) in file.shapes.iter().enumerate() {
            if let Some(id) = &shape.recommendation {
                let route = route.index(index).key("recommendation");
                self.problems.extend(unknown(
                    "recommendation",
                    id,
                    known.recommendations.iter().copied(),
                    &route,
                ));
            }
        }
    }

    fn check_quantities(&mut self, file: &TaxFile, known: &Vocabulary<'_>, tax: &Route) {
        let counts = known.count_facts.iter().copied();
        let route = tax.key("quantities");
        self.check_unique(
            &route,
            "fact",
            file.quantities
                .iter()
                .map(|quantity| quantity.fact.as_str()),
        );
        for (index, quantity) in file.quantities.iter().enumerate() {
            let route = route.index(index);
            self.problems.extend(unknown(
                "count fact",
                &quantity.fact,
                counts.clone(),
                &route.key("fact"),
            ));
            if quantity.quoted_per == Some(0) {
                let problem = Problem::new(&route.key("quoted_per"), "nothing can be quoted per 0");
                self.problems.push(problem.allowed("a whole number from 1"));
            }
        }
        if let Some(prices) = &file.prices {
            let route = tax.key("prices");
            self.problems.extend(unknown(
                "count fact",
                &prices.vcpu_month,
                counts.clone(),
                &route.key("vcpu_month"),
            ));
            self.problems.extend(unknown(
                "count fact",
                &prices.gib_month,
                counts,
                &route.key("gib_month"),
            ));
        }
    }

    fn check_parts(&mut self, parts: &[PartFile], route: &Route) {
        self.check_unique(route, "id", parts.iter().map(|part| part.id.as_str()));
        for (index, part) in parts.iter().enumerate() {
            let route = route.index(index);
            if part.shapes.is_empty() {
                self.problems.push(Problem::new(
                    &route.key("shapes"),
                    "the part names no shape that it runs in",
                ));
            }
            for (nth, shape) in part.shapes.iter().enumerate() {
                self.check_shape(shape, &route.key("shapes").index(nth));
            }
            if let Some(fact) = &part.per {
                self.check_quantity(fact, &route.key("per"));
            }
            for (key, figures) in [
                ("reserved", &part.reserved),
                ("used", &part.used),
                ("used_per_1000_rps", &part.used_per_1000_rps),
            ] {
                for (nth, figure) in figures.iter().enumerate() {
                    self.check_figure(figure, &route.key(key).index(nth));
                }
            }
            for (nth, alternative) in part.alternatives.iter().enumerate() {
                self.check_figure(
                    &alternative.reserved,
                    &route.key("alternatives").index(nth).key("reserved"),
                );
            }
        }
    }

    fn check_figure(&mut self, figure: &FigureFile, route: &Route) {
        if figure.cpu.is_none() && figure.memory.is_none() {
            let problem = Problem::new(route, "the figure gives neither `cpu` nor `memory`");
            self.problems.push(
                problem.allowed(
                    "at least one of them; leave the figure out where nothing is published",
                ),
            );
        }
        for (key, range) in [("cpu", &figure.cpu), ("memory", &figure.memory)] {
            if let Some(range) = range {
                self.check_range(range, &route.key(key));
            }
        }
        self.check_sources(&figure.sources, route);
    }

    fn check_latency(&mut self, file: &TaxFile, route: &Route) {
        for (index, figure) in file.latency.iter().enumerate() {
            let route = route.index(index);
            self.check_shape(&figure.shape, &route.key("shape"));
            if figure.hops == 0 {
                let problem = Problem::new(&route.key("hops"), "a call over 0 hops takes no time");
                self.problems.push(problem.allowed("a whole number from 1"));
            }
            if !(1..=99).contains(&figure.percentile) {
                let problem = Problem::new(
                    &route.key("percentile"),
                    format!("there is no p{}", figure.percentile),
                );
                self.problems.push(problem.allowed("1 to 99"));
            }
            self.check_range(&figure.added, &route.key("added"));
            self.check_sources(&figure.sources, &route);
        }
    }

    fn check_break_even(&mut self, file: &TaxFile, route: &Route) {
        for (index, rule) in file.break_even.iter().enumerate() {
            let route = route.index(index);
            self.check_shape(&rule.shape, &route.key("shape"));
            self.check_shape(&rule.against, &route.key("against"));
            if rule.shape == rule.against {
                let message = format!("the shape `{}` is set against itself", rule.shape);
                self.problems
                    .push(Problem::new(&route.key("against"), message));
            }
            self.check_quantity(&rule.of, &route.key("of"));
            self.check_quantity(&rule.per, &route.key("per"));
            if rule.of == rule.per {
                let message = format!("`{}` is divided by itself", rule.of);
                self.problems.push(Problem::new(&route.key("per"), message));
            }
            if let Some(eater) = &rule.eaten_by {
                let route = route.key("eaten_by");
                self.check_shape(&eater.shape, &route.key("shape"));
                self.check_quantity(&eater.quantity, &route.key("quantity"));
            }
        }
    }

    fn check_shape(&mut self, id: &str, route: &Route) {
        self.problems
            .extend(unknown("shape", id, self.shapes.iter().copied(), route));
    }

    fn check_quantity(&mut self, fact: &str, route: &Route) {
        self.problems.extend(unknown(
            "quantity",
            fact,
            self.quantities.iter().copied(),
            route,
        ));
    }

    fn check_sources(&mut self, ids: &[String], route: &Route) {
        let route = route.key("sources");
        if ids.is_empty() {
            self.problems
                .push(Problem::new(&route, "no source is named").allowed("one source or more"));
        }
        for (nth, id) in ids.iter().enumerate() {
            self.problems.extend(unknown(
                "source",
                id,
                self.sources.iter().copied(),
                &route.index(nth),
            ));
        }
    }

    fn check_range(&mut self, RangeFile(numbers): &RangeFile, route: &Route) {
        let message = match numbers.as_slice() {
            [low, high] if low <= high => return,
            [low, high] => format!("the range runs from {low} down to {high}"),
            other => format!("found {} numbers", other.len()),
        };
        self.problems
            .push(Problem::new(route, message).allowed("[low, high]"));
    }

    fn check_unique<'id>(&mut self, route: &Route, key: &str, ids: impl Iterator<Item = &'id str>) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            if !seen.insert(id) {
                let problem =
                    Problem::new(&route.index(index).key(key), format!("`{id}` is taken"));
                self.problems.push(problem.allowed("each once"));
            }
        }
    }
}

fn unknown<'a>(
    kind: &str,
    id: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    route: &Route,
) -> Option<Problem> {
    let is_known = known.clone().any(|candidate| candidate == id);
    (!is_known).then(|| Problem::new(route, format!("there is no {kind} `{id}`")).one_of(id, known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tax::sample;

    fn problems_in(yaml: &str) -> Vec<(String, String)> {
        let file: TaxFile = serde_yaml::from_str(yaml).unwrap();
        let sources = [sample::source("seen")];
        let known = Vocabulary {
            count_facts: &["pods", "nodes"],
            recommendations: &["no-mesh", "mesh"],
            sources: &sources,
            route: Route::top().key("tax"),
        };
        problems(&file, &known)
            .into_iter()
            .map(|problem| (problem.route.to_string(), problem.message))
            .collect()
    }

    fn pair(route: &str, message: &str) -> (String, String) {
        (route.to_owned(), message.to_owned())
    }

    #[test]
    fn the_default_section_has_no_problem() {
        assert_eq!(sample::default_tax().shapes().len(), 4);
    }

    #[test]
    fn every_unknown_id_is_reported_at_its_route() {
        let found = problems_in(
            "
            shapes: [{id: a, title: A, recommendation: mosh}, {id: a, title: B}]
            quantities: [{fact: podz, one: pod, many: pods, example: 1, quoted_per: 0}]
            prices: {vcpu_month: cpu, gib_month: pods}
            parts:
              - {id: p, title: P, shapes: [b], per: nodes, reserved: [{cpu: [1, 1], sources: [], as_of: 2026-01-01}]}
            latency: []
            ",
        );
        assert_eq!(
            found,
            [
                pair("tax.shapes[1].id", "`a` is taken"),
                pair(
                    "tax.shapes[0].recommendation",
                    "there is no recommendation `mosh`"
                ),
                pair("tax.quantities[0].fact", "there is no count fact `podz`"),
                pair(
                    "tax.quantities[0].quoted_per",
                    "nothing can be quoted per 0"
                ),
                pair("tax.prices.vcpu_month", "there is no count fact `cpu`"),
                pair("tax.parts[0].shapes[0]", "there is no shape `b`"),
                pair("tax.parts[0].per", "there is no quantity `nodes`"),
                pair("tax.parts[0].reserved[0].sources", "no source is named"),
            ]
        );
    }

    #[test]
    fn figures_that_make_no_sense_are_reported_at_their_route() {
        let found = problems_in(
            "
            shapes: [{id: a, title: A}]
            quantities: [{fact: pods, one: pod, many: pods, example: 1}]
            parts:
              - id: p
                title: P
                shapes: []
                used: [{cpu: [2, 1], memory: [1, 2, 3], sources: [seen], as_of: 2026-01-01}]
                alternatives: [{title: T, reserved: {sources: [sean], as_of: 2026-01-01}}]
            latency: [{shape: a, hops: 0, percentile: 100, added: [1, 1], sources: [seen], as_of: 2026-01-01}]
            break_even: [{shape: a, against: a, of: pods, per: pods, eaten_by: {shape: a, quantity: points}}]
            ",
        );
        assert_eq!(
            found,
            [
                pair(
                    "tax.parts[0].shapes",
                    "the part names no shape that it runs in"
                ),
                pair(
                    "tax.parts[0].used[0].cpu",
                    "the range runs from 2 down to 1"
                ),
                pair("tax.parts[0].used[0].memory", "found 3 numbers"),
                pair(
                    "tax.parts[0].alternatives[0].reserved",
                    "the figure gives neither `cpu` nor `memory`"
                ),
                pair(
                    "tax.parts[0].alternatives[0].reserved.sources[0]",
                    "there is no source `sean`"
                ),
                pair("tax.latency[0].hops", "a call over 0 hops takes no time"),
                pair("tax.latency[0].percentile", "there is no p100"),
                pair(
                    "tax.break_even[0].against",
                    "the shape `a` is set against itself"
                ),
                pair("tax.break_even[0].per", "`pods` is divided by itself"),
                pair(
                    "tax.break_even[0].eaten_by.quantity",
                    "there is no quantity `points`"
                ),
            ]
        );
    }
}
