//! What reading promises: every form of input, nothing lost beside a mistake, and the same outcome however it is cut.

mod agreement;
mod forms;
mod hostile;
mod plain;

use std::io::Read;
use std::num::NonZeroUsize;

use super::feed::{Feeding, Limits};
use super::threads::Input;
use super::{Coverage, Progress, Reason, Source, read};

/// A text in place of a file.
pub(super) struct Text<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) is_expected: bool,
    pub(super) is_stream: bool,
}

impl Source for Text<'_> {
    fn size(&self) -> Option<u64> {
        (!self.is_stream).then_some(self.bytes.len() as u64)
    }

    fn is_expected(&self) -> bool {
        self.is_expected
    }

    fn open(&self) -> Result<Box<dyn Read + Send + '_>, Reason> {
        Ok(Box::new(self.bytes))
    }
}

/// What was found in a text.
#[derive(Debug, PartialEq)]
pub(super) struct Outcome {
    /// The objects with everything that was read of them, and their lines.
    pub(super) objects: Vec<(String, u32)>,
    pub(super) coverage: Coverage,
}

impl Outcome {
    /// What the objects are called, and their lines.
    pub(super) fn names(&self) -> Vec<(&str, u32)> {
        self.objects
            .iter()
            .map(|(object, line)| (object.split('|').next().expect("a name"), *line))
            .collect()
    }

    pub(super) fn reasons(&self) -> Vec<(&'static str, u64)> {
        self.coverage
            .skipped
            .iter()
            .map(|(reason, skips)| (reason.id(), skips.count))
            .collect()
    }
}

pub(super) fn read_with(sources: &[Text<'_>], limits: Limits) -> Outcome {
    let threads = NonZeroUsize::new(2).expect("not zero");
    let mut objects = Vec::new();
    let coverage = read(
        &Input {
            sources,
            feeding: Feeding::within(limits),
            progress: &Progress::default(),
        },
        threads,
        |object| {
            let name = crate::ObjectName::new(
                &object.type_name.kind,
                &object.meta.namespace,
                &object.meta.name,
            );
            format!("{name}|{object:?}")
        },
        |object, place| objects.push((object, place.line)),
    );
    Outcome { objects, coverage }
}

pub(super) fn read_bytes(bytes: &[u8]) -> Outcome {
    read_with(
        &[Text {
            bytes,
            is_expected: true,
            is_stream: false,
        }],
        Limits::USUAL,
    )
}

pub(super) fn read_text(text: &str) -> Outcome {
    read_bytes(text.as_bytes())
}

/// Reads a text that comes in blocks of this size.
pub(super) fn read_in_blocks(text: &[u8], block: usize) -> Outcome {
    let limits = Limits {
        block,
        ..Limits::USUAL
    };
    read_with(
        &[Text {
            bytes: text,
            is_expected: true,
            is_stream: true,
        }],
        limits,
    )
}
