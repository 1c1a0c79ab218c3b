//! What parts of the tax are known to ask for in one fleet, in place of published figures.

use std::borrow::Cow;

use jiff::civil::Date;

use super::Answers;
use super::provenance::{self, Provenance, expected};
use crate::rubric::Rubric;
use crate::tax::{PerResource, Range};
use crate::text::{Entry, Problem, Route, Tree};

const KEYS: [&str; 4] = ["cpu", "memory", "source", "as_of"];

/// What one part asks for: one of them, or all, where it is paid once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// The id of the part in the rubric's tax.
    pub part: String,
    /// In millicores and MiB.
    pub amount: PerResource<Range>,
    /// Where that is known from.
    pub source: Option<String>,
    /// The day on which it was true.
    pub as_of: Option<Date>,
}

impl Answers {
    /// What is known to be reserved, in the order of the file.
    pub fn reserved(&self) -> &[Reserved] {
        &self.reserved
    }

    /// Replaces what is known of a part.
    pub fn reserve(&mut self, reserved: Reserved) {
        match self.reserved.iter_mut().find(|r| r.part == reserved.part) {
            Some(known) => *known = reserved,
            None => self.reserved.push(reserved),
        }
    }

    /// Forgets what is reserved where this holds.
    pub fn forget_reserved(&mut self, is_forgotten: impl Fn(&Reserved) -> bool) {
        self.reserved.retain(|reserved| !is_forgotten(reserved));
    }

    /// The rubric with a tax that reckons with what these answers know to be reserved.
    pub fn reserving<'r>(&self, rubric: &'r Rubric) -> Cow<'r, Rubric> {
        match &rubric.tax {
            Some(tax) if !self.reserved.is_empty() => Cow::Owned(Rubric {
                tax: Some(tax.reserving(&self.reserved)),
                ..rubric.clone()
            }),
            _ => Cow::Borrowed(rubric),
        }
    }

    /// Reads the mapping of parts under `reserved`. What has no mistake is kept.
    pub(super) fn read_reserved(&mut self, tree: &Tree, rubric: &Rubric) -> Vec<Problem> {
        let route = Route::top().key("reserved");
        let entries = match tree {
            Tree::Null => return Vec::new(),
            Tree::Map(entries) => entries,
            other => {
                let problem = expected(&route, other, "a mapping of parts to requests");
                return vec![problem];
            }
        };
        let parts = rubric.tax.iter().flat_map(|tax| tax.parts());
        let mut problems = Vec::new();
        for Entry {
            key: part, value, ..
        } in entries
        {
            let route = route.key(part);
            if !parts.clone().any(|known| known.id == part.as_str()) {
                let message = format!("`{part}` is not a part of the rubric's tax");
                let names = parts.clone().map(|part| part.id.as_str());
                problems.push(Problem::new(&route, message).at_key().one_of(part, names));
                continue;
            }
            match read(part, &value.tree, &route) {
                Ok(reserved) => self.reserve(reserved),
                Err(mistakes) => problems.extend(mistakes),
            }
        }
        problems
    }

    /// The mapping as it is read, if there is anything in it.
    pub(super) fn write_reserved(&self) -> Option<Tree> {
        let written = |reserved: &Reserved| (reserved.part.clone().into(), write(reserved));
        (!self.reserved.is_empty()).then(|| Tree::map(self.reserved.iter().map(written)))
    }
}

fn read(part: &str, tree: &Tree, route: &Route) -> Result<Reserved, Vec<Problem>> {
    let Tree::Map(entries) = tree else {
        let allowed = "a mapping such as {cpu: [100, 100], memory: [128, 128]}";
        return Err(vec![expected(route, tree, allowed)]);
    };
    let mut problems = Vec::new();
    let (mut cpu, mut memory, mut provenance) = (None, None, Provenance::default());
    for entry in entries {
        let (route, tree) = (route.key(&entry.key), &entry.value.tree);
        match (entry.key.as_str(), range(tree)) {
            ("cpu", Some(range)) => cpu = Some(range),
            ("memory", Some(range)) => memory = Some(range),
            ("cpu" | "memory", None) => {
                let allowed = "two whole numbers, the lower one first: [100, 150]";
                problems.push(expected(&route, tree, allowed));
            }
            _ => problems.extend(
                provenance
                    .read(entry, &route, &KEYS)
                    .err()
                    .map(|problem| *problem),
            ),
        }
    }
    for key in ["cpu", "memory"] {
        if tree.get(key).is_none() {
            let problem = Problem::new(route, format!("the key `{key}` is missing"));
            problems.push(problem.allowed("two whole numbers, the lower one first"));
        }
    }
    let Provenance { source, as_of } = provenance;
    match (cpu, memory) {
        (Some(cpu), Some(memory)) if problems.is_empty() => Ok(Reserved {
            part: part.to_owned(),
            amount: PerResource { cpu, memory },
            source,
            as_of,
        }),
        _ => Err(problems),
    }
}

/// Two whole numbers within what 32 bits hold, so that sums over any fleet are exact.
fn range(tree: &Tree) -> Option<Range> {
    let Tree::List(ends) = tree else { return None };
    let [low, high] = ends.as_slice() else {
        return None;
    };
    let end = |tree: &Tree| match tree {
        Tree::Integer(end) => u32::try_from(*end).ok(),
        _ => None,
    };
    let (low, high) = (end(&low.tree)?, end(&high.tree)?);
    (low <= high).then(|| Range {
        low: low.into(),
        high: high.into(),
    })
}

fn write(reserved: &Reserved) -> Tree {
    let ends = |range: Range| {
        let end = |end: u128| Tree::Integer(i64::try_from(end).unwrap_or(i64::MAX));
        Tree::list([end(range.low), end(range.high)])
    };
    let amounts = [
        ("cpu".into(), ends(reserved.amount.cpu)),
        ("memory".into(), ends(reserved.amount.memory)),
    ];
    let provenance = provenance::write(reserved.source.as_deref(), reserved.as_of);
    Tree::map(amounts.into_iter().chain(provenance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::rubric;
    use crate::text::Source;

    fn parse(text: &str) -> Result<Answers, Vec<String>> {
        let source = Source::new("answers.yaml", text);
        Answers::parse(&source, &rubric()).map_err(|problems| {
            let said = problems.iter().map(|placed| {
                let (line, column) = source.line_and_column(placed.span.start);
                format!("{line}:{column} {}", placed.problem.message)
            });
            said.collect()
        })
    }

    #[test]
    fn what_is_reserved_is_read_and_written_and_reckoned_with() {
        let text = "answers: {}\nreserved:\n  sidecar: {cpu: [7, 8], memory: [9, 9], source: 'seen: 3', as_of: 2026-11-26}\n";
        let answers = parse(text).expect("valid");
        let yaml = answers.to_yaml(&rubric());
        assert_eq!(parse(&yaml), Ok(answers.clone()), "{yaml}");
        let rubric = rubric();
        let reckoned = answers.reserving(&rubric);
        let part = &reckoned.tax.as_ref().expect("a tax").parts()[0];
        assert_eq!(part.id, "sidecar");
        assert_eq!(part.given.as_deref(), Some("seen: 3"));
        assert_eq!(part.reserved.len(), 1);
        assert_eq!(part.reserved[0].cpu, Some(Range { low: 7, high: 8 }));
        assert!(matches!(
            parse("answers: {}").expect("valid").reserving(&rubric),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn every_mistake_in_what_is_reserved_is_told_at_its_place() {
        let text = "answers: {}\nreserved:\n  nothing: {}\n  sidecar: {cpu: [8, 7], memry: 1, as_of: soon}\n";
        let problems = parse(text).expect_err("mistakes");
        let begins = |start: &str| problems.iter().any(|problem| problem.starts_with(start));
        assert!(begins("3:3 `nothing` is not a part"), "{problems:?}");
        assert_eq!(problems.len(), 5, "{problems:?}");
        assert!(parse("answers: {}\nreserved: [1]\n").is_err());
    }
}
