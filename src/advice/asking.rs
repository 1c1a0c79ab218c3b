//! Which unknown answers to ask for first.
//!
//! What a mesh is for comes before whether one can begin, and both before what it should look like: the facts of the
//! checklist that can still change the recommendation, then those on which a prerequisite of it hangs, then the follow-ups
//! that can still change it.

use std::sync::Arc;

use verdict::engine::Deciding;
use verdict::rubric::Fact;

/// An unknown answer that is worth asking for.
#[derive(Clone, Debug)]
pub struct OpenFact {
    /// The fact.
    pub fact: Arc<Fact>,
    /// Whether it can still change the recommendation; where it cannot, a prerequisite hangs on it.
    pub moves: bool,
}

/// The facts to ask for, the first one first. `deciding` and `hanging` are in the order in which the engine tells them.
pub(super) fn ask_first(deciding: &[Deciding], hanging: Vec<Arc<Fact>>) -> Vec<OpenFact> {
    let moving = |is_follow_up: bool| {
        let facts = deciding.iter().map(|deciding| &deciding.fact);
        let facts = facts.filter(move |fact| fact.is_follow_up == is_follow_up);
        facts.map(|fact| OpenFact {
            fact: fact.clone(),
            moves: true,
        })
    };
    let is_told = |fact: &Arc<Fact>| deciding.iter().any(|other| other.fact.id == fact.id);
    let hanging = hanging.into_iter().filter(|fact| !is_told(fact));
    let hanging = hanging.map(|fact| OpenFact { fact, moves: false });
    moving(false).chain(hanging).chain(moving(true)).collect()
}
