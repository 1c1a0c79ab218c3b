//! New cases that exercise what no case does, as few as a greedy search finds.
//!
//! Each new case fires a rule that is missing, if one is, and takes along as many of the missing conditions and signals
//! as fit together. Of the sheets that do, one is preferred that differs from another case in one fact and gets another
//! recommendation: such a pair shows where the line runs. Otherwise the one nearest to the assumed sheet is taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Exercise, Outcome, Subject, Threshold};
use crate::answers::Sheet;
use crate::engine::{Move, Proofs, Region, TooLarge, evaluate};
use crate::ids::{FactId, RecommendationId, RuleId};
use crate::rubric::{Case, Fact, FactTest, Rubric, Value};
use crate::text::Route;

/// A case that was not there.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The case, with the recommendation and the rule that come out today.
    pub case: Case,
    /// What it exercises that no case did.
    pub exercises: Vec<Subject>,
    /// The case from which it differs in one fact, which flips the recommendation.
    pub flips: Option<Flip>,
    /// The threshold beside which it lies, where it was made for one.
    pub threshold: Option<Threshold>,
}

/// A pair of neighbouring sheets with different recommendations.
#[derive(Clone, Debug)]
pub struct Flip {
    /// The other case.
    pub case: String,
    /// The fact in which they differ.
    pub fact: Arc<Fact>,
    /// Its value in the other case.
    pub value: Value,
}

/// The fewest cases found that exercise what these do not. What nothing can exercise is left alone.
///
/// # Errors
/// The search costs too much.
pub fn suggest(
    rubric: &Rubric,
    proofs: &Proofs<'_>,
    outcomes: &[Outcome<'_>],
) -> Result<Vec<Suggestion>, TooLarge> {
    let exercised = Exercise::of(rubric, outcomes);
    let mut search = Search {
        rubric,
        proofs,
        assumed: Sheet::unknown(rubric).assuming(rubric),
        bases: Vec::new(),
    };
    let given = outcomes
        .iter()
        .filter_map(|outcome| Some((outcome, outcome.recommendation()?)));
    search
        .bases
        .extend(given.map(|(outcome, recommendation)| Base {
            id: outcome.case.id.to_string(),
            sheet: outcome.sheet.clone(),
            recommendation,
        }));
    let mut missing = exercised.missing(rubric);
    let mut suggestions = Vec::new();
    while let Some(first) = missing.first().copied() {
        let Some(region) = search.region(first)? else {
            missing.remove(0);
            continue;
        };
        let region = search.widened(region, &missing)?;
        // What a test and its own region disagree on would go on for ever.
        let suggestion = search.case(&region, &missing);
        let Some(suggestion) = suggestion.filter(|one| one.exercises.contains(&first)) else {
            missing.remove(0);
            continue;
        };
        missing.retain(|subject| !suggestion.exercises.contains(subject));
        suggestions.push(suggestion);
    }
    Ok(without_the_needless(suggestions, rubric, &exercised))
}

/// A sheet near which a new case may lie.
struct Base {
    id: String,
    sheet: Sheet,
    recommendation: RecommendationId,
}

struct Search<'s> {
    rubric: &'s Rubric,
    proofs: &'s Proofs<'s>,
    assumed: Sheet,
    bases: Vec<Base>,
}

impl Search<'_> {
    /// The sheets that exercise a subject; `None` when no sheet does.
    fn region(&self, subject: Subject) -> Result<Option<Region>, TooLarge> {
        if let Subject::Rule(rule) = subject {
            return Ok(self.proofs.fired_by(rule));
        }
        match (self.proofs.all_sheets(), self.test(subject)) {
            (Some(all), Some(test)) => self.proofs.where_holds(&all, test),
            _ => Ok(None),
        }
    }

    /// The part of a region in which further subjects are exercised, as many as fit one after the other.
    fn widened(&self, mut region: Region, missing: &[Subject]) -> Result<Region, TooLarge> {
        for test in missing.iter().filter_map(|subject| self.test(*subject)) {
            if let Some(part) = self.proofs.where_holds(&region, test)? {
                region = part;
            }
        }
        Ok(region)
    }

    fn test(&self, subject: Subject) -> Option<&FactTest> {
        match subject {
            Subject::Rule(_) => None,
            Subject::Condition(condition) => {
                let named = self.rubric.conditions[condition].named;
                Some(&self.rubric.named[named].when)
            }
            Subject::Signal(signal) => Some(&self.rubric.signals[signal].when),
        }
    }

    /// A case in a region; `None` where no rule holds there.
    fn case(&mut self, region: &Region, missing: &[Subject]) -> Option<Suggestion> {
        let flip = self.flip(region);
        let (base, moves) = match &flip {
            Some((base, moves, _)) => (base.clone(), moves.clone()),
            None => (
                self.assumed.clone(),
                self.proofs.nearest(region, &self.assumed),
            ),
        };
        let sheet = after(&base, &moves);
        let evaluation = evaluate(self.rubric, &sheet);
        let (rule, recommendation) = (evaluation.rule?, evaluation.recommendation?);
        let case = Case {
            id: free_id(self.rubric, rule, |id| {
                self.bases.iter().any(|base| base.id == id)
            })
            .into(),
            answers: answers_beside(self.rubric, &self.assumed, &sheet),
            recommend: recommendation,
            rule: Some(rule),
            route: Route::top(),
        };
        let exercise = Exercise::of(self.rubric, [&Outcome::of(self.rubric, &case)]);
        let exercises = missing
            .iter()
            .copied()
            .filter(|subject| exercise.contains(*subject))
            .collect();
        self.bases.push(Base {
            id: case.id.to_string(),
            sheet,
            recommendation,
        });
        Some(Suggestion {
            case,
            exercises,
            flips: flip.map(|(_, _, flip)| flip),
            threshold: None,
        })
    }

    /// A base from which one fact leads into the region and to another recommendation.
    fn flip(&self, region: &Region) -> Option<(Sheet, Vec<Move>, Flip)> {
        self.bases.iter().find_map(|base| {
            let moves = self.proofs.nearest(region, &base.sheet);
            let [only] = moves.as_slice() else {
                return None;
            };
            let rules = self.proofs.reasoning().recommendations();
            let there = rules.walk(rules.root(), &rules.cells(&after(&base.sheet, &moves)));
            let value = base.sheet.value(&only.fact)?;
            (there != Some(base.recommendation)).then(|| {
                let flip = Flip {
                    case: base.id.clone(),
                    fact: only.fact.clone(),
                    value,
                };
                (base.sheet.clone(), moves.clone(), flip)
            })
        })
    }
}

/// The answers on a sheet that differ from what is assumed.
pub(super) fn answers_beside(
    rubric: &Rubric,
    assumed: &Sheet,
    sheet: &Sheet,
) -> Vec<(FactId, Value)> {
    let differs = |fact: &&Arc<Fact>| sheet.value(fact) != assumed.value(fact);
    let facts = rubric.facts.iter().filter(differs);
    facts
        .filter_map(|fact| Some((fact.position, sheet.value(fact)?)))
        .collect()
}

/// The rule's name, with a number when a case is called that.
pub(super) fn free_id(rubric: &Rubric, rule: RuleId, is_taken: impl Fn(&str) -> bool) -> String {
    let id = rubric.verdict[rule].id.as_str();
    let is_free = |id: &String| !is_taken(id) && rubric.cases.iter().all(|case| case.id != *id);
    let numbered = (2_usize..).map(|number| format!("{id}-{number}"));
    let mut names = std::iter::once(id.to_owned()).chain(numbered);
    #[expect(clippy::expect_used, reason = "there are more numbers than cases")]
    names.find(is_free).expect("a free name")
}

pub(super) fn after(sheet: &Sheet, moves: &[Move]) -> Sheet {
    let mut sheet = sheet.clone();
    moves
        .iter()
        .for_each(|change| sheet.set(&change.fact, Some(change.value)));
    sheet
}

/// Without the suggestions whose part the others do as well.
fn without_the_needless(
    suggestions: Vec<Suggestion>,
    rubric: &Rubric,
    exercised: &Exercise,
) -> Vec<Suggestion> {
    let outcomes: Vec<Exercise> = suggestions
        .iter()
        .map(|suggestion| Exercise::of(rubric, [&Outcome::of(rubric, &suggestion.case)]))
        .collect();
    let wanted: BTreeSet<Subject> = suggestions
        .iter()
        .flat_map(|suggestion| suggestion.exercises.clone())
        .collect();
    let mut kept: Vec<usize> = (0..suggestions.len()).collect();
    for candidate in 0..suggestions.len() {
        let rest: Vec<usize> = kept
            .iter()
            .copied()
            .filter(|kept| *kept != candidate)
            .collect();
        let is_done = |subject: &Subject| {
            exercised.contains(*subject)
                || rest
                    .iter()
                    .filter_map(|kept| outcomes.get(*kept))
                    .any(|outcome| outcome.contains(*subject))
        };
        if wanted.iter().all(is_done) {
            kept = rest;
        }
    }
    let mut open = wanted;
    let gone: BTreeSet<String> = (0..suggestions.len())
        .filter(|at| !kept.contains(at))
        .filter_map(|at| Some(suggestions.get(at)?.case.id.to_string()))
        .collect();
    let mut left = Vec::new();
    for (position, mut suggestion) in suggestions
        .into_iter()
        .enumerate()
        .filter(|(at, _)| kept.contains(at))
    {
        let Some(outcome) = outcomes.get(position) else {
            continue;
        };
        suggestion.exercises = open
            .iter()
            .copied()
            .filter(|subject| outcome.contains(*subject))
            .collect();
        open.retain(|subject| !outcome.contains(*subject));
        suggestion.flips = suggestion.flips.filter(|flip| !gone.contains(&flip.case));
        left.push(suggestion);
    }
    left
}
