//! `mesh-advisor`: should we run a service mesh, and in which shape?

fn main() {}
