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
            projects.take(&file, workspace)?;
        }
        projects.rubrics.sort();
        projects.rubrics.dedup();
        Ok(projects)
    }

    fn take(&mut self, file: &Path, workspace: &Workspace) -> Result<()> {
        let source = read(file)?;
        let mut document =
            Document::read(&source).map_err(|problem| Mistakes::new(&source, &[*problem]))?;
        let project: Option<ProjectFile> = document.decode();
        let project = project.unwrap_or_default();
        for (meaning, words) in project.status_words.each() {
            let list = Route::top().key("status_words").key(meaning.name());
            for (index, word) in words.iter().enumerate() {
                if let Err(error) = self.status_words.add(word, meaning) {
                    document.report(Problem::new(&list.index(index), error.to_string()));
                }
            }
        }
        let problems = document.into_problems();
        if !problems.is_empty() {
            return Err(Mistakes::new(&source, &problems).into());
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        for rubric in project.rubrics {
            let path = folder.join(&rubric);
            // A pull request may write this file: it reaches no further than the pull request does.
            if !workspace.may_lead(here(folder), &path) {
                bail!(
                    "{}: the rubric {} lies outside of the working directory",
                    file.display(),
                    rubric.display()
                );
            }
            self.rubrics.push(path);
        }
        Ok(())
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
