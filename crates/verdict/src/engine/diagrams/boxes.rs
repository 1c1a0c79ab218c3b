//! Flags with many classes: as yes/no questions, one for each class.
//!
//! The flags of one fact that occur in the same tests form a class. A few classes make one level of a diagram, with a
//! cell for each combination; of many there would be too many combinations. Then each class is a level of its own, with
//! two cells, all levels of the fact one after the other ([`super::spans`]). Which facts are asked so is part of the
//! [order](super::order) in which facts are asked: all diagrams over one order agree on it, whatever they read.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Cells;
use crate::ids::{FactId, OptionId};
use crate::rubric::{Accepts, Domain, Fact, FactAtom, Options, ReadsFacts, Rubric, Test, Words};

/// More classes of one fact than this, and each is a level of its own: at most 2^12 cells in a level.
pub(in crate::engine) const MOST_CLASSES: usize = 12;

/// The flags facts that are asked class by class: the options of each class, in the order in which they are asked.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Boxes(BTreeMap<Words, Vec<Vec<Words>>>);

impl Boxes {
    /// Those of one rubric, or of several that are compared, of which these tests tell more than `most` classes apart.
    pub(in crate::engine) fn of(rubrics: &[&Rubric], asking: Asking, most: usize) -> Self {
        let mut asked: BTreeMap<&Words, Vec<Tested<'_>>> = BTreeMap::new();
        for rubric in rubrics {
            // Hardly any rubric has so many flags, so its tests are seldom gone through.
            let many = rubric.facts.iter().filter(|fact| match fact.kind.domain() {
                Domain::AnyOf(_) => is_wide(&fact.id, rubrics, most),
                _ => false,
            });
            for fact in many {
                let tests = tests_on(rubric, fact.position, asking);
                let masks = masks(fact.options().len(), &tests);
                asked.entry(&fact.id).or_default().push((fact, masks));
            }
        }
        let classes = asked
            .into_iter()
            .map(|(id, tested)| (id.clone(), joint(&tested)));
        Self(
            classes
                .filter(|(_, classes)| classes.len() > most)
                .collect(),
        )
    }

    /// Those that levels show to be asked so.
    pub(in crate::engine) fn of_levels<'l>(levels: impl Iterator<Item = &'l Cells>) -> Self {
        let mut boxes = Self::default();
        for cells in levels.filter(|cells| cells.is_part()) {
            let ids = |class: &Options| cells.fact.ids_of(*class).cloned().collect();
            let ids = cells.classes().iter().map(ids);
            boxes
                .0
                .entry(cells.fact.id.clone())
                .or_default()
                .extend(ids);
        }
        boxes
    }

    /// The classes of a fact, each with an option of it, when it is asked class by class.
    pub(in crate::engine) fn classes(&self, fact: &Fact) -> Option<Vec<Options>> {
        let classes = self
            .0
            .get(&fact.id)
            .filter(|_| matches!(fact.kind.domain(), Domain::AnyOf(_)))?;
        let options = |class: &Vec<Words>| class.iter().filter_map(|id| fact.option(id)).collect();
        let classes = classes.iter().map(options);
        Some(
            classes
                .filter(|class: &Options| !class.is_empty())
                .collect(),
        )
    }
}

/// The tests that diagrams over one order may make. They tell apart no more than these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) enum Asking {
    /// Those behind the recommendation: of signals, conditions, definitions and rules.
    #[default]
    Recommendation,
    /// All of the rubric.
    Everything,
}

/// A fact, and the options that its tests name together.
type Tested<'r> = (&'r Fact, Vec<Options>);

/// The options that some test tells apart from others or from nothing, by class: those that occur in the same tests.
pub(in crate::engine) fn classes(options: usize, tests: &[Accepts]) -> Vec<Options> {
    let masks = masks(options, tests);
    let named = |option: OptionId| masks.iter().map(|mask| mask.contains(option)).collect();
    let tested = Options::first(options)
        .iter()
        .map(|option| (named(option), option));
    let groups = grouped(tested.filter(|(named, _): &(Vec<bool>, _)| named.contains(&true)));
    groups
        .into_iter()
        .map(|group| group.into_iter().collect())
        .collect()
}

/// The classes of the flags of a fact of several rubrics, by id. Options that not all of them have are told apart from
/// those that they have.
fn joint(tested: &[Tested<'_>]) -> Vec<Vec<Words>> {
    let mut options: Vec<&Words> = Vec::new();
    for option in tested.iter().flat_map(|(fact, _)| fact.options()) {
        if !options.contains(&&option.id) {
            options.push(&option.id);
        }
    }
    let named = |id: &Words| -> Vec<Option<Vec<bool>>> {
        let by_one = |(fact, masks): &Tested<'_>| {
            let option = fact.option(id)?;
            Some(masks.iter().map(|mask| mask.contains(option)).collect())
        };
        tested.iter().map(by_one).collect()
    };
    let signed = options.into_iter().map(|id| (named(id), id));
    let groups =
        grouped(signed.filter(|(named, _)| named.iter().flatten().flatten().any(|is| *is)));
    let owned = |group: Vec<&Words>| group.into_iter().cloned().collect();
    groups.into_iter().map(owned).collect()
}

/// What has the same key together, in the order of what comes first.
fn grouped<K: PartialEq, T>(items: impl Iterator<Item = (K, T)>) -> Vec<Vec<T>> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for (key, item) in items {
        match groups.iter_mut().find(|(own, _)| *own == key) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The sets of options of which tests tell whether one is set.
fn masks(options: usize, tests: &[Accepts]) -> Vec<Options> {
    let named = |test: &Accepts| -> Vec<Options> {
        match test {
            Accepts::AnyFlag(mask) => vec![*mask],
            Accepts::NoFlag => vec![Options::first(options)],
            Accepts::AtLeast(of, _) => of.iter().map(Options::only).collect(),
            Accepts::Count(_) | Accepts::YesNo(_) | Accepts::Choice(_) => Vec::new(),
        }
    };
    let masks: BTreeSet<Options> = tests.iter().flat_map(named).collect();
    masks.into_iter().collect()
}

/// Whether a flags fact has so many options that it could have more classes than `most`.
fn is_wide(id: &Words, rubrics: &[&Rubric], most: usize) -> bool {
    let facts = rubrics.iter().filter_map(|rubric| rubric.fact(id));
    facts.map(|fact| fact.options().len()).sum::<usize>() > most
}

/// The elementary tests on a fact, among these of a rubric.
fn tests_on(rubric: &Rubric, fact: FactId, asking: Asking) -> Vec<Accepts> {
    let mut found = Vec::new();
    let named = rubric.named.iter().map(|named| &named.when);
    let signals = rubric.signals.iter().map(|signal| &signal.when);
    named
        .chain(signals)
        .for_each(|test| collect(test, fact, &mut found));
    let rules = rubric.verdict.iter().map(|rule| &rule.when);
    rules.for_each(|test| collect(test, fact, &mut found));
    if asking == Asking::Everything {
        let gifts = rubric.tax.iter().flat_map(|tax| tax.gifts());
        gifts.for_each(|gift| collect(&gift.when, fact, &mut found));
        let guarantees = rubric.guarantees.iter();
        guarantees.for_each(|guarantee| collect(&guarantee.when, fact, &mut found));
        let remarks = rubric.prerequisites.iter().chain(&rubric.cautions);
        let steps = rubric.plan.iter().map(|step| &step.when);
        let advice = remarks.map(|remark| &remark.when).chain(steps);
        advice.for_each(|test| collect(test, fact, &mut found));
    }
    found
}

fn collect<A: ReadsFacts>(test: &Test<A>, wanted: FactId, found: &mut Vec<Accepts>) {
    let atoms = test.atoms().filter_map(ReadsFacts::facts);
    found.extend(atoms.filter_map(|atom| match atom {
        FactAtom::Fact { fact, accepts } if *fact == wanted => Some(*accepts),
        FactAtom::Fact { .. } | FactAtom::Named { .. } => None,
    }));
}
