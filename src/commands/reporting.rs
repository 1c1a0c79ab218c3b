//! What every command that makes findings lets one choose: the format, further files, the severity that fails.

use std::borrow::Cow;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use mesh_advisor::finding::{Family, Severity};
use mesh_advisor::show::findings::text::Look;
use mesh_advisor::show::findings::{Format, Results, Settings, render};

use super::files::Workspace;
use super::outputs::{self, Expected};
use super::{print, print_raw, width};

// The formats of a command that makes findings. No documentation comment: clap would say it of the command that has them.
#[derive(Debug, Args)]
pub(crate) struct Reporting {
    /// What to write to standard output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format())]
    format: Format,

    /// Write a format to a file as well; any number of times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    output: Vec<Output>,
}

/// The least severity that fails a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
        }
    }
}

/// One report in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Output {
    format: Format,
    file: PathBuf,
}

impl Reporting {
    /// Refuses an output that could not be written, or would be written somewhere else, before anything is
    /// done.
    pub(super) fn check(&self, workspace: &Workspace) -> Result<()> {
        for (at, output) in self.output.iter().enumerate() {
            outputs::check_writable(&output.file)?;
            let place = workspace.place(&output.file);
            if self
                .output
                .iter()
                .take(at)
                .any(|other| workspace.place(&other.file) == place)
            {
                bail!(
                    "cannot write {}: two outputs would go there",
                    output.file.display()
                );
            }
            if workspace.leads_outside(&output.file) {
                bail!(
                    "cannot write {}: it leads out of the working directory through a link",
                    output.file.display()
                );
            }
        }
        Ok(())
    }

    /// Refuses an output that would go over what the command has read.
    pub(super) fn spare(&self, read: &[PathBuf], workspace: &Workspace) -> Result<()> {
        let read: Vec<PathBuf> = read.iter().map(|path| workspace.place(path)).collect();
        let over = self
            .output
            .iter()
            .find(|output| read.contains(&workspace.place(&output.file)));
        match over {
            Some(output) => bail!(
                "cannot write {}: it is an input of this command",
                output.file.display()
            ),
            None => Ok(()),
        }
    }

    /// Writes results in every format that was chosen.
    pub(super) fn write(
        &self,
        results: &dyn Results,
        family: &'static Family,
        threshold: Option<Severity>,
    ) -> Result<()> {
        let settings = |is_coloured| Settings {
            family,
            version: env!("CARGO_PKG_VERSION"),
            threshold,
            look: Look {
                is_coloured,
                width: width(),
            },
        };
        for Output { format, file } in &self.output {
            let text = render(*format, results, &settings(false));
            outputs::replace(file, &text, Expected::Anything)?;
        }
        let chosen = self.output.iter().map(|output| output.format);
        if chosen
            .chain([self.format])
            .any(|format| format == Format::Github)
        {
            append_step_summary(&results.markdown(family));
        }
        match self.format {
            Format::Text => print(&render(Format::Text, results, &settings(true))),
            format => print_raw(&render(format, results, &settings(false)), format.form()),
        }
    }
}

/// What GitHub takes of a step's summary, in bytes; of more it shows nothing.
const MOST_OF_SUMMARY: usize = 1024 * 1024;

/// Shows a page on that of the run, where GitHub runs it. It is an extra: without it the check still counts.
fn append_step_summary(page: &str) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
    else {
        return;
    };
    let append = || {
        let mut file = OpenOptions::new().append(true).create(true).open(&path)?;
        let before = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let room = MOST_OF_SUMMARY.saturating_sub(before);
        file.write_all(cut(page, room).as_bytes())
    };
    let appended: io::Result<()> = append();
    if let Err(error) = appended {
        super::say(&format!(
            "warning: cannot write the step summary {}: {error}",
            path.display()
        ));
    }
}

/// The lines of a page that have room in so many bytes, and a last one that says so where these are not all.
fn cut(page: &str, room: usize) -> Cow<'_, str> {
    if page.len() <= room {
        return page.into();
    }
    const REST: &str = "\n(and more than a summary holds)\n";
    let mut left = room.saturating_sub(REST.len());
    let is_within = |line: &&str| {
        let within = line.len() <= left;
        left = left.saturating_sub(line.len());
        within
    };
    let lines = page.split_inclusive('\n').take_while(is_within);
    (lines.collect::<String>() + REST).into()
}

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::NAMED.map(|(name, _)| name)).try_map(|name| named(&name))
}

fn named(name: &str) -> Result<Format, String> {
    let found = Format::NAMED.into_iter().find(|(own, _)| *own == name);
    found.map(|(_, format)| format).ok_or_else(|| {
        let names = Format::NAMED.map(|(name, _)| name).join(", ");
        format!("one of {names} is expected")
    })
}

fn output(text: &str) -> Result<Output, String> {
    let parts = text.split_once('=').filter(|(_, file)| !file.is_empty());
    let (name, file) =
        parts.ok_or_else(|| "FORMAT=FILE is expected, such as sarif=mesh.sarif".to_owned())?;
    Ok(Output {
        format: named(name)?,
        file: PathBuf::from(file),
    })
}
