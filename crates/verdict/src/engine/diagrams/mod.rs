//! Decision diagrams: what a rubric's tests come to over the cells of its facts, built once, and what is read off any of
//! them, whatever it is asked for.

pub(super) mod boxes;
pub(super) mod budget;
pub(super) mod builder;
pub(super) mod cells;
pub(super) mod compile;
pub(super) mod compose;
pub(super) mod count;
pub(super) mod diagram;
pub(super) mod forest;
pub(super) mod nodes;
pub(super) mod order;
pub(super) mod parts;
pub(super) mod paths;
pub(super) mod spans;
pub(super) mod together;
