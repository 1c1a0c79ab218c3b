//! What a break-even says, in sentences: above which ratio one shape reserves less than another, and where the fleet stands.

use super::words::{amounts, count_of, counted, old, old_reservation};
use crate::show::figures;
use verdict::tax::{
    BreakEven, BreakEvenPoint, Comparison, Estimate, Resource, ShapeEstimate, Side,
};

/// Above which ratio a shape reserves less: `3`, `3–6`, `never`.
pub(super) fn point(point: BreakEvenPoint) -> String {
    match (
        point.low.map(figures::ratio),
        point.high.map(figures::ratio),
    ) {
        (None, _) => "never".to_owned(),
        (Some(low), None) => format!("{low}, or never"),
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => format!("{low}–{high}"),
    }
}

/// What a break-even sets against what, and where the fleet stands.
pub(super) fn title(estimate: &Estimate<'_>, rule: &BreakEven<'_>) -> String {
    let (of, per) = (&rule.of.many, &rule.per.one);
    let stand = match (rule.fleet, count_of(estimate, rule.per)) {
        (Some(fleet), _) => format!("; you have {} {of} per {per}", figures::ratio(fleet)),
        (None, Some(0)) => format!("; with no {} there is nothing to compare", rule.per.many),
        (None, _) => String::new(),
    };
    format!(
        "Break-even: {} against {}{stand}",
        rule.shape.title, rule.against.title
    )
}

/// The points against other products' parts, in one sentence; nothing without any.
pub(super) fn alternatives(estimate: &Estimate<'_>, rule: &BreakEven<'_>) -> Option<String> {
    let others = rule.alternatives.iter().map(|(other, both)| {
        let points = amounts([point(both.cpu.point), point(both.memory.point)]);
        format!(
            "{}: {points}{}",
            other.title,
            old(estimate, [&other.reserved.cited])
        )
    });
    let others: Vec<_> = others.collect();
    (!others.is_empty()).then(|| {
        format!(
            "Against other charts, CPU and memory: {}.",
            others.join("; ")
        )
    })
}

/// One comparison, on the fleet's side of it if that is known.
pub(super) fn comparison(
    estimate: &Estimate<'_>,
    rule: &BreakEven<'_>,
    wanted: Resource,
) -> String {
    let found = rule.comparison.of(wanted);
    let above = match found.point.low {
        None => format!("never reserves less: {} reserves none", rule.against.title),
        Some(_) => {
            let is_compared = |shape: &&ShapeEstimate<'_>| {
                [&rule.shape.id, &rule.against.id].contains(&&shape.shape.id)
            };
            let compared = estimate.shapes.iter().filter(is_compared);
            let old = compared
                .map(|shape| old_reservation(estimate, shape))
                .max()
                .unwrap_or_default();
            format!(
                "reserves less above {}{old} {} per {}",
                point(found.point),
                rule.of.many,
                rule.per.one
            )
        }
    };
    match (found.side, found.saving) {
        (Some(Side::Less), Some(saving)) => {
            let saved = figures::amount(wanted, saving);
            format!("{above}; here {saved} less{}", eaten(estimate, rule, found))
        }
        (Some(Side::Depends), _) => format!("{above}; here it depends on whose figures hold"),
        (Some(_), _) => format!("{above}; here it does not"),
        (None, _) => above,
    }
}

fn eaten(estimate: &Estimate<'_>, rule: &BreakEven<'_>, found: &Comparison) -> String {
    let Some((quantity, at)) = rule.eaten_by.zip(found.eaten_at) else {
        return String::new();
    };
    let planned = match count_of(estimate, quantity).unwrap_or(0) {
        0 => String::new(),
        planned if u128::from(planned) >= at.high => {
            format!(" (you have {}: it is gone)", figures::count(planned))
        }
        planned => format!(" (you have {})", figures::count(planned)),
    };
    format!(", which {} would eat{planned}", counted(quantity, at))
}
