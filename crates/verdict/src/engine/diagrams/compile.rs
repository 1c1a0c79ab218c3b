//! Compiling tests that read sums: from signals, conditions and rules to one diagram over facts alone.
//!
//! First each signal, each condition and the rules become small diagrams; in that of the rules the score and the number
//! of conditions are two further levels, asked last. Then [`Composer`] walks all of them together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::budget::Budget;
use super::builder::{Builder, NO, YES};
use super::compose::Composer;
use super::diagram::Levels;
use super::forest::Forest;
use super::order::{Order, affordable};
use super::parts::{Cuts, Part, Parts, Sum};
use super::spans::Span;
use crate::engine::{Cells, Diagram, Label, Target, TooLarge};
use crate::ids::{FactId, Id, LevelId, NamedId, Table};
use crate::rubric::{
    Accepts, FactAtom, FactTest, MOST_OPTIONS, Options, Rubric, Test, VerdictAtom, VerdictTest,
};

/// A rubric's signals and conditions as diagrams, ready to decide rules.
#[derive(Debug)]
pub(in crate::engine) struct Compiler {
    pub(in crate::engine) builder: Builder,
    pub(in crate::engine) levels: Arc<Levels>,
    /// The first level of each fact; `None` for facts that the order leaves out.
    level_of: Table<FactId, Option<LevelId>>,
    /// Where each condition and definition starts; `None` for those that nothing reads here, or that read a fact without
    /// a level.
    named: Table<NamedId, Option<Target>>,
    parts: Parts,
}

impl Compiler {
    /// Prepares all of a rubric's tests for rules that read them. `order` names the facts to ask, `rules` are all tests
    /// that will be decided.
    pub(in crate::engine) fn new<'a>(
        rubric: &'a Rubric,
        order: &Order,
        rules: impl IntoIterator<Item = &'a VerdictTest>,
        budget: &Budget,
    ) -> Result<Self, TooLarge> {
        let named = rubric.named.ids().collect();
        let mut compiler = Self::with_levels(rubric, order, rules, (&named, true), budget)?;
        compiler.prepare_named(rubric, &named)?;
        compiler.prepare_parts(rubric)?;
        Ok(compiler)
    }

    /// Prepares what these tests read and nothing else: a fact has only the cells that they tell apart, so that a test by
    /// itself costs no more in a rubric with thousands of others. Tests that read a sum read all signals and conditions.
    pub(in crate::engine) fn of_tests<'a>(
        rubric: &'a Rubric,
        order: &Order,
        tests: &[&'a VerdictTest],
        budget: &Budget,
    ) -> Result<Self, TooLarge> {
        let (mut read, mut waiting) = (BTreeSet::new(), Vec::new());
        for atom in tests.iter().copied().flat_map(Test::atoms) {
            match atom {
                VerdictAtom::Facts(FactAtom::Named { named, .. }) => waiting.push(*named),
                VerdictAtom::Facts(FactAtom::Fact { .. }) => {}
                VerdictAtom::Score(_) | VerdictAtom::ConditionsMet(_) => {
                    return Self::new(rubric, order, tests.iter().copied(), budget);
                }
            }
        }
        while let Some(named) = waiting.pop() {
            if read.insert(named) {
                waiting.extend(
                    rubric.named[named]
                        .when
                        .atoms()
                        .filter_map(|atom| match atom {
                            FactAtom::Named { named, .. } => Some(*named),
                            FactAtom::Fact { .. } => None,
                        }),
                );
            }
        }
        let tests = tests.iter().copied();
        let mut compiler = Self::with_levels(rubric, order, tests, (&read, false), budget)?;
        compiler.prepare_named(rubric, &read)?;
        Ok(compiler)
    }

    /// The levels of all facts, cut at what the rules and these conditions and definitions tell apart, and the signals
    /// where they are read.
    fn with_levels<'a>(
        rubric: &'a Rubric,
        order: &Order,
        rules: impl IntoIterator<Item = &'a VerdictTest>,
        (named, reads_signals): (&BTreeSet<NamedId>, bool),
        budget: &Budget,
    ) -> Result<Self, TooLarge> {
        let mut accepted: Table<FactId, Vec<&Accepts>> = rubric.facts.map(|_| Vec::new());
        let mut take = |atom: &'a FactAtom| {
            if let FactAtom::Fact { fact, accepts } = atom {
                accepted[*fact].push(accepts);
            }
        };
        let named = named.iter().map(|id| &rubric.named[*id]);
        let signals = rubric.signals.iter().filter(|_| reads_signals);
        named
            .flat_map(|test| test.when.atoms())
            .chain(signals.flat_map(|signal| signal.when.atoms()))
            .for_each(&mut take);
        let (mut scores, mut counts) = (Vec::new(), Vec::new());
        for atom in rules.into_iter().flat_map(Test::atoms) {
            match atom {
                VerdictAtom::Facts(atom) => take(atom),
                VerdictAtom::Score(comparison) => scores.push(*comparison),
                VerdictAtom::ConditionsMet(comparison) => counts.push(*comparison),
            }
        }
        let mut levels = Levels::default();
        let mut level_of = rubric.facts.map(|_| None);
        for fact in order.facts.iter().filter_map(|id| rubric.fact(id)) {
            level_of[fact.position] = Some(levels.next_id());
            let tests = &accepted[fact.position];
            match order.boxes.classes(fact).filter(|_| !tests.is_empty()) {
                Some(classes) => {
                    Cells::of_each_class(fact, &classes)
                        .into_iter()
                        .for_each(|cells| {
                            levels.push(cells);
                        })
                }
                None => {
                    levels.push(Cells::of(fact, tests.iter().copied()));
                }
            }
        }
        affordable(levels.len())?;
        let score = Sum {
            level: levels.next_id(),
            cuts: Cuts::of(scores),
        };
        let met = Sum {
            level: score.level.next(),
            cuts: Cuts::of(counts),
        };
        let sums = [score.cuts.count(), met.cuts.count()];
        let arity = levels.iter().map(Cells::count).chain(sums).collect();
        Ok(Self {
            builder: Builder::new(arity, budget.clone()),
            levels: Arc::new(levels),
            level_of,
            named: rubric.named.map(|_| None),
            parts: Parts {
                all: Table::default(),
                score,
                met,
            },
        })
    }

    /// Compiles conditions and definitions, those first that others read.
    fn prepare_named(
        &mut self,
        rubric: &Rubric,
        named: &BTreeSet<NamedId>,
    ) -> Result<(), TooLarge> {
        for id in named {
            let test = &rubric.named[*id];
            if test.reads.iter().all(|fact| self.level_of[*fact].is_some()) {
                self.named[*id] = Some(self.root(&test.when)?);
            }
        }
        Ok(())
    }

    fn prepare_parts(&mut self, rubric: &Rubric) -> Result<(), TooLarge> {
        // Signals with equal tests are one part.
        let mut points: BTreeMap<Target, i64> = BTreeMap::new();
        for signal in rubric.signals.iter().filter(|signal| signal.points != 0) {
            let root = self.root(&signal.when)?;
            *points.entry(root).or_default() += signal.points;
        }
        let signals = points.into_iter().map(|(root, points)| Part {
            root,
            points,
            met: 0,
        });
        let conditions = rubric.conditions.iter().map(|condition| Part {
            root: self.root_of(condition.named),
            points: 0,
            met: 1,
        });
        self.parts.all = signals.chain(conditions).collect();
        Ok(())
    }

    /// The diagram of a condition or definition: leaves [`YES`] and [`NO`].
    pub(in crate::engine) fn named(&self, named: NamedId) -> Diagram<bool> {
        self.finish(self.root_of(named))
    }

    fn root_of(&self, named: NamedId) -> Target {
        #[expect(
            clippy::expect_used,
            reason = "tests are compiled over orders of all facts that they read"
        )]
        self.named[named].expect("a test whose facts are asked for")
    }

    /// The diagram of a test on facts: leaves [`YES`] and [`NO`].
    pub(in crate::engine) fn facts(&mut self, when: &FactTest) -> Result<Diagram<bool>, TooLarge> {
        let root = self.root(when)?;
        Ok(self.builder.finish(root, self.levels.clone()))
    }

    /// Where a test on facts starts. Equal targets are equal tests.
    pub(in crate::engine) fn root(&mut self, when: &FactTest) -> Result<Target, TooLarge> {
        self.test(when, &Self::fact_atom)
    }

    /// Where a rule's test starts while the sums are levels of their own. Equal targets are equal tests.
    pub(in crate::engine) fn rule(&mut self, when: &VerdictTest) -> Result<Target, TooLarge> {
        self.test(when, &Self::verdict_atom)
    }

    /// The diagram whose leaf is the label of the first rule that holds, or `otherwise`.
    pub(in crate::engine) fn decide<'a, L: Label>(
        &mut self,
        rules: impl DoubleEndedIterator<Item = (&'a VerdictTest, L)>,
        otherwise: L,
    ) -> Result<Diagram<L>, TooLarge> {
        let root = self.decided(rules, otherwise)?;
        Ok(self.finish(root))
    }

    /// The same, to be built on.
    pub(in crate::engine) fn decided<'a, L: Label>(
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
    pub(in crate::engine) fn alone(&mut self, when: &VerdictTest) -> Result<Target, TooLarge> {
        let test = self.test(when, &Self::verdict_atom)?;
        self.composed(test)
    }

    /// What a diagram with the sums as levels comes to; most tests do not read them, and are that already.
    fn composed(&mut self, target: Target) -> Result<Target, TooLarge> {
        match self.builder.last_level(target) {
            Some(last) if last >= self.parts.score.level => self.composer().compose(target),
            _ => Ok(target),
        }
    }

    /// What adds the sums up.
    pub(in crate::engine) fn composer(&mut self) -> Composer<'_> {
        Composer::new(&mut self.builder, &self.levels, &self.parts)
    }

    /// The diagram that starts at a target.
    pub(in crate::engine) fn finish<L: Label>(&self, root: Target) -> Diagram<L> {
        self.builder.finish(root, self.levels.clone())
    }

    /// What is below these roots, which get their new names.
    pub(in crate::engine) fn forest<'t>(
        &self,
        roots: impl IntoIterator<Item = &'t mut Target>,
    ) -> Forest {
        Forest::new(self.levels.clone(), self.builder.below(roots))
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
                let named = self.root_of(*named);
                if *expected {
                    Ok(named)
                } else {
                    self.builder
                        .choose(named, Target::leaf(NO), Target::leaf(YES))
                }
            }
            FactAtom::Fact { fact, accepts } => {
                #[expect(
                    clippy::expect_used,
                    reason = "tests are compiled over orders of all facts that they read"
                )]
                let level = self.level_of[*fact].expect("a fact that is asked for");
                match self.levels[level].is_part() {
                    true => self.flags(level, *accepts),
                    false => {
                        let cells = &self.levels[level];
                        let holds = cells
                            .ids()
                            .map(|cell| accepts.contains(cells.representative(cell)));
                        let leaves: Vec<Target> = holds.map(Target::leaf).collect();
                        self.builder.node(level, &leaves)
                    }
                }
            }
        }
    }

    /// A test on flags that are asked class by class, the first of them at `level`: counts those that are set.
    fn flags(&mut self, level: LevelId, accepts: Accepts) -> Result<Target, TooLarge> {
        let (of, wanted, holds) = match accepts {
            Accepts::AtLeast(of, wanted) => (of, usize::from(wanted), YES),
            Accepts::AnyFlag(of) => (of, 1, YES),
            Accepts::NoFlag => (Options::first(MOST_OPTIONS), 1, NO),
            Accepts::Count(_) | Accepts::YesNo(_) | Accepts::Choice(_) => {
                return Ok(Target::leaf(NO));
            }
        };
        // Where it leads when so many are still wanted, from the last level up.
        let mut from = vec![Target::leaf(!holds); wanted + 1];
        let levels = self.levels.clone();
        for level in Span::around(&levels, level).levels().rev() {
            let is_counted = levels[level].classes().iter().any(|class| class.meets(of));
            if let Some(enough) = from.first_mut() {
                *enough = Target::leaf(holds);
            }
            if is_counted {
                let pairs = from.iter().copied().zip(from.iter().copied().skip(1));
                let counted =
                    pairs.map(|(one_less, own)| self.builder.node(level, &[own, one_less]));
                let counted: Vec<Target> = counted.collect::<Result<_, _>>()?;
                from.truncate(1);
                from.extend(counted);
            }
        }
        #[expect(
            clippy::expect_used,
            reason = "there is an entry for as many as are wanted"
        )]
        Ok(*from.last().expect("an entry"))
    }

    fn verdict_atom(&mut self, atom: &VerdictAtom) -> Result<Target, TooLarge> {
        let (sum, comparison) = match atom {
            VerdictAtom::Facts(atom) => return self.fact_atom(atom),
            VerdictAtom::Score(comparison) => (&self.parts.score, comparison),
            VerdictAtom::ConditionsMet(comparison) => (&self.parts.met, comparison),
        };
        let holds = sum.cuts.examples().map(|example| comparison.holds(example));
        let leaves: Vec<Target> = holds.map(Target::leaf).collect();
        self.builder.node(sum.level, &leaves)
    }
}
