//! Cells as they are read: `30-99`, `100 or more`, `l7`, `spire-ca, no envoy-filters`.

use verdict::engine::Cells;
use verdict::ids::{CellId, Id};
use verdict::rubric::{Domain, Options, Value};

/// The values of a cell.
pub(super) fn cell(cells: &Cells, cell: CellId) -> String {
    let fact = &cells.fact;
    let (first, last) = cells.ends(cell);
    match (fact.kind.domain(), first, last) {
        (Domain::Numbers(min, max), Value::Count(first), Value::Count(last)) => {
            let (one, other) = (fact.kind.number(first), fact.kind.number(last));
            let numbers = match (first == min, last == max) {
                (true, true) => return "any".into(),
                _ if first == last => one,
                (true, false) => format!("up to {other}"),
                (false, true) => format!("{one} or more"),
                (false, false) => format!("{one}-{other}"),
            };
            fact.with_unit(numbers)
        }
        (_, Value::YesNo(first), Value::YesNo(last)) => match (first, last) {
            (true, _) => "yes".into(),
            (_, false) => "no".into(),
            _ => "any".into(),
        },
        (_, Value::Choice(first), Value::Choice(last)) => {
            let options = fact.options().between(first, last.next()).iter();
            let ids: Vec<&str> = options.map(|option| option.id.as_str()).collect();
            ids.join(", ")
        }
        _ => flags(cells, cell),
    }
}

/// Which flags are set: `any`, `none`, `spire-ca and no envoy-filters`; where they are asked for one by one, whether this
/// one is.
fn flags(cells: &Cells, cell: CellId) -> String {
    let classes = cells.flags(cell);
    let names = |(class, is_set): &(Options, bool)| {
        let ids: Vec<&str> = cells.fact.ids_of(*class).map(|id| id.as_str()).collect();
        let ids = ids.join(" or ");
        if *is_set { ids } else { format!("no {ids}") }
    };
    match classes.as_slice() {
        [one] if cells.is_part() => return names(one),
        classes if classes.iter().all(|(_, is_set)| !is_set) => return "none".into(),
        [_] => return "any".into(),
        _ => {}
    }
    classes.iter().map(&names).collect::<Vec<_>>().join(", ")
}
