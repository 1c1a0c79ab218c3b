//! Findings in every format, for every command that makes some.
//!
//! What machines read of findings is the same for all commands and stands here, one file a format; what a
//! command says beside its findings, for people and in its own JSON, it brings along as [`Results`]. Each is a
//! pure function: same results, same bytes.

pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod sarif;
pub mod text;

#[cfg(test)]
pub(crate) mod sample;

use crate::finding::{Family, Report, Severity};
use crate::show::harmless::Form;
use text::Look;

/// What a command found, and what it says beside that.
pub trait Results {
    /// The findings, and what was looked at.
    fn report(&self) -> &Report;

    /// Everything for people, in a terminal.
    fn text(&self, look: Look) -> String;

    /// Everything as one JSON object, by the command's own schema.
    fn json(&self) -> String;

    /// Everything for people, on a page.
    fn markdown(&self, family: &Family) -> String {
        markdown::render(self.report(), family)
    }

    /// Everything for people, as a file for a browser.
    fn html(&self, family: &Family) -> String {
        html::render(self.report(), family)
    }
}

/// What the formats need to know beside the results.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// What was looked for, also what was not found.
    pub family: &'static Family,
    /// The version of this program.
    pub version: &'static str,
    /// The least severity that fails the run; none when nothing does.
    pub threshold: Option<Severity>,
    /// How the terminal is, for [`Format::Text`].
    pub look: Look,
}

/// The results in a format.
pub fn render(format: Format, results: &dyn Results, settings: &Settings) -> String {
    let report = results.report();
    match format {
        Format::Text => results.text(settings.look),
        Format::Json => results.json(),
        Format::Markdown => results.markdown(settings.family),
        Format::Html => results.html(settings.family),
        Format::Sarif => sarif::render(report, &(settings.family.kinds)(), settings.version),
        Format::Github => github::render(report),
        Format::Junit => junit::render(report, settings.threshold),
    }
}

/// The formats of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// For people: the source line with a mark under the place.
    Text,
    /// For programs: one object.
    Json,
    /// For people: a page.
    Markdown,
    /// For people: one file for a browser, whole without style and script.
    Html,
    /// SARIF 2.1.0, as GitHub code scanning takes it.
    Sarif,
    /// GitHub workflow commands: annotations in a pull request.
    Github,
    /// JUnit XML, as Jenkins and GitLab take it.
    Junit,
}

impl Format {
    /// The form of what it writes.
    pub fn form(self) -> Form {
        match self {
            Format::Text => Form::Styled,
            Format::Markdown => Form::Text,
            Format::Json | Format::Sarif => Form::Json,
            Format::Github => Form::Commands,
            Format::Html | Format::Junit => Form::Xml,
        }
    }

    /// Every format, with its name on the command line.
    pub const NAMED: [(&'static str, Format); 7] = [
        ("text", Format::Text),
        ("json", Format::Json),
        ("markdown", Format::Markdown),
        ("html", Format::Html),
        ("sarif", Format::Sarif),
        ("github", Format::Github),
        ("junit", Format::Junit),
    ];
}
