//! Facts: their domains, their options and what is assumed of them.

use std::sync::Arc;

use super::Loader;
use crate::ids::{OptionId, Table};
use crate::rubric::fact::UNKNOWN;
use crate::rubric::file::{FactFile, OptionFile, QuestionFile};
use crate::rubric::kind::FactKind;
use crate::rubric::section::Section;
use crate::rubric::{Digits, Fact, FactOption, Kind, MOST_OPTIONS, Words};
use crate::text::{Problem, Route, Tree};

/// The largest count when a fact sets none.
const LARGEST_COUNT: i64 = 1_000_000_000;

/// Names that have a meaning of their own in a test.
pub(in crate::rubric) const RESERVED: [&str; 6] = [
    "all",
    "any",
    "not",
    "score",
    "conditions_met",
    "recommendation",
];

impl Loader {
    /// Reads the facts of all questions, in the order in which they are asked.
    pub(super) fn facts(&mut self, questions: &[QuestionFile], follow_ups: &[QuestionFile]) {
        for (section, questions) in [
            (Section::Questions, questions),
            (Section::FollowUps, follow_ups),
        ] {
            for (index, question) in questions.iter().enumerate() {
                let route = section.route().index(index).key("facts");
                for (index, fact) in question.facts.iter().enumerate() {
                    self.fact(fact, section, &route.index(index));
                }
            }
        }
        if self.facts.is_empty() {
            self.report(Problem::new(
                &Section::Questions.route(),
                "no question asks for a fact",
            ));
        }
    }

    fn fact(&mut self, file: &FactFile, section: Section, route: &Route) {
        self.check_snake(&file.id, &route.key("id"));
        let taken = self.fact_positions.contains_key(&file.id);
        if taken || RESERVED.contains(&file.id.as_str()) {
            let reason = if taken {
                "taken"
            } else {
                "a word of the test grammar"
            };
            self.report(Problem::new(
                &route.key("id"),
                format!("the id `{}` is {reason}", file.id),
            ));
            self.not_taken.push(route.clone());
            return;
        }
        let problems_before = self.problems.len();
        let Some(kind) = self.kind(file, route) else {
            self.fact_positions.insert(file.id.clone(), None);
            self.not_taken.push(route.clone());
            return;
        };
        let mut fact = Fact {
            position: self.facts.next_id(),
            id: (&file.id).into(),
            kind,
            unit: file.unit.as_ref().map(Words::from),
            ask: (&file.ask).into(),
            help: file.help.as_ref().map(Words::from),
            assume: None,
            likely: None,
            is_follow_up: section == Section::FollowUps,
            route: route.clone(),
        };
        if let Some(tree) = &file.assume {
            self.assumption(&mut fact, tree, &route.key("assume"));
        }
        if let Some(files) = &file.likely {
            fact.likely = self.likely(&fact, files, &route.key("likely"));
        }
        let is_sound = self.problems.len() == problems_before;
        self.fact_positions
            .insert(file.id.clone(), is_sound.then_some(fact.position));
        self.facts.push(Arc::new(fact));
    }

    fn assumption(&mut self, fact: &mut Fact, tree: &Tree, route: &Route) {
        match fact.read(tree, route) {
            Ok(Some(value)) => fact.assume = Some(value),
            Ok(None) => {
                let problem =
                    Problem::new(route, "an assumption cannot be unknown").allowed(fact.expects());
                self.report(problem);
            }
            Err(problem) => self.report(Problem {
                allowed: fact.expects(),
                ..*problem
            }),
        }
    }

    fn kind(&mut self, file: &FactFile, route: &Route) -> Option<Kind> {
        let is_count = file.kind == FactKind::Count;
        let has_options = matches!(file.kind, FactKind::Choice | FactKind::Flags);
        for (key, is_set) in [
            ("min", file.min.is_some()),
            ("max", file.max.is_some()),
            ("unit", file.unit.is_some()),
            ("digits", file.digits.is_some()),
        ] {
            if is_set && !is_count {
                self.report(
                    Problem::new(&route.key(key), format!("`{key}` belongs to a count")).at_key(),
                );
            }
        }
        if file.options.is_some() && !has_options {
            let problem = Problem::new(
                &route.key("options"),
                "`options` belong to a choice or to flags",
            );
            self.report(problem.at_key());
        }
        match file.kind {
            FactKind::YesNo => Some(Kind::YesNo),
            FactKind::Count => self.count(file, route),
            FactKind::Choice => self
                .options(file.options.as_deref(), route)
                .map(Kind::Choice),
            FactKind::Flags => self
                .options(file.options.as_deref(), route)
                .map(Kind::Flags),
        }
    }

    fn count(&mut self, file: &FactFile, route: &Route) -> Option<Kind> {
        let Some(digits) = Digits::new(file.digits.unwrap_or(0)) else {
            let problem = Problem::new(&route.key("digits"), "so many decimals cannot be kept");
            self.report(problem.allowed(Digits::ALLOWED));
            return None;
        };
        let min = self.number(file.min.as_ref(), 0, digits, &route.key("min"));
        let max = self.number(file.max.as_ref(), LARGEST_COUNT, digits, &route.key("max"));
        let (min, max) = min.zip(max)?;
        if min > max {
            let (min, max) = (digits.say(min), digits.say(max));
            let message = format!("the smallest value {min} is above the largest, {max}");
            self.report(Problem::new(&route.key("min"), message));
            return None;
        }
        Some(Kind::Count { min, max, digits })
    }

    /// A number of a count, or so many whole ones where none is written; reported where it is none.
    pub(super) fn number(
        &mut self,
        tree: Option<&Tree>,
        absent: i64,
        digits: Digits,
        route: &Route,
    ) -> Option<i64> {
        let Some(tree) = tree else {
            return absent.checked_mul(digits.one());
        };
        let number = digits.read(tree).filter(|number| digits.can_hold(*number));
        if number.is_none() {
            let problem = Problem::new(
                route,
                format!("found {}, expected a number", tree.describe()),
            );
            self.report(problem.allowed(match digits.limit() {
                None => "a whole number".to_owned(),
                Some(limit) => format!("a number of at most 15 figures, with {limit}"),
            }));
        }
        number
    }

    fn options(
        &mut self,
        files: Option<&[OptionFile]>,
        route: &Route,
    ) -> Option<Table<OptionId, FactOption>> {
        let files = files.unwrap_or(&[]);
        if files.is_empty()
            && self
                .is_cut
                .iter()
                .any(|cut| cut.parent().as_ref() == Some(&route.key("options")))
        {
            return None;
        }
        if files.is_empty() || files.len() > MOST_OPTIONS {
            let problem = Problem::new(
                &route.key("options"),
                format!("{} options are listed", files.len()),
            );
            self.report(problem.allowed(format!("1 to {MOST_OPTIONS}")));
            return None;
        }
        let mut options: Table<OptionId, FactOption> = Table::default();
        for (index, file) in files.iter().enumerate() {
            let route = route.key("options").index(index).key("id");
            self.check_kebab(&file.id, &route);
            if options.iter().any(|option| option.id == file.id) {
                self.report(Problem::new(
                    &route,
                    format!("the option `{}` stands here twice", file.id),
                ));
            } else if [UNKNOWN, "any"].contains(&file.id.as_str()) {
                let problem = Problem::new(&route, format!("`{}` cannot be an option", file.id));
                self.report(problem.allowed("another name: this word has a meaning of its own"));
            }
            options.push(FactOption {
                id: (&file.id).into(),
                title: (&file.title).into(),
                help: file.help.as_ref().map(Words::from),
            });
        }
        Some(options)
    }
}
