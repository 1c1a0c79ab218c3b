//! What the checks look at: one rubric file, what could be loaded of it, and what is proved about that.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::constant::Constant;
use super::readings::{Reading, readings};
use super::starters::{self, StarterReading};
use super::{Proved, Starters, Unchecked, wordings};
use crate::finding::{Finding, Kind, LineIndex};
use verdict::cases::Outcome;
use verdict::engine::{Holds, Overlap, Proof, Proofs, Resting, Saying, TooLarge};
use verdict::ids::RuleId;
use verdict::rubric::{Draft, Guarantee, LeftOut, Rubric, VerdictTest};
use verdict::text::{Node, Part, PlacedProblem, ProblemKind, Route, Source, Step, Tree};

/// The lists on whose items others rest: a signal without its fact, a case without its rule.
const RESTED_ON: [&str; 4] = ["facts", "conditions", "definitions", "verdict"];

/// A rubric file under check.
pub(super) struct Subject<'a> {
    path: &'a str,
    source: &'a Source,
    index: LineIndex<'a>,
    /// The values in the file, with their places.
    pub(super) file: &'a Node,
    /// The mistakes that kept parts from being read.
    pub(super) problems: &'a [PlacedProblem],
    /// What took no part in the proofs.
    pub(super) left_out: &'a LeftOut,
    /// The rubric, without those parts; `None` when hardly anything could be read.
    pub(super) rubric: Option<&'a Rubric>,
    /// The same compiled; `None` when that costs too much.
    pub(super) proofs: Option<&'a Proofs<'a>>,
    /// The day by which dates are judged.
    pub(super) today: Date,
    /// Every elementary test.
    pub(super) readings: Vec<Reading<'a>>,
    /// Tests that always or never hold.
    pub(super) constant: Constant<'a>,
    /// What came of the guarantees.
    pub(super) guarantees: Vec<(&'a Guarantee, Result<Proof, TooLarge>)>,
    /// What came of the cases.
    pub(super) outcomes: Vec<Outcome<'a>>,
    /// How what is said can rest on assumptions; `None` for a rubric without texts for that.
    pub(super) resting: Option<Result<BTreeMap<Saying, Resting>, TooLarge>>,
    /// Rules that hold at once; `None` for a verdict that does not promise that none do.
    pub(super) overlaps: Option<Result<Vec<Overlap>, TooLarge>>,
    /// The first rule that leaves nothing to those after it.
    pub(super) last_rule: Option<RuleId>,
    /// What came of reading the starters that steps name.
    pub(super) starters: Vec<StarterReading<'a>>,
}

/// What a check found, and what it could not find out.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) findings: Vec<Finding>,
    pub(super) unchecked: Vec<Unchecked>,
}

impl Found {
    /// Notes what could not be found out.
    pub(super) fn unchecked(&mut self, what: impl Into<String>, why: &TooLarge) {
        self.unchecked.push(Unchecked::new(what, why));
    }
}

impl From<Vec<Finding>> for Found {
    fn from(findings: Vec<Finding>) -> Self {
        Self {
            findings,
            unchecked: Vec::new(),
        }
    }
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        (source, path): (&'a Source, &'a str),
        draft: &'a Draft,
        proofs: Option<&'a Proofs<'a>>,
        today: Date,
        starters: Starters<'_>,
    ) -> Self {
        let rubric = draft.rubric.as_ref();
        let file = &draft.file;
        let readings = rubric
            .map(|rubric| readings(rubric, file))
            .unwrap_or_default();
        let constant = rubric.map(|rubric| Constant::of(rubric, &readings, proofs));
        let guarantees = rubric.zip(proofs).map(|(rubric, proofs)| {
            let all = rubric.guarantees.iter();
            all.map(|own| (own, proofs.prove(own))).collect()
        });
        let outcomes = rubric.map(|rubric| {
            let cases = rubric.cases.iter();
            cases.map(|case| Outcome::of(rubric, case)).collect()
        });
        Self {
            path,
            source,
            index: LineIndex::new(&source.text),
            file,
            problems: &draft.problems,
            left_out: &draft.left_out,
            rubric,
            proofs,
            today,
            readings,
            constant: constant.unwrap_or_default(),
            guarantees: guarantees.unwrap_or_default(),
            outcomes: outcomes.unwrap_or_default(),
            resting: rubric
                .filter(|rubric| wordings::has_any_for_assumptions(rubric))
                .and(proofs)
                .map(Proofs::assumptions),
            overlaps: rubric
                .filter(|rubric| rubric.is_unique)
                .and(proofs)
                .map(Proofs::overlaps),
            last_rule: rubric
                .zip(proofs)
                .and_then(|(rubric, proofs)| last_rule(rubric, proofs)),
            starters: rubric
                .map(|rubric| starters::readings(rubric, file, starters))
                .unwrap_or_default(),
        }
    }

    /// The rubric, for what only the whole of it can show; `None` while something that others rest on has a
    /// mistake, or an early rule hides the rest: what then seems wrong may follow from that alone.
    pub(super) fn whole(&self) -> Option<&'a Rubric> {
        let rubric = self.rubric?;
        let is_last = |rule: &RuleId| rubric.verdict.ids().next_back() == Some(*rule);
        let is_hidden = self.last_rule.is_some_and(|rule| !is_last(&rule));
        let others_rest_on =
            |step: &Step| matches!(step, Step::Key(key) if RESTED_ON.contains(&key.as_str()));
        let rests = self
            .problems
            .iter()
            .map(|placed| &placed.problem)
            .any(|problem| {
                problem.kind != ProblemKind::OpenVerdict
                    && problem.route.steps().iter().any(others_rest_on)
            });
        (!rests && !is_hidden).then_some(rubric)
    }

    /// The pairs of rules that hold at once although the verdict promises that none do: those that give different
    /// recommendations, or those that give the same. `None` when that is not promised or not known.
    pub(super) fn overlapping(&self, is_conflict: bool) -> Option<Vec<&Overlap>> {
        let rubric = self.rubric?;
        let gives = |rule: RuleId| rubric.verdict[rule].recommend;
        let overlaps = self.overlaps.as_ref()?.as_ref().ok()?.iter();
        let wanted = |one: &&Overlap| (gives(one.fires) != gives(one.holds)) == is_conflict;
        Some(overlaps.filter(wanted).collect())
    }

    /// Whether a rule is found to contradict an earlier one, so that nothing more is said of why it does not fire.
    pub(super) fn is_in_conflict(&self, rule: RuleId) -> bool {
        let conflicts = self.overlapping(true).unwrap_or_default();
        conflicts.iter().any(|one| one.holds == rule)
    }

    /// The rubric, for what would only be noise beside a mistake; `None` while there is any.
    pub(super) fn faultless(&self) -> Option<&'a Rubric> {
        let is_mistake = |placed: &PlacedProblem| placed.problem.kind != ProblemKind::OpenVerdict;
        let rubric = self.rubric?;
        (!self.problems.iter().any(is_mistake)).then_some(rubric)
    }

    /// What the section on the tax says, as it is written.
    pub(super) fn tax(&self) -> &Tree {
        self.file.tree.get("tax").unwrap_or(&Tree::Null)
    }

    /// Whether a name stands in a part that was left out, or was probably meant there.
    pub(super) fn is_named_by_a_mistake(&self, name: &str) -> bool {
        self.left_out.names.contains(name)
    }

    /// A finding about the value at a route, or about the thing that stands there.
    pub(super) fn finding(
        &self,
        kind: &'static Kind,
        route: &Route,
        about: &str,
        message: impl Into<String>,
    ) -> Finding {
        self.finding_at(kind, (route, Part::Value), about, message)
    }

    /// A finding about the key at a route, or about its value.
    pub(super) fn finding_at(
        &self,
        kind: &'static Kind,
        (route, part): (&Route, Part),
        about: &str,
        message: impl Into<String>,
    ) -> Finding {
        // A thing is shown by its name: its first line may be long, and its mark would run through all of it.
        let name = route.key("id");
        let is_named = self.file.keys(route).contains(&"id");
        let span = self.file.locate(if is_named { &name } else { route }, part);
        self.finding_in(kind, span, about, message)
            .with_help(kind.fix)
    }

    /// A finding about a span of the file, marked on its first line: a mark across a block helps nobody.
    pub(super) fn finding_in(
        &self,
        kind: &'static Kind,
        span: Range<usize>,
        about: &str,
        message: impl Into<String>,
    ) -> Finding {
        let marked = self.source.text.get(span.clone()).unwrap_or("");
        let end = span.start + marked.find(['\n', '\r']).unwrap_or(marked.len());
        Finding::new(kind, self.path, &self.index, span.start..end, message).with_key(about)
    }

    /// An entry of a mapping as it stands in the file, on one line.
    pub(super) fn text(&self, route: &Route) -> String {
        let (key, value) = (
            self.file.locate(route, Part::Key),
            self.file.locate(route, Part::Value),
        );
        // In a table they stand apart.
        let text = |span: &Range<usize>| {
            let words = self.source.text.get(span.clone()).unwrap_or("");
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        if key == value {
            text(&key)
        } else {
            format!("{}: {}", text(&key), text(&value))
        }
    }

    /// What was proved; `None` when the rubric could not be compiled.
    pub(super) fn proved(&self) -> Option<Proved> {
        let (rubric, proofs) = (self.rubric?, self.proofs?);
        let shares = proofs.shares();
        let failed = self.outcomes.iter().filter(|outcome| !outcome.passes());
        Some(Proved {
            shares: rubric
                .recommendations
                .entries()
                .map(|(own, one)| (one.id.to_string(), shares.of(Some(own))))
                .collect(),
            uncovered: shares.of(None),
            rules: (rubric.verdict.len(), proofs.dead_rules().len()),
            sums: self.constant.sums.clone(),
            guarantees: self
                .guarantees
                .iter()
                .map(|(own, proof)| (own.id.to_string(), proof.clone().ok()))
                .collect(),
            cases: (rubric.cases.len(), failed.count()),
            sheets: shares.total,
        })
    }
}

/// The first rule that holds on every sheet that comes to it because it holds on all.
fn last_rule(rubric: &Rubric, proofs: &Proofs<'_>) -> Option<RuleId> {
    let holds = |when: &VerdictTest| proofs.holds(when).is_ok_and(|holds| holds == Holds::Always);
    let found = rubric
        .verdict
        .entries()
        .find(|(_, rule)| rule.when.is_always() || holds(&rule.when));
    found.map(|(id, _)| id)
}
