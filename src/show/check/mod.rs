//! The outcome of `check` in every format. Each is a pure function of the report: same report, same bytes.

use crate::finding::{Kind, Report, Severity};

pub mod github;
pub mod json;
pub mod junit;
pub mod sarif;
pub mod text;

#[cfg(test)]
pub(crate) mod sample;

/// What the formats need to know beside the report.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'r> {
    /// All kinds of findings, also those of which there is none.
    pub kinds: &'r [&'r Kind],
    /// The version of this program.
    pub version: &'r str,
    /// The least severity that fails the run.
    pub threshold: Severity,
    /// How the terminal is, for [`Format::Text`].
    pub look: text::Look,
}

/// The report in a format.
pub fn render(format: Format, report: &Report, settings: Settings<'_>) -> String {
    match format {
        Format::Text => text::render(report, settings.look),
        Format::Json => json::render(report),
        Format::Sarif => sarif::render(report, settings.kinds, settings.version),
        Format::Github => github::render(report),
        Format::Junit => junit::render(report, settings.threshold),
    }
}

/// The formats that `check` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// For people: the source line with a mark under the place.
    Text,
    /// For programs: one object, schema `mesh-advisor/check/1`.
    Json,
    /// SARIF 2.1.0, as GitHub code scanning takes it.
    Sarif,
    /// GitHub workflow commands: annotations in a pull request.
    Github,
    /// JUnit XML, as Jenkins and GitLab take it.
    Junit,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 5] = [
        Format::Text,
        Format::Json,
        Format::Sarif,
        Format::Github,
        Format::Junit,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Junit => "junit",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }
}
