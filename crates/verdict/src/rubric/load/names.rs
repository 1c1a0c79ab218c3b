//! Ids: how they are written, and that each stands once.

use std::collections::BTreeMap;

use super::Loader;
use crate::rubric::section::Section;
use crate::text::{Problem, Route, shortened};

/// Longer names only serve to break a layout.
const LONGEST: usize = 64;

impl Loader {
    /// Reports an id that is not written in kebab-case.
    pub(super) fn check_kebab(&mut self, id: &str, route: &Route) {
        self.check_form(
            id,
            route,
            b'-',
            "lowercase words joined by hyphens, such as fleet-size",
        );
    }

    /// Reports an id that is not written in snake_case.
    pub(super) fn check_snake(&mut self, id: &str, route: &Route) {
        self.check_form(
            id,
            route,
            b'_',
            "lowercase words joined by underscores, such as platform_team",
        );
    }

    fn check_form(&mut self, id: &str, route: &Route, joint: u8, allowed: &str) {
        let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let starts_well = id.bytes().next().is_some_and(is_word);
        let is_well_formed = starts_well && id.bytes().all(|byte| is_word(byte) || byte == joint);
        let length = id.chars().count();
        if length > LONGEST {
            let message = format!("the name `{}` has {length} characters", shortened(id));
            self.report(Problem::new(route, message).allowed(format!("at most {LONGEST}")));
        } else if !is_well_formed {
            self.report(Problem::new(route, format!("`{id}` is not a name")).allowed(allowed));
        }
    }

    /// Reports each id of a section that stands there a second time.
    pub(super) fn check_unique<'a>(
        &mut self,
        section: Section,
        ids: impl Iterator<Item = &'a String>,
    ) {
        let mut first = BTreeMap::new();
        for (index, id) in ids.enumerate() {
            if first.insert(id, index).is_some() {
                let route = section.route().index(index).key("id");
                self.report(
                    Problem::new(&route, format!("the id `{id}` is taken")).allowed("each id once"),
                );
            }
        }
    }
}
