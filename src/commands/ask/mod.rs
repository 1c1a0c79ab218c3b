//! `ask`: the questionnaire. The conversation goes to standard error, the advice to standard output.

mod input;
mod keeping;
mod screen;
mod terminal;

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use mesh_advisor::advice::advise;
use mesh_advisor::lint::written;
use mesh_advisor::prompt::{Ending, Flow, Heard, Interviewer, Pace, Plain, Stopped, converse};
use mesh_advisor::record::recording::Request;
use mesh_advisor::show::advice::{Advised, Extent, Format, render};
use mesh_advisor::show::escape;
use mesh_advisor::show::words::counted;
use verdict::answers::Answers;
use verdict::engine::{Certainty, Reasoning};
use verdict::rubric::Rubric;

use super::inputs::{self, Inputs};
use super::record::record;
use super::{Door, Exit, asking_on, outputs, print, say, today};
use input::{Input, Interrupts};
use keeping::Keeper;
use terminal::Terminal;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor ask                        the whole checklist
  mesh-advisor ask --quick                only what decides, what tells most first
  mesh-advisor ask --answers fleet.yaml --save fleet.yaml
  mesh-advisor ask --plain < replies.txt

Keys: ? tells why something is asked, Esc goes back, Tab goes to a summary in which every answer can be changed \
(in plain lines: ?, b, s). \"Don't know\" is always an answer. However you leave, your answers are kept: in the file \
of --save, or in a new file whose name is printed.

From a pipe each line replies to whatever is asked when it is read, and what is asked depends on the replies before: \
every answer is repeated as `fact: value`. When the input ends early, or a line fits nothing where it is read, the last \
line of standard error says how many lines were read and which fact got which answer, and the exit code is 2. \
`advise --answers` takes answers by name.

The conversation goes to standard error, the advice to standard output.

Exit codes: 0 done; 2 usage, an input that cannot be read, ended early or had a line that fitted nothing; \
130 interrupted, as by Ctrl-C.")]
pub(crate) struct Ask {
    /// Start from these answers and ask for what they leave open
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,

    /// Save the answers to this file without asking
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,

    /// Ask the most telling question first and stop once the recommendation is settled
    #[arg(long)]
    pub quick: bool,

    /// Plain lines with numbered options instead of arrow keys
    #[arg(long)]
    pub plain: bool,
}

pub(super) fn run(args: &Ask, inputs: &Inputs) -> Result<Exit> {
    if args.answers.as_deref() == Some(Path::new("-")) {
        bail!(
            "--answers - cannot be used here: standard input is where the replies come from; name a file"
        );
    }
    let rubric = inputs.rubric()?;
    // Before the answers are read: whatever is written meanwhile is then seen as a change.
    let text = match args.answers.as_deref().filter(|path| path.is_file()) {
        Some(path) => {
            let text = fs::read(path);
            Some(text.with_context(|| format!("cannot read {}", path.display()))?)
        }
        None => None,
    };
    let answers = match &args.answers {
        Some(path) => inputs::answers(path, rubric)?,
        None => Answers::none(rubric),
    };
    if let Some(path) = &args.save {
        outputs::check_writable(path)?;
    }
    let (reasoning, certainty) = (inputs.reasoning(rubric)?, inputs.certainty(rubric)?);
    let input = Input::open()?;
    let interrupts = input.interrupts();
    let keeper = Keeper::new(args, rubric, (&answers, text), interrupts.clone());
    let pace = if args.quick { Pace::Quick } else { Pace::Full };
    let flow = Flow::new(rubric, reasoning, certainty, answers, pace);
    let mut session = Session {
        args,
        rubric,
        reasoning,
        certainty,
        interrupts,
        flow,
        keeper,
        rubric_file: inputs.rubric_file(),
        has_advised: false,
    };

    if is_for_terminal(args) {
        let is_styled = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
        let held = session.hold(&mut Terminal::new(input, is_styled));
        return session.end(held);
    }
    let is_script = !io::stdin().is_terminal();
    let errors = Door::new(io::stderr());
    let mut plain = Plain::new(input, errors, super::width(), is_script);
    let held = session.hold(&mut plain);
    let exit = session.end(held)?;
    if is_script {
        return Ok(session.account(exit, plain.heard()));
    }
    Ok(exit)
}

/// Whether keys and places on the screen are to be had. Elsewhere the conversation is in plain lines.
fn is_for_terminal(args: &Ask) -> bool {
    let is_able = std::env::var_os("TERM").is_some_and(|term| term != "dumb" && !term.is_empty());
    let is_terminal =
        io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
    cfg!(unix) && !args.plain && is_able && is_terminal
}

/// One conversation with everything that it needs.
struct Session<'a> {
    args: &'a Ask,
    rubric: &'static Rubric,
    reasoning: &'static Reasoning,
    certainty: &'static Certainty,
    interrupts: Interrupts,
    flow: Flow<'a>,
    keeper: Keeper<'a>,
    rubric_file: Option<&'a Path>,
    /// Whether the advice was given, so that nothing of importance is left to say.
    has_advised: bool,
}

impl Session<'_> {
    /// Talks with the person, gives the advice and sees to the answers.
    fn hold(&mut self, interviewer: &mut impl Interviewer) -> Result<Ending> {
        self.open(interviewer)?;
        let ending = converse(&mut self.flow, interviewer)?;
        interviewer.pause()?;
        if ending == Ending::Finished {
            let answers = self.flow.answers();
            let reckoned = answers.reserving(self.rubric);
            let advice = advise(&reckoned, self.reasoning, self.certainty, answers, today())
                .ok_or_else(|| anyhow!("no rule of the rubric holds"))?;
            let advised = Advised {
                advice: &advice,
                answers,
                reasoning: self.reasoning,
                today: today(),
            };
            print(&render(advised, Format::Text, Extent::Page, super::width()))?;
            self.has_advised = true;
            // The headline has left the screen by now.
            let headline = advice.headline().text;
            interviewer.tell("")?;
            interviewer.tell(&format!("In short: {headline}. The page stands above."))?;
            self.keeper.save(answers, interviewer)?;
            self.name_answers(interviewer)?;
            self.offer_record(interviewer)?;
            interviewer.pause()?;
        }
        Ok(ending)
    }

    fn open(&self, interviewer: &mut impl Interviewer) -> Result<(), Stopped> {
        interviewer.tell(&self.rubric.title)?;
        let answers = self.flow.answers();
        let known = self
            .rubric
            .facts
            .iter()
            .filter(|fact| answers.value(fact).is_some())
            .count();
        if known > 0 {
            interviewer.tell(&format!(
                "There are {} already: only what is open is asked.",
                counted(known, "answer")
            ))?;
        }
        Ok(())
    }

    /// Offers to write the decision into a record; a file that exists is touched only after a yes.
    fn offer_record(&self, interviewer: &mut impl Interviewer) -> Result<()> {
        while interviewer.choose(
            "Write the decision into a record (ADR)?",
            &["No", "Yes, in a file that I name"],
        )? == 1
        {
            let path = PathBuf::from(
                interviewer.line("Name of the record, such as docs/decisions/0007-mesh.md:")?,
            );
            if path.as_os_str().is_empty() || !self.may_write(&path, interviewer)? {
                continue;
            }
            let answers = Some(self.flow.answers().clone());
            let request = Request {
                answers,
                choice: None,
                because: None,
                until: None,
                today: today(),
            };
            // Control-C is a signal again while the file is written.
            interviewer.pause()?;
            let (rubric, rubric_file) = (self.rubric, self.rubric_file.map(Path::to_owned));
            let (reasoning, certainty) = (self.reasoning, self.certainty);
            let recorded = self.interrupts.work(move || {
                let rubric = (rubric, rubric_file.as_deref());
                record(&path, &request, rubric, reasoning, certainty)
            });
            match recorded {
                Ok(summary) => return Ok(interviewer.tell(summary.trim_end())?),
                Err(error) if error.is::<Stopped>() => return Err(error),
                Err(error) => interviewer.tell(format!("{error:#}").trim_end())?,
            }
        }
        Ok(())
    }

    fn may_write(&self, path: &Path, interviewer: &mut impl Interviewer) -> Result<bool> {
        if !path.exists() {
            return Ok(true);
        }
        let prompt = format!(
            "{} exists already. Write into it? Only its record changes.",
            path.display()
        );
        Ok(interviewer.choose(&prompt, &["No", "Yes"])? == 1)
    }

    /// Says where the answers are.
    fn name_answers(&self, interviewer: &mut impl Interviewer) -> Result<(), Stopped> {
        let Some(place) = self.keeper.place() else {
            return Ok(());
        };
        interviewer.tell(&format!("The answers are in {place}."))
    }

    /// Keeps the answers, says where they are, and turns the end into an exit code.
    fn end(&mut self, held: Result<Ending>) -> Result<Exit> {
        let (reason, result) = match held {
            Ok(Ending::Finished) => return Ok(Exit::Done),
            Ok(Ending::Quit) => ("That is enough for now.", Ok(Exit::Done)),
            Err(error) => match error.downcast_ref::<Stopped>() {
                Some(Stopped::Interrupted) => ("Interrupted.", Ok(Exit::Interrupted)),
                Some(Stopped::EndOfInput) if self.has_advised => {
                    ("The input has ended.", Ok(Exit::Done))
                }
                Some(Stopped::EndOfInput) => (
                    "The input ended before the questions did.",
                    Ok(Exit::Invalid),
                ),
                _ => ("The conversation could not go on.", Err(error)),
            },
        };
        if let Err(error) = self.keeper.keep(self.flow.answers()) {
            // Nothing that was typed is lost: where no file takes it, the screen does.
            let answers = self.flow.answers().to_yaml(self.rubric);
            say(&format!(
                "error: {error:#}\nYour answers, to be kept by hand:\n{}",
                escape::visible_lines(&answers)
            ));
            return Ok(Exit::Invalid);
        }
        let kept = match self.keeper.place() {
            Some(place) => format!("Your answers are kept in {}.", escape::visible(&place)),
            None => "Nothing was answered yet, so nothing is kept.".to_owned(),
        };
        let go_on = self.keeper.file().filter(|_| !self.has_advised);
        let go_on = go_on.map_or(String::new(), |file| {
            format!("\nTo go on: {}", self.resumption(file))
        });
        say(&format!("{reason} {kept}{go_on}"));
        result
    }

    /// The command line that goes on with the answers in a file.
    fn resumption(&self, answers: &Path) -> String {
        let mut command = asking_on(answers, self.rubric_file);
        for (is_given, flag) in [(self.args.quick, " --quick"), (self.args.plain, " --plain")] {
            command += if is_given { flag } else { "" };
        }
        escape::visible(&command)
    }

    /// Says what became of the lines of a script when they and the questions fell out of step, which is no success.
    fn account(&self, exit: Exit, heard: &Heard) -> Exit {
        let has_ended_early = exit == Exit::Invalid;
        if exit == Exit::Interrupted || (heard.refused.is_empty() && !has_ended_early) {
            return exit;
        }
        let refused = match heard.refused.as_slice() {
            [] => String::new(),
            [one] => format!(" (line {one} fitted nothing where it was read)"),
            [first, rest @ ..] => format!(
                " ({} fitted nothing where they were read, the first of them line {first})",
                counted(rest.len() + 1, "line")
            ),
        };
        let replies = self.flow.replies().map(|(fact, value)| {
            let value = value.map_or("unknown".to_owned(), |value| written(fact, value));
            format!("{}: {value}", fact.id)
        });
        let replies: Vec<String> = replies.collect();
        let replies = match replies.as_slice() {
            [] => "nothing was answered".to_owned(),
            replies => replies.join(", "),
        };
        let lines = counted(heard.lines, "line");
        say(&format!("Read {lines}{refused}: {replies}"));
        Exit::Invalid
    }
}
