//! Every elementary test of a rubric, with its place and with what it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use verdict::ids::{FactId, NamedId};
use verdict::rubric::{
    Accepts, AdviceAtom, AdviceTest, Comparison, Fact, FactAtom, FactTest, Options, Rubric,
    VerdictAtom, VerdictTest, places,
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
    let mut readings = Vec::new();
    for signal in rubric.signals.iter() {
        of_facts(
            &signal.when,
            Owner::Signal(signal.points),
            &signal.route,
            file,
            &mut readings,
        );
    }
    for (id, named) in rubric.named.entries() {
        of_facts(
            &named.when,
            Owner::Named(id),
            &named.route,
            file,
            &mut readings,
        );
    }
    for rule in &rubric.verdict {
        of_verdict(&rule.when, Owner::Rule, &rule.route, file, &mut readings);
    }
    for guarantee in &rubric.guarantees {
        of_verdict(
            &guarantee.when,
            Owner::Guarantee,
            &guarantee.route,
            file,
            &mut readings,
        );
    }
    for remark in rubric.prerequisites.iter().chain(&rubric.cautions) {
        of_advice(&remark.when, &remark.route, file, &mut readings);
    }
    for step in &rubric.plan {
        of_advice(&step.when, &step.route, file, &mut readings);
    }
    let gifts = rubric.tax.iter().flat_map(|tax| tax.gifts()).enumerate();
    for (index, gift) in gifts {
        let route = Route::top().key("tax").key("gifts").index(index);
        of_facts(&gift.when, Owner::Advice, &route, file, &mut readings);
    }
    readings
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

fn of_facts<'r>(
    when: &'r FactTest,
    owner: Owner,
    route: &Route,
    file: &Node,
    readings: &mut Vec<Reading<'r>>,
) {
    let atoms = places::atoms(when, &route.key("when"), file);
    readings.extend(atoms.into_iter().map(|(route, atom)| Reading {
        route,
        owner,
        read: Read::Fact(atom),
    }));
}

fn of_verdict<'r>(
    when: &'r VerdictTest,
    owner: Owner,
    route: &Route,
    file: &Node,
    readings: &mut Vec<Reading<'r>>,
) {
    let atoms = places::atoms(when, &route.key("when"), file);
    readings.extend(atoms.into_iter().map(|(route, atom)| Reading {
        route,
        owner,
        read: read(atom),
    }));
}

fn of_advice<'r>(
    when: &'r AdviceTest,
    route: &Route,
    file: &Node,
    readings: &mut Vec<Reading<'r>>,
) {
    for (route, atom) in places::atoms(when, &route.key("when"), file) {
        if let AdviceAtom::Verdict(atom) = atom {
            readings.push(Reading {
                route,
                owner: Owner::Advice,
                read: read(atom),
            });
        }
    }
}

fn read(atom: &VerdictAtom) -> Read<'_> {
    match atom {
        VerdictAtom::Facts(atom) => Read::Fact(atom),
        VerdictAtom::Score(comparison) => Read::Score(*comparison),
        VerdictAtom::ConditionsMet(comparison) => Read::ConditionsMet(*comparison),
    }
}
