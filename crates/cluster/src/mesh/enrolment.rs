//! The answer to "is this workload asked into the mesh?".

/// Whether a workload's Pods are to be in a mesh, as declared; with the row of the table that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Enrolment {
    /// They are asked in.
    In(&'static str),
    /// They are not.
    Out(&'static str),
    /// What would decide is not in the input. Never "no".
    NotVisible,
}

impl Enrolment {
    pub(crate) fn is_in(self) -> bool {
        matches!(self, Self::In(_))
    }
}
