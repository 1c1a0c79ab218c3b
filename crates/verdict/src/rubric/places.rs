//! The places of the parts of a test: a typed test beside the keys from which it was read.

use super::Test;
use crate::text::{Node, Route, Step};

/// The tests that must all hold for `test` to hold, each with its route; a test that is no conjunction is one itself.
pub fn conjuncts<'t, A>(
    test: &'t Test<A>,
    route: &Route,
    file: &Node,
) -> Vec<(Route, &'t Test<A>)> {
    let mut found = Vec::new();
    for (route, entry) in entries(test, route, file) {
        let is_all = matches!(entry, Test::All(_)) && is_key(&route, "all");
        match entry {
            Test::All(tests) if is_all => {
                let items = tests.iter().enumerate();
                found.extend(
                    items.flat_map(|(index, test)| conjuncts(test, &route.index(index), file)),
                );
            }
            _ => found.push((route, entry)),
        }
    }
    found
}

/// Every elementary test inside `test`, each with its route, in order.
pub fn atoms<'t, A>(test: &'t Test<A>, route: &Route, file: &Node) -> Vec<(Route, &'t A)> {
    let mut found = Vec::new();
    for (route, entry) in entries(test, route, file) {
        match entry {
            Test::Atom(atom) => found.push((route, atom)),
            Test::Not(inner) => found.extend(atoms(inner, &route, file)),
            Test::All(tests) | Test::Any(tests) => {
                let items = tests.iter().enumerate();
                found
                    .extend(items.flat_map(|(index, test)| atoms(test, &route.index(index), file)));
            }
        }
    }
    found
}

/// The entries of the mapping at `route`, from which `test` was read. One entry stands for itself, several for a
/// conjunction.
fn entries<'t, A>(test: &'t Test<A>, route: &Route, file: &Node) -> Vec<(Route, &'t Test<A>)> {
    let keys = file.keys(route);
    match (keys.as_slice(), test) {
        ([key], _) => vec![(route.key(*key), test)],
        (keys, Test::All(tests)) if keys.len() == tests.len() => keys
            .iter()
            .zip(tests)
            .map(|(key, test)| (route.key(*key), test))
            .collect(),
        // Keys and test do not belong together: the place of the whole has to do.
        _ => vec![(route.clone(), test)],
    }
}

fn is_key(route: &Route, key: &str) -> bool {
    matches!(route.steps().last(), Some(Step::Key(last)) if last == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;
    use crate::ids::RuleId;
    use crate::rubric::Rubric;
    use crate::text::Source;

    #[test]
    fn each_part_of_a_test_has_its_own_route() {
        let text = fixtures::source().text.replace(
            "when: {required: false, platform_team: none}",
            "when: {all: [{required: false}, {any: [{platform_team: none}, {teams: 1}]}], not: {services: 3, teams: 4}}",
        );
        let draft = Rubric::draft(&Source::new("r", text));
        let rule = &draft.rubric.expect("readable").verdict[RuleId::new(2)];
        let routes = |routes: Vec<Route>| routes.iter().map(Route::to_string).collect::<Vec<_>>();
        let when = rule.route.key("when");
        assert_eq!(
            routes(
                conjuncts(&rule.when, &when, &draft.file)
                    .into_iter()
                    .map(|(route, _)| route)
                    .collect()
            ),
            [
                "verdict[2].when.all[0].required",
                "verdict[2].when.all[1].any",
                "verdict[2].when.not"
            ]
        );
        assert_eq!(
            routes(
                atoms(&rule.when, &when, &draft.file)
                    .into_iter()
                    .map(|(route, _)| route)
                    .collect()
            ),
            [
                "verdict[2].when.all[0].required",
                "verdict[2].when.all[1].any[0].platform_team",
                "verdict[2].when.all[1].any[1].teams",
                "verdict[2].when.not.services",
                "verdict[2].when.not.teams",
            ]
        );
    }
}
