//! One mistake: what was found, what is allowed, and the name that was probably meant.

use std::ops::Range;

use super::{Node, Part, Route, nearest};

/// The longest list of allowed names that a message spells out.
const ALLOWED_SHOWN: usize = 16;

/// What sort of mistake it is, for whoever does something else about one sort than about the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text cannot be read at all.
    Unreadable,
    /// A key stands twice in one mapping.
    RepeatedKey,
    /// A key that means nothing here.
    UnknownKey,
    /// A key that must be there and is not.
    MissingKey,
    /// A value that is not of the form that is read here.
    #[default]
    Unfit,
    /// A value that its fact cannot have; the message names the fact.
    UnfitAnswer,
    /// An answer to what the rubric does not ask; the message names it.
    UnknownFact,
    /// What is read belongs to another rubric than the one in use.
    OtherRubric,
    /// A name of something that is not there.
    UnknownName,
    /// No rule of a verdict is sure to hold on every sheet.
    OpenVerdict,
}

/// A mistake at a route of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of mistake it is.
    pub kind: ProblemKind,
    /// Where, by keys.
    pub route: Route,
    /// Whether the key or the value at that route is wrong.
    pub part: Part,
    /// What was found, lowercase and without a full stop.
    pub message: String,
    /// What is allowed there; empty when the message says it.
    pub allowed: String,
    /// The nearest valid name.
    pub did_you_mean: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// The name that was looked for and not found.
    pub unknown: Option<String>,
}

impl Problem {
    /// A mistake in the value at `route`.
    pub fn new(route: &Route, message: impl Into<String>) -> Self {
        Self {
            kind: ProblemKind::default(),
            route: route.clone(),
            part: Part::Value,
            message: message.into(),
            allowed: String::new(),
            did_you_mean: None,
            help: None,
            unknown: None,
        }
    }

    /// Says what sort of mistake it is.
    pub fn of_kind(mut self, kind: ProblemKind) -> Self {
        self.kind = kind;
        self
    }

    /// Says first which fact it is about, for where no place can be shown and the message does not name it.
    pub fn about(mut self, fact: &str) -> Self {
        if !matches!(
            self.kind,
            ProblemKind::UnfitAnswer | ProblemKind::UnknownFact
        ) {
            self.message = format!("`{fact}`: {}", self.message);
        }
        self
    }

    /// Moves the mark from the value to its key.
    pub fn at_key(mut self) -> Self {
        self.part = Part::Key;
        self
    }

    /// Says in words what is allowed.
    pub fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = allowed.into();
        self
    }

    /// Says what to write instead.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What was probably meant, and what to write instead: each in a few words, for where help is given.
    pub fn hints(&self) -> Vec<String> {
        let meant = self
            .did_you_mean
            .as_ref()
            .map(|name| format!("did you mean `{name}`?"));
        meant.into_iter().chain(self.help.clone()).collect()
    }

    /// Lists the names that are allowed and offers the one nearest to `found`.
    pub fn one_of<'a>(
        mut self,
        found: &str,
        names: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Self {
        self.did_you_mean = nearest(found, names.clone()).map(str::to_owned);
        self.unknown = Some(found.to_owned());
        self.kind = ProblemKind::UnknownName;
        let names: Vec<&str> = names.into_iter().collect();
        let shown: Vec<&str> = names.iter().copied().take(ALLOWED_SHOWN).collect();
        self.allowed = shown.join(", ");
        if names.len() > ALLOWED_SHOWN {
            self.allowed += &format!(", and {} more", names.len() - ALLOWED_SHOWN);
        }
        self
    }

    /// The whole mistake in one sentence, for where no place can be shown.
    pub fn sentence(&self) -> String {
        let allowed = if self.allowed.is_empty() {
            String::new()
        } else {
            format!(" (allowed: {})", self.allowed)
        };
        let hints: String = self
            .hints()
            .iter()
            .map(|hint| format!(", {hint}"))
            .collect();
        format!("{}{allowed}{hints}", self.message)
    }

    /// The mistake with its place in the text.
    pub fn placed(self, root: &Node) -> PlacedProblem {
        PlacedProblem {
            span: root.locate(&self.route, self.part),
            problem: self,
        }
    }
}

/// A mistake and the bytes of the text it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedProblem {
    /// The mistake.
    pub problem: Problem,
    /// Byte range in the source text.
    pub span: Range<usize>,
}
