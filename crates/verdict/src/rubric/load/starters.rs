//! Starters: the names that steps give them, and the parameters that they ask for. The files themselves are read by
//! whoever needs them.

use super::Loader;
use crate::ids::{ParameterId, Table};
use crate::rubric::file::{ParameterFile, ParameterKind};
use crate::rubric::section::Section;
use crate::rubric::{Form, Parameter, Starter, Words};
use crate::text::{Problem, Route, Tree};

/// The largest count when a parameter sets none.
const LARGEST_COUNT: i64 = 1_000_000_000;

/// The most characters of a DNS label.
const LONGEST_LABEL: i64 = 63;

impl Loader {
    pub(super) fn parameters(
        &mut self,
        files: Vec<ParameterFile>,
    ) -> Table<ParameterId, Parameter> {
        self.check_unique(
            Section::Parameters,
            files.iter().map(|parameter| &parameter.id),
        );
        let mut parameters = Table::default();
        for (index, file) in files.into_iter().enumerate() {
            let route = Section::Parameters.route().index(index);
            self.check_snake(&file.id, &route.key("id"));
            if file.id == Starter::FILE {
                let message = format!("the id `{}` stands for the name of the file", file.id);
                self.report(Problem::new(&route.key("id"), message));
            }
            let Some(form) = self.form(&file, &route) else {
                self.not_taken.push(route);
                continue;
            };
            let mut parameter = Parameter {
                id: file.id.into(),
                ask: file.ask.into(),
                form,
                default: None,
                route: route.clone(),
            };
            if let Some(default) = file.default {
                let route = route.key("default");
                let read = default.word().ok_or_else(|| {
                    Box::new(Problem::new(&route, "this is not a value").allowed(form.expects()))
                });
                match read.and_then(|text| parameter.read(&text, &route)) {
                    Ok(value) => parameter.default = Some(value.into()),
                    Err(problem) => self.report(*problem),
                }
            }
            parameters.push(parameter);
        }
        parameters
    }

    fn form(&mut self, file: &ParameterFile, route: &Route) -> Option<Form> {
        let bounds = [("min", file.min), ("max", file.max)];
        let fits = |key: &str| match file.kind {
            ParameterKind::Count => true,
            ParameterKind::DnsLabel => key == "max",
            _ => false,
        };
        let misplaced = bounds
            .iter()
            .filter(|(key, bound)| bound.is_some() && !fits(key));
        for (key, _) in misplaced {
            let problem = Problem::new(&route.key(*key), format!("`{key}` has no meaning here"));
            self.report(problem.allowed("min for a count, max for a count or a dns_label"));
        }
        match file.kind {
            ParameterKind::DnsLabel => {
                let longest = file.max.unwrap_or(LONGEST_LABEL);
                let is_fit = (1..=LONGEST_LABEL).contains(&longest);
                if !is_fit {
                    let message = format!("a label has no {longest} characters");
                    let problem = Problem::new(&route.key("max"), message);
                    self.report(problem.allowed(format!("1 to {LONGEST_LABEL}")));
                }
                is_fit.then_some(Form::DnsLabel { longest })
            }
            ParameterKind::DnsName => Some(Form::DnsName),
            ParameterKind::Path => Some(Form::Path),
            ParameterKind::LabelKey => Some(Form::LabelKey),
            ParameterKind::Duration => Some(Form::Duration),
            ParameterKind::HttpMethod => Some(Form::HttpMethod),
            ParameterKind::Word => Some(Form::Word),
            ParameterKind::Count => {
                let (min, max) = (file.min.unwrap_or(0), file.max.unwrap_or(LARGEST_COUNT));
                if min > max {
                    let problem =
                        Problem::new(route, format!("nothing is between {min} and {max}"));
                    self.report(problem.allowed("a max that is not below min"));
                }
                (min <= max).then_some(Form::Count { min, max })
            }
        }
    }

    /// The names of starters, each of a file and of nothing else.
    pub(super) fn starters(&mut self, tree: Option<&Tree>, route: &Route) -> Vec<Words> {
        let named: Vec<(&Tree, Route)> = match tree {
            None | Some(Tree::Null) => Vec::new(),
            Some(Tree::List(items)) => (items.iter().enumerate())
                .map(|(index, item)| (&item.tree, route.index(index)))
                .collect(),
            Some(one) => vec![(one, route.clone())],
        };
        if named.is_empty() && tree.is_some() {
            let problem = Problem::new(route, "no starter is named");
            self.report(problem.allowed(Starter::NAMES));
        }
        let mut names: Vec<Words> = Vec::new();
        for (tree, route) in named {
            match tree {
                Tree::Text(name) if !Starter::is_name(name) => {
                    let message = format!("`{name}` is not the name of a starter");
                    self.report(Problem::new(&route, message).allowed(Starter::NAMES));
                }
                Tree::Text(name) if names.iter().any(|own| *own == name.as_str()) => {
                    let message = format!("`{name}` is named twice");
                    self.report(Problem::new(&route, message).allowed("each starter once"));
                }
                Tree::Text(name) => names.push(name.as_str().into()),
                _ => self.report(
                    Problem::new(&route, "this is not the name of a starter")
                        .allowed(Starter::NAMES),
                ),
            }
        }
        names
    }
}
