//! How much work exact reasoning may take before it gives up and says so.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use super::boxes::MOST_CLASSES;
use crate::engine::TooLarge;

/// The most nodes a diagram may have while it is built: under 2 GB of memory at worst.
pub const MOST_NODES: usize = 4_000_000;

/// The most steps that are taken unless the caller says otherwise: under a minute of work. A rubric of 40 questions with
/// 20 guarantees takes half of them.
pub const MOST_STEPS: u64 = 30_000_000;

/// A limit on memory (nodes of one diagram) and on time. Time is counted in steps, each a node asked for or a pair of
/// nodes compared, so that the same rubric ends the same way on every machine. Clones share their steps.
#[derive(Clone, Debug)]
pub struct Budget {
    most_nodes: usize,
    most_steps: u64,
    most_classes: usize,
    spent: Rc<Cell<u64>>,
    watch: Option<Watch>,
}

/// Who is told of the work while it is done.
#[derive(Clone)]
struct Watch(Rc<dyn Fn(u64)>);

/// How many steps are taken between two words to whoever watches: some milliseconds.
const WATCHED_EVERY: u64 = 1 << 16;

impl Budget {
    /// At most so many nodes in one diagram, and so many steps altogether.
    pub fn new(most_nodes: usize, most_steps: u64) -> Self {
        Self {
            most_nodes,
            most_steps,
            most_classes: MOST_CLASSES,
            spent: Rc::default(),
            watch: None,
        }
    }

    /// The same limits, where flags of more classes than this are asked class by class. Nothing that is said of a sheet
    /// depends on it but the number of single changes ([`crate::engine::WhatIfCell::width`]).
    pub fn with_classes(self, most_classes: usize) -> Self {
        Self {
            most_classes,
            ..self
        }
    }

    /// The same limits, with somebody to be told every now and then how many steps were taken.
    pub fn watched(self, watch: impl Fn(u64) + 'static) -> Self {
        Self {
            watch: Some(Watch(Rc::new(watch))),
            ..self
        }
    }

    /// How many steps may be taken altogether.
    pub fn most_steps(&self) -> u64 {
        self.most_steps
    }

    /// At most so many nodes in one diagram, however long it takes.
    pub(crate) fn of_nodes(most_nodes: usize) -> Self {
        Self::new(most_nodes, u64::MAX)
    }

    /// How many nodes a diagram may have.
    pub(crate) fn most_nodes(&self) -> usize {
        self.most_nodes
    }

    /// How many classes of flags one level may tell apart.
    pub(in crate::engine) fn most_classes(&self) -> usize {
        self.most_classes
    }

    /// How many steps were taken so far.
    pub fn spent(&self) -> u64 {
        self.spent.get()
    }

    /// The same limits with nothing spent.
    pub fn renewed(&self) -> Self {
        Self {
            spent: Rc::default(),
            ..self.clone()
        }
    }

    /// The same steps with another limit on nodes.
    pub(in crate::engine) fn with_nodes(&self, most_nodes: usize) -> Self {
        Self {
            most_nodes,
            ..self.clone()
        }
    }

    /// Takes one step.
    pub(in crate::engine) fn step(&self) -> Result<(), TooLarge> {
        let spent = self.spent.get();
        if spent >= self.most_steps {
            return Err(TooLarge::Steps {
                most: self.most_steps,
            });
        }
        self.spent.set(spent + 1);
        if let Some(Watch(watch)) = &self.watch
            && spent % WATCHED_EVERY == WATCHED_EVERY - 1
        {
            watch(spent + 1);
        }
        Ok(())
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Watch")
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(MOST_NODES, MOST_STEPS)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn whoever_watches_is_told_as_long_as_work_is_done() {
        let told: Rc<RefCell<Vec<u64>>> = Rc::default();
        let listener = told.clone();
        let most = 2 * WATCHED_EVERY + 1;
        let budget = Budget::new(1, most).watched(move |spent| listener.borrow_mut().push(spent));
        while budget.step().is_ok() {}
        assert_eq!(*told.borrow(), [WATCHED_EVERY, 2 * WATCHED_EVERY]);
        assert!(budget.renewed().step().is_ok());
    }
}
