//! What is asked next: a state machine over the answers, without input or output.
//!
//! The questions of the checklist are all asked, because a record needs them. A follow-up is asked only while something
//! that the advice may say depends on it (a rule, a prerequisite, a caution, a step), or when it sizes something. The quick pace asks nothing but what can change the
//! recommendation, most informative first.

use super::{Asked, Progress, Review, Standing};
use verdict::answers::{Answer, Answers};
use verdict::engine::{Certainty, Reasoning};
use verdict::ids::FactId;
use verdict::rubric::{Fact, Rubric, Value};

/// How much is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// The whole checklist, in the order of the rubric, then the follow-ups that matter.
    Full,
    /// The most informative fact first, until the recommendation is settled.
    Quick,
}

/// What comes next.
#[derive(Clone, Debug)]
pub enum Next<'r> {
    /// A fact.
    Ask(Asked<'r>),
    /// The summary of all answers.
    Review(Review<'r>),
}

/// A conversation about one set of answers.
#[derive(Clone, Debug)]
pub struct Flow<'r> {
    rubric: &'r Rubric,
    reasoning: &'r Reasoning,
    certainty: &'r Certainty,
    pace: Pace,
    answers: Answers,
    /// The facts that are answered or that nobody knows, latest last.
    asked: Vec<FactId>,
    /// How many of them were answered before the conversation began.
    brought: usize,
    /// The facts that are to be asked before any other, next last.
    ahead: Vec<Turn>,
    /// The fact that is being asked.
    current: Option<Turn>,
    /// Whether the person wants to answer no more open facts.
    is_finishing: bool,
}

/// One fact's turn to be asked.
#[derive(Clone, Copy, Debug)]
struct Turn {
    fact: FactId,
    /// Whether it was asked before.
    is_repeated: bool,
    /// Whether the person chose to answer it, so that it is asked even if it cannot matter.
    is_chosen: bool,
}

impl<'r> Flow<'r> {
    /// A conversation that asks for what `answers` leaves open.
    pub fn new(
        rubric: &'r Rubric,
        reasoning: &'r Reasoning,
        certainty: &'r Certainty,
        answers: Answers,
        pace: Pace,
    ) -> Self {
        let known = rubric
            .facts
            .iter()
            .filter(|fact| answers.value(fact).is_some());
        let asked: Vec<FactId> = known.map(|fact| fact.position).collect();
        let brought = asked.len();
        let (ahead, current) = (Vec::new(), None);
        Self {
            rubric,
            reasoning,
            certainty,
            pace,
            answers,
            asked,
            brought,
            ahead,
            current,
            is_finishing: false,
        }
    }

    /// What comes next; the same until there is a reply to it.
    pub fn next_step(&mut self) -> Next<'r> {
        if self.current.is_none() {
            self.current = self.choose();
        }
        let asked = self.current.and_then(|turn| self.asked(turn));
        asked.map_or_else(|| Next::Review(self.review()), Next::Ask)
    }

    /// Whether another fact comes next.
    pub fn is_asking(&mut self) -> bool {
        matches!(self.next_step(), Next::Ask(_))
    }

    /// Takes the answer to the fact that is being asked; `None` when nobody knows it.
    pub fn answer(&mut self, value: Option<Value>) {
        let Some(turn) = self.current.take() else {
            return;
        };
        let fact = &self.rubric.facts[turn.fact];
        // An answer that stays the same keeps its source and its date.
        if self.answers.value(fact) != value {
            self.answers.set(
                fact,
                Answer {
                    value,
                    ..Answer::default()
                },
            );
        }
        self.asked.push(turn.fact);
    }

    /// Goes back to the answer before, if there is one. It stays as it is until it is replaced.
    pub fn back(&mut self) {
        let Some(fact) = self.asked.pop() else {
            return;
        };
        self.is_finishing = false;
        self.brought = self.brought.min(self.asked.len());
        let current = self.current.take().filter(|turn| turn.is_repeated);
        self.ahead.extend(current.map(|turn| Turn {
            is_chosen: false,
            ..turn
        }));
        self.ahead.push(Turn {
            fact,
            is_repeated: true,
            is_chosen: true,
        });
    }

    /// Goes to the summary and leaves open what is open.
    pub fn finish(&mut self) {
        let turns = self
            .current
            .take()
            .into_iter()
            .chain(self.ahead.drain(..).rev());
        self.asked
            .extend(turns.filter(|turn| turn.is_repeated).map(|turn| turn.fact));
        self.is_finishing = true;
    }

    /// Asks a fact, again or for the first time.
    pub fn change(&mut self, fact: FactId) {
        let place = self.asked.iter().position(|other| *other == fact);
        if let Some(place) = place {
            self.asked.remove(place);
            self.brought -= usize::from(place < self.brought);
        }
        self.ahead.push(Turn {
            fact,
            is_repeated: place.is_some(),
            is_chosen: true,
        });
    }

    /// Where the answers stand.
    pub fn standing(&self) -> Standing<'r> {
        Standing::new(
            self.rubric,
            self.reasoning,
            self.certainty,
            &self.answers.sheet(),
        )
    }

    /// The answers so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The facts that were asked in this conversation, each with its answer; `None` when nobody knows it.
    pub fn replies(&self) -> impl Iterator<Item = (&'r Fact, Option<Value>)> {
        let asked = self.asked.iter().skip(self.brought);
        asked.map(|fact| {
            let fact = self.rubric.facts[*fact].as_ref();
            (fact, self.answers.value(fact))
        })
    }

    fn choose(&mut self) -> Option<Turn> {
        while let Some(turn) = self.ahead.pop() {
            if turn.is_chosen || self.is_wanted(turn.fact) {
                return Some(turn);
            }
            self.asked.push(turn.fact);
        }
        if self.is_finishing {
            return None;
        }
        let is_open = |fact: &FactId| !self.asked.contains(fact);
        let fact = match self.pace {
            Pace::Full => {
                let read = self.open(None);
                let mut facts = self.rubric.facts.ids().filter(is_open);
                facts.find(|fact| self.is_always_asked(*fact) || read.contains(fact))
            }
            Pace::Quick => self.deciding(None).into_iter().find(is_open),
        };
        fact.map(|fact| Turn {
            fact,
            is_repeated: false,
            is_chosen: false,
        })
    }

    /// Whether the fact is to be asked, whatever is known of it.
    fn is_wanted(&self, fact: FactId) -> bool {
        match self.pace {
            Pace::Full => self.is_always_asked(fact) || self.open(Some(fact)).contains(&fact),
            Pace::Quick => self.deciding(Some(fact)).contains(&fact),
        }
    }

    /// Whether the full pace asks for the fact whatever is known: it is on the checklist, or sizes something.
    fn is_always_asked(&self, fact: FactId) -> bool {
        self.rubric.facts[fact].assume.is_none() || self.question_number(fact).is_some()
    }

    /// The facts on which it depends what the advice will say; `without` counts as unknown.
    fn open(&self, without: Option<FactId>) -> Vec<FactId> {
        let mut sheet = self.answers.sheet();
        if let Some(fact) = without {
            sheet.set_at(fact, None);
        }
        let open = self.certainty.about(&sheet).open();
        open.into_iter().map(|fact| fact.position).collect()
    }

    /// The facts that can still change the recommendation, most informative first; `without` counts as unknown.
    fn deciding(&self, without: Option<FactId>) -> Vec<FactId> {
        let mut sheet = self.answers.sheet();
        if let Some(fact) = without {
            sheet.set_at(fact, None);
        }
        self.reasoning
            .deciding(&sheet)
            .into_iter()
            .map(|deciding| deciding.fact.position)
            .collect()
    }

    /// The place in the checklist, from 0, of the question that asks for the fact; `None` for a follow-up.
    fn question_number(&self, fact: FactId) -> Option<usize> {
        self.rubric
            .questions
            .iter()
            .position(|question| question.facts.contains(&fact))
    }

    fn asked(&self, turn: Turn) -> Option<Asked<'r>> {
        let Turn {
            fact, is_repeated, ..
        } = turn;
        let rubric = self.rubric;
        let mut questions = rubric.questions.iter().chain(&rubric.follow_ups);
        let question = questions.find(|question| question.facts.contains(&fact))?;
        let progress = self.progress(fact);
        let fact = &rubric.facts[fact];
        let known = self.answers.answer(fact);
        Some(Asked {
            question,
            fact,
            progress,
            is_repeated,
            answer: known.value,
            evidence: known.source.clone(),
            has_previous: !self.asked.is_empty(),
        })
    }

    fn progress(&self, fact: FactId) -> Progress {
        match (self.pace, self.question_number(fact)) {
            (Pace::Full, Some(number)) => Progress::Question {
                number: number + 1,
                of: self.rubric.questions.len(),
            },
            (Pace::Full, None) => Progress::FollowUp,
            (Pace::Quick, _) => {
                let before = self.asked.len() - self.brought;
                let open = self.deciding(Some(fact));
                let open = open
                    .iter()
                    .filter(|other| **other == fact || !self.asked.contains(other))
                    .count();
                Progress::Quick {
                    number: before + 1,
                    at_most: before + open.max(1),
                }
            }
        }
    }

    fn review(&self) -> Review<'r> {
        Review::new(self.rubric, &self.answers, &self.asked, self.standing())
    }
}
