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
use super::builder::{Builder, NO, YES};
use super::diagram::Levels;
use super::parts::{PartId, Parts};
use crate::engine::{Target, TooLarge};
use crate::ids::{CellId, Id, LevelId, Table};

/// Where a walk starts.
const TOP: LevelId = LevelId::new(0);

/// What a walk over all small diagrams has come to.
pub(in crate::engine) type State = Box<[Target]>;

/// How far a sum can still go, by level and state.
pub(in crate::engine) type Extremes = HashMap<(LevelId, State), (i64, i64), FxBuildHasher>;

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
pub(in crate::engine) struct Reads {
    pub(in crate::engine) score: bool,
    pub(in crate::engine) met: bool,
}

pub(in crate::engine) struct Composer<'c> {
    builder: &'c mut Builder,
    parts: &'c Parts,
    /// For each fact, the parts whose tests have begun above it and may ask there or below.
    open: Table<LevelId, Vec<PartId>>,
    /// For each fact, the parts whose tests begin there.
    begin: Table<LevelId, Vec<PartId>>,
    /// How far each part's test has come; a test that is decided has come to the leaf `NO` after it was counted.
    state: Table<PartId, Target>,
    known: HashMap<(LevelId, Target, i64, State), Intervals, FxBuildHasher>,
    reads: HashMap<Target, Reads, FxBuildHasher>,
}

impl<'c> Composer<'c> {
    pub(in crate::engine) fn new(
        builder: &'c mut Builder,
        levels: &Levels,
        parts: &'c Parts,
    ) -> Self {
        let (mut open, mut begin) = (levels.map(|_| Vec::new()), levels.map(|_| Vec::new()));
        for (id, part) in parts.all.entries() {
            let ends = builder.level(part.root).zip(builder.last_level(part.root));
            let Some((first, last)) = ends else { continue };
            begin[first].push(id);
            let below = open.ids_from(first.next());
            below
                .take_while(|level| *level <= last)
                .for_each(|level| open[level].push(id));
        }
        Self {
            builder,
            parts,
            open,
            begin,
            state: parts.all.map(|part| part.root),
            known: HashMap::default(),
            reads: HashMap::default(),
        }
    }

    pub(in crate::engine) fn compose(mut self, verdict: Target) -> Result<Target, TooLarge> {
        let (score, met) = self.count_what_always_holds();
        Ok(self.walk(TOP, verdict, self.capped(met), score)?.target)
    }

    /// Tests that hold on every sheet are counted before a walk starts.
    fn count_what_always_holds(&mut self) -> (i64, i64) {
        let (mut score, mut met) = (0, 0);
        for (part, state) in self.parts.all.iter().zip(self.state.iter_mut()) {
            if *state == Target::leaf(YES) {
                (score, met) = (score + part.points, met + part.met);
                *state = Target::leaf(NO);
            }
        }
        (score, met)
    }

    /// The least and the most that one of the sums can come to.
    pub(in crate::engine) fn extremes(
        mut self,
        reads: Reads,
        known: &mut Extremes,
        budget: &Budget,
    ) -> Result<(i64, i64), TooLarge> {
        let (score, met) = self.count_what_always_holds();
        let (least, most) = self.farthest(TOP, reads, known, budget)?;
        let sum = if reads.score { score } else { met };
        Ok((least + sum, most + sum))
    }

    fn farthest(
        &mut self,
        level: LevelId,
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
        for cell in self.builder.cells(level) {
            let (points, counted, before) = self.step(level, cell, reads);
            let child = self.farthest(level.next(), reads, known, budget);
            self.step_back(before);
            let (low, high) = child?;
            let sum = if reads.score { points } else { counted };
            (least, most) = (least.min(low + sum), most.max(high + sum));
        }
        known.insert(key, (least, most));
        Ok((least, most))
    }

    /// Counts beyond the last cut make no difference.
    fn capped(&self, met: i64) -> i64 {
        met.min(self.parts.met.cuts.last())
    }

    fn walk(
        &mut self,
        level: LevelId,
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
        let cells = self.builder.cells(level);
        let mut children = Vec::with_capacity(cells.len());
        for cell in cells {
            let (points, counted, before) = self.step(level, cell, reads);
            let verdict = self.builder.child(verdict, level, cell);
            let child = self.walk(
                level.next(),
                verdict,
                self.capped(met + counted),
                score + points,
            );
            self.step_back(before);
            let child = child?;
            result.first = result.first.max(shifted(child.first, points));
            result.last = result.last.min(shifted(child.last, points));
            children.push(child.target);
        }
        result.target = self.builder.node(level, &children)?;
        self.known
            .entry(key)
            .or_default()
            .insert(result.first, (result.last, result.target));
        Ok(result)
    }

    /// Moves every test that asks at `level` to `cell`: the points and conditions this decides, and what was before.
    fn step(
        &mut self,
        level: LevelId,
        cell: CellId,
        reads: Reads,
    ) -> (i64, i64, Vec<(PartId, Target)>) {
        let (mut points, mut met, mut before) = (0, 0, Vec::new());
        let asked: Vec<PartId> = self.asked(level, reads).collect();
        for id in asked {
            let old = self.state[id];
            let mut new = self.builder.child(old, level, cell);
            if new == Target::leaf(YES) {
                let part = &self.parts.all[id];
                (points, met) = (points + part.points, met + part.met);
                new = Target::leaf(NO);
            }
            before.push((id, old));
            self.state[id] = new;
        }
        (points, met, before)
    }

    fn step_back(&mut self, before: Vec<(PartId, Target)>) {
        for (id, target) in before {
            self.state[id] = target;
        }
    }

    /// The parts that still count and ask at this level.
    fn asked(&self, level: LevelId, reads: Reads) -> impl Iterator<Item = PartId> {
        let parts = self.open[level].iter().chain(&self.begin[level]).copied();
        parts.filter(move |id| {
            self.builder.level(self.state[*id]) == Some(level) && self.counts(*id, reads)
        })
    }

    fn counts(&self, id: PartId, reads: Reads) -> bool {
        let part = &self.parts.all[id];
        (reads.score && part.points != 0) || (reads.met && part.met != 0)
    }

    fn next_level(&self, from: LevelId, verdict: Target, reads: Reads) -> Option<LevelId> {
        let verdict_level = self.builder.level(verdict);
        self.open.ids_from(from).find(|level| {
            verdict_level == Some(*level) || self.asked(*level, reads).next().is_some()
        })
    }

    /// How far the tests have come that are begun and not decided, as far as they still count.
    fn open_state(&self, level: LevelId, reads: Reads) -> State {
        let open = self.open[level].iter();
        open.map(|id| match self.counts(*id, reads) {
            true => self.state[*id],
            false => Target::leaf(NO),
        })
        .collect()
    }

    /// All facts are known, and so are the sums.
    fn decided(&self, verdict: Target, met: i64, score: i64) -> Composed {
        let Parts {
            score: points,
            met: conditions,
            ..
        } = self.parts;
        let reads_score = self.builder.level(verdict) == Some(points.level);
        let cell = points.cuts.cell(score);
        let verdict = self.builder.child(verdict, points.level, cell);
        let counted = conditions.cuts.cell(met);
        let target = self.builder.child(verdict, conditions.level, counted);
        let (first, last) = if reads_score {
            points.cuts.interval(cell)
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
        let (score, met) = (self.parts.score.level, self.parts.met.level);
        let mut reads = Reads::default();
        if let Some(level) = self.builder.level(verdict) {
            reads = Reads {
                score: level == score,
                met: level == met,
            };
            if level < met {
                for cell in self.builder.cells(level) {
                    let child = self.reads(self.builder.child(verdict, level, cell));
                    reads = Reads {
                        score: reads.score || child.score,
                        met: reads.met || child.met,
                    };
                }
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
