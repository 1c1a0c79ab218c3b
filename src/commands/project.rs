//! `mesh-advisor.yaml`: what a project says once, for every check of the records beside it and below.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use adr::words::{Meaning, Vocabulary};
use anyhow::{Result, bail};
use serde::Deserialize;
use verdict::text::{Document, Problem, Route};

use super::files::Workspace;
use super::inputs::{Mistakes, read};

/// The name of the file.
pub(super) const NAME: &str = "mesh-advisor.yaml";

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectFile {
    /// Where the records are, relative to this file.
    #[serde(default)]
    paths: Vec<PathBuf>,
    /// Manifests to compare them with, relative to this file.
    #[serde(default)]
    manifests: Vec<PathBuf>,
    /// Files of rubrics, relative to this one.
    #[serde(default)]
    rubrics: Vec<PathBuf>,
    /// Words of the project's own for the status of a record.
    #[serde(default)]
    status_words: StatusWords,
}

/// The words for each status.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StatusWords {
    accepted: Vec<String>,
    amended: Vec<String>,
    proposed: Vec<String>,
    rejected: Vec<String>,
    superseded: Vec<String>,
    deprecated: Vec<String>,
}

impl StatusWords {
    fn each(&self) -> impl Iterator<Item = (Meaning, &[String])> {
        Meaning::ALL.into_iter().map(|meaning| {
            let words = match meaning {
                Meaning::Accepted => &self.accepted,
                Meaning::Amended => &self.amended,
                Meaning::Proposed => &self.proposed,
                Meaning::Rejected => &self.rejected,
                Meaning::Superseded => &self.superseded,
                Meaning::Deprecated => &self.deprecated,
            };
            (meaning, words.as_slice())
        })
    }
}

/// What the projects say that some paths belong to.
#[derive(Debug, Default)]
pub(super) struct Projects {
    /// Files of rubrics.
    pub(super) rubrics: Vec<PathBuf>,
    /// Words for the status of a record, beside those that are known everywhere.
    pub(super) status_words: Vocabulary,
}

/// What a project checks where nobody names anything.
#[derive(Debug)]
pub(super) struct Usual {
    /// Files and folders of records.
    pub(super) paths: Vec<PathBuf>,
    /// Manifests to compare them with.
    pub(super) manifests: Vec<PathBuf>,
}

impl Usual {
    /// What the nearest file in the current directory or above it says that names records; `None` where none does.
    ///
    /// # Errors
    /// It cannot be read or has a mistake, or names something outside of the current directory.
    pub(super) fn of(workspace: &Workspace) -> Result<Option<Self>> {
        for folder in workspace.upwards(Path::new(".")) {
            let file = here(&folder).join(NAME);
            if file.is_file() {
                let ProjectFile {
                    paths, manifests, ..
                } = ProjectFile::read(&file, workspace, &mut Vocabulary::default())?;
                if !paths.is_empty() {
                    return Ok(Some(Self { paths, manifests }));
                }
            }
        }
        Ok(None)
    }
}

impl Projects {
    /// Reads the files in the folders of these paths and above them, up to the current directory, and further ones that
    /// were found on the way.
    ///
    /// # Errors
    /// One of them cannot be read or has a mistake, or names a file outside of the current directory.
    pub(super) fn of(
        paths: &[PathBuf],
        found: &BTreeSet<PathBuf>,
        workspace: &Workspace,
    ) -> Result<Self> {
        let mut files = found.clone();
        for path in paths {
            let folder = if path.is_dir() {
                Some(path.as_path())
            } else {
                path.parent()
            };
            files.extend(
                folder
                    .into_iter()
                    .flat_map(|folder| workspace.upwards(folder))
                    .map(|folder| folder.join(NAME))
                    .filter(|file| file.is_file()),
            );
        }
        let mut projects = Self::default();
        for file in files {
            let project = ProjectFile::read(&file, workspace, &mut projects.status_words)?;
            projects.rubrics.extend(project.rubrics);
        }
        projects.rubrics.sort();
        projects.rubrics.dedup();
        Ok(projects)
    }
}

impl ProjectFile {
    /// Reads a file and adds its words; its paths are led on from the current directory.
    fn read(file: &Path, workspace: &Workspace, status_words: &mut Vocabulary) -> Result<Self> {
        // Messages call it as the other outputs call files.
        let file = file.strip_prefix(".").unwrap_or(file);
        let source = read(file)?;
        let mut document =
            Document::read(&source).map_err(|problem| Mistakes::new(&source, &[*problem]))?;
        let project: Option<Self> = document.decode();
        let mut project = project.unwrap_or_default();
        for (meaning, words) in project.status_words.each() {
            let list = Route::top().key("status_words").key(meaning.name());
            for (index, word) in words.iter().enumerate() {
                if let Err(error) = status_words.add(word, meaning) {
                    document.report(Problem::new(&list.index(index), error.to_string()));
                }
            }
        }
        let problems = document.into_problems();
        if !problems.is_empty() {
            return Err(Mistakes::new(&source, &problems).into());
        }
        let folder = here(file.parent().unwrap_or(Path::new("")));
        for (what, paths) in [
            ("path", &mut project.paths),
            ("rubric", &mut project.rubrics),
            ("manifest", &mut project.manifests),
        ] {
            for path in paths {
                let own = plain(folder).join(&path);
                // A pull request may write this file: it reaches no further than the pull request does.
                if !workspace.may_lead(folder, &own) {
                    bail!(
                        "{}: the {what} {} lies outside of the working directory",
                        file.display(),
                        path.display()
                    );
                }
                *path = own;
            }
        }
        Ok(project)
    }
}

/// The folder of a file that was named without one is the current one.
fn here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

/// A folder as paths below it begin: nothing for the current one.
fn plain(folder: &Path) -> &Path {
    folder.strip_prefix(".").unwrap_or(folder)
}
