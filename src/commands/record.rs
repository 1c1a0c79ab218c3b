//! `record`: a decision into an architecture decision record.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use ::adr::block::Record as Block;
use ::adr::document::{Adr, decode};
use ::adr::lines::text_start;
use ::adr::metadata::StatusReading;
use ::adr::placing::insert_or_replace;
use ::adr::status::StatusKind;
use ::adr::words::Vocabulary;
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use jiff::civil::Date;
use mesh_advisor::advice::{Advice, advise};
use mesh_advisor::record::check::FileKind;
use mesh_advisor::record::decision::Decision;
use mesh_advisor::record::editing::update;
use mesh_advisor::record::reading::DecisionReading;
use mesh_advisor::record::recording::{Request, decide};
use mesh_advisor::record::writing::{Notation, write};
use mesh_advisor::show::{escape, record as adr_text, words};
use verdict::answers::Answers;
use verdict::engine::{Certainty, Reasoning};
use verdict::ids::RecommendationId;
use verdict::rubric::Rubric;
use verdict::text::{PlacedProblem, Source, nearest};

use super::files::{self, LARGEST, LEADS_OUTSIDE, Workspace};
use super::inputs::{self, Inputs, Mistakes};
use super::outputs::{self, Expected};
use super::project::Projects;
use super::{Exit, completions, print, quoted, say, today};
use crate::cli::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor record docs/decisions/0007-mesh.md --answers fleet.yaml
  mesh-advisor record docs/decisions/0007-mesh.md
  mesh-advisor record docs/decisions/0007-mesh.md --decision mesh \\
      --because \"The group runs Istio for us\" --until 2027-06-30

A file that does not exist becomes a complete record (MADR 4, status proposed). In one that exists only the block is \
written, after the decision, and every other byte stays. Without --answers the block keeps the answers it has, and a new \
one lists every fact as unknown. A decision other than the recommendation needs --because and becomes an exception. \
The day of the decision is today (UTC), the review is due in six months.

Exit codes: 0 the record was written; 2 usage, or a file that cannot be read or written.")]
pub(crate) struct Record {
    /// The record: .md, or .yaml, .yml, .json for a file that holds nothing else
    #[arg(value_name = "ADR.md")]
    pub path: PathBuf,

    /// The answers that the decision rests on
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,

    /// What is decided (default: what the answers give; an exception on record stays)
    #[arg(long, value_name = "ID", add = completions::recommendations())]
    pub decision: Option<String>,

    /// Why the decision departs from what the answers give
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,

    /// The last day on which that holds
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,

    /// The day of the decision (default: today, UTC)
    #[arg(long, value_name = "DATE", hide = true)]
    pub as_of: Option<Date>,
}

pub(super) fn run(args: &Record, inputs: &Inputs) -> Result<Exit> {
    let rubric = inputs.rubric()?;
    let request = Request {
        answers: args
            .answers
            .as_deref()
            .map(|path| inputs::answers(path, rubric))
            .transpose()?,
        choice: args
            .decision
            .as_deref()
            .map(|id| choice(id, rubric))
            .transpose()?,
        because: args.because.clone(),
        until: args.until,
        today: args.as_of.unwrap_or_else(today),
    };
    let reasoning = inputs.reasoning(rubric)?;
    let certainty = inputs.certainty(rubric)?;
    let rubric_file = inputs.rubric_file();
    print(&record(
        &args.path,
        &request,
        (rubric, rubric_file),
        reasoning,
        certainty,
    )?)?;
    Ok(Exit::Done)
}

/// Writes a decision into a file, where it changes something; returns what to say about it.
pub(super) fn record(
    path: &Path,
    request: &Request,
    (rubric, rubric_file): (&Rubric, Option<&Path>),
    reasoning: &Reasoning,
    certainty: &Certainty,
) -> Result<String> {
    let workspace = Workspace::of_environment()?;
    if workspace.leads_outside(path) && fs::symlink_metadata(path).is_ok() {
        bail!("cannot write {}: {LEADS_OUTSIDE}", path.display());
    }
    outputs::check_writable(path)?;
    // Looked up once: what is read is what is written, whatever becomes of the path meanwhile.
    let target = workspace.place(path);
    let projects = Projects::of(&[path.to_owned()], &BTreeSet::new(), &workspace)?;
    let file = RecordFile::read((path, &target), rubric, &projects.status_words)?;
    let decision = decide(request, file.decision(), rubric)?;
    let answers = decision
        .answers
        .clone()
        .unwrap_or_else(|| Answers::none(rubric));
    let reckoned = answers.reserving(rubric);
    let advice = advise(&reckoned, reasoning, certainty, &answers, request.today)
        .ok_or_else(|| anyhow!("no rule of the rubric holds"))?;
    let shown = workspace.shown(path);
    let checked = checked(path, rubric_file, (&projects, &workspace));
    let text = file.with(&decision, &advice, (&shown, &checked))?;
    if text.len() > LARGEST {
        bail!("cannot write {}: {}", path.display(), too_large());
    }
    if let Some(remark) = &file.remark {
        say(&format!("warning: {shown}: {remark}"));
    }
    if file.text.as_ref() != Some(&text) {
        let before = file.text.as_deref().map(str::as_bytes);
        outputs::replace_at((path, &target), &text, Expected::Unchanged(before))?;
    }
    Ok(summary(&decision, file.decision(), &advice, &shown))
}

/// What `check` takes to check the record: its path, and the rubric unless it is known without being named.
fn checked(
    path: &Path,
    rubric: Option<&Path>,
    (projects, workspace): (&Projects, &Workspace),
) -> String {
    let named = &projects.rubrics;
    let shown = |path: &Path| quoted(&workspace.shown(path));
    let is_known = |rubric: &&Path| {
        let rubric = workspace.shown(rubric);
        named.iter().any(|named| workspace.shown(named) == rubric)
    };
    let flag = rubric.filter(|rubric| !is_known(rubric));
    let flag = flag.map_or(String::new(), |rubric| {
        format!(" --rubric {}", shown(rubric))
    });
    shown(path) + &flag
}

/// The recommendation of this id.
fn choice(id: &str, rubric: &Rubric) -> Result<RecommendationId> {
    rubric.recommendation(id).ok_or_else(|| {
        let ids: Vec<&str> = rubric
            .recommendations
            .iter()
            .map(|own| own.id.as_str())
            .collect();
        let hint = nearest(id, ids.iter().copied())
            .map_or(String::new(), |name| format!(", did you mean `{name}`?"));
        anyhow!(
            "--decision {id}: not a recommendation of this rubric (allowed: {}){hint}",
            ids.join(", ")
        )
    })
}

/// What was recorded, and what is still open.
fn summary(
    decision: &Decision,
    before: Option<&Decision>,
    advice: &Advice<'_>,
    path: &str,
) -> String {
    let choice = decision
        .choice
        .map(|choice| &advice.rubric.recommendations[choice]);
    let id = choice.map_or("", |choice| choice.id.as_str());
    let review = decision
        .review_by
        .map_or(String::new(), |date| format!(", review by {date}"));
    let exception = match decision.exception {
        Some(_) => format!(
            ", an exception: the answers give {}",
            advice.recommendation.id
        ),
        None => String::new(),
    };
    let mut text = format!(
        "{}: recorded {id}{exception}{review}\n",
        escape::visible(path)
    );
    let old = before
        .and_then(|before| before.choice)
        .filter(|old| decision.choice != Some(*old));
    if let Some(old) = old.map(|old| &advice.rubric.recommendations[old]) {
        text += &format!(
            "The decision was {}: what the file says around its record may still argue for that.\n",
            old.id
        );
    }
    if advice.is_provisional() {
        text += &format!("{}\n", escape::visible(&words::strength_in_words(advice)));
    }
    text
}

/// The file to write into, as it is now.
struct RecordFile<'r> {
    kind: FileKind,
    notation: Notation,
    /// What it holds; `None` when it does not exist.
    text: Option<String>,
    /// What is odd about its status.
    remark: Option<String>,
    /// The YAML of its record with the decision in it.
    record: Option<(String, Decision)>,
    rubric: &'r Rubric,
}

impl<'r> RecordFile<'r> {
    /// Reads the file at `target`, which messages call `path`.
    fn read(
        (path, target): (&Path, &Path),
        rubric: &'r Rubric,
        status_words: &Vocabulary,
    ) -> Result<Self> {
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        let Some(kind) = extension.as_deref().and_then(FileKind::of_extension) else {
            bail!(
                "{}: a record is a .md, .mdx, .yaml, .yml or .json file",
                path.display()
            );
        };
        let notation = if extension.as_deref() == Some("json") {
            Notation::Json
        } else {
            Notation::Yaml
        };
        let mut file = Self {
            kind,
            notation,
            text: None,
            remark: None,
            record: None,
            rubric,
        };
        match files::read(target) {
            Ok(contents) if !contents.is_whole => {
                bail!("cannot read {}: {}", path.display(), too_large())
            }
            Ok(contents) => {
                let text = decode(&contents.bytes)
                    .with_context(|| format!("the file {}", path.display()))?
                    .to_owned();
                file.record = file.record_in(&text, path, status_words)?;
                file.text = Some(text);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        }
        Ok(file)
    }

    fn decision(&self) -> Option<&Decision> {
        self.record.as_ref().map(|(_, decision)| decision)
    }

    fn record_in(
        &mut self,
        text: &str,
        path: &Path,
        status_words: &Vocabulary,
    ) -> Result<Option<(String, Decision)>> {
        let name = path.display().to_string();
        let records = match self.kind {
            FileKind::Markdown => {
                let adr = Adr::read_with(text, status_words).with_context(|| name.clone())?;
                self.remark = remark(&adr.metadata.status);
                adr.records
            }
            FileKind::Data if text.trim().is_empty() => Vec::new(),
            FileKind::Data => vec![Block::whole_file(text)],
        };
        let record = match records.as_slice() {
            [] => return Ok(None),
            [record] => record,
            several => bail!("{name} carries {} records; keep one of them", several.len()),
        };
        let reading = DecisionReading::read(&record.yaml, self.rubric);
        if !reading.problems.is_empty() {
            let problems: Vec<PlacedProblem> = reading
                .problems
                .into_iter()
                .map(|one| in_file(one, record, text))
                .collect();
            return Err(Mistakes::new(&Source::new(name, text), &problems).into());
        }
        Ok(Some((record.yaml.clone(), reading.decision)))
    }

    /// The file with the decision in it.
    fn with(
        &self,
        decision: &Decision,
        advice: &Advice<'_>,
        (path, checked): (&str, &str),
    ) -> Result<String> {
        let yaml = match &self.record {
            Some((yaml, old)) => update(yaml, old, decision, self.rubric, self.notation),
            None => write(decision, self.rubric, self.notation),
        };
        Ok(match (self.kind, &self.text) {
            (FileKind::Data, text) => {
                let text = text.as_deref().unwrap_or("");
                text.split_at(text_start(text)).0.to_owned() + &yaml
            }
            (FileKind::Markdown, Some(text)) => {
                insert_or_replace(text, &yaml).with_context(|| path.to_owned())?
            }
            (FileKind::Markdown, None) => {
                insert_or_replace(&adr_text::render(advice, decision, checked), &yaml)?
            }
        })
    }
}

/// The same words as those of `check`, which reads no larger file.
fn too_large() -> String {
    format!(
        "the file is larger than {} MiB, which is the most that `check` reads",
        LARGEST / 1024 / 1024
    )
}

/// What a person should know about the status before a record is written under it.
fn remark(status: &StatusReading) -> Option<String> {
    match status {
        StatusReading::Missing => {
            Some("it states no status, so that `check` takes it for accepted".to_owned())
        }
        StatusReading::Conflict(one, other) => Some(format!(
            "it states two statuses, {} and {}",
            one.kind.name(),
            other.kind.name()
        )),
        StatusReading::Stated(status) => match status.kind {
            StatusKind::Accepted | StatusKind::Amended { .. } | StatusKind::Proposed => None,
            StatusKind::Unchosen => {
                Some("it lists several statuses, of which none is chosen".to_owned())
            }
            StatusKind::Unknown => Some(format!(
                "its status \"{}\" says nothing that is known",
                status.text
            )),
            StatusKind::Rejected | StatusKind::Superseded { .. } | StatusKind::Deprecated => {
                Some(format!(
                    "its status is {}, so that `check` skips the record",
                    status.kind.name()
                ))
            }
        },
    }
}

/// A mistake in a record as a mistake in its file; sources are counted without a byte order mark.
fn in_file(placed: PlacedProblem, record: &Block, text: &str) -> PlacedProblem {
    let is_about_all = placed.span == (0..0);
    let span = if is_about_all {
        record.head.clone()
    } else {
        record.span_in_file(placed.span)
    };
    let mark = text_start(text);
    PlacedProblem {
        problem: placed.problem,
        span: span.start.saturating_sub(mark)..span.end.saturating_sub(mark),
    }
}
