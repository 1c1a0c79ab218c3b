//! What each single change would give: fact by fact, the recommendation for every value that a test can tell apart, all
//! other answers staying as they are. Read off the diagram, one walk a cell.
//!
//! Of flags with many classes there are more sets than anybody could go through. They are not gone through one by one,
//! but what is said of them is as exact: what some set gives, and the nearest set that gives it. Only when changes are
//! counted they count otherwise: each class by itself, set or cleared.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::answers::Sheet;
use crate::engine::diagrams::spans::{Moved, Reach, Span, Ways};
use crate::engine::{Cells, Diagram};
use crate::ids::{CellId, LevelId, RecommendationId, Table};
use crate::rubric::{Fact, Kind, Value};

/// A fact, and what its values would give.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The fact.
    pub fact: Arc<Fact>,
    /// Its values from the first to the last, neighbours that give the same taken together. Sets of flags have no
    /// neighbours: there is one entry for each recommendation, in the order of the rubric.
    pub cells: Vec<WhatIfCell>,
}

/// Values of a fact that give the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIfCell {
    /// The first value. Of sets of flags: the one that is nearest to the present set.
    pub from: Value,
    /// The last value; of sets of flags the same as `from`.
    pub to: Value,
    /// How many cells of the fact these are. Of flags that are asked class by class: how many of them differ from the
    /// present one in one class, with the present one itself; one where it takes several classes.
    pub width: usize,
    /// What they give; `None` where no rule holds.
    pub recommendation: Option<RecommendationId>,
    /// Whether the present value is among them.
    pub is_current: bool,
    /// Whether `from` stands for other sets of flags as well. What lies between `from` and `to` is no other value.
    pub is_example: bool,
}

/// How many single changes there are, and how many of them keep the recommendation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingleChanges {
    /// Those that keep it.
    pub kept: usize,
    /// All: each move of one fact to another of its cells. Of more than 12 independent flags: each of them set or
    /// cleared by itself, and for each recommendation that takes several of them one move.
    pub all: usize,
}

impl SingleChanges {
    /// Counts those of a picture.
    pub fn of(picture: &[WhatIf]) -> Self {
        let mut counts = Self { kept: 0, all: 0 };
        for line in picture {
            let current = line.cells.iter().find(|cell| cell.is_current);
            let here = current.and_then(|cell| cell.recommendation);
            let width = |keeps: bool| -> usize {
                let cells = line.cells.iter();
                let cells = cells.filter(|cell| !keeps || cell.recommendation == here);
                cells.map(|cell| cell.width).sum()
            };
            // The present cell is no change.
            counts.kept += width(true).saturating_sub(1);
            counts.all += width(false).saturating_sub(1);
        }
        counts
    }
}

/// The picture of a sheet without unknowns, in the order of the rubric's facts.
pub(in crate::engine) fn what_if(
    diagram: &Diagram<Option<RecommendationId>>,
    sheet: &Sheet,
) -> Vec<WhatIf> {
    let cells = diagram.cells(sheet);
    let levels = diagram.levels();
    let mut lines: Vec<WhatIf> = Span::all(levels)
        .filter_map(|span| {
            let own = &levels[span.first];
            let present = sheet.value(&own.fact)?;
            let gives = |level: LevelId, cell: CellId| {
                let mut moved = cells.clone();
                moved[level] = cell;
                diagram.walk(diagram.root(), &moved)
            };
            Some(WhatIf {
                fact: own.fact.clone(),
                cells: match span.is_one() {
                    true => together(own, present, |cell| gives(span.first, cell)),
                    false => boxes(diagram, span, &cells, present, gives),
                },
            })
        })
        .collect();
    lines.sort_by_key(|line| line.fact.position);
    lines
}

/// What sets of flags give that are asked class by class.
fn boxes(
    diagram: &Diagram<Option<RecommendationId>>,
    span: Span,
    cells: &Table<LevelId, CellId>,
    present: Value,
    gives: impl Fn(LevelId, CellId) -> Option<RecommendationId>,
) -> Vec<WhatIfCell> {
    let levels = diagram.levels();
    let mut start = diagram.root();
    while let Some(above) = diagram.level(start).filter(|level| *level < span.first) {
        start = diagram.child(start, above, cells[above]);
    }
    let ways = Ways::through(diagram, span, start, cells);
    // For each recommendation the nearest set that gives it, and whether others do.
    let mut found: BTreeMap<Option<RecommendationId>, (&Reach, bool)> = BTreeMap::new();
    for (end, reach) in ways.ends() {
        found
            .entry(diagram.walk(end, cells))
            .and_modify(|own| *own = (own.0.min(reach), true))
            .or_insert((reach, reach.is_one_of_several));
    }
    let alone = span.levels().flat_map(|level| {
        let others = levels[level]
            .ids()
            .filter(move |cell| *cell != cells[level]);
        others.map(move |cell| (level, cell))
    });
    let alone: Vec<_> = alone.map(|(level, cell)| gives(level, cell)).collect();
    let entry = |(recommendation, (reach, has_others)): (_, (&Reach, bool))| {
        let moved: Moved = span
            .levels()
            .zip(reach.cells.iter().rev().copied())
            .collect();
        let holds_several = moved
            .iter()
            .any(|(level, cell)| levels[*level].holds_several(*cell));
        let from = Span::nearest(levels, moved, present);
        let is_current = reach.distance == 0;
        let alone = alone
            .iter()
            .filter(|given| **given == recommendation)
            .count();
        WhatIfCell {
            from,
            to: from,
            width: (alone + usize::from(is_current)).max(1),
            recommendation,
            is_current,
            is_example: has_others || holds_several,
        }
    };
    found.into_iter().map(entry).collect()
}

fn together(
    cells: &Cells,
    present: Value,
    gives: impl Fn(CellId) -> Option<RecommendationId>,
) -> Vec<WhatIfCell> {
    let is_flags = matches!(cells.fact.kind, Kind::Flags(_));
    let here = cells.cell(present);
    let mut all: Vec<CellId> = cells.ids().collect();
    if is_flags {
        // Of the sets that give the same, the nearest stands for all.
        all.sort_by_key(|cell| cells.distance(here, *cell));
    }
    let mut found: Vec<WhatIfCell> = Vec::new();
    for cell in all {
        let recommendation = gives(cell);
        let (from, to) = match is_flags {
            true => (cells.nearest(cell, present), cells.nearest(cell, present)),
            false => cells.ends(cell),
        };
        let same = match is_flags {
            true => found
                .iter_mut()
                .find(|one| one.recommendation == recommendation),
            false => found
                .last_mut()
                .filter(|one| one.recommendation == recommendation),
        };
        match same {
            Some(same) => {
                same.width += 1;
                same.is_current |= cell == here;
                same.is_example |= is_flags;
                if !is_flags {
                    same.to = to;
                }
            }
            None => found.push(WhatIfCell {
                from,
                to,
                width: 1,
                recommendation,
                is_current: cell == here,
                is_example: cells.holds_several(cell),
            }),
        }
    }
    if is_flags {
        found.sort_by_key(|one| one.recommendation);
    }
    found
}
