//! Signals, the verdict's rules, remarks and the plan.

use super::Loader;
use crate::ids::{Id, RuleId, SignalId, StepId, Table};
use crate::rubric::file::{RemarkFile, RuleFile, SignalFile, StepFile};
use crate::rubric::section::Section;
use crate::rubric::{Remark, Rule, Signal, Step, Words};
use crate::text::{self, Problem, ProblemKind, Route};

/// The most points that one signal can be worth, either way: a score stays far from the limits of an integer.
const MOST_POINTS: i64 = 1_000_000;

impl Loader {
    pub(super) fn signals(&mut self, files: Vec<SignalFile>, section: &Route) -> Vec<SignalId> {
        let mut signals = Vec::new();
        for (index, file) in files.into_iter().enumerate() {
            let route = section.index(index);
            if !(-MOST_POINTS..=MOST_POINTS).contains(&file.points) {
                let problem = Problem::new(&route.key("points"), format!("{} points", file.points));
                self.report(problem.allowed(format!("from -{MOST_POINTS} to {MOST_POINTS}")));
                self.not_taken.push(route);
                continue;
            }
            let source = self.source(file.source.as_deref(), &route);
            let reason = self.wording("reason", &file.reason, file.assumed.as_deref(), &route);
            if let Some(when) = self.test(&file.when, &route.key("when")) {
                signals.push(self.signals.push(Signal {
                    when,
                    points: file.points,
                    reason,
                    source,
                    route,
                }));
            } else {
                self.not_taken.push(route);
            }
        }
        signals
    }

    pub(super) fn verdict(
        &mut self,
        files: Vec<RuleFile>,
        is_complete: bool,
    ) -> Table<RuleId, Rule> {
        self.check_unique(Section::Verdict, files.iter().map(|rule| &rule.id));
        let section = Section::Verdict;
        // Where a table or the last rule could not be read, nothing is missed.
        let is_known = self.is_cut.iter().any(|route| {
            use text::Step::{Index, Key};
            match route.steps() {
                [Key(key), Key(_), ..] => key == section.key(),
                [Key(key), Index(cut)] => key == section.key() && *cut >= files.len(),
                _ => false,
            }
        });
        let is_open = files.last().is_none_or(|rule| rule.when.is_some());
        if is_open && !is_complete && !is_known {
            let route = files.len().checked_sub(1).map_or(section.route(), |last| {
                section.route().index(last).key("when")
            });
            let problem = Problem::new(&route, "no rule holds for every sheet").at_key();
            let problem = problem.of_kind(ProblemKind::OpenVerdict);
            let help = "leave out the `when` of the last rule: it then holds where no rule before it does; or put the rules \
                 under `rules:` beside `complete: true`, which promises that they cover every sheet";
            self.report(problem.allowed("a last rule without `when`").help(help));
        }
        let mut rules = Table::default();
        for (index, file) in files.into_iter().enumerate() {
            let route = section.route().index(index);
            self.check_kebab(&file.id, &route.key("id"));
            let source = self.source(file.source.as_deref(), &route);
            let because = self.wording("because", &file.because, file.assumed.as_deref(), &route);
            let recommend = self.recommendation_named(&file.recommend, &route.key("recommend"));
            let when = self.optional_test(file.when.as_ref(), &route.key("when"));
            let (Some(when), Some(recommend)) = (when, recommend) else {
                // Cases that name it make no mistake of their own.
                self.lost.insert(file.id);
                self.not_taken.push(route);
                continue;
            };
            rules.push(Rule {
                id: file.id.into(),
                when,
                recommend,
                because,
                source,
                route,
            });
        }
        rules
    }

    pub(super) fn remarks<I: Id>(
        &mut self,
        section: Section,
        files: Vec<RemarkFile>,
    ) -> Table<I, Remark> {
        self.check_unique(section, files.iter().map(|remark| &remark.id));
        let mut remarks = Table::default();
        for (index, file) in files.into_iter().enumerate() {
            let route = section.route().index(index);
            self.check_kebab(&file.id, &route.key("id"));
            let source = self.source(file.source.as_deref(), &route);
            let text = self.wording("text", &file.text, file.assumed.as_deref(), &route);
            if let Some(when) = self.optional_test(file.when.as_ref(), &route.key("when")) {
                remarks.push(Remark {
                    id: file.id.into(),
                    when,
                    text,
                    is_headline: file.headline,
                    source,
                    route,
                });
            } else {
                self.not_taken.push(route);
            }
        }
        remarks
    }

    pub(super) fn plan(&mut self, files: Vec<StepFile>) -> Table<StepId, Step> {
        self.check_unique(Section::Plan, files.iter().map(|step| &step.id));
        let mut plan = Table::default();
        for (index, file) in files.into_iter().enumerate() {
            let route = Section::Plan.route().index(index);
            self.check_kebab(&file.id, &route.key("id"));
            let source = self.source(file.source.as_deref(), &route);
            let detail = self.wording("detail", &file.detail, file.assumed.as_deref(), &route);
            let starters = self.starters(file.starter.as_ref(), &route.key("starter"));
            if let Some(when) = self.optional_test(file.when.as_ref(), &route.key("when")) {
                let (id, title, replaces) = (
                    file.id.into(),
                    file.title.into(),
                    file.replaces.map(Words::from),
                );
                plan.push(Step {
                    id,
                    when,
                    title,
                    detail,
                    replaces,
                    starters,
                    source,
                    route,
                });
            } else {
                self.not_taken.push(route);
            }
        }
        plan
    }
}
