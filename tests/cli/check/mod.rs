//! `check`, `record` and `explain` from outside.

mod exits;
mod explain;
mod findings;
mod formats;
mod hostile;
mod packaging;
mod random;
mod real;
mod record;
mod rubrics;
mod walks;

use serde_json::Value;

use crate::program::{Run, run};

/// The day of every check in these tests.
pub(crate) const TODAY: &str = "2026-12-01";

/// Checks some paths on [`TODAY`].
pub(crate) fn check(arguments: &[&str]) -> Run {
    run(&[&["check", "--as-of", TODAY], arguments].concat())
}

/// The report as JSON.
pub(crate) fn report(arguments: &[&str]) -> Value {
    let run = check(&[&["--format", "json"], arguments].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

/// A finding: rule, severity, line, column, end line, end column.
pub(crate) type Seen = (String, String, u64, u64, u64, u64);

/// The findings of a report, in order.
pub(crate) fn seen(report: &Value) -> Vec<Seen> {
    let word = |finding: &Value, key: &str| finding[key].as_str().expect("a word").to_owned();
    let number = |finding: &Value, key: &str| finding[key].as_u64().expect("a number");
    let findings = report["findings"].as_array().expect("a list").iter();
    findings
        .map(|one| {
            let (start, end) = (
                (number(one, "line"), number(one, "column")),
                (number(one, "end_line"), number(one, "end_column")),
            );
            (
                word(one, "rule"),
                word(one, "severity"),
                start.0,
                start.1,
                end.0,
                end.1,
            )
        })
        .collect()
}
