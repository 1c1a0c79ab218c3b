//! Composing the small diagrams of signals, conditions and rules into one, while the sums add up.
//!
//! All are walked together, fact by fact. What is left to decide depends on how far each small diagram has come, on the
//! count so far and on the score so far, and on the score only as far as it lies in one interval: each result is kept
//! with the interval for which it holds. So no result is computed twice (Abío et al. 2012 do this for pseudo-Boolean
//! constraints).

use std::collections::BTreeMap;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::budget::Budget;
use super::builder::{NO, YES};
use super::compile::Compiler;
use super::{Target, TooLarge};

/// What a walk over all small diagrams has come to.
pub(super) type State = Box<[Target]>;

/// How far a sum can still go, by level and state.
pub(super) type Extremes = HashMap<(usize, State), (i64, i64), FxBuildHasher>;

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
pub(super) struct Reads {
    pub(super) score: bool,
    pub(super) met: bool,
}

pub(super) struct Composer<'c> {
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
    pub(super) fn new(compiler: &'c mut Compiler) -> Self {
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
        Self {
            compiler,
            open,
            begin,
            state,
            known: HashMap::default(),
            reads: HashMap::default(),
        }
    }

    pub(super) fn compose(mut self, verdict: Target) -> Result<Target, TooLarge> {
        let (score, met) = self.count_what_always_holds();
        Ok(self.walk(0, verdict, self.capped(met), score)?.target)
    }

    /// Tests that hold on every sheet are counted before a walk starts.
    fn count_what_always_holds(&mut self) -> (i64, i64) {
        let (mut score, mut met) = (0, 0);
        for (part, state) in self.compiler.parts.iter().zip(&mut self.state) {
            if *state == Target::leaf(YES) {
                (score, met) = (score + part.points, met + part.met);
                *state = Target::leaf(NO);
            }
        }
        (score, met)
    }

    /// The least and the most that one of the sums can come to.
    pub(super) fn extremes(
        mut self,
        reads: Reads,
        known: &mut Extremes,
        budget: &Budget,
    ) -> Result<(i64, i64), TooLarge> {
        let (score, met) = self.count_what_always_holds();
        let (least, most) = self.farthest(0, reads, known, budget)?;
        let sum = if reads.score { score } else { met };
        Ok((least + sum, most + sum))
    }

    fn farthest(
        &mut self,
        level: usize,
        reads: Reads,
        known: &mut Extremes,
        budget: &Budget,
    ) -> Result<(i64, i64), TooLarge> {
        let Some(level) = self.next_level(level, Target::leaf(NO), reads) else {
            return Ok((0, 0));
        };
        let key = (level, self.open_state(level, reads));
        if let Some(known) = known.get(&key) {
            return Ok(*known);
        }
        budget.step()?;
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for cell in 0..self.compiler.builder.arity(level) {
            let (points, counted, before) = self.step(level, cell, reads);
            let child = self.farthest(level + 1, reads, known, budget);
            before
                .into_iter()
                .for_each(|(index, target)| self.put(index, target));
            let (low, high) = child?;
            let sum = if reads.score { points } else { counted };
            (least, most) = (least.min(low + sum), most.max(high + sum));
        }
        known.insert(key, (least, most));
        Ok((least, most))
    }

    /// Counts beyond the last cut make no difference.
    fn capped(&self, met: i64) -> i64 {
        met.min(self.compiler.met.last())
    }

    fn walk(
        &mut self,
        level: usize,
        verdict: Target,
        met: i64,
        score: i64,
    ) -> Result<Composed, TooLarge> {
        let reads = self.reads(verdict);
        if !reads.score && !reads.met {
            return Ok(Composed {
                target: verdict,
                first: i64::MIN,
                last: i64::MAX,
            });
        }
        let Some(level) = self.next_level(level, verdict, reads) else {
            return Ok(self.decided(verdict, met, score));
        };
        let key = (
            level,
            verdict,
            if reads.met { met } else { 0 },
            self.open_state(level, reads),
        );
        let score_read = if reads.score { score } else { 0 };
        let known = self
            .known
            .get(&key)
            .and_then(|intervals| intervals.range(..=score_read).next_back());
        if let Some((first, (last, target))) = known
            && score_read <= *last
        {
            return Ok(Composed {
                target: *target,
                first: *first,
                last: *last,
            });
        }
        let mut result = Composed {
            target: verdict,
            first: i64::MIN,
            last: i64::MAX,
        };
        let mut children = Vec::with_capacity(self.compiler.builder.arity(level));
        for cell in 0..self.compiler.builder.arity(level) {
            let (points, counted, before) = self.step(level, cell, reads);
            let verdict = self.compiler.builder.child(verdict, level, cell);
            let child = self.walk(
                level + 1,
                verdict,
                self.capped(met + counted),
                score + points,
            );
            before
                .into_iter()
                .for_each(|(index, target)| self.put(index, target));
            let child = child?;
            result.first = result.first.max(shifted(child.first, points));
            result.last = result.last.min(shifted(child.last, points));
            children.push(child.target);
        }
        result.target = self.compiler.builder.node(level, &children)?;
        self.known
            .entry(key)
            .or_default()
            .insert(result.first, (result.last, result.target));
        Ok(result)
    }

    /// Moves every test that asks at `level` to `cell`: the points and conditions this decides, and what was before.
    fn step(
        &mut self,
        level: usize,
        cell: usize,
        reads: Reads,
    ) -> (i64, i64, Vec<(usize, Target)>) {
        let (mut points, mut met, mut before) = (0, 0, Vec::new());
        let asked: Vec<usize> = self.asked(level, reads).collect();
        for index in asked {
            let Some(old) = self.state.get(index).copied() else {
                continue;
            };
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
            let asks = self
                .state
                .get(*index)
                .is_some_and(|state| self.compiler.builder.level(*state) == level);
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
        let target = compiler
            .builder
            .child(verdict, facts + 1, compiler.met.cell(met));
        let (first, last) = if reads_score {
            compiler.score.interval(cell)
        } else {
            (i64::MIN, i64::MAX)
        };
        Composed {
            target,
            first,
            last,
        }
    }

    fn reads(&mut self, verdict: Target) -> Reads {
        if let Some(known) = self.reads.get(&verdict) {
            return *known;
        }
        let facts = self.compiler.levels.len();
        let level = self.compiler.builder.level(verdict);
        let mut reads = Reads {
            score: level == facts,
            met: level == facts + 1,
        };
        if level <= facts {
            for cell in 0..self.compiler.builder.arity(level) {
                let child = self.reads(self.compiler.builder.child(verdict, level, cell));
                reads = Reads {
                    score: reads.score || child.score,
                    met: reads.met || child.met,
                };
            }
        }
        self.reads.insert(verdict, reads);
        reads
    }
}

/// The end of an interval of scores, seen from before `points` were added; the ends of all scores stay where they are. No
/// score comes near the ends of the numbers (a signal is worth a million at most), so nothing is lost where one would
/// be passed: `< 9223372036854775807` holds for every score.
fn shifted(end: i64, points: i64) -> i64 {
    match end {
        i64::MIN | i64::MAX => end,
        _ => end.saturating_sub(points),
    }
}

#[cfg(test)]
mod tests {
    use crate::answers::Sheet;
    use crate::engine::{Reasoning, evaluate};
    use crate::fixtures;
    use crate::rubric::Rubric;
    use crate::text::Source;

    #[test]
    fn comparisons_with_the_largest_numbers_hold_as_they_would_for_any_score() {
        for bound in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
            for sign in ["<", "<=", ">", ">=", "==", "!="] {
                let text = fixtures::source().text;
                let before = r#"score: "< 2""#;
                assert!(text.contains(before));
                let text = text.replace(before, &format!(r#"score: "{sign} {bound}""#));
                let rubric = Rubric::parse(&Source::new("r", text)).expect("valid");
                let reasoning = Reasoning::new(&rubric).expect("small enough");
                let sheet = Sheet::unknown(&rubric).assuming(&rubric);
                let rules = reasoning.rules();
                let walked = rules.walk(rules.root(), &rules.cells(&sheet));
                assert_eq!(walked, evaluate(&rubric, &sheet).rule, "{sign} {bound}");
            }
        }
    }
}
