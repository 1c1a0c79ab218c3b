//! The outcome of `rubric check` for people: each finding with its source line, then what was proved.

use super::check_json;
use crate::finding::Report;
use crate::lint::{Proved, RubricReport};
use crate::show::findings::Results;
use crate::show::findings::text::{Look, findings};
use crate::show::sheets;
use crate::show::words::counted;
use crate::show::{escape, figures};
use verdict::engine::Proof;

impl Results for RubricReport {
    fn report(&self) -> &Report {
        &self.report
    }

    fn text(&self, look: Look) -> String {
        let mut text = findings(&self.report.findings, look);
        if let Some(proved) = &self.proved {
            text += &escape::visible_lines(&summary(proved));
        }
        if self.left_out > 0 {
            let left_out = counted(self.left_out, "part");
            text += &format!("{left_out} with mistakes took no part in the proofs\n");
        }
        text + &self.report.counts() + "\n"
    }

    fn json(&self) -> String {
        check_json::render(self)
    }
}

fn summary(proved: &Proved) -> String {
    let shares = proved
        .shares
        .iter()
        .map(|(id, count)| format!("{id} {}", sheets::share(count, &proved.sheets)));
    let mut shares: Vec<String> = shares.collect();
    if proved.uncovered != num_bigint::BigUint::ZERO {
        shares.push(format!(
            "no rule {}",
            sheets::share(&proved.uncovered, &proved.sheets)
        ));
    }
    format!(
        "{}: {}\n{}; {}; {}\n",
        sheets::counted(&proved.sheets),
        shares.join(", "),
        rules(proved.rules),
        guarantees(proved),
        cases(proved.cases)
    )
}

fn rules((all, dead): (usize, usize)) -> String {
    match dead {
        0 => format!("{} can fire", every(all, "rule")),
        _ => format!("{} of {} can fire", all - dead, counted(all, "rule")),
    }
}

fn guarantees(proved: &Proved) -> String {
    let all = proved.guarantees.len();
    let count = |is_it: fn(&Option<Proof>) -> bool| {
        proved
            .guarantees
            .iter()
            .filter(|(_, proof)| is_it(proof))
            .count()
    };
    let held = count(|proof| matches!(proof, Some(Proof::Holds | Proof::Empty)));
    let broken = count(|proof| matches!(proof, Some(Proof::Broken(_))));
    match (all, broken, all - held - broken) {
        (0, _, _) => "no guarantees".into(),
        (_, 0, 0) => format!("{} proved", every(all, "guarantee")),
        (_, broken, 0) => format!(
            "{held} of {} proved, {broken} broken",
            counted(all, "guarantee")
        ),
        (_, broken, open) => {
            format!(
                "{held} of {} proved, {broken} broken, {open} not decided",
                counted(all, "guarantee")
            )
        }
    }
}

fn cases((all, failed): (usize, usize)) -> String {
    match (all, failed) {
        (0, _) => "no cases".into(),
        (_, 0) => format!("{} pass", every(all, "case")),
        _ => format!("{} of {} pass", all - failed, counted(all, "case")),
    }
}

/// "all seven rules", "both rules", "the one rule".
fn every(count: usize, noun: &str) -> String {
    match count {
        1 => format!("the one {noun}"),
        2 => format!("both {noun}s"),
        _ => format!("all {} {noun}s", figures::in_words(count)),
    }
}
