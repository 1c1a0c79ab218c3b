//! Findings: what this program has to say about a file, in one vocabulary for every command.
//!
//! A [`Kind`] has an id, a severity and its texts; a [`Check`] is a kind and how it comes about; a
//! [`Finding`] is one case of it at its [`Place`]; a [`Report`] is all of them. The checks themselves stand
//! with what they look at, one file each, and [`FAMILIES`] lists the lists.

mod kind;
mod place;
mod registry;
mod report;

use std::ops::Range;

use sha2::{Digest, Sha256};

pub use kind::{Kind, Severity};
pub use place::{Excerpt, LineIndex, Place, normal_path};
pub use registry::{FAMILIES, Family, all};
pub use report::{Checked, Report, Skipped};

/// A kind of finding, and how it comes about: `Look` is the type of the function that looks.
#[derive(Debug)]
pub struct Check<Look> {
    /// Its id and texts.
    pub kind: Kind,
    /// What finds it.
    pub look: Look,
}

/// The kinds of some checks, in their order.
pub fn kinds<Look>(checks: &'static [&'static Check<Look>]) -> Vec<&'static Kind> {
    checks.iter().map(|check| &check.kind).collect()
}

/// One thing that a check has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding it is.
    pub kind: &'static Kind,
    /// How much it matters here.
    pub severity: Severity,
    /// The file: relative, with forward slashes, without `./` (see [`normal_path`]).
    pub path: String,
    /// Where in the file.
    pub place: Place,
    /// What it is about within the file: a fact id, a rule id, an object, or nothing. Part of the
    /// fingerprint, so it must not hold a line number.
    pub key: String,
    /// One or more sentences; the first says it all.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The first line of the place, as it stands in the file.
    pub source: Excerpt,
}

impl Finding {
    /// A finding at a byte span of the text behind `index`; add what else there is with the `with_`
    /// functions.
    pub fn new(
        kind: &'static Kind,
        path: &str,
        index: &LineIndex<'_>,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        let place = index.place(span);
        Finding {
            source: index.excerpt(place),
            ..Finding::at(kind, path, place, message)
        }
    }

    /// A finding at a place in a file whose text is not at hand.
    pub fn at(kind: &'static Kind, path: &str, place: Place, message: impl Into<String>) -> Self {
        Finding {
            kind,
            severity: kind.severity,
            path: path.to_owned(),
            place,
            key: String::new(),
            message: message.into(),
            help: None,
            source: Excerpt::default(),
        }
    }

    /// The same about `key`.
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// The same with advice.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with another severity.
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// 16 hexadecimal digits that stay the same while lines move: a hash of kind, path and key.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.kind.id, &self.path, &self.key] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
