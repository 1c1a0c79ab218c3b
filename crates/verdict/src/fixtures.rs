//! The rubric on service meshes, for tests of this crate.

use crate::rubric::Rubric;
use crate::text::Source;

/// Its text.
pub(crate) fn source() -> Source {
    Source::new(
        "service-mesh.yaml",
        include_str!("../../../rubric/service-mesh.yaml"),
    )
}

/// The loaded rubric.
pub(crate) fn rubric() -> Rubric {
    Rubric::parse(&source()).expect("no mistakes")
}
