//! What can be proved about a rubric over all of its sheets: the place where such questions are asked.
//!
//! Each question is answered by itself and within one common budget, so that a question that costs too much leaves the
//! answers to the others standing.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::assumptions::{Resting, assumptions};
use super::relations::whole_order;
use crate::engine::diagrams::budget::Budget;
use crate::engine::diagrams::builder::{NO, YES};
use crate::engine::diagrams::compile::Compiler;
use crate::engine::diagrams::order::{Order, Readings};
use crate::engine::diagrams::paths::{self, Start};
use crate::engine::diagrams::together::Together;
use crate::engine::sheet::certainty::Saying;
use crate::engine::{Diagram, Label, Move, Reasoning, Sheets, Target, TooLarge};
use crate::ids::RecommendationId;
use crate::rubric::{FactTest, Rubric, VerdictTest};

/// A compiled rubric to be asked about all of its sheets.
#[derive(Debug)]
pub struct Proofs<'r> {
    pub(in crate::engine) rubric: &'r Rubric,
    pub(in crate::engine) reasoning: Reasoning,
    pub(in crate::engine) budget: Budget,
    pub(in crate::engine) whole_order: Order,
    /// What compiled the last test on facts. Each needs all conditions and definitions first, so it is kept.
    facts: RefCell<Option<Compiler>>,
}

/// On which sheets a test holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// On none.
    Never,
    /// On some and not on others.
    Sometimes,
    /// On all.
    Always,
}

impl Holds {
    pub(in crate::engine) fn of(diagram: &Diagram<bool>) -> Self {
        Self::from(diagram.root())
    }
}

impl From<Target> for Holds {
    fn from(root: Target) -> Self {
        match root.label() {
            Some(NO) => Self::Never,
            Some(_) => Self::Always,
            None => Self::Sometimes,
        }
    }
}

impl<'r> Proofs<'r> {
    /// Compiles a rubric for proofs at no more than this cost.
    ///
    /// # Errors
    /// It would cost more.
    pub fn new(rubric: &'r Rubric, budget: &Budget) -> Result<Self, TooLarge> {
        let more: Vec<&VerdictTest> = rubric
            .guarantees
            .iter()
            .map(|guarantee| &guarantee.when)
            .collect();
        let readings = Readings::of(rubric, &more).asking_everything();
        let reasoning = Reasoning::over(&readings, rubric, budget)?;
        Ok(Self {
            rubric,
            whole_order: whole_order(rubric, reasoning.order()),
            reasoning,
            budget: budget.clone(),
            facts: RefCell::default(),
        })
    }

    /// The compiled rubric.
    pub fn reasoning(&self) -> &Reasoning {
        &self.reasoning
    }

    /// How the sheets divide among the recommendations; `None` stands for "no rule holds".
    pub fn shares(&self) -> Sheets<Option<RecommendationId>> {
        self.reasoning.recommendations().sheets()
    }

    /// How each thing that an advice can say can rest on assumptions, within a budget of its own.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn assumptions(&self) -> Result<BTreeMap<Saying, Resting>, TooLarge> {
        assumptions(self.rubric, &self.budget.renewed())
    }

    /// On which sheets a test on facts holds.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn facts_hold(&self, when: &FactTest) -> Result<Holds, TooLarge> {
        let mut kept = self.facts.borrow_mut();
        match kept.as_mut().map(|kept| kept.root(when)) {
            Some(Ok(root)) => return Ok(root.into()),
            Some(Err(error @ TooLarge::Steps { .. })) => return Err(error),
            // There is none yet, or it is full: a question that costs too much leaves the others standing.
            _ => {}
        }
        let mut compiler = Compiler::new(self.rubric, &self.whole_order, [], &self.budget)?;
        let root = compiler.root(when)?;
        *kept = Some(compiler);
        Ok(root.into())
    }

    /// On which sheets a test holds that may read the sums.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn holds(&self, when: &VerdictTest) -> Result<Holds, TooLarge> {
        self.diagram(when).map(|diagram| Holds::of(&diagram))
    }

    /// The nearest sheet to the assumed one that no rule covers, as what changes; `None` when all are covered.
    pub fn uncovered(&self) -> Option<Vec<Move>> {
        let rules = self.reasoning.rules();
        paths::nearest(rules, &Start::assumed(rules.levels()), |fired| {
            fired.is_none()
        })
    }

    /// The diagram of a test by itself: leaves [`YES`] and [`NO`].
    pub(in crate::engine) fn diagram(&self, when: &VerdictTest) -> Result<Diagram<bool>, TooLarge> {
        let order = self.reasoning.order();
        let mut compiler = Compiler::of_tests(self.rubric, order, &[when], &self.budget)?;
        compiler.decide([(when, YES)].into_iter(), NO)
    }

    /// The diagram with the labels of `diagram` where `when` holds, and `None` where it does not.
    pub(in crate::engine) fn restricted<L: Label>(
        &self,
        diagram: &Diagram<L>,
        when: &VerdictTest,
    ) -> Result<Diagram<Option<L>>, TooLarge> {
        let test = self.diagram(when)?;
        let together = Together::new(diagram, &test, self.reasoning.order());
        let labels = |label: Option<L>, holds: Option<bool>| match holds {
            Some(NO) => Some(None),
            Some(YES) => label.map(Some),
            None => None,
        };
        together.combine(&labels, &self.budget)
    }
}
