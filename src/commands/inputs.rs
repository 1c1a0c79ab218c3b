//! Reading files: the rubric in use, answers, and the limits on what is read.

use mesh_advisor::embedded;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mesh_advisor::show::problems;
use verdict::answers::Answers;
use verdict::engine::{Budget, Certainty, Reasoning};
use verdict::rubric::Rubric;
use verdict::text::{PlacedProblem, Source};

/// The largest file that is read, in bytes: a hundred times the default rubric.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The variable that names a rubric to use instead of the built-in one.
const RUBRIC_VARIABLE: &str = "MESH_ADVISOR_RUBRIC";

/// Where the command's inputs come from.
pub(super) struct Inputs {
    rubric: Option<PathBuf>,
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
    pub(super) fn new(rubric: Option<PathBuf>) -> Self {
        let of_environment = || {
            std::env::var_os(RUBRIC_VARIABLE)
                .filter(|path| !path.is_empty())
                .map(PathBuf::from)
        };
        Self {
            rubric: rubric.or_else(of_environment),
        }
    }

    /// The rubric in use. It is used until the process ends, so nothing is spent on taking it apart.
    pub(super) fn rubric(&self) -> Result<&'static Rubric> {
        self.load().map(|rubric| &*Box::leak(Box::new(rubric)))
    }

    fn load(&self) -> Result<Rubric> {
        let Some(path) = &self.rubric else {
            return Ok(embedded::rubric()?);
        };
        let source = read(path)
            .with_context(|| format!("the rubric in use, of --rubric or {RUBRIC_VARIABLE}"))?;
        Ok(Rubric::parse(&source).map_err(|problems| Mistakes::new(&source, &problems))?)
    }

    /// The rubric in use compiled for exact answers, given what [`Inputs::rubric`] gives.
    pub(super) fn reasoning(&self, rubric: &Rubric) -> Result<Reasoning> {
        match &self.rubric {
            None => Ok(embedded::reasoning(rubric)?),
            Some(_) => {
                Reasoning::new(rubric).context("this rubric is too large to reason about exactly")
            }
        }
    }

    /// What is certain of the rubric in use, given what [`Inputs::rubric`] gives.
    pub(super) fn certainty(&self, rubric: &Rubric) -> Result<Certainty> {
        match &self.rubric {
            None => Ok(embedded::certainty(rubric)?),
            Some(_) => Certainty::new(rubric, &Budget::default())
                .context("this rubric is too large to reason about exactly"),
        }
    }

    /// The file of the rubric in use; `None` for the built-in one.
    pub(super) fn rubric_file(&self) -> Option<&Path> {
        self.rubric.as_deref()
    }

    /// The text of the rubric in use.
    pub(super) fn rubric_source(&self) -> Result<Source> {
        self.rubric
            .as_deref()
            .map_or_else(|| Ok(embedded::source()), read)
    }
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

/// Opens a file to read. A FIFO without a writer would be waited for without end; those that a shell makes for
/// `<(command)` have one.
pub(super) fn open(path: &Path) -> Result<File> {
    let name = path.display();
    let metadata = fs::metadata(path).with_context(|| format!("cannot open {name}"))?;
    if metadata.is_dir() {
        bail!("cannot read {name}: it is a directory, a file is expected");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let is_of_shell = path.starts_with("/dev/fd") || path.starts_with("/proc");
        if metadata.file_type().is_fifo() && !is_of_shell && path != Path::new("/dev/stdin") {
            bail!("cannot read {name}: it is a named pipe; - reads standard input");
        }
    }
    File::open(path).with_context(|| format!("cannot open {name}"))
}

fn read_limited(reader: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        bail!("it is larger than {} MiB", LARGEST / 1024 / 1024);
    }
    Ok(bytes)
}
