//! Guarantees and cases: what the rubric's author wants proved, and examples.

use super::Loader;
use crate::ids::{FactId, RecommendationId, RuleId, Set, Table};
use crate::rubric::file::{CaseFile, DirectionFile, GuaranteeFile};
use crate::rubric::section::Section;
use crate::rubric::{Case, Claim, Direction, Guarantee, Rule, Value};
use crate::text::{Entry, Problem, Route, Tree};

impl Loader {
    pub(super) fn guarantees(&mut self, files: Vec<GuaranteeFile>) -> Vec<Guarantee> {
        self.check_unique(
            Section::Guarantees,
            files.iter().map(|guarantee| &guarantee.id),
        );
        let mut guarantees = Vec::new();
        for (index, file) in files.into_iter().enumerate() {
            let route = Section::Guarantees.route().index(index);
            self.check_kebab(&file.id, &route.key("id"));
            let when = self.optional_test(file.when.as_ref(), &route.key("when"));
            let claim = self.claim(&file, &route);
            if let (Some(when), Some(claim)) = (when, claim) {
                guarantees.push(Guarantee {
                    id: file.id.into(),
                    when,
                    claim,
                    route,
                });
            } else {
                self.not_taken.push(route);
            }
        }
        guarantees
    }

    fn claim(&mut self, file: &GuaranteeFile, route: &Route) -> Option<Claim> {
        match (&file.always, &file.never, &file.monotone, file.direction) {
            (Some(names), None, None, None) => self
                .recommendations_named(names, &route.key("always"))
                .map(Claim::Always),
            (None, Some(names), None, None) => self
                .recommendations_named(names, &route.key("never"))
                .map(Claim::Never),
            (None, None, Some(id), Some(direction)) => {
                let Some(position) = self.fact_positions.get(id).copied() else {
                    let problem =
                        Problem::new(&route.key("monotone"), format!("`{id}` is not a fact"));
                    let known = self.facts.iter().map(|fact| fact.id.as_str());
                    let problem = problem.one_of(id, self.worth_naming(known));
                    self.report(problem);
                    return None;
                };
                let direction = match direction {
                    DirectionFile::Up => Direction::Up,
                    DirectionFile::Down => Direction::Down,
                };
                Some(Claim::Monotone {
                    fact: position?,
                    direction,
                })
            }
            _ => {
                let problem = Problem::new(route, "a guarantee makes one claim");
                self.report(
                    problem.allowed("`always`, or `never`, or `monotone` with `direction`"),
                );
                None
            }
        }
    }

    fn recommendations_named(
        &mut self,
        names: &[String],
        route: &Route,
    ) -> Option<Set<RecommendationId>> {
        let positions: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(index, name)| self.recommendation_named(name, &route.index(index)))
            .collect();
        positions.into_iter().collect()
    }

    pub(super) fn cases(
        &mut self,
        files: Vec<CaseFile>,
        verdict: &Table<RuleId, Rule>,
    ) -> Vec<Case> {
        self.check_unique(Section::Cases, files.iter().map(|case| &case.id));
        let mut cases = Vec::new();
        for (index, file) in files.into_iter().enumerate() {
            let route = Section::Cases.route().index(index);
            self.check_kebab(&file.id, &route.key("id"));
            let recommend = self.recommendation_named(&file.recommend, &route.key("recommend"));
            let rule = file
                .rule
                .as_deref()
                .map(|id| self.rule_named(id, verdict, &route.key("rule")));
            let answers = self.case_answers(&file.answers, &route.key("answers"));
            if let (Some(recommend), Some(answers), None | Some(Some(_))) =
                (recommend, answers, rule)
            {
                cases.push(Case {
                    id: file.id.into(),
                    answers,
                    recommend,
                    rule: rule.flatten(),
                    route,
                });
            } else {
                self.not_taken.push(route);
            }
        }
        cases
    }

    fn rule_named(
        &mut self,
        id: &str,
        verdict: &Table<RuleId, Rule>,
        route: &Route,
    ) -> Option<RuleId> {
        let found = verdict.find(|rule| rule.id == id);
        if found.is_none() {
            let problem = Problem::new(route, format!("`{id}` is not a rule of the verdict"));
            let known = verdict.iter().map(|rule| rule.id.as_str());
            self.report(problem.one_of(id, self.worth_naming(known)));
        }
        found
    }

    fn case_answers(&mut self, tree: &Tree, route: &Route) -> Option<Vec<(FactId, Value)>> {
        let entries = match tree {
            Tree::Null => return Some(Vec::new()),
            Tree::Map(entries) => entries,
            other => {
                let problem = Problem::new(
                    route,
                    format!("found {}, expected answers", other.describe()),
                );
                self.report(problem.allowed("a mapping of facts to values"));
                return None;
            }
        };
        let mut answers = Vec::new();
        let mut is_sound = true;
        for Entry { key: id, value, .. } in entries {
            let route = route.key(id);
            let Some(position) = self.fact_positions.get(id.as_str()).copied() else {
                let problem = Problem::new(&route, format!("`{id}` is not a fact")).at_key();
                let known = self.facts.iter().map(|fact| fact.id.as_str());
                let problem = problem.one_of(id, self.worth_naming(known));
                self.report(problem);
                is_sound = false;
                continue;
            };
            let Some(fact) = position.map(|fact| self.facts[fact].clone()) else {
                is_sound = false;
                continue;
            };
            match fact.read(&value.tree, &route) {
                Ok(Some(value)) => answers.push((fact.position, value)),
                Ok(None) => {}
                Err(problem) => {
                    self.report(*problem);
                    is_sound = false;
                }
            }
        }
        is_sound.then_some(answers)
    }
}
