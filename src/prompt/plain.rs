//! The conversation in lines of text: for screen readers, scripts and logs. Nothing is ever redrawn.

use std::io::{BufRead, Write};

use textwrap::{Options, WrapAlgorithm};

use super::{
    Asked, Interviewer, NOTHING_BEFORE, Reply, Review, Reviewed, Standing, Stopped, Typed,
    type_answer,
};
use crate::lint::written;
use crate::show::escape;
use crate::show::words::capitalised;
use verdict::rubric::{Domain, Words};

/// What can be said at each question.
const COMMANDS: &str = "At any question: ? tells why it is asked, d is for \"don't know\", b goes back one answer, s goes \
                        to the summary, q quits. Whatever you do, your answers are kept.";

/// Where typed lines come from.
pub trait Lines {
    /// The next line, without its end.
    ///
    /// # Errors
    /// There is none, reading failed, or the program was asked to end.
    fn next_line(&mut self) -> Result<String, Stopped>;
}

/// Lines from a reader.
#[derive(Debug)]
pub struct ReadLines<R>(pub R);

impl<R: BufRead> Lines for ReadLines<R> {
    fn next_line(&mut self) -> Result<String, Stopped> {
        let mut line = String::new();
        match self.0.read_line(&mut line)? {
            0 => Err(Stopped::EndOfInput),
            _ => Ok(line),
        }
    }
}

/// An interviewer in lines of text.
#[derive(Debug)]
pub struct Plain<L, W> {
    lines: L,
    output: W,
    width: usize,
    /// Whether typed lines are repeated in the output, because nobody sees them being typed.
    echoes: bool,
    has_explained: bool,
    /// The question that was last shown, by id.
    question: Option<Words>,
    heard: Heard,
}

/// The lines that came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// How many there were.
    pub lines: usize,
    /// The numbers, from 1, of those that fitted nothing where they were read.
    pub refused: Vec<usize>,
}

impl<L: Lines, W: Write> Plain<L, W> {
    /// An interviewer that lays its output out for `width` columns.
    pub fn new(lines: L, output: W, width: usize, echoes: bool) -> Self {
        Self {
            lines,
            output,
            width: width.max(20),
            echoes,
            has_explained: false,
            question: None,
            heard: Heard::default(),
        }
    }

    /// The lines that came in up to now.
    pub fn heard(&self) -> &Heard {
        &self.heard
    }

    /// What was written, once the conversation is over.
    pub fn into_output(self) -> W {
        self.output
    }

    /// Writes a paragraph; its lines after the first are indented by `hang` more.
    fn put(&mut self, indent: usize, hang: usize, text: &str) -> Result<(), Stopped> {
        let (first, rest) = (" ".repeat(indent), " ".repeat(indent + hang));
        let options = Options::new(self.width)
            .initial_indent(&first)
            .subsequent_indent(&rest);
        let options = options.wrap_algorithm(WrapAlgorithm::FirstFit);
        writeln!(
            self.output,
            "{}",
            textwrap::fill(&escape::visible(text), options)
        )?;
        Ok(())
    }

    fn blank(&mut self) -> Result<(), Stopped> {
        writeln!(self.output)?;
        Ok(())
    }

    fn prompt(&mut self) -> Result<String, Stopped> {
        write!(self.output, "> ")?;
        self.output.flush()?;
        let line = self.lines.next_line();
        self.heard.lines += usize::from(line.is_ok());
        if self.echoes || line.is_err() {
            let shown = line.as_deref().map_or("", |line| line.trim_end());
            // A reply that was read counts, even if nobody can see it any more: the next write fails as well.
            let _ = writeln!(self.output, "{}", escape::visible(shown));
        }
        line
    }

    /// Says why the line that was read last fits nothing here.
    fn refuse(&mut self, why: &str) -> Result<(), Stopped> {
        self.heard.refused.push(self.heard.lines);
        self.put(2, 0, why)
    }

    fn explain_once(&mut self) -> Result<(), Stopped> {
        if !self.has_explained {
            self.has_explained = true;
            self.put(0, 0, COMMANDS)?;
        }
        Ok(())
    }

    fn show(&mut self, asked: &Asked<'_>) -> Result<(), Stopped> {
        self.explain_once()?;
        self.blank()?;
        if self.question.as_ref() != Some(&asked.question.id) {
            self.question = Some(asked.question.id.clone());
            self.put(0, 2, &format!("{}: {}", asked.progress, asked.question.ask))?;
            self.blank()?;
        }
        self.put(0, 2, &asked.fact.ask)?;
        self.show_options(asked)?;
        if let Some(evidence) = &asked.evidence {
            self.put(0, 2, &format!("({evidence})"))?;
        }
        if let Some(said) = asked.said() {
            self.put(
                0,
                2,
                &format!("Your answer so far: {said}. An empty line keeps it."),
            )?;
        }
        Ok(())
    }

    fn show_options(&mut self, asked: &Asked<'_>) -> Result<(), Stopped> {
        if let Domain::Numbers(..) = asked.fact.kind.domain() {
            let expected = capitalised(&asked.fact.expects());
            return self.put(0, 2, &format!("{expected}."));
        }
        for (index, option) in asked.options().iter().enumerate() {
            self.item(index + 1, option)?;
        }
        match asked.fact.kind.domain() {
            Domain::AnyOf(_) => self.put(0, 2, "The numbers of all that hold, such as 1,2."),
            _ => Ok(()),
        }
    }

    fn item(&mut self, number: usize, title: &str) -> Result<(), Stopped> {
        self.put(0, 5, &format!("{number:>3}. {title}"))
    }

    fn explain(&mut self, asked: &Asked<'_>) -> Result<(), Stopped> {
        for text in asked.explanation() {
            self.put(2, 0, &text)?;
        }
        Ok(())
    }

    /// Says which fact a line has answered, where nobody saw it being typed.
    fn repeat(&mut self, asked: &Asked<'_>, reply: Reply) {
        let answer = match reply {
            _ if !self.echoes => return,
            Reply::Value(value) => written(asked.fact, value),
            Reply::Unknown => "unknown".to_owned(),
            Reply::Back | Reply::Summary | Reply::Quit => return,
        };
        // As with the line itself: the reply counts, even if nobody can see it any more.
        let _ = self.put(2, 2, &format!("{}: {answer}", asked.fact.id));
    }

    /// Reads a place in a list of `count` rows, or a word.
    fn pick(&mut self, count: usize, allowed: &str) -> Result<Picked, Stopped> {
        loop {
            let line = self.prompt()?;
            match line.trim().parse::<usize>() {
                Ok(number) if (1..=count).contains(&number) => {
                    return Ok(Picked::Place(number - 1));
                }
                Ok(number) => self.refuse(&format!("There is no {number}: {allowed}."))?,
                Err(_) => return Ok(Picked::Word(line.trim().to_lowercase())),
            }
        }
    }
}

/// What was typed below a numbered list.
enum Picked {
    /// A row, counted from 0.
    Place(usize),
    /// Something that is no number.
    Word(String),
}

impl<L: Lines, W: Write> Interviewer for Plain<L, W> {
    fn tell(&mut self, text: &str) -> Result<(), Stopped> {
        self.put(0, 0, text)
    }

    fn ask(&mut self, asked: &Asked<'_>) -> Result<Reply, Stopped> {
        self.show(asked)?;
        loop {
            let line = self.prompt()?;
            match type_answer(asked, &line) {
                Typed::Why => self.explain(asked)?,
                Typed::Mistake(mistake) => self.refuse(&mistake)?,
                Typed::Reply(Reply::Back) if !asked.has_previous => self.refuse(NOTHING_BEFORE)?,
                Typed::Reply(reply) => {
                    self.repeat(asked, reply);
                    return Ok(reply);
                }
            }
        }
    }

    fn note(&mut self, standing: &Standing<'_>) -> Result<(), Stopped> {
        self.put(2, 2, &standing.to_string())
    }

    fn review(&mut self, review: &Review<'_>) -> Result<Reviewed, Stopped> {
        self.question = None;
        self.blank()?;
        self.put(0, 0, "Summary")?;
        for (index, entry) in review.entries.iter().enumerate() {
            self.item(index + 1, &format!("{} {}", entry.fact.ask, entry.said()))?;
        }
        self.put(2, 2, &review.standing.to_string())?;
        let allowed = format!(
            "a number from 1 to {} changes that answer",
            review.entries.len()
        );
        self.put(
            0,
            0,
            &format!("An empty line gives the advice, {allowed}, b goes back, q quits."),
        )?;
        loop {
            match self.pick(review.entries.len(), &allowed)? {
                Picked::Place(index) => {
                    if let Some(entry) = review.entries.get(index) {
                        return Ok(Reviewed::Change(entry.fact.position));
                    }
                }
                Picked::Word(word) => match word.as_str() {
                    "" | "y" | "yes" => return Ok(Reviewed::Accept),
                    "b" | "back" => return Ok(Reviewed::Back),
                    "q" | "quit" | "exit" => return Ok(Reviewed::Quit),
                    _ => self.refuse(&format!("\"{word}\" is none of these: {allowed}."))?,
                },
            }
        }
    }

    fn choose(&mut self, prompt: &str, options: &[&str]) -> Result<usize, Stopped> {
        self.blank()?;
        self.put(0, 2, prompt)?;
        for (index, option) in options.iter().enumerate() {
            self.item(index + 1, option)?;
        }
        let allowed = format!("type a number from 1 to {}", options.len());
        loop {
            match self.pick(options.len(), &allowed)? {
                Picked::Place(index) => return Ok(index),
                Picked::Word(word) => {
                    let begins = |option: &&str| {
                        !word.is_empty() && option.to_lowercase().starts_with(&word)
                    };
                    match options.iter().position(begins) {
                        Some(index) => return Ok(index),
                        None => self.refuse(&format!("Please {allowed}."))?,
                    }
                }
            }
        }
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stopped> {
        self.put(0, 2, prompt)?;
        Ok(self.prompt()?.trim().to_owned())
    }

    fn pause(&mut self) -> Result<(), Stopped> {
        self.output.flush()?;
        Ok(())
    }
}
