//! What took no part: parts of a file with a mistake, and parts that refer to those.

use std::collections::BTreeSet;

use crate::rubric::section::Section;
use crate::text::{Document, Route, Step, Tree};

/// What of a file is not in the rubric that was loaded from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many parts.
    pub count: usize,
    /// The names that stand in them as keys, or were probably meant there.
    pub names: BTreeSet<String>,
    /// Whether one of them can move the recommendation.
    pub moves_the_recommendation: bool,
}

impl LeftOut {
    /// What was cut out of the document, and what the loader did not take of the rest.
    pub(super) fn of(document: &Document, not_taken: &[Route]) -> Self {
        let mut left_out = Self::default();
        for cut in document.cuts() {
            left_out.names_in(&cut.node.tree);
            // Part of something that was loaded without it is no part by itself.
            if matches!(cut.route.steps().last(), Some(Step::Index(_))) {
                left_out.part(&cut.route);
            }
        }
        for route in not_taken {
            if let Some(node) = document.root().at(route) {
                left_out.names_in(&node.tree);
            }
            left_out.part(route);
        }
        left_out
    }

    fn names_in(&mut self, tree: &Tree) {
        let names = tree.keys_below().into_iter();
        self.names.extend(names.map(|name| name.to_string()));
    }

    /// Counts a part by the list that it belongs to; an option is a part of its fact, a source decides nothing.
    fn part(&mut self, route: &Route) {
        let key = |step: &Step| match step {
            Step::Key(key) => Section::of_key(key),
            Step::Index(_) => None,
        };
        let section = route.steps().iter().rev().find_map(key);
        self.moves_the_recommendation |= section.is_some_and(Section::moves_the_recommendation);
        self.count += usize::from(!matches!(
            section,
            Some(Section::Options | Section::Sources)
        ));
    }
}
