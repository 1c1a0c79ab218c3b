//! What stands at the top of an advice: what is open before what is recommended, and nothing recommended on nothing.

use std::sync::Arc;

use verdict::rubric::{Fact, Recommendation};

use super::{Advice, RemarkReading};

/// How many open facts are named.
const NAMED: usize = 3;

/// The top of an advice. Outputs say `subject` and `text`, then the notes, each on a line of its own.
#[derive(Clone, Debug)]
pub struct Headline<'a, 'r> {
    /// What the answers describe.
    pub subject: Option<&'a str>,
    /// The unknown facts to ask for, the first one first.
    pub open: Vec<&'a Arc<Fact>>,
    /// What is recommended; `None` while nothing is known that the verdict reads.
    pub recommendation: Option<&'r Recommendation>,
    /// All of it in a sentence.
    pub text: String,
    /// The cautions that the rubric wants said beside the recommendation.
    pub notes: Vec<&'a RemarkReading<'r>>,
}

impl<'r> Advice<'r> {
    /// What stands at the top.
    pub fn headline(&self) -> Headline<'_, 'r> {
        let open = self.open();
        let recommendation = self.is_based_on_answers.then_some(self.recommendation);
        let text = match recommendation {
            None => format!(
                "Nothing to recommend yet, for nothing is known. Ask first: {}",
                named(&open)
            ),
            Some(own) => {
                let given = format!("{} ({})", own.title, self.strength.as_str());
                self.what_is_open()
                    .map(|open| format!("{open}. As far as you have said: {given}"))
                    .unwrap_or(given)
            }
        };
        Headline {
            subject: self.subject.as_deref(),
            open,
            recommendation,
            text,
            notes: self
                .cautions
                .iter()
                .filter(|caution| caution.is_headline)
                .collect(),
        }
    }

    /// Which unknown facts to ask for first; `None` when none can change the recommendation.
    pub fn what_is_open(&self) -> Option<String> {
        self.is_provisional()
            .then(|| format!("Open: {}", named(&self.open())))
    }

    fn open(&self) -> Vec<&Arc<Fact>> {
        self.ask_first.iter().map(|open| &open.fact).collect()
    }
}

/// The first facts by id, and how many more there are.
fn named(open: &[&Arc<Fact>]) -> String {
    let ids: Vec<&str> = open
        .iter()
        .take(NAMED)
        .map(|fact| fact.id.as_str())
        .collect();
    match open.len().saturating_sub(NAMED) {
        0 => ids.join(", "),
        more => format!("{} and {more} more", ids.join(", ")),
    }
}
