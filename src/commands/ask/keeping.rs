//! Where the answers go: into the file that was asked for, or a new one that is named to the person.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use mesh_advisor::prompt::{Interviewer, Stopped};
use verdict::answers::Answers;
use verdict::rubric::Rubric;

use super::Ask;
use super::input::Interrupts;
use crate::commands::outputs::{self, Expected};

/// The file that answers are kept in when nobody said where.
const USUAL: &str = "mesh-advisor-answers.yaml";

/// Keeps the answers of one conversation.
pub(super) struct Keeper<'a> {
    args: &'a Ask,
    rubric: &'a Rubric,
    /// The answers as they were when they were last read or written.
    kept: Answers,
    /// The file that they are in.
    file: Option<PathBuf>,
    /// What that file held when it was last read or written.
    text: Option<Vec<u8>>,
    /// The file that they would be in, had it not been there already.
    taken: Option<PathBuf>,
    interrupts: Interrupts,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(
        args: &'a Ask,
        rubric: &'a Rubric,
        (answers, text): (&Answers, Option<Vec<u8>>),
        interrupts: Interrupts,
    ) -> Self {
        Self {
            text,
            interrupts,
            args,
            rubric,
            kept: answers.clone(),
            file: args.answers.clone(),
            taken: None,
        }
    }

    /// The file that holds the answers, if they are in one.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Where the answers are, and why not where they were to be, if they are in a file.
    pub(super) fn place(&self) -> Option<String> {
        let file = self.file.as_ref()?.display();
        Some(match &self.taken {
            Some(taken) => format!(
                "{file} ({} exists already, and was left as it is)",
                taken.display()
            ),
            None => file.to_string(),
        })
    }

    /// Keeps the answers without asking, and overwrites nothing that is not known to be theirs.
    pub(super) fn keep(&mut self, answers: &Answers) -> Result<()> {
        if self.is_kept(answers) && !self.is_wanted_elsewhere() {
            return Ok(());
        }
        match &self.args.save {
            // What cannot go back into its file goes beside it.
            Some(path) if self.is_theirs(path) => self
                .replace(path, answers)
                .or_else(|_| self.create(path, answers)),
            Some(path) => self.create(path, answers),
            None => self.create(Path::new(USUAL), answers),
        }
    }

    /// Saves the answers where `--save` says, or offers to.
    pub(super) fn save(
        &mut self,
        answers: &Answers,
        interviewer: &mut impl Interviewer,
    ) -> Result<()> {
        match &self.args.save {
            Some(path) => self.save_to(path, answers, interviewer),
            None if self.is_kept(answers) => Ok(()),
            None => self.offer(answers, interviewer),
        }
    }

    fn offer(&mut self, answers: &Answers, interviewer: &mut impl Interviewer) -> Result<()> {
        let usual = self
            .args
            .answers
            .clone()
            .unwrap_or_else(|| PathBuf::from(USUAL));
        let verb = if self.args.answers.is_some() {
            "Yes, update"
        } else {
            "Yes, in"
        };
        let yes = format!("{verb} {}", usual.display());
        loop {
            let file = match interviewer
                .choose("Save the answers?", &[&yes, "Yes, in another file", "No"])?
            {
                0 => usual.clone(),
                1 => PathBuf::from(interviewer.line("Name of the file:")?),
                _ => return Ok(()),
            };
            if file.as_os_str().is_empty() {
                continue;
            }
            let saved = outputs::check_writable(&file)
                .and_then(|()| self.save_to(&file, answers, interviewer));
            match saved {
                Ok(()) => return Ok(()),
                Err(error) if error.is::<Stopped>() => return Err(error),
                Err(error) => interviewer.tell(&format!("{error:#}"))?,
            }
        }
    }

    fn save_to(
        &mut self,
        path: &Path,
        answers: &Answers,
        interviewer: &mut impl Interviewer,
    ) -> Result<()> {
        if !path.exists() {
            return self.create(path, answers);
        }
        if self.is_theirs(path) {
            return self.replace(path, answers);
        }
        let prompt = format!("{} exists already. Replace it?", path.display());
        match interviewer.choose(
            &prompt,
            &["No, save in a new file beside it", "Yes, replace it"],
        )? {
            1 => self.replace(path, answers),
            _ => self.create(path, answers),
        }
    }

    /// Whether the file is the one that the answers come from, so that updating it is what is wanted.
    fn is_theirs(&self, path: &Path) -> bool {
        let same = |other: &Path| {
            fs::canonicalize(path)
                .ok()
                .is_some_and(|own| fs::canonicalize(other).ok() == Some(own))
        };
        self.file.as_deref().is_some_and(same)
    }

    /// Whether the answers are still only in the file that they came from, and another one was asked for.
    fn is_wanted_elsewhere(&self) -> bool {
        self.file.is_some()
            && self.file == self.args.answers
            && self
                .args
                .save
                .as_deref()
                .is_some_and(|path| !self.is_theirs(path))
    }

    fn is_kept(&self, answers: &Answers) -> bool {
        self.kept == *answers
    }

    fn create(&mut self, path: &Path, answers: &Answers) -> Result<()> {
        let text = answers.to_yaml(self.rubric);
        let (wanted, written) = (path.to_owned(), text.clone());
        let created = self
            .interrupts
            .work(move || outputs::create_beside(&wanted, &written))?;
        self.taken = (created != path).then(|| path.to_owned());
        self.remember(created, text, answers);
        Ok(())
    }

    /// Replaces a file. What others wrote into the answers' own file since it was read is not lost.
    fn replace(&mut self, path: &Path, answers: &Answers) -> Result<()> {
        let text = answers.to_yaml(self.rubric);
        let before = self.is_theirs(path).then(|| self.text.clone());
        let (file, written) = (path.to_owned(), text.clone());
        self.interrupts.work(move || {
            let expected = before.as_ref().map_or(Expected::Anything, |before| {
                Expected::Unchanged(before.as_deref())
            });
            outputs::replace(&file, &written, expected)
        })?;
        self.taken = None;
        self.remember(path.to_owned(), text, answers);
        Ok(())
    }

    fn remember(&mut self, file: PathBuf, text: String, answers: &Answers) {
        self.file = Some(file);
        self.text = Some(text.into_bytes());
        self.kept = answers.clone();
    }
}
