//! New cases on both sides of the thresholds of counts: the last value below and the first one above, with different
//! recommendations. A threshold that slips by one then fails a case.

use std::sync::Arc;

use super::suggest::{after, answers_beside, free_id};
use super::{Flip, Outcome, Suggestion};
use crate::answers::Sheet;
use crate::engine::{Proofs, TooLarge, evaluate};
use crate::rubric::{Case, Domain, Fact, Rubric, Value};
use crate::text::Route;

/// A threshold of a count: the last value below it, and the first one above.
#[derive(Clone, Debug)]
pub struct Threshold {
    /// The count.
    pub fact: Arc<Fact>,
    /// The last value below.
    pub below: Value,
    /// The first value above.
    pub above: Value,
}

/// The cases that are missing beside these: one on each side of every threshold that moves the recommendation of some
/// sheet. The rest of such a sheet is as near as can be to a case that there is, or to what is assumed.
///
/// # Errors
/// The search costs too much.
pub fn suggest_sides(
    rubric: &Rubric,
    proofs: &Proofs<'_>,
    outcomes: &[Outcome<'_>],
) -> Result<Vec<Suggestion>, TooLarge> {
    let known = outcomes.iter().map(|outcome| Known {
        id: outcome.case.id.to_string(),
        sheet: outcome.sheet.clone(),
    });
    let mut sides = Sides {
        rubric,
        proofs,
        assumed: Sheet::unknown(rubric).assuming(rubric),
        known: known.collect(),
        suggestions: Vec::new(),
    };
    for threshold in thresholds(proofs) {
        sides.guard(&threshold)?;
    }
    Ok(sides.suggestions)
}

/// Every place at which the cells of a count meet.
fn thresholds(proofs: &Proofs<'_>) -> Vec<Threshold> {
    let levels = proofs.reasoning().recommendations().levels().iter();
    let counts = levels.filter(|cells| matches!(cells.fact.kind.domain(), Domain::Numbers(..)));
    let edges = counts.flat_map(|cells| {
        cells.ids().zip(cells.ids().skip(1)).map(|(lower, upper)| {
            let above = cells.representative(upper);
            Threshold {
                fact: cells.fact.clone(),
                below: cells.nearest(lower, above),
                above,
            }
        })
    });
    edges.collect()
}

/// A case that there is.
struct Known {
    id: String,
    sheet: Sheet,
}

struct Sides<'s> {
    rubric: &'s Rubric,
    proofs: &'s Proofs<'s>,
    assumed: Sheet,
    known: Vec<Known>,
    suggestions: Vec<Suggestion>,
}

impl Sides<'_> {
    /// Sees to it that a case stands on either side.
    fn guard(&mut self, threshold: &Threshold) -> Result<(), TooLarge> {
        let (below, above) = (threshold.below, threshold.above);
        match (
            self.guarding(threshold, below),
            self.guarding(threshold, above),
        ) {
            (Some(_), Some(_)) => {}
            (Some(flip), None) => self.add(threshold, (flip, above)),
            (None, Some(flip)) => self.add(threshold, (flip, below)),
            (None, None) => {
                if let Some(sheet) = self.nearest(threshold)? {
                    self.add(threshold, ((sheet, None), below));
                    if let Some(flip) = self.guarding(threshold, below) {
                        self.add(threshold, (flip, above));
                    }
                }
            }
        }
        Ok(())
    }

    /// A case that has this value, and whose recommendation changes across the threshold: its sheet, and how a case on the
    /// other side relates to it.
    fn guarding(&self, threshold: &Threshold, value: Value) -> Option<(Sheet, Option<Flip>)> {
        let has_value = |known: &&Known| known.sheet.value(&threshold.fact) == Some(value);
        let mut known = self.known.iter().filter(has_value);
        let found = known.find(|known| self.is_moved(&known.sheet, threshold))?;
        let flip = Flip {
            case: found.id.clone(),
            fact: threshold.fact.clone(),
            value,
        };
        Some((found.sheet.clone(), Some(flip)))
    }

    /// Whether a sheet gets different recommendations on the two sides.
    fn is_moved(&self, sheet: &Sheet, threshold: &Threshold) -> bool {
        let given = |value: Value| {
            let sheet = with(sheet, threshold, value);
            evaluate(self.rubric, &sheet).recommendation
        };
        let sides = (given(threshold.below), given(threshold.above));
        matches!(sides, (Some(below), Some(above)) if below != above)
    }

    /// The sheet nearest to the assumed one or to a case, on which the threshold moves the recommendation.
    fn nearest(&self, threshold: &Threshold) -> Result<Option<Sheet>, TooLarge> {
        let values = (threshold.below, threshold.above);
        let Some(region) = self.proofs.moved_between(&threshold.fact, values)? else {
            return Ok(None);
        };
        let cases = self.known.iter().map(|known| &known.sheet);
        let bases = std::iter::once(&self.assumed).chain(cases);
        let reached = bases.map(|base| (base, self.proofs.nearest(&region, base)));
        let nearest = reached.min_by_key(|(_, moves)| moves.len());
        Ok(nearest.map(|(base, moves)| after(base, &moves)))
    }

    /// Adds the case of a sheet with this value.
    fn add(
        &mut self,
        threshold: &Threshold,
        ((sheet, flips), value): ((Sheet, Option<Flip>), Value),
    ) {
        let sheet = with(&sheet, threshold, value);
        let evaluation = evaluate(self.rubric, &sheet);
        let given = evaluation.rule.zip(evaluation.recommendation);
        #[expect(
            clippy::expect_used,
            reason = "sheets without a recommendation lie beside no threshold that moves it"
        )]
        let (rule, recommend) = given.expect("a rule that holds");
        let is_taken = |id: &str| self.known.iter().any(|known| known.id == id);
        let id = free_id(self.rubric, rule, is_taken);
        let case = Case {
            id: id.as_str().into(),
            answers: answers_beside(self.rubric, &self.assumed, &sheet),
            recommend,
            rule: Some(rule),
            route: Route::top(),
        };
        self.known.push(Known { id, sheet });
        self.suggestions.push(Suggestion {
            case,
            exercises: Vec::new(),
            flips,
            threshold: Some(threshold.clone()),
        });
    }
}

fn with(sheet: &Sheet, threshold: &Threshold, value: Value) -> Sheet {
    let mut sheet = sheet.clone();
    sheet.set(&threshold.fact, Some(value));
    sheet
}
