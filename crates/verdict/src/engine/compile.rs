//! Compiling tests that read sums: from signals, conditions and rules to one diagram over facts alone.
//!
//! First each signal, each condition and the rules become small diagrams; in that of the rules the score and the number
//! of conditions are two further levels, asked last. Then [`Composer`] walks all of them together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::budget::Budget;
use super::builder::{Builder, NO, YES};
use super::compose::Composer;
use super::order::{Order, affordable};
use super::{Cells, Diagram, Label, Target, TooLarge};
use crate::ids::{FactId, NamedId, Table};
use crate::rubric::{
    Accepts, Comparison, FactAtom, FactTest, Rubric, Test, VerdictAtom, VerdictTest,
};

/// A rubric's signals and conditions as diagrams, ready to decide rules.
#[derive(Debug)]
pub(super) struct Compiler {
    pub(super) builder: Builder,
    pub(super) levels: Arc<[Cells]>,
    /// The level of each fact; `None` for facts that nothing reads.
    level_of: Table<FactId, Option<usize>>,
    named: Table<NamedId, Target>,
    pub(super) parts: Vec<Part>,
    pub(super) score: Cuts,
    pub(super) met: Cuts,
}

/// A signal or a condition: what it adds to the sums where its test holds.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) root: Target,
    pub(super) points: i64,
    pub(super) met: i64,
}

/// The places at which a sum changes what the rules say.
#[derive(Debug)]
pub(super) struct Cuts(Vec<i64>);

impl Cuts {
    fn of(comparisons: impl Iterator<Item = Comparison>) -> Self {
        let mut edges: Vec<i64> = comparisons
            .flat_map(|comparison| comparison.edges())
            .collect();
        edges.sort_unstable();
        edges.dedup();
        Self(edges)
    }

    fn count(&self) -> usize {
        self.0.len() + 1
    }

    pub(super) fn cell(&self, sum: i64) -> usize {
        self.0.partition_point(|edge| *edge <= sum)
    }

    /// The last place; sums beyond it make no difference.
    pub(super) fn last(&self) -> i64 {
        self.0.last().copied().unwrap_or(0)
    }

    /// The sums, from first to last, that lie in a cell.
    pub(super) fn interval(&self, cell: usize) -> (i64, i64) {
        let first = cell.checked_sub(1).and_then(|before| self.0.get(before));
        let next = self.0.get(cell);
        (
            first.copied().unwrap_or(i64::MIN),
            next.map_or(i64::MAX, |next| next.saturating_sub(1)),
        )
    }

    /// A sum in the cell, for asking comparisons.
    fn example(&self, cell: usize) -> i64 {
        let (first, last) = self.interval(cell);
        if first == i64::MIN { last } else { first }
    }
}

impl Compiler {
    /// Prepares a rubric's tests for rules that read them. `order` names the facts to ask, `rules` are all tests that
    /// will be decided.
    pub(super) fn new<'a>(
        rubric: &'a Rubric,
        order: &Order,
        rules: impl IntoIterator<Item = &'a VerdictTest>,
        budget: &Budget,
    ) -> Result<Self, TooLarge> {
        let mut accepted: Table<FactId, Vec<&Accepts>> = rubric.facts.map(|_| Vec::new());
        let mut take = |atom: &'a FactAtom| {
            if let FactAtom::Fact { fact, accepts } = atom {
                accepted[*fact].push(accepts);
            }
        };
        let named = rubric.named.iter().flat_map(|test| test.when.atoms());
        let signals = rubric.signals().flat_map(|signal| signal.when.atoms());
        named.chain(signals).for_each(&mut take);
        let (mut scores, mut counts) = (Vec::new(), Vec::new());
        for atom in rules.into_iter().flat_map(Test::atoms) {
            match atom {
                VerdictAtom::Facts(atom) => take(atom),
                VerdictAtom::Score(comparison) => scores.push(*comparison),
                VerdictAtom::ConditionsMet(comparison) => counts.push(*comparison),
            }
        }
        affordable(order.len())?;
        let mut levels = Vec::with_capacity(order.len());
        let mut level_of = rubric.facts.map(|_| None);
        for fact in order.iter().filter_map(|id| rubric.fact(id)) {
            level_of[fact.position] = Some(levels.len());
            let tests = accepted[fact.position].iter().copied();
            levels.push(Cells::of(fact, tests)?);
        }
        let (score, met) = (Cuts::of(scores.into_iter()), Cuts::of(counts.into_iter()));
        let arity = levels
            .iter()
            .map(Cells::count)
            .chain([score.count(), met.count()])
            .collect();
        let builder = Builder::new(arity, budget.clone());
        let levels = levels.into();
        let mut compiler = Self {
            builder,
            levels,
            level_of,
            named: Table::default(),
            parts: Vec::new(),
            score,
            met,
        };
        compiler.prepare(rubric)?;
        Ok(compiler)
    }

    fn prepare(&mut self, rubric: &Rubric) -> Result<(), TooLarge> {
        for test in &rubric.named {
            let target = self.test(&test.when, &Self::fact_atom)?;
            self.named.push(target);
        }
        // Signals with equal tests are one part.
        let mut points: BTreeMap<Target, i64> = BTreeMap::new();
        for signal in rubric.signals().filter(|signal| signal.points != 0) {
            let root = self.test(&signal.when, &Self::fact_atom)?;
            *points.entry(root).or_default() += signal.points;
        }
        self.parts
            .extend(points.into_iter().map(|(root, points)| Part {
                root,
                points,
                met: 0,
            }));
        let conditions = rubric
            .conditions
            .iter()
            .map(|condition| self.named[condition.named]);
        self.parts.extend(conditions.map(|root| Part {
            root,
            points: 0,
            met: 1,
        }));
        Ok(())
    }

    /// The diagram of a condition or definition: leaves [`YES`] and [`NO`].
    pub(super) fn named(&self, named: NamedId) -> Diagram<bool> {
        self.builder.finish(self.named[named], self.levels.clone())
    }

    /// The diagram of a test on facts: leaves [`YES`] and [`NO`].
    pub(super) fn facts(&mut self, when: &FactTest) -> Result<Diagram<bool>, TooLarge> {
        let root = self.root(when)?;
        Ok(self.builder.finish(root, self.levels.clone()))
    }

    /// Where a test on facts starts. Equal targets are equal tests.
    pub(super) fn root(&mut self, when: &FactTest) -> Result<Target, TooLarge> {
        self.test(when, &Self::fact_atom)
    }

    /// Where a rule's test starts while the sums are levels of their own. Equal targets are equal tests.
    pub(super) fn rule(&mut self, when: &VerdictTest) -> Result<Target, TooLarge> {
        self.test(when, &Self::verdict_atom)
    }

    /// The diagram whose leaf is the label of the first rule that holds, or `otherwise`.
    pub(super) fn decide<'a, L: Label>(
        &mut self,
        rules: impl DoubleEndedIterator<Item = (&'a VerdictTest, L)>,
        otherwise: L,
    ) -> Result<Diagram<L>, TooLarge> {
        let root = self.decided(rules, otherwise)?;
        Ok(self.finish(root))
    }

    /// The same, to be built on.
    pub(super) fn decided<'a, L: Label>(
        &mut self,
        rules: impl DoubleEndedIterator<Item = (&'a VerdictTest, L)>,
        otherwise: L,
    ) -> Result<Target, TooLarge> {
        let mut verdict = Target::leaf(otherwise);
        for (when, label) in rules.rev() {
            let when = self.test(when, &Self::verdict_atom)?;
            verdict = self.builder.choose(when, Target::leaf(label), verdict)?;
        }
        self.composed(verdict)
    }

    /// A test by itself, to be built on: leaves [`YES`] and [`NO`].
    pub(super) fn alone(&mut self, when: &VerdictTest) -> Result<Target, TooLarge> {
        let test = self.test(when, &Self::verdict_atom)?;
        self.composed(test)
    }

    /// What a diagram with the sums as levels comes to; most tests do not read them, and are that already.
    fn composed(&mut self, target: Target) -> Result<Target, TooLarge> {
        if self.builder.last_level(target) < self.levels.len() {
            return Ok(target);
        }
        Composer::new(self).compose(target)
    }

    /// The diagram that starts at a target.
    pub(super) fn finish<L: Label>(&self, root: Target) -> Diagram<L> {
        self.builder.finish(root, self.levels.clone())
    }

    fn test<A>(
        &mut self,
        test: &Test<A>,
        atom: &impl Fn(&mut Self, &A) -> Result<Target, TooLarge>,
    ) -> Result<Target, TooLarge> {
        let (yes, no) = (Target::leaf(YES), Target::leaf(NO));
        match test {
            Test::Atom(inner) => atom(self, inner),
            Test::Not(inner) => {
                let inner = self.test(inner, atom)?;
                self.builder.choose(inner, no, yes)
            }
            Test::All(tests) => tests.iter().try_fold(yes, |all, inner| {
                let inner = self.test(inner, atom)?;
                self.builder.choose(all, inner, no)
            }),
            Test::Any(tests) => tests.iter().try_fold(no, |any, inner| {
                let inner = self.test(inner, atom)?;
                self.builder.choose(any, yes, inner)
            }),
        }
    }

    fn fact_atom(&mut self, atom: &FactAtom) -> Result<Target, TooLarge> {
        match atom {
            FactAtom::Named { named, expected } => {
                let named = self.named[*named];
                if *expected {
                    Ok(named)
                } else {
                    self.builder
                        .choose(named, Target::leaf(NO), Target::leaf(YES))
                }
            }
            FactAtom::Fact { fact, accepts } => {
                let Some(level) = self.level_of[*fact] else {
                    return Ok(Target::leaf(NO));
                };
                let Some(cells) = self.levels.get(level) else {
                    return Ok(Target::leaf(NO));
                };
                let leaves: Vec<Target> = (0..cells.count())
                    .map(|cell| leaf(accepts.contains(cells.representative(cell))))
                    .collect();
                self.builder.node(level, &leaves)
            }
        }
    }

    fn verdict_atom(&mut self, atom: &VerdictAtom) -> Result<Target, TooLarge> {
        let (cuts, comparison, level) = match atom {
            VerdictAtom::Facts(atom) => return self.fact_atom(atom),
            VerdictAtom::Score(comparison) => (&self.score, comparison, self.levels.len()),
            VerdictAtom::ConditionsMet(comparison) => {
                (&self.met, comparison, self.levels.len() + 1)
            }
        };
        let leaves: Vec<Target> = (0..cuts.count())
            .map(|cell| leaf(comparison.holds(cuts.example(cell))))
            .collect();
        self.builder.node(level, &leaves)
    }
}

fn leaf(holds: bool) -> Target {
    Target::leaf(holds)
}
