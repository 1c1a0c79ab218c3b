//! What exact reasoning costs on the default rubric: compiling it, one sheet's answers, one walk.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use divan::{Bencher, black_box};
use mesh_advisor::embedded;
use verdict::answers::Sheet;
use verdict::engine::{Budget, Proofs, Reasoning, evaluate};
use verdict::rubric::Rubric;

fn main() {
    divan::main();
}

fn rubric() -> Rubric {
    embedded::rubric().expect("no mistakes")
}

#[divan::bench]
fn read_built_in(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let rubric = rubric();
        let reasoning = embedded::reasoning(&rubric);
        (rubric, reasoning)
    });
}

#[divan::bench]
fn load_from_yaml(bencher: Bencher<'_, '_>) {
    let source = embedded::source();
    bencher.bench(|| Rubric::parse(black_box(&source)));
}

#[divan::bench]
fn compile(bencher: Bencher<'_, '_>) {
    let rubric = rubric();
    bencher.bench(|| Reasoning::new(black_box(&rubric)));
}

#[divan::bench]
fn possible_deciding_and_changes(bencher: Bencher<'_, '_>) {
    let rubric = rubric();
    let reasoning = Reasoning::new(&rubric).expect("small enough");
    let nothing_known = Sheet::unknown(&rubric);
    let assumed = nothing_known.assuming(&rubric);
    bencher.bench(|| {
        let known = black_box(&nothing_known);
        (
            reasoning.possible(known),
            reasoning.deciding(known),
            reasoning.changes(black_box(&assumed)),
        )
    });
}

#[divan::bench]
fn walk_to_a_recommendation(bencher: Bencher<'_, '_>) {
    let rubric = rubric();
    let reasoning = Reasoning::new(&rubric).expect("small enough");
    let diagram = reasoning.recommendations();
    let cells = diagram.cells(&Sheet::unknown(&rubric).assuming(&rubric));
    bencher.bench(|| diagram.walk(diagram.root(), black_box(&cells)));
}

#[divan::bench]
fn evaluate_a_sheet(bencher: Bencher<'_, '_>) {
    let rubric = rubric();
    let sheet = Sheet::unknown(&rubric).assuming(&rubric);
    bencher.bench(|| evaluate(&rubric, black_box(&sheet)));
}

#[divan::bench]
fn prove_all_guarantees(bencher: Bencher<'_, '_>) {
    let rubric = Rubric::parse(&embedded::source()).expect("no mistakes");
    bencher.bench_local(|| {
        let proofs = Proofs::new(&rubric, &Budget::default()).expect("small enough");
        rubric
            .guarantees
            .iter()
            .filter(|guarantee| proofs.prove(guarantee).is_ok())
            .count()
    });
}
