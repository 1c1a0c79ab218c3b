//! One answer as it is typed on a command line: `fact=value`.

use super::{Answer, Answers, unknown_fact};
use crate::rubric::{Kind, Rubric, UNKNOWN};
use crate::text::{Document, Problem, Route, Source, Tree, shortened};

impl Answers {
    /// Sets an answer given as `fact=value`; the value is read as in a file, within the same limits.
    ///
    /// # Errors
    /// There is no such fact, or it cannot have that value.
    pub fn set_from(&mut self, setting: &str, rubric: &Rubric) -> Result<(), Box<Problem>> {
        let top = Route::top();
        let Some((id, value)) = setting.split_once('=') else {
            return Err(Box::new(
                Problem::new(&top, "there is no `=`").allowed("fact=value, such as services=42"),
            ));
        };
        let id = id.trim();
        let Some(fact) = rubric.fact(id) else {
            return Err(Box::new(unknown_fact(id, &top, rubric)));
        };
        let tree = match Document::read(&Source::new("--set", value)) {
            Ok(document) => document.into_root().tree,
            Err(_) => {
                let message = format!("`{}` is not a value of `{id}`", shortened(value));
                return Err(Box::new(
                    Problem::new(&top, message).allowed(fact.expects()),
                ));
            }
        };
        // On a command line brackets need quotes: one flag, or several with commas, stand for their list.
        let tree = match (&fact.kind, tree) {
            (Kind::Flags(_), Tree::Text(flags)) if flags != UNKNOWN => {
                Tree::list(flags.split(',').map(|flag| Tree::Text(flag.trim().into())))
            }
            (_, tree) => tree,
        };
        let value = fact.read(&tree, &top)?;
        self.set(
            fact,
            Answer {
                value,
                source: Some("command line".into()),
                as_of: None,
            },
        );
        Ok(())
    }
}
