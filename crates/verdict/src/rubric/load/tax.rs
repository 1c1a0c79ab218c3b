//! The tax: checked by its own module against what the rubric knows; the tests of its gifts are read here.

use super::Loader;
use crate::rubric::tax_file::TaxFile;
use crate::rubric::{Digits, FactTest, Kind};
use crate::tax::{Tax, Vocabulary};
use crate::text::Route;

impl Loader {
    pub(super) fn tax(&mut self, file: &TaxFile) -> Option<Tax> {
        let gifts = Route::top().key("tax").key("gifts");
        let tests = file.gifts.iter().enumerate();
        let tests: Vec<Option<FactTest>> = tests
            .map(|(index, gift)| self.test(&gift.when, &gifts.index(index).key("when")))
            .collect();
        let are_sound = tests.iter().all(Option::is_some);
        let counts = self.facts.iter().filter(|fact| is_whole(&fact.kind));
        let count_facts: Vec<&str> = counts.map(|fact| fact.id.as_str()).collect();
        let recommendations: Vec<&str> = self
            .recommendations
            .iter()
            .map(|recommendation| recommendation.id.as_str())
            .collect();
        let known = Vocabulary {
            count_facts: &count_facts,
            recommendations: &recommendations,
            sources: self.sources.as_slice(),
            route: Route::top().key("tax"),
        };
        match Tax::from_file(file, &known, tests.into_iter().flatten().collect()) {
            Ok(tax) if are_sound => Some(tax),
            Ok(_) => {
                self.not_taken.push(Route::top().key("tax"));
                None
            }
            Err(problems) => {
                self.not_taken.push(Route::top().key("tax"));
                problems
                    .into_iter()
                    .for_each(|problem| self.report(problem));
                None
            }
        }
    }
}

/// Whether these are whole numbers: the tax reckons with nothing else.
fn is_whole(kind: &Kind) -> bool {
    matches!(kind, Kind::Count { digits, .. } if *digits == Digits::NONE)
}
