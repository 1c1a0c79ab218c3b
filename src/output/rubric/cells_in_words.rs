//! Cells as they are read: `30-99`, `100 or more`, `l7`, `spire-ca set`.

use crate::engine::Cells;
use crate::inspection::written;
use crate::rubric::{Kind, Value};

/// The values of a cell.
pub(super) fn cell(cells: &Cells, cell: usize) -> String {
    let fact = &cells.fact;
    let (first, last) = cells.ends(cell);
    match (&fact.kind, first, last) {
        (Kind::Count { min, max }, Value::Count(first), Value::Count(last)) => match (first == *min, last == *max) {
            (true, true) => "any".into(),
            (true, false) if first == last => first.to_string(),
            (true, false) => format!("up to {last}"),
            (false, true) if first == last => first.to_string(),
            (false, true) => format!("{first} or more"),
            (false, false) if first == last => first.to_string(),
            (false, false) => format!("{first}-{last}"),
        },
        (Kind::YesNo, Value::YesNo(first), Value::YesNo(last)) => match (first, last) {
            (true, _) => "yes".into(),
            (_, false) => "no".into(),
            _ => "any".into(),
        },
        (Kind::Choice(options), Value::Choice(first), Value::Choice(last)) => {
            let ids = options.iter().skip(first).take(last - first + 1).map(|option| option.id.as_str());
            ids.collect::<Vec<_>>().join(", ")
        }
        (_, Value::Flags(set), _) if set.is_empty() => "none of them".into(),
        (_, first, last) if first == last => written(fact, first),
        (_, first, last) => format!("from {} to {}", written(fact, first), written(fact, last)),
    }
}
