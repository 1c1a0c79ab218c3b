//! Conditions and definitions, which tests refer to by name: each is read after those that it refers to.

use std::collections::{BTreeMap, BTreeSet};

use super::Loader;
use super::facts::RESERVED;
use crate::rubric::Named;
use crate::rubric::file::{ConditionFile, DefinitionFile, TestFile};
use crate::rubric::section::Section;
use crate::text::{Entry, Problem, Route, Tree};

impl Loader {
    /// Reads conditions and definitions, each after those that it refers to.
    pub(super) fn named_tests(
        &mut self,
        conditions: &[ConditionFile],
        definitions: &[DefinitionFile],
    ) {
        let conditions = conditions
            .iter()
            .map(|file| (&file.id, &file.when))
            .enumerate();
        let definitions = definitions
            .iter()
            .map(|file| (&file.id, &file.when))
            .enumerate();
        let conditions =
            conditions.map(|(index, file)| (Section::Conditions.route().index(index), file));
        let definitions =
            definitions.map(|(index, file)| (Section::Definitions.route().index(index), file));
        let mut waiting: BTreeMap<&str, (Route, &TestFile)> = BTreeMap::new();
        let mut in_file_order = Vec::new();
        for (route, (id, when)) in conditions.chain(definitions) {
            self.check_kebab(id, &route.key("id"));
            let is_taken =
                waiting.contains_key(id.as_str()) || self.fact_positions.contains_key(id);
            if is_taken || RESERVED.contains(&id.as_str()) {
                self.report(Problem::new(
                    &route.key("id"),
                    format!("the id `{id}` is taken"),
                ));
                self.not_taken.push(route);
                continue;
            }
            in_file_order.push(id.as_str());
            waiting.insert(id, (route, when));
        }
        // Names not read yet count as known but unusable, so that nobody calls them unknown.
        self.named_positions
            .extend(waiting.keys().map(|id| ((*id).to_owned(), None)));
        self.read_in_order(waiting, in_file_order);
    }

    /// Reads the tests that wait only for tests already read, until none is left; what stays waits in a circle.
    fn read_in_order<'f>(
        &mut self,
        mut waiting: BTreeMap<&'f str, (Route, &'f TestFile)>,
        order: Vec<&'f str>,
    ) {
        let places: BTreeMap<&str, usize> = order
            .iter()
            .enumerate()
            .map(|(place, id)| (*id, place))
            .collect();
        // How many tests each one waits for, and which ones wait for it, by their places in the file.
        let mut awaited = vec![0_usize; order.len()];
        let mut readers: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
        for (place, (id, awaited)) in order.iter().zip(&mut awaited).enumerate() {
            let mut keys = BTreeSet::new();
            if let Some((_, when)) = waiting.get(id) {
                collect_keys(&when.0, &mut keys);
            }
            for read in keys.into_iter().filter_map(|key| places.get(key)) {
                *awaited += 1;
                readers
                    .get_mut(*read)
                    .into_iter()
                    .for_each(|readers| readers.push(place));
            }
        }
        let is_ready = |place: &usize| awaited.get(*place) == Some(&0);
        let mut ready: BTreeSet<usize> = (0..order.len()).filter(is_ready).collect();
        while !ready.is_empty() {
            // All that are ready together stand in the order of the file.
            for place in std::mem::take(&mut ready) {
                let Some((id, (route, when))) = order
                    .get(place)
                    .and_then(|id| Some((*id, waiting.remove(id)?)))
                else {
                    continue;
                };
                if let Some(when) = self.test(when, &route.key("when")) {
                    let reads = when.facts_read(&self.named).into_iter().collect();
                    let named = self.named.push(Named {
                        id: id.into(),
                        when,
                        reads,
                        route,
                    });
                    self.named_positions.insert(id.to_owned(), Some(named));
                } else {
                    self.not_taken.push(route);
                }
                for reader in readers.get(place).into_iter().flatten() {
                    if let Some(awaited) = awaited.get_mut(*reader) {
                        *awaited -= 1;
                        if *awaited == 0 {
                            ready.insert(*reader);
                        }
                    }
                }
            }
        }
        for (id, (route, _)) in order.iter().filter_map(|id| Some((id, waiting.get(id)?))) {
            let message = format!("`{id}` is defined by way of itself");
            let problem = Problem::new(&route.key("when"), message);
            self.report(problem.allowed("tests that lead back to facts"));
            self.not_taken.push(route.clone());
        }
    }
}

/// Every key at any depth: a superset of the names that a test refers to.
fn collect_keys<'a>(tree: &'a Tree, keys: &mut BTreeSet<&'a str>) {
    match tree {
        Tree::Map(entries) => entries.iter().for_each(|Entry { key, value, .. }| {
            keys.insert(key);
            collect_keys(&value.tree, keys);
        }),
        Tree::List(items) => items.iter().for_each(|item| collect_keys(&item.tree, keys)),
        _ => {}
    }
}
