//! Every elementary test of a rubric, with its place and with what it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use verdict::ids::{FactId, NamedId};
use verdict::rubric::{
    Accepts, AdviceAtom, Comparison, Fact, FactAtom, Options, Rubric, Test, VerdictAtom, places,
};
use verdict::text::{Node, Route};

/// What a test belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A signal, with its points.
    Signal(i64),
    /// A condition or definition.
    Named(NamedId),
    /// A rule of the verdict.
    Rule,
    /// A guarantee.
    Guarantee,
    /// A remark or a step of the plan.
    Advice,
}

/// What an elementary test reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Read<'r> {
    /// A fact, or a condition or definition.
    Fact(&'r FactAtom),
    /// The score.
    Score(Comparison),
    /// The number of conditions met.
    ConditionsMet(Comparison),
}

/// One elementary test.
#[derive(Clone, Debug)]
pub(super) struct Reading<'r> {
    pub(super) route: Route,
    pub(super) owner: Owner,
    pub(super) read: Read<'r>,
}

impl Reading<'_> {
    /// The fact that is read, when it is one.
    pub(super) fn fact(&self) -> Option<FactId> {
        match self.read {
            Read::Fact(FactAtom::Fact { fact, .. }) => Some(*fact),
            _ => None,
        }
    }

    /// The options of a fact that are named, when it is this fact that is read.
    pub(super) fn options(&self, fact: &Fact) -> Option<Options> {
        match self.read {
            Read::Fact(FactAtom::Fact { fact: own, accepts }) if *own == fact.position => {
                match accepts {
                    Accepts::Choice(options)
                    | Accepts::AnyFlag(options)
                    | Accepts::AtLeast(options, _) => Some(*options),
                    Accepts::NoFlag => Some(Options::first(fact.options().len())),
                    Accepts::Count(_) | Accepts::YesNo(_) => None,
                }
            }
            _ => None,
        }
    }
}

/// All elementary tests of a rubric.
pub(super) fn readings<'r>(rubric: &'r Rubric, file: &Node) -> Vec<Reading<'r>> {
    let mut all = Vec::new();
    for signal in &rubric.signals {
        all.extend(of(
            &signal.when,
            Owner::Signal(signal.points),
            &signal.route,
            file,
        ));
    }
    for (id, named) in rubric.named.entries() {
        all.extend(of(&named.when, Owner::Named(id), &named.route, file));
    }
    for rule in &rubric.verdict {
        all.extend(of(&rule.when, Owner::Rule, &rule.route, file));
    }
    for guarantee in &rubric.guarantees {
        all.extend(of(
            &guarantee.when,
            Owner::Guarantee,
            &guarantee.route,
            file,
        ));
    }
    for remark in rubric.prerequisites.iter().chain(&rubric.cautions) {
        all.extend(of(&remark.when, Owner::Advice, &remark.route, file));
    }
    for step in &rubric.plan {
        all.extend(of(&step.when, Owner::Advice, &step.route, file));
    }
    let gifts = rubric.tax.iter().flat_map(|tax| tax.gifts()).enumerate();
    for (index, gift) in gifts {
        let route = Route::top().key("tax").key("gifts").index(index);
        all.extend(of(&gift.when, Owner::Advice, &route, file));
    }
    all
}

/// The conditions and definitions on which signals with points, conditions or rules rest.
pub(super) fn felt(rubric: &Rubric, readings: &[Reading<'_>]) -> BTreeSet<NamedId> {
    let mut felt: BTreeSet<NamedId> = rubric
        .conditions
        .iter()
        .map(|condition| condition.named)
        .collect();
    let named = |reading: &Reading<'_>| match reading.read {
        Read::Fact(FactAtom::Named { named, .. }) => Some(*named),
        _ => None,
    };
    let is_felt_directly = |owner: Owner| {
        matches!(owner, Owner::Rule) || matches!(owner, Owner::Signal(points) if points != 0)
    };
    felt.extend(
        readings
            .iter()
            .filter(|reading| is_felt_directly(reading.owner))
            .filter_map(named),
    );
    let mut read_by: BTreeMap<NamedId, Vec<NamedId>> = BTreeMap::new();
    for reading in readings {
        if let (Owner::Named(reader), Some(read)) = (reading.owner, named(reading)) {
            read_by.entry(reader).or_default().push(read);
        }
    }
    // Each reads only those before it.
    for (reader, read) in read_by.into_iter().rev() {
        if felt.contains(&reader) {
            felt.extend(read);
        }
    }
    felt
}

fn of<'r, A: Reads>(
    when: &'r Test<A>,
    owner: Owner,
    route: &Route,
    file: &Node,
) -> impl Iterator<Item = Reading<'r>> + use<'r, A> {
    let atoms = places::atoms(when, &route.key("when"), file).into_iter();
    atoms.filter_map(move |(route, atom)| {
        let read = atom.read()?;
        Some(Reading { route, owner, read })
    })
}

/// An elementary test, wherever it may stand.
trait Reads {
    /// What it reads; nothing of what only remarks and steps may read.
    fn read(&self) -> Option<Read<'_>>;
}

impl Reads for FactAtom {
    fn read(&self) -> Option<Read<'_>> {
        Some(Read::Fact(self))
    }
}

impl Reads for VerdictAtom {
    fn read(&self) -> Option<Read<'_>> {
        match self {
            Self::Facts(atom) => atom.read(),
            Self::Score(comparison) => Some(Read::Score(*comparison)),
            Self::ConditionsMet(comparison) => Some(Read::ConditionsMet(*comparison)),
        }
    }
}

impl Reads for AdviceAtom {
    fn read(&self) -> Option<Read<'_>> {
        match self {
            Self::Verdict(atom) => atom.read(),
            Self::Recommendation(_) => None,
        }
    }
}
