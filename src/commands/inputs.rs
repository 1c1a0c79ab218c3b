//! Reading files: the rubric in use, answers, and the limits on what is read.

use mesh_advisor::embedded;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mesh_advisor::lint::values;
use mesh_advisor::show::problems;
use verdict::answers::Answers;
use verdict::engine::{Budget, Certainty, Proofs, Reasoning};
use verdict::rubric::Rubric;
use verdict::text::{Node, PlacedProblem, Source};

use super::progress;

/// The largest file that is read, in bytes: a hundred times the default rubric.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The variable that names a rubric to use instead of the built-in one.
const RUBRIC_VARIABLE: &str = "MESH_ADVISOR_RUBRIC";

/// A rubric that is known beside others.
pub(super) struct Known {
    /// The rubric.
    pub rubric: &'static Rubric,
    /// The same, compiled.
    pub reasoning: Reasoning,
    is_built_in: bool,
}

impl Known {
    /// What is certain of it.
    ///
    /// # Errors
    /// It is too large for that.
    pub(super) fn certainty(&self) -> Result<Certainty> {
        certainty(self.rubric, self.is_built_in)
    }
}

/// Where the command's inputs come from.
pub(super) struct Inputs {
    /// Files of rubrics; without one, the built-in rubric is in use.
    rubrics: Vec<PathBuf>,
}

/// Mistakes in a file, ready to be shown.
#[derive(Debug, thiserror::Error)]
#[error("{shown}")]
pub(super) struct Mistakes {
    shown: String,
}

impl Mistakes {
    pub(super) fn new(source: &Source, problems: &[PlacedProblem]) -> Self {
        Self {
            shown: problems::render(source, problems),
        }
    }
}

impl Inputs {
    /// `rubric` is what the command line says; without it the environment does. An empty variable says nothing.
    pub(super) fn new(rubrics: Vec<PathBuf>) -> Self {
        let of_environment = || {
            std::env::var_os(RUBRIC_VARIABLE)
                .filter(|path| !path.is_empty())
                .map(PathBuf::from)
        };
        let rubrics = if rubrics.is_empty() {
            of_environment().into_iter().collect()
        } else {
            rubrics
        };
        Self { rubrics }
    }

    /// The rubric in use. It is used until the process ends, so nothing is spent on taking it apart.
    ///
    /// # Errors
    /// It cannot be read, or several are given.
    pub(super) fn rubric(&self) -> Result<&'static Rubric> {
        match self.only()? {
            None => Ok(leaked(embedded::rubric()?)),
            Some(path) => load(path),
        }
    }

    /// The rubric in use compiled for exact answers, given what [`Inputs::rubric`] gives.
    pub(super) fn reasoning(&self, rubric: &Rubric) -> Result<&'static Reasoning> {
        let reasoning = match self.rubrics.as_slice() {
            [] => embedded::reasoning(rubric)?,
            _ => compiled(rubric)?,
        };
        Ok(leaked(reasoning))
    }

    /// What is certain of the rubric in use, given what [`Inputs::rubric`] gives.
    pub(super) fn certainty(&self, rubric: &Rubric) -> Result<&'static Certainty> {
        certainty(rubric, self.rubrics.is_empty()).map(leaked)
    }

    /// Every rubric that is known, compiled, first the one in use where nothing names one: those that were given, more
    /// files, and the built-in one unless one of them has its id.
    ///
    /// # Errors
    /// One of them cannot be read, or two are called the same.
    pub(super) fn known(&self, more: &[PathBuf]) -> Result<Vec<Known>> {
        let mut known: Vec<(&Path, &'static Rubric)> = Vec::new();
        for path in self.rubrics.iter().chain(more) {
            let rubric = load(path)?;
            match known.iter().find(|(_, other)| other.id == rubric.id) {
                Some((_, other)) if other.digest == rubric.digest => {}
                Some((other, _)) => bail!(
                    "two rubrics are called `{}`: {} and {}",
                    rubric.id,
                    other.display(),
                    path.display()
                ),
                None => known.push((path, rubric)),
            }
        }
        let own = leaked(embedded::rubric()?);
        let own = (!known.iter().any(|(_, rubric)| rubric.id == own.id)).then_some(own);
        let own = own.map(|rubric| {
            Ok(Known {
                rubric,
                reasoning: embedded::reasoning(rubric)?,
                is_built_in: true,
            })
        });
        let given = known.into_iter().map(|(_, rubric)| {
            Ok(Known {
                rubric,
                reasoning: compiled(rubric)?,
                is_built_in: false,
            })
        });
        // What was given comes before what is built in; what only the records' folder names comes after both.
        if self.rubrics.is_empty() {
            own.into_iter().chain(given).collect()
        } else {
            given.chain(own).collect()
        }
    }

    /// The files of rubrics that were given.
    pub(super) fn rubric_files(&self) -> &[PathBuf] {
        &self.rubrics
    }

    /// The file of the rubric in use; `None` for the built-in one.
    pub(super) fn rubric_file(&self) -> Option<&Path> {
        self.rubrics.first().map(PathBuf::as_path)
    }

    /// The text of the rubric in use.
    pub(super) fn rubric_source(&self) -> Result<Source> {
        self.only()?.map_or_else(|| Ok(embedded::source()), read)
    }

    /// A starter of the rubric in use: it lies in the folder `starters` beside the rubric, and nowhere else.
    ///
    /// # Errors
    /// There is none, it cannot be read, or a link leads out of the rubric's folder.
    pub(super) fn starter(&self, name: &str) -> Result<Source> {
        let Some(rubric) = self.rubric_file() else {
            let starters = embedded::starters()?;
            let text = starters
                .get(name)
                .with_context(|| format!("there is no starter {name}"))?;
            return Ok(Source::new(
                format!("rubric/starters/{name} (embedded)"),
                *text,
            ));
        };
        let folder = rubric
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let path = folder.join("starters").join(name);
        let context = || format!("cannot open {}", path.display());
        let real = fs::canonicalize(&path).with_context(context)?;
        if !real.starts_with(fs::canonicalize(folder).with_context(context)?) {
            bail!("{}: it leads out of the folder of the rubric", context());
        }
        read(&path)
    }

    fn only(&self) -> Result<Option<&Path>> {
        match self.rubrics.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            several => bail!(
                "--rubric names {} rubrics, and only check goes by several: name the one that is meant",
                several.len()
            ),
        }
    }
}

fn load(path: &Path) -> Result<&'static Rubric> {
    let source = read(path).with_context(|| {
        format!(
            "the rubric in use, of --rubric, {RUBRIC_VARIABLE} or {}",
            super::project::NAME
        )
    })?;
    let rubric = Rubric::parse(&source).map_err(|problems| Mistakes::new(&source, &problems))?;
    if rubric.is_complete && rubric.otherwise().is_none() {
        let proofs =
            Proofs::new(&rubric, &Budget::default()).with_context(|| too_large(&rubric))?;
        if let Some(gap) = proofs.gap() {
            let moves = gap.moves.iter().map(|one| (one.fact.as_ref(), one.value));
            bail!(
                "{}: the verdict says `complete: true`, but no rule covers {} (rubric check shows where)",
                source.name,
                values(moves)
            );
        }
    }
    Ok(leaked(rubric))
}

/// The rubric in a file, and the values in that file with its verdict as a list of rules.
///
/// # Errors
/// Every mistake in it.
pub(super) fn parsed(source: &Source) -> Result<(Rubric, Node)> {
    let draft = Rubric::draft(source);
    match draft.rubric {
        Some(rubric) if draft.problems.is_empty() => Ok((rubric, draft.file)),
        _ => Err(Mistakes::new(source, &draft.problems).into()),
    }
}

fn leaked<T>(used_to_the_end: T) -> &'static T {
    Box::leak(Box::new(used_to_the_end))
}

fn compiled(rubric: &Rubric) -> Result<Reasoning> {
    Reasoning::within(rubric, &progress::told(Budget::default())).with_context(|| too_large(rubric))
}

fn certainty(rubric: &Rubric, is_built_in: bool) -> Result<Certainty> {
    if is_built_in {
        return Ok(embedded::certainty(rubric)?);
    }
    Certainty::new(rubric, &progress::told(Budget::default())).with_context(|| too_large(rubric))
}

fn too_large(rubric: &Rubric) -> String {
    format!(
        "the rubric `{}` is too large to reason about exactly",
        rubric.id
    )
}

/// The answers in a file; `-` is standard input.
pub(super) fn answers(path: &Path, rubric: &Rubric) -> Result<Answers> {
    let source = read(path)?;
    Ok(Answers::parse(&source, rubric).map_err(|problems| Mistakes::new(&source, &problems))?)
}

/// The text of a file; `-` is standard input.
pub(super) fn read(path: &Path) -> Result<Source> {
    let name = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let bytes = if path == Path::new("-") {
        read_limited(io::stdin().lock()).with_context(|| format!("cannot read {name}"))?
    } else {
        read_limited(open(path)?).with_context(|| format!("cannot read {name}"))?
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let line = error
                .as_bytes()
                .iter()
                .take(valid)
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            bail!(
                "cannot read {name}: line {line} is not valid UTF-8 (byte {valid}); UTF-8 text is expected"
            )
        }
    }
}

/// Opens a file to read.
pub(super) fn open(path: &Path) -> Result<File> {
    let name = path.display();
    if metadata(path)?.is_dir() {
        bail!("cannot read {name}: it is a directory, a file is expected");
    }
    File::open(path).with_context(|| format!("cannot open {name}"))
}

/// What a path leads to, when it can be read. A named pipe without a writer would be waited for without end, and some
/// devices have no end: refused. What the shell hands over has a writer: `<(command)`, `/dev/stdin`, `/dev/fd/3`. And
/// `/dev/null` is an empty file to everybody.
pub(super) fn metadata(path: &Path) -> Result<Metadata> {
    let name = path.display();
    let metadata = fs::metadata(path).with_context(|| format!("cannot open {name}"))?;
    let is_handed_over = ["/dev/fd", "/proc", "/dev/stdin", "/dev/null"]
        .iter()
        .any(|own| path.starts_with(own));
    match special(metadata.file_type()) {
        Some(what) if !is_handed_over => {
            bail!("cannot read {name}: it is a {what}; - reads standard input")
        }
        _ => Ok(metadata),
    }
}

/// What stands in the place of a file.
#[cfg(unix)]
fn special(file_type: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    if file_type.is_fifo() {
        Some("named pipe")
    } else if file_type.is_socket() {
        Some("socket")
    } else if file_type.is_char_device() || file_type.is_block_device() {
        Some("device")
    } else {
        None
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> Option<&'static str> {
    None
}

fn read_limited(reader: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        bail!("it is larger than {} MiB", LARGEST / 1024 / 1024);
    }
    Ok(bytes)
}
