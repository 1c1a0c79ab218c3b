//! On which assumptions something can be said that some completion refutes: what `assumed` texts are for.
//!
//! A sheet of unknown facts is evaluated as if each had its assumed value. So a saying can rest on assumptions exactly
//! when it is said on some sheet, and there is a sheet that refutes it and differs only in facts which have their assumed
//! value on the first. The second condition is a diagram too: at each fact, the branch of the assumed value also takes
//! what any other branch could give.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::diagrams::budget::Budget;
use crate::engine::diagrams::builder::{NO, YES};
use crate::engine::diagrams::compile::Compiler;
use crate::engine::diagrams::spans::Span;
use crate::engine::sheet::certainty::{Saying, Sayings, compiler, ordered, sayings};
use crate::engine::{Target, TooLarge};
use crate::ids::{FactId, RecommendationId, RuleId, Table};
use crate::rubric::{Fact, Rubric, Value};

/// How a saying can rest on assumptions.
#[derive(Clone, Debug, Default)]
pub struct Resting {
    /// Whether it can be said on some sheet at all.
    pub can_be_said: bool,
    /// Whether it can be said where some completion refutes it.
    pub can_be_refuted: bool,
    /// A fact that alone does that while it is unknown; `None` when it takes several.
    pub by: Option<Arc<Fact>>,
    /// The facts that can be unknown while it is said.
    pub unknown: Vec<FactId>,
}

/// How each saying of a rubric can rest on assumptions.
///
/// # Errors
/// It costs more than the budget to find out.
pub(in crate::engine) fn assumptions(
    rubric: &Rubric,
    budget: &Budget,
) -> Result<BTreeMap<Saying, Resting>, TooLarge> {
    let sayings = sayings(rubric);
    ordered(rubric, &sayings, budget, |order, budget| {
        let compiler = compiler(rubric, &sayings, order, budget)?;
        Assuming { rubric, compiler }.all(&sayings)
    })
}

struct Assuming<'r> {
    rubric: &'r Rubric,
    compiler: Compiler,
}

impl Assuming<'_> {
    fn all(mut self, sayings: &Sayings) -> Result<BTreeMap<Saying, Resting>, TooLarge> {
        let rubric = self.rubric;
        let rules = rubric.verdict.entries();
        let rules = rules.map(|(id, rule)| (&rule.when, Some(id)));
        let fired = self.compiler.decided(rules, None)?;
        let mut given: Table<RecommendationId, Target> = Table::default();
        for own in rubric.recommendations.ids() {
            let gives = |rule: RuleId| rubric.verdict[rule].recommend == own;
            given.push(self.labelled(fired, &gives, &mut BTreeMap::new())?);
        }
        let mut found = BTreeMap::new();
        for (saying, whens) in sayings {
            let mut resting = Resting::default();
            for (recommendation, when) in whens.all() {
                let test = self.compiler.alone(when)?;
                let not = self.choose(test, NO, YES)?;
                let (said, refuted) = match saying {
                    Saying::Signal(_) | Saying::Gift(_) => (test, not),
                    Saying::Rule(rule) => {
                        let stands = self.both(test, given[rubric.verdict[*rule].recommend])?;
                        let fires =
                            self.labelled(fired, &|own| own == *rule, &mut BTreeMap::new())?;
                        (fires, self.choose(stands, NO, YES)?)
                    }
                    _ => {
                        let own = given[recommendation];
                        (self.both(own, test)?, self.both(own, not)?)
                    }
                };
                self.add(&mut resting, said, refuted)?;
            }
            found.insert(*saying, resting);
        }
        Ok(found)
    }

    fn add(
        &mut self,
        resting: &mut Resting,
        said: Target,
        refuted: Target,
    ) -> Result<(), TooLarge> {
        if said == Target::leaf(NO) {
            return Ok(());
        }
        resting.can_be_said = true;
        let facts: Vec<Option<Assumed>> = self
            .rubric
            .facts
            .iter()
            .map(|fact| self.assumed(fact))
            .collect();
        for (fact, place) in self.rubric.facts.iter().zip(&facts) {
            let can_be_unknown = match place {
                Some(assumed) => self.has(said, assumed)?,
                None => true,
            };
            if can_be_unknown && !resting.unknown.contains(&fact.position) {
                resting.unknown.push(fact.position);
            }
        }
        let any = self.loosened(refuted, None, &mut Loosened::default())?;
        if self.both(said, any)? == Target::leaf(NO) {
            return Ok(());
        }
        resting.can_be_refuted = true;
        if resting.by.is_none() {
            for (fact, place) in self.rubric.facts.iter().zip(&facts) {
                let Some((span, _)) = place else { continue };
                let one = self.loosened(refuted, Some(*span), &mut Loosened::default())?;
                if self.both(said, one)? != Target::leaf(NO) {
                    resting.by = Some(fact.clone());
                    break;
                }
            }
        }
        Ok(())
    }

    /// Where the rule that fires is one of these.
    fn labelled(
        &mut self,
        target: Target,
        is_wanted: &impl Fn(RuleId) -> bool,
        known: &mut BTreeMap<Target, Target>,
    ) -> Result<Target, TooLarge> {
        if let Some(rule) = target.label::<Option<RuleId>>() {
            return Ok(Target::leaf(rule.is_some_and(is_wanted)));
        }
        if let Some(labelled) = known.get(&target) {
            return Ok(*labelled);
        }
        let Some(level) = self.compiler.builder.level(target) else {
            return Ok(target);
        };
        let mut children = Vec::new();
        for cell in self.compiler.builder.cells(level) {
            let child = self.compiler.builder.child(target, level, cell);
            children.push(self.labelled(child, is_wanted, known)?);
        }
        let labelled = self.compiler.builder.node(level, &children)?;
        known.insert(target, labelled);
        Ok(labelled)
    }

    /// The levels of a fact and its assumed value; `None` when no test reads it.
    fn assumed(&self, fact: &Fact) -> Option<Assumed> {
        let levels = &self.compiler.levels;
        let level = levels.find(|cells| cells.fact.position == fact.position)?;
        Some((Span::around(levels, level), fact.assume?))
    }

    fn choose(&mut self, test: Target, yes: bool, no: bool) -> Result<Target, TooLarge> {
        self.compiler
            .builder
            .choose(test, Target::leaf(yes), Target::leaf(no))
    }

    fn both(&mut self, one: Target, other: Target) -> Result<Target, TooLarge> {
        self.compiler.builder.choose(one, other, Target::leaf(NO))
    }

    /// Whether some sheet of `said` has a fact in the cell of its assumed value.
    fn has(&mut self, said: Target, assumed: &Assumed) -> Result<bool, TooLarge> {
        let is_there = self.is_assumed(assumed)?;
        Ok(self.both(said, is_there)? != Target::leaf(NO))
    }

    /// The sheets that have a fact in the cell of its assumed value.
    fn is_assumed(&mut self, (span, value): &Assumed) -> Result<Target, TooLarge> {
        let levels = self.compiler.levels.clone();
        span.levels()
            .rev()
            .try_fold(Target::leaf(YES), |rest, level| {
                let own = levels[level].cell(*value);
                let cells = self.compiler.builder.cells(level);
                let children = cells.map(|cell| if cell == own { rest } else { Target::leaf(NO) });
                self.compiler
                    .builder
                    .node(level, &children.collect::<Vec<_>>())
            })
    }

    /// The sheets from which one of `target` is reached by giving facts that have their assumed value any other: one
    /// fact, that of the levels `only`, or any number of them.
    fn loosened(
        &mut self,
        target: Target,
        only: Option<Span>,
        known: &mut Loosened,
    ) -> Result<Target, TooLarge> {
        let Some(level) = self.compiler.builder.level(target) else {
            return Ok(target);
        };
        if let Some(loosened) = known.targets.get(&target) {
            return Ok(*loosened);
        }
        let span = Span::around(&self.compiler.levels, level);
        let fact = self.compiler.levels[level].fact.clone();
        let (own, any) = self.through(target, span, only, known)?;
        let loosened = match self.assumed(&fact) {
            Some(assumed) if only.is_none_or(|only| only == span) => {
                let is_assumed = self.is_assumed(&assumed)?;
                self.compiler.builder.choose(is_assumed, any, own)?
            }
            _ => own,
        };
        known.targets.insert(target, loosened);
        Ok(loosened)
    }

    /// A target of the levels of one fact with what lies below them loosened; and the sheets from which one of these is
    /// reached by giving this fact any value.
    fn through(
        &mut self,
        target: Target,
        span: Span,
        only: Option<Span>,
        known: &mut Loosened,
    ) -> Result<(Target, Target), TooLarge> {
        let Some(level) = self
            .compiler
            .builder
            .level(target)
            .filter(|own| span.contains(*own))
        else {
            let below = self.loosened(target, only, known)?;
            return Ok((below, below));
        };
        if let Some(through) = known.through.get(&target) {
            return Ok(*through);
        }
        let (mut children, mut any) = (Vec::new(), Target::leaf(NO));
        for cell in self.compiler.builder.cells(level) {
            let child = self.compiler.builder.child(target, level, cell);
            let (own, of_child) = self.through(child, span, only, known)?;
            children.push(own);
            any = self
                .compiler
                .builder
                .choose(any, Target::leaf(YES), of_child)?;
        }
        let through = (self.compiler.builder.node(level, &children)?, any);
        known.through.insert(target, through);
        Ok(through)
    }
}

/// What targets come to, so that none is gone through twice.
#[derive(Default)]
struct Loosened {
    targets: BTreeMap<Target, Target>,
    through: BTreeMap<Target, (Target, Target)>,
}

/// The levels of a fact, and its assumed value.
type Assumed = (Span, Value);
