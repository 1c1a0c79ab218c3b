//! The tax in three lines: what is recommended, what it stands against, and where the break-even lies.

use verdict::tax::{Estimate, Range, Resource, ShapeEstimate};

use super::break_even::point;
use super::{is_among, words};
use crate::show::words::list;

/// What the recommended shapes reserve for this fleet, or by the piece; what the others do; from where on one is cheaper.
pub fn brief(estimate: &Estimate<'_>, recommendation: Option<&str>) -> Vec<String> {
    let own = estimate.built(recommendation);
    // What would not do for these answers is no alternative.
    let would_do = |shape: &&ShapeEstimate<'_>| {
        !(shape.gifts.left_out > 0 && shape.shape.recommendation.as_deref() == recommendation)
    };
    let others: Vec<&ShapeEstimate<'_>> = estimate
        .shapes
        .iter()
        .filter(|shape| !shape.parts.is_empty() && !is_among(shape, &own))
        .filter(would_do)
        .collect();
    let mut lines = Vec::new();
    if !own.is_empty() {
        lines.push(format!("{}.", reservations(estimate, &own)));
    }
    if !others.is_empty() {
        let others = reservations(estimate, &others);
        lines.push(format!("Against that, {others}."));
    }
    lines.extend(break_even(estimate));
    lines
}

fn reservations(estimate: &Estimate<'_>, shapes: &[&ShapeEstimate<'_>]) -> String {
    let said = shapes.iter().map(|shape| {
        let title = &shape.shape.title;
        format!(
            "{title} {}{}",
            reserves(estimate, shape),
            words::whose(shape)
        )
    });
    said.collect::<Vec<_>>().join("; ")
}

/// What a shape reserves in all, or what it does for each thing that was not counted.
fn reserves(estimate: &Estimate<'_>, shape: &ShapeEstimate<'_>) -> String {
    let data = &shape.reserved.data;
    if shape.parts.is_empty() {
        return "none".to_owned();
    }
    if data.cpu.missing.is_empty() && data.memory.missing.is_empty() {
        return words::amounts(Resource::ALL.map(|of| words::reserved(estimate, shape, of)));
    }
    let rates: Vec<String> = shape
        .rates
        .iter()
        .map(|rate| {
            let amount =
                |of: Resource| words::on_reservation(estimate, shape, of, *rate.reserved.of(of));
            let per = match rate.quantity.quoted_per {
                1 => rate.quantity.one.to_string(),
                many => words::counted(rate.quantity, Range::exactly(many.into())),
            };
            format!("{} per {per}", words::amounts(Resource::ALL.map(amount)))
        })
        .collect();
    let rates: Vec<&str> = rates.iter().map(String::as_str).collect();
    list(&rates)
}

/// The first break-even in a sentence.
fn break_even(estimate: &Estimate<'_>) -> Option<String> {
    let rule = estimate.break_even.first()?;
    let [cpu, memory] = Resource::ALL.map(|of| point(rule.comparison.of(of).point));
    let (of, per) = (&rule.of.many, &rule.per.one);
    let stand = rule.fleet.map_or(String::new(), |fleet| {
        format!("; you have {}", crate::show::figures::ratio(fleet))
    });
    Some(format!(
        "{} reserves less above {cpu} {of} per {per} in CPU, {memory} in memory{stand}.",
        rule.shape.title
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::tax::sample::reckon;

    #[test]
    fn a_fleet_whose_sizes_are_known_is_told_in_sums() {
        let facts = [("pods", 400), ("nodes", 20), ("waypoints", 20)];
        assert_eq!(
            brief(&reckon(&facts, Some(&[])), Some("mesh")),
            [
                "Sidecar mesh (Istio) 40.0 cores and 50.0 GiB.",
                "Against that, Sidecarless L4 6.0 cores and 12.0 GiB; Sidecarless + waypoints 8.0 cores and 14.5 GiB.",
                "Sidecarless L4 reserves less above 3 pods per node in CPU, 4.78 in memory; you have 20.",
            ]
        );
    }

    #[test]
    fn a_fleet_without_waypoints_has_one_row_for_what_is_the_same_without_them() {
        let facts = [("pods", 400), ("nodes", 20), ("waypoints", 0)];
        assert_eq!(
            brief(&reckon(&facts, Some(&[])), Some("sidecarless"))[0],
            "Sidecarless L4 6.0 cores and 12.0 GiB."
        );
        // Without nodes nothing is the same as no mesh: that is another recommendation.
        let facts = [("pods", 0), ("nodes", 0), ("waypoints", 0)];
        assert_eq!(reckon(&facts, Some(&[])).shapes.len(), 3);
    }

    #[test]
    fn a_shape_that_lacks_a_gift_that_is_used_is_neither_recommended_nor_an_alternative() {
        let facts = [("pods", 400), ("nodes", 20), ("waypoints", 20)];
        let by_path = reckon(&facts, Some(&["mtls", "identity-authorization"]));
        assert_eq!(
            brief(&by_path, Some("sidecarless"))[..2],
            [
                "Sidecarless + waypoints 8.0 cores and 14.5 GiB.",
                "Against that, Sidecar mesh (Istio) 40.0 cores and 50.0 GiB.",
            ]
        );
        // Where the cheaper one gives all that is used, it is the one.
        let by_identity = reckon(&facts, Some(&["mtls"]));
        assert_eq!(
            brief(&by_identity, Some("sidecarless"))[..2],
            [
                "Sidecarless L4 6.0 cores and 12.0 GiB.",
                "Against that, Sidecarless + waypoints 8.0 cores and 14.5 GiB; Sidecar mesh (Istio) 40.0 cores and 50.0 GiB.",
            ]
        );
        // While it is open what is used, either may be.
        let open = reckon(&[], None);
        assert_eq!(open.built(Some("sidecarless")).len(), 2);
    }

    #[test]
    fn of_a_fleet_that_is_not_known_the_rates_are_told() {
        let lines = brief(&reckon(&[], Some(&[])), Some("no-mesh"));
        assert_eq!(lines[0], "No mesh none.");
        assert!(
            lines[1].contains("Sidecar mesh (Istio) 10.0 cores and 12.5 GiB per 100 pods"),
            "{lines:?}"
        );
    }
}
