//! The conversation on a terminal: arrow keys, checking as you type, one form at a time below a transcript.

use std::collections::VecDeque;
use std::time::Duration;

use mesh_advisor::prompt::form::{
    AskForm, ChoiceForm, Decoder, Handled, Key, Line, LineForm, Row, Tone, View, reviewed, unbroken,
};
use mesh_advisor::prompt::{
    Asked, DONT_KNOW, Interviewer, Reply, Review, Reviewed, Standing, Stopped,
};

use super::input::Input;
use super::screen::Screen;

/// How long the bytes of one key may be apart.
const WITHIN_A_KEY: Duration = Duration::from_millis(50);

/// How often the size of the screen is looked at while nothing is typed.
const LOOK: Duration = Duration::from_millis(200);

/// An interviewer on a terminal.
pub(super) struct Terminal {
    input: Input,
    screen: Screen,
    decoder: Decoder,
    keys: VecDeque<Key>,
    transcript: Vec<Block>,
    /// Whether something else wrote to the screen, which must not be wiped away.
    is_shared: bool,
    /// The answer that was given last, until it is known where the answers stand then.
    answered: Option<Block>,
}

/// What was left on the screen in one piece.
struct Block {
    /// The fact that it is about, and its question.
    about: Option<(verdict::ids::FactId, String)>,
    lines: Vec<Line>,
}

impl Block {
    fn rows(&self, width: usize) -> Vec<Row> {
        self.lines
            .iter()
            .flat_map(|line| line.rows(width))
            .collect()
    }
}

impl Terminal {
    pub(super) fn new(input: Input, is_styled: bool) -> Self {
        let (decoder, keys, transcript) = (Decoder::default(), VecDeque::new(), Vec::new());
        Self {
            input,
            screen: Screen::new(is_styled),
            decoder,
            keys,
            transcript,
            is_shared: false,
            answered: None,
        }
    }

    /// Lets a person fill in a form.
    fn fill<F, T>(
        &mut self,
        form: &mut F,
        view: impl Fn(&F) -> View,
        handle: impl Fn(&mut F, Key) -> Handled<T>,
    ) -> Result<T, Stopped> {
        self.screen.take_keys()?;
        loop {
            let (width, height) = self.screen.size();
            self.screen.paint(&view(form).lay(width, height))?;
            match self.key()? {
                Key::Interrupt => return Err(Stopped::Interrupted),
                Key::EndOfInput => return Err(Stopped::EndOfInput),
                Key::Redraw => self.draw_again(&view(form))?,
                key => {
                    if let Handled::Done(done) = handle(form, key) {
                        return Ok(done);
                    }
                }
            }
        }
    }

    fn key(&mut self) -> Result<Key, Stopped> {
        loop {
            if let Some(key) = self.keys.pop_front() {
                return Ok(key);
            }
            let patience = if self.decoder.is_waiting() {
                WITHIN_A_KEY
            } else {
                LOOK
            };
            match self.input.bytes(patience)? {
                Some(bytes) => self.keys.extend(self.decoder.feed(&bytes)),
                None => self.keys.extend(self.decoder.settle()),
            }
            if self.input.is_continued() {
                self.screen.take_keys_again()?;
                self.keys.push_front(Key::Redraw);
            }
            if self.screen.is_resized() {
                self.keys.push_front(Key::Redraw);
            }
        }
    }

    fn draw_again(&mut self, view: &View) -> Result<(), Stopped> {
        if self.is_shared {
            return Ok(self.screen.start_below()?);
        }
        let (width, height) = self.screen.size();
        let room = view.lay(width, height).rows.len();
        let rows: Vec<Row> = self
            .transcript
            .iter()
            .flat_map(|block| block.rows(width))
            .collect();
        Ok(self.screen.start_again(&rows, room)?)
    }

    fn leave(&mut self, block: Block) -> Result<(), Stopped> {
        self.screen.leave(&block.rows(self.screen.size().0))?;
        self.transcript.push(block);
        Ok(())
    }

    /// The question that stands in the transcript last.
    fn shown_question(&self) -> Option<&str> {
        self.transcript
            .last()
            .and_then(|block| block.about.as_ref())
            .map(|(_, question)| question.as_str())
    }
}

impl Interviewer for Terminal {
    fn tell(&mut self, text: &str) -> Result<(), Stopped> {
        self.leave(Block {
            about: None,
            lines: vec![Line::indented(0, 0).and(Tone::Normal, text)],
        })
    }

    fn ask(&mut self, asked: &Asked<'_>) -> Result<Reply, Stopped> {
        let position = asked.fact.position;
        // Going back replaces the answer on the screen as well.
        let is_last = |block: &mut Block| {
            block
                .about
                .as_ref()
                .is_some_and(|(fact, _)| *fact == position)
        };
        if let Some(block) = self.transcript.pop_if(is_last) {
            self.screen.take_back(&block.rows(self.screen.size().0));
        }
        let has_header = self.shown_question() != Some(&asked.question.id);
        let mut form = AskForm::new(asked, has_header);
        let reply = self.fill(&mut form, AskForm::view, AskForm::handle)?;
        let said = match reply {
            Reply::Value(value) => asked.fact.say(value),
            Reply::Unknown => DONT_KNOW.to_owned(),
            Reply::Back | Reply::Summary | Reply::Quit => return Ok(reply),
        };
        let mut lines = form.head();
        lines.push(
            Line::indented(2, 2)
                .and(Tone::Normal, &format!("{}  ", asked.fact.ask))
                .and(Tone::Strong, &said),
        );
        self.answered = Some(Block {
            about: Some((position, asked.question.id.to_string())),
            lines,
        });
        Ok(reply)
    }

    fn note(&mut self, standing: &Standing<'_>) -> Result<(), Stopped> {
        let mut block = self.answered.take().unwrap_or(Block {
            about: None,
            lines: Vec::new(),
        });
        block
            .lines
            .push(Line::indented(4, 2).and(Tone::Quiet, &unbroken(&standing.to_string())));
        self.leave(block)
    }

    fn review(&mut self, review: &Review<'_>) -> Result<Reviewed, Stopped> {
        let handle = |form: &mut ChoiceForm, key: Key| match (form.handle(key), key) {
            (Handled::Ignored, Key::Escape) => Handled::Done(Reviewed::Back),
            (handled, _) => handled.map(|place| reviewed(review, place)),
        };
        self.fill(&mut ChoiceForm::review(review), ChoiceForm::view, handle)
    }

    fn choose(&mut self, prompt: &str, options: &[&str]) -> Result<usize, Stopped> {
        let place = self.fill(
            &mut ChoiceForm::new(prompt, options),
            ChoiceForm::view,
            ChoiceForm::handle,
        )?;
        let chosen = options.get(place).copied().unwrap_or_default();
        let line = Line::indented(0, 2)
            .and(Tone::Normal, &format!("{prompt}  "))
            .and(Tone::Strong, chosen);
        self.leave(Block {
            about: None,
            lines: vec![Line::blank(), line],
        })?;
        Ok(place)
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stopped> {
        let text = self.fill(&mut LineForm::new(prompt), LineForm::view, LineForm::handle)?;
        let line = Line::indented(0, 2)
            .and(Tone::Normal, &format!("{prompt} "))
            .and(Tone::Strong, &text);
        self.leave(Block {
            about: None,
            lines: vec![line],
        })?;
        Ok(text)
    }

    fn pause(&mut self) -> Result<(), Stopped> {
        self.screen.leave(&[])?;
        self.screen.give_keys_back();
        self.is_shared = true;
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // An open form is no part of the transcript. Nothing is left to be done when the terminal is gone.
        let _ = self.screen.leave(&[]);
    }
}
