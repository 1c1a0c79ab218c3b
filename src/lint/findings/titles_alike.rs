//! `titles-alike`: two things to choose from, or two results, under one title.

use std::collections::BTreeSet;

use super::{Check, Found, Subject};
use crate::finding::{Finding, Kind, Severity};
use verdict::text::{Route, shortened};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "titles-alike",
        severity: Severity::Warning,
        summary: "Two options of a fact, conditions or recommendations have the same title",
        what: "A title that stands twice in one list, upper and lower case and blanks aside.",
        why: "People choose by titles: they cannot tell which of the two they choose, or which of the two came out.",
        example: "options: [{id: none, title: nobody}, {id: some, title: Nobody}]",
        fix: "Give each a title of its own.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let options = rubric.facts.iter().map(|fact| fact.route.key("options"));
    let lists = ["recommendations", "conditions"].map(|list| Route::top().key(list));
    let found = lists.into_iter().chain(options);
    let found: Vec<Finding> = found.flat_map(|list| repeated(subject, &list)).collect();
    Some(found.into())
}

/// The titles in a list that an earlier item has.
fn repeated(subject: &Subject<'_>, list: &Route) -> Vec<Finding> {
    let mut known = BTreeSet::new();
    let items = (0..subject.file.count(list)).map(|index| list.index(index).key("title"));
    let titles = items.filter_map(|route| {
        let title = subject.file.at(&route)?.tree.word()?;
        let words: Vec<&str> = title.split_whitespace().collect();
        (!known.insert(words.join(" ").to_lowercase())).then_some((route, title))
    });
    titles
        .map(|(route, title)| {
            let message = format!("the title \"{}\" stands here twice", shortened(&title));
            subject.finding(&CHECK.kind, &route, &route.to_string(), message)
        })
        .collect()
}
