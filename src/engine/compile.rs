//! Compiling tests that read sums: from signals, conditions and rules to one diagram over facts alone.
//!
//! First each signal, each condition and the rules become small diagrams; in that of the rules the score and the number
//! of conditions are two further levels, asked last. Then all are walked together, fact by fact, while the sums add up.
//! What is left to decide depends on how far each small diagram has come, on the count so far and on the score so far,
//! and on the score only as far as it lies in one interval: each result is kept with the interval for which it holds.
//! So no result is computed twice (Abío et al. 2012 do this for pseudo-Boolean constraints).

use std::collections::BTreeMap;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::builder::{Builder, NO, YES};
use super::order::Order;
use super::{Cells, Diagram, Target, TooLarge};
use crate::rubric::{Accepts, Comparison, FactAtom, Rubric, Test, VerdictAtom, VerdictTest};

/// The most facts that a diagram may ask for: the depth of every walk.
const MOST_LEVELS: usize = 1024;

/// A rubric's signals and conditions as diagrams, ready to decide rules.
pub(super) struct Compiler {
    builder: Builder,
    levels: Vec<Cells>,
    /// The level of each fact by position; `None` for facts that nothing reads.
    level_of: Vec<Option<usize>>,
    named: Vec<Target>,
    parts: Vec<Part>,
    score: Cuts,
    met: Cuts,
}

/// A signal or a condition: what it adds to the sums where its test holds.
struct Part {
    root: Target,
    points: i64,
    met: i64,
}

/// The places at which a sum changes what the rules say.
struct Cuts(Vec<i64>);

impl Cuts {
    fn of(comparisons: impl Iterator<Item = Comparison>) -> Self {
        let mut edges: Vec<i64> = comparisons.flat_map(|comparison| comparison.edges()).collect();
        edges.sort_unstable();
        edges.dedup();
        Self(edges)
    }

    fn count(&self) -> usize {
        self.0.len() + 1
    }

    fn cell(&self, sum: i64) -> usize {
        self.0.partition_point(|edge| *edge <= sum)
    }

    /// The sums, from first to last, that lie in a cell.
    fn interval(&self, cell: usize) -> (i64, i64) {
        let first = cell.checked_sub(1).and_then(|before| self.0.get(before));
        let next = self.0.get(cell);
        (first.copied().unwrap_or(i64::MIN), next.map_or(i64::MAX, |next| next.saturating_sub(1)))
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
        most_nodes: usize,
    ) -> Result<Self, TooLarge> {
        let mut accepted: Vec<Vec<&Accepts>> = vec![Vec::new(); rubric.facts.len()];
        let mut take = |atom: &'a FactAtom| {
            if let FactAtom::Fact { fact, accepts } = atom
                && let Some(list) = accepted.get_mut(fact.position)
            {
                list.push(accepts);
            }
        };
        let tests = rubric.named.iter().map(|test| &test.when).chain(rubric.signals().map(|signal| &signal.when));
        tests.for_each(|test| each_atom(test, &mut take));
        let (mut scores, mut counts) = (Vec::new(), Vec::new());
        for rule in rules {
            each_atom(rule, &mut |atom| match atom {
                VerdictAtom::Facts(atom) => take(atom),
                VerdictAtom::Score(comparison) => scores.push(*comparison),
                VerdictAtom::ConditionsMet(comparison) => counts.push(*comparison),
            });
        }
        if order.len() > MOST_LEVELS {
            return Err(TooLarge::Facts { found: order.len(), most: MOST_LEVELS });
        }
        let mut levels = Vec::with_capacity(order.len());
        let mut level_of = vec![None; rubric.facts.len()];
        for fact in order.iter().filter_map(|id| rubric.fact(id)) {
            if let Some(slot) = level_of.get_mut(fact.position) {
                *slot = Some(levels.len());
            }
            levels.push(Cells::of(fact, accepted.get(fact.position).into_iter().flatten().copied())?);
        }
        let (score, met) = (Cuts::of(scores.into_iter()), Cuts::of(counts.into_iter()));
        let arity = levels.iter().map(Cells::count).chain([score.count(), met.count()]).collect();
        let builder = Builder::new(arity, most_nodes);
        let mut compiler = Self { builder, levels, level_of, named: Vec::new(), parts: Vec::new(), score, met };
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
        self.parts.extend(points.into_iter().map(|(root, points)| Part { root, points, met: 0 }));
        let conditions = rubric.conditions.iter().filter_map(|condition| self.named.get(condition.named));
        self.parts.extend(conditions.map(|root| Part { root: *root, points: 0, met: 1 }));
        Ok(())
    }

    /// The diagram of a condition or definition, by position: leaves [`YES`] and [`NO`].
    pub(super) fn named(&self, position: usize) -> Diagram {
        let root = self.named.get(position).copied().unwrap_or(Target::leaf(NO));
        self.builder.finish(root, self.levels.clone())
    }

    /// The diagram of a signal's test.
    pub(super) fn signal(&mut self, when: &crate::rubric::FactTest) -> Result<Diagram, TooLarge> {
        let root = self.test(when, &Self::fact_atom)?;
        Ok(self.builder.finish(root, self.levels.clone()))
    }

    /// The diagram whose leaf is the label of the first rule that holds, or `otherwise`.
    pub(super) fn decide<'a>(
        &mut self,
        rules: impl DoubleEndedIterator<Item = (&'a VerdictTest, usize)>,
        otherwise: usize,
    ) -> Result<Diagram, TooLarge> {
        let mut verdict = Target::leaf(otherwise);
        for (when, label) in rules.rev() {
            let when = self.test(when, &Self::verdict_atom)?;
            verdict = self.builder.choose(when, Target::leaf(label), verdict)?;
        }
        let root = Composer::new(self).compose(verdict)?;
        Ok(self.builder.finish(root, self.levels.clone()))
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
            FactAtom::Named { position, expected } => {
                let named = self.named.get(*position).copied().unwrap_or(Target::leaf(NO));
                if *expected { Ok(named) } else { self.builder.choose(named, Target::leaf(NO), Target::leaf(YES)) }
            }
            FactAtom::Fact { fact, accepts } => {
                let Some(level) = self.level_of.get(fact.position).copied().flatten() else {
                    return Ok(Target::leaf(NO));
                };
                let Some(cells) = self.levels.get(level) else { return Ok(Target::leaf(NO)) };
                let leaves: Vec<Target> =
                    (0..cells.count()).map(|cell| leaf(accepts.contains(cells.representative(cell)))).collect();
                self.builder.node(level, &leaves)
            }
        }
    }

    fn verdict_atom(&mut self, atom: &VerdictAtom) -> Result<Target, TooLarge> {
        let (cuts, comparison, level) = match atom {
            VerdictAtom::Facts(atom) => return self.fact_atom(atom),
            VerdictAtom::Score(comparison) => (&self.score, comparison, self.levels.len()),
            VerdictAtom::ConditionsMet(comparison) => (&self.met, comparison, self.levels.len() + 1),
        };
        let leaves: Vec<Target> = (0..cuts.count()).map(|cell| leaf(comparison.holds(cuts.example(cell)))).collect();
        self.builder.node(level, &leaves)
    }
}

fn leaf(holds: bool) -> Target {
    Target::leaf(if holds { YES } else { NO })
}

/// Calls `visit` with each elementary test; unlike a method with a closure it keeps the borrow of the test.
fn each_atom<'a, A>(test: &'a Test<A>, visit: &mut impl FnMut(&'a A)) {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| each_atom(test, visit)),
        Test::Not(test) => each_atom(test, visit),
        Test::Atom(atom) => visit(atom),
    }
}

/// What a walk over all small diagrams has come to.
type State = Box<[Target]>;

/// Results for one state: by the first score of its interval, the last score and the result.
type Intervals = BTreeMap<i64, (i64, Target)>;

/// A result and the scores, from first to last, for which it holds.
#[derive(Clone, Copy)]
struct Composed {
    target: Target,
    first: i64,
    last: i64,
}

/// Which sums a remaining verdict still reads.
#[derive(Clone, Copy, Default)]
struct Reads {
    score: bool,
    met: bool,
}

struct Composer<'c> {
    compiler: &'c mut Compiler,
    /// For each level, the parts whose tests have begun above it and may ask there or below.
    open: Vec<Vec<usize>>,
    /// For each level, the parts whose tests begin there.
    begin: Vec<Vec<usize>>,
    /// How far each part's test has come; a test that is decided has come to the leaf `NO` after it was counted.
    state: Vec<Target>,
    known: HashMap<(usize, Target, i64, State), Intervals, FxBuildHasher>,
    reads: HashMap<Target, Reads, FxBuildHasher>,
}

impl<'c> Composer<'c> {
    fn new(compiler: &'c mut Compiler) -> Self {
        let count = compiler.levels.len();
        let (mut open, mut begin) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (index, part) in compiler.parts.iter().enumerate() {
            let first = compiler.builder.level(part.root);
            let last = compiler.builder.last_level(part.root);
            if let Some(begin) = begin.get_mut(first) {
                begin.push(index);
            }
            for level in first.saturating_add(1)..=last {
                if let Some(open) = open.get_mut(level) {
                    open.push(index);
                }
            }
        }
        let state = compiler.parts.iter().map(|part| part.root).collect();
        Self { compiler, open, begin, state, known: HashMap::default(), reads: HashMap::default() }
    }

    fn compose(mut self, verdict: Target) -> Result<Target, TooLarge> {
        let (mut score, mut met) = (0, 0);
        // Tests that hold on every sheet are counted before the walk starts.
        for (part, state) in self.compiler.parts.iter().zip(&mut self.state) {
            if *state == Target::leaf(YES) {
                (score, met) = (score + part.points, met + part.met);
                *state = Target::leaf(NO);
            }
        }
        Ok(self.walk(0, verdict, self.capped(met), score)?.target)
    }

    /// Counts beyond the last cut make no difference.
    fn capped(&self, met: i64) -> i64 {
        met.min(self.compiler.met.0.last().copied().unwrap_or(0))
    }

    fn walk(&mut self, level: usize, verdict: Target, met: i64, score: i64) -> Result<Composed, TooLarge> {
        let reads = self.reads(verdict);
        if !reads.score && !reads.met {
            return Ok(Composed { target: verdict, first: i64::MIN, last: i64::MAX });
        }
        let Some(level) = self.next_level(level, verdict, reads) else {
            return Ok(self.decided(verdict, met, score));
        };
        let key = (level, verdict, if reads.met { met } else { 0 }, self.open_state(level, reads));
        let score_read = if reads.score { score } else { 0 };
        let known = self.known.get(&key).and_then(|intervals| intervals.range(..=score_read).next_back());
        if let Some((first, (last, target))) = known
            && score_read <= *last
        {
            return Ok(Composed { target: *target, first: *first, last: *last });
        }
        let mut result = Composed { target: verdict, first: i64::MIN, last: i64::MAX };
        let mut children = Vec::with_capacity(self.compiler.builder.arity(level));
        for cell in 0..self.compiler.builder.arity(level) {
            let (points, counted, before) = self.step(level, cell, reads);
            let verdict = self.compiler.builder.child(verdict, level, cell);
            let child = self.walk(level + 1, verdict, self.capped(met + counted), score + points);
            before.into_iter().for_each(|(index, target)| self.put(index, target));
            let child = child?;
            result.first = result.first.max(shifted(child.first, points));
            result.last = result.last.min(shifted(child.last, points));
            children.push(child.target);
        }
        result.target = self.compiler.builder.node(level, &children)?;
        self.known.entry(key).or_default().insert(result.first, (result.last, result.target));
        Ok(result)
    }

    /// Moves every test that asks at `level` to `cell`: the points and conditions this decides, and what was before.
    fn step(&mut self, level: usize, cell: usize, reads: Reads) -> (i64, i64, Vec<(usize, Target)>) {
        let (mut points, mut met, mut before) = (0, 0, Vec::new());
        let asked: Vec<usize> = self.asked(level, reads).collect();
        for index in asked {
            let Some(old) = self.state.get(index).copied() else { continue };
            let mut new = self.compiler.builder.child(old, level, cell);
            if new == Target::leaf(YES)
                && let Some(part) = self.compiler.parts.get(index)
            {
                (points, met) = (points + part.points, met + part.met);
                new = Target::leaf(NO);
            }
            before.push((index, old));
            self.put(index, new);
        }
        (points, met, before)
    }

    fn put(&mut self, index: usize, target: Target) {
        if let Some(slot) = self.state.get_mut(index) {
            *slot = target;
        }
    }

    /// The parts that still count and ask at this level.
    fn asked(&self, level: usize, reads: Reads) -> impl Iterator<Item = usize> {
        let open = self.open.get(level).into_iter().flatten();
        let begin = self.begin.get(level).into_iter().flatten();
        open.chain(begin).copied().filter(move |index| {
            let asks = self.state.get(*index).is_some_and(|state| self.compiler.builder.level(*state) == level);
            asks && self.counts(*index, reads)
        })
    }

    fn counts(&self, index: usize, reads: Reads) -> bool {
        let part = self.compiler.parts.get(index);
        part.is_some_and(|part| (reads.score && part.points != 0) || (reads.met && part.met != 0))
    }

    fn next_level(&self, from: usize, verdict: Target, reads: Reads) -> Option<usize> {
        let verdict_level = self.compiler.builder.level(verdict);
        (from..self.compiler.levels.len())
            .find(|level| verdict_level == *level || self.asked(*level, reads).next().is_some())
    }

    /// How far the tests have come that are begun and not decided, as far as they still count.
    fn open_state(&self, level: usize, reads: Reads) -> State {
        let open = self.open.get(level).into_iter().flatten();
        open.map(|index| match self.state.get(*index) {
            Some(state) if self.counts(*index, reads) => *state,
            _ => Target::leaf(NO),
        })
        .collect()
    }

    /// All facts are known, and so are the sums.
    fn decided(&self, verdict: Target, met: i64, score: i64) -> Composed {
        let compiler = &*self.compiler;
        let facts = compiler.levels.len();
        let reads_score = compiler.builder.level(verdict) == facts;
        let cell = compiler.score.cell(score);
        let verdict = compiler.builder.child(verdict, facts, cell);
        let target = compiler.builder.child(verdict, facts + 1, compiler.met.cell(met));
        let (first, last) = if reads_score { compiler.score.interval(cell) } else { (i64::MIN, i64::MAX) };
        Composed { target, first, last }
    }

    fn reads(&mut self, verdict: Target) -> Reads {
        if let Some(known) = self.reads.get(&verdict) {
            return *known;
        }
        let facts = self.compiler.levels.len();
        let level = self.compiler.builder.level(verdict);
        let mut reads = Reads { score: level == facts, met: level == facts + 1 };
        if level <= facts {
            for cell in 0..self.compiler.builder.arity(level) {
                let child = self.reads(self.compiler.builder.child(verdict, level, cell));
                reads = Reads { score: reads.score || child.score, met: reads.met || child.met };
            }
        }
        self.reads.insert(verdict, reads);
        reads
    }
}

/// The end of an interval of scores, seen from before `points` were added; the ends of all scores stay where they are.
fn shifted(end: i64, points: i64) -> i64 {
    if end == i64::MIN || end == i64::MAX { end } else { end - points }
}
