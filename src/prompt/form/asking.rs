//! The form of one fact: a list or a field below the question, with an explanation that comes and goes.

use super::line::unbroken;
use super::{Caret, Expects, Field, Filled, Handled, Key, Line, List, Tone, View};
use crate::prompt::{Asked, DONT_KNOW, NOTHING_BEFORE, Reply};
use verdict::ids::Id;
use verdict::rubric::{Domain, Value};

/// The form of one fact.
#[derive(Debug)]
pub struct AskForm<'a> {
    asked: &'a Asked<'a>,
    input: Input,
    /// Whether the question is shown above the fact.
    has_header: bool,
    is_explained: bool,
    alert: Option<&'static str>,
}

#[derive(Debug)]
enum Input {
    List(List),
    Field(Field),
}

impl<'a> AskForm<'a> {
    /// An empty form, or one that holds the answer up to now.
    pub fn new(asked: &'a Asked<'a>, has_header: bool) -> Self {
        let options = asked.options();
        let ids = asked.fact.options().iter().map(|option| option.id.as_str());
        let input = match asked.fact.kind.domain() {
            Domain::Numbers(..) => {
                let given = match asked.answer {
                    Some(Value::Count(number)) => Some(asked.fact.kind.number(number)),
                    _ => None,
                };
                let field = Field::new(Expects::Count(asked.fact.clone()), Some(DONT_KNOW));
                Input::Field(
                    field
                        .given(given)
                        .on_other(asked.is_repeated && asked.answer.is_none()),
                )
            }
            Domain::AnyOf(count) => {
                let ticked = match asked.answer {
                    Some(Value::Flags(set)) => set.iter().map(Id::position).collect(),
                    _ => Vec::new(),
                };
                let list = List::many_of(options, count).also_found_by(ids);
                Input::List(list.at(asked.place()).ticking(ticked))
            }
            Domain::OneOf(_) => {
                Input::List(List::one_of(options).also_found_by(ids).at(asked.place()))
            }
        };
        Self {
            asked,
            input,
            has_header,
            is_explained: false,
            alert: None,
        }
    }

    /// Takes a key; when the form is done, the reply.
    pub fn handle(&mut self, key: Key) -> Handled<Reply> {
        self.alert = None;
        let handled = match &mut self.input {
            Input::List(list) => list
                .handle(key)
                .map(|places| reply_of_places(self.asked, &places)),
            Input::Field(field) => field.handle(key).map(|filled| match filled {
                Filled::Count(number) => Reply::Value(Value::Count(number)),
                Filled::Text(_) | Filled::Other => Reply::Unknown,
            }),
        };
        match (handled, key) {
            (Handled::Ignored, Key::Char('?')) => {
                self.is_explained = !self.is_explained;
                Handled::Stay
            }
            (Handled::Ignored, Key::Escape) if self.asked.has_previous => {
                Handled::Done(Reply::Back)
            }
            (Handled::Ignored, Key::Escape) => {
                self.alert = Some(NOTHING_BEFORE);
                Handled::Stay
            }
            (Handled::Ignored, Key::Tab) => Handled::Done(Reply::Summary),
            (handled, _) => handled,
        }
    }

    /// What the screen shows.
    pub fn view(&self) -> View {
        let mut view = View {
            head: self.head(),
            ..View::default()
        };
        view.head
            .push(Line::indented(2, 2).and(Tone::Normal, &self.asked.fact.ask));
        if let Some(evidence) = &self.asked.evidence {
            let evidence = format!("({evidence})");
            view.head
                .push(Line::indented(2, 2).and(Tone::Quiet, &evidence));
        }
        let (is_alert, remark) = match &self.input {
            Input::List(list) => {
                (view.body, view.cursor) = (list.lines(), list.cursor());
                if !list.filter().is_empty() {
                    let filter = Line::indented(2, 2)
                        .and(Tone::Quiet, "filter: ")
                        .and(Tone::Strong, list.filter());
                    view.head.push(filter);
                    view.caret = Caret::HeadEnd;
                }
                (true, list.alert().unwrap_or_default())
            }
            Input::Field(field) => {
                (view.body, view.cursor) = (field.lines(), field.cursor());
                view.caret = if field.cursor() == 0 {
                    Caret::BodyEnd
                } else {
                    Caret::BodyStart
                };
                field.remark()
            }
        };
        let (is_alert, remark) = self
            .alert
            .map_or((is_alert, remark), |alert| (true, alert.to_owned()));
        if !remark.is_empty() {
            view.foot.push(remark_line(is_alert, &remark));
        }
        view.foot.push(Line::blank());
        if self.is_explained {
            let said = self.asked.explanation();
            view.foot
                .extend(said.map(|text| Line::indented(2, 0).and(Tone::Normal, &text)));
            view.foot.push(Line::blank());
        }
        view.foot.push(keys_line(self.keys()));
        view
    }

    /// What stays on the screen above the answer, once it is given.
    pub fn head(&self) -> Vec<Line> {
        if !self.has_header {
            return Vec::new();
        }
        let progress = format!("{}  ", self.asked.progress);
        let header = Line::indented(0, 2)
            .and(Tone::Quiet, &progress)
            .and(Tone::Strong, &self.asked.question.ask);
        vec![Line::blank(), header]
    }

    fn keys(&self) -> &'static str {
        match &self.input {
            Input::Field(_) => {
                "Enter accepts · ↓ don't know · ? why · Esc back · Tab summary · Ctrl-C keeps all, quits"
            }
            Input::List(_) if matches!(self.asked.fact.kind.domain(), Domain::AnyOf(_)) => {
                "↑↓ move · Space ticks · Enter takes the ticked · type to filter · ? why · Esc back · Tab summary"
            }
            Input::List(_) => {
                "↑↓ move · Enter chooses · type to filter · ? why · Esc back · Tab summary · Ctrl-C keeps all, quits"
            }
        }
    }
}

/// The keys that do something.
pub(super) fn keys_line(keys: &str) -> Line {
    Line::indented(2, 0).and(Tone::Quiet, &unbroken(keys))
}

/// What is said about the last key; what is wrong has a mark as well.
pub(super) fn remark_line(is_alert: bool, remark: &str) -> Line {
    let line = Line::indented(2, 2);
    if is_alert {
        line.and(Tone::Strong, "! ").and(Tone::Strong, remark)
    } else {
        line.and(Tone::Quiet, remark)
    }
}

fn reply_of_places(asked: &Asked<'_>, places: &[usize]) -> Reply {
    match places {
        [place] => asked.at(*place),
        several => {
            let flags = asked.fact.options().ids();
            let ticked = flags.filter(|flag| several.contains(&flag.position()));
            Reply::Value(Value::Flags(ticked.collect()))
        }
    }
}
