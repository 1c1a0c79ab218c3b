//! Facts: typed things to know, and reading a value that fits one.

use serde::{Deserialize, Serialize};

use super::{FactOption, Kind, Likely, Options, Value, Words};
use crate::ids::{FactId, OptionId, Table};
use crate::text::{Node, Problem, ProblemKind, Route, Tree, plain};

/// One typed thing to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Fact {
    /// Its position among all facts of the rubric.
    pub position: FactId,
    /// Its name.
    pub id: Words,
    /// What values it takes.
    pub kind: Kind,
    /// In what a count is counted, as it is said behind the number.
    pub unit: Option<Words>,
    /// The question as put to a person.
    pub ask: Words,
    /// How to find the answer.
    pub help: Option<Words>,
    /// The value taken while the answer is unknown; `None` for a fact that only sizes something.
    pub assume: Option<Value>,
    /// How likely its values are; `None` when nothing is said of that.
    pub likely: Option<Likely>,
    /// Whether a follow-up asks for it, and so only after the questions.
    pub is_follow_up: bool,
    /// Where it stands in the file.
    pub route: Route,
}

/// The word for an answer that is not known.
pub const UNKNOWN: &str = "unknown";

/// Why a value does not fit a fact.
pub type Unfit = Box<Problem>;

impl Fact {
    /// The options, for a choice or flags; empty for other kinds.
    pub fn options(&self) -> &Table<OptionId, FactOption> {
        self.kind.options()
    }

    /// The option of this id.
    pub fn option(&self, id: &str) -> Option<OptionId> {
        self.options().find(|option| option.id == id)
    }

    /// The ids of some of its options, in order.
    pub fn ids_of(&self, options: Options) -> impl Iterator<Item = &Words> {
        options.iter().map(|option| &self.options()[option].id)
    }

    /// A number, or several, with what is counted behind it.
    pub fn with_unit(&self, numbers: String) -> String {
        match &self.unit {
            Some(unit) => format!("{numbers} {unit}"),
            None => numbers,
        }
    }

    /// What a value of this fact looks like, in words.
    pub fn expects(&self) -> String {
        self.kind.expects(|number| self.with_unit(number))
    }

    /// The value written in `tree`; `Ok(None)` when it says that the answer is unknown.
    ///
    /// # Errors
    /// The value is not one of this fact; the problem stands at `route`.
    pub fn read(&self, tree: &Tree, route: &Route) -> Result<Option<Value>, Unfit> {
        match tree {
            Tree::Null => Ok(None),
            Tree::Text(text) if text == UNKNOWN => Ok(None),
            _ => self.read_known(tree, route).map(Some),
        }
    }

    fn read_known(&self, tree: &Tree, route: &Route) -> Result<Value, Unfit> {
        match (&self.kind, tree) {
            (Kind::Count { min, max, digits }, Tree::Integer(_) | Tree::Number(_)) => {
                let number = digits
                    .read(tree)
                    .filter(|number| (min..=max).contains(&number));
                number
                    .map(Value::Count)
                    .ok_or_else(|| self.unfit(tree, route))
            }
            (Kind::YesNo, Tree::Bool(answer)) => Ok(Value::YesNo(*answer)),
            (Kind::YesNo, Tree::Text(word)) if word == "yes" || word == "no" => {
                Ok(Value::YesNo(word == "yes"))
            }
            (Kind::Choice(_), Tree::Text(word)) => self.read_option(word, route).map(Value::Choice),
            (Kind::Flags(_), Tree::List(items)) => {
                let read = |(index, item): (usize, &Node)| match &item.tree {
                    Tree::Text(word) => self.read_option(word, &route.index(index)),
                    other => Err(self.unfit(other, &route.index(index))),
                };
                items
                    .iter()
                    .enumerate()
                    .map(read)
                    .collect::<Result<Options, _>>()
                    .map(Value::Flags)
            }
            _ => Err(self.unfit(tree, route)),
        }
    }

    /// The option called `word`.
    pub(super) fn read_option(&self, word: &str, route: &Route) -> Result<OptionId, Unfit> {
        self.option(word).ok_or_else(|| {
            let names = self.options().iter().map(|option| option.id.as_str());
            Box::new(
                Problem::new(route, format!("`{word}` is not an option of `{}`", self.id))
                    .one_of(word, names)
                    .of_kind(ProblemKind::UnfitAnswer),
            )
        })
    }

    fn unfit(&self, tree: &Tree, route: &Route) -> Unfit {
        let message = format!("{} is not a value of `{}`", tree.describe(), self.id);
        let mut problem = Problem::new(route, message).of_kind(ProblemKind::UnfitAnswer);
        problem.help = self.remedy(tree);
        Box::new(problem.allowed(format!("{}, or {UNKNOWN}", self.expects())))
    }

    /// What to write instead of a value that would fit in another form.
    fn remedy(&self, tree: &Tree) -> Option<String> {
        let fits = |tree: &Tree| self.read_known(tree, &Route::nowhere()).is_ok();
        match (&self.kind, tree) {
            (Kind::Flags(_), Tree::Text(word)) if self.option(word).is_some() => {
                Some(format!("write a list: [{word}]"))
            }
            (Kind::Count { .. } | Kind::YesNo, Tree::Text(text)) => {
                let bare = plain(text);
                let is_quoted = !matches!(bare, Tree::Text(_)) && fits(&bare);
                is_quoted.then(|| format!("write it without quotes: {text}"))
            }
            _ => None,
        }
    }

    /// The value as it is written in files: the inverse of [`Fact::read`].
    pub fn write(&self, value: Value) -> Tree {
        self.kind.write(value)
    }

    /// The value in words for a person: a number with its unit, yes or no, titles of options.
    pub fn say(&self, value: Value) -> String {
        let title = |option: OptionId| self.options()[option].title.as_str();
        match value {
            Value::Count(number) => self.with_unit(self.kind.number(number)),
            Value::YesNo(answer) => if answer { "yes" } else { "no" }.into(),
            Value::Choice(option) => title(option).into(),
            Value::Flags(set) if set.is_empty() => "none".into(),
            Value::Flags(set) => set.iter().map(title).collect::<Vec<_>>().join(", "),
        }
    }
}
