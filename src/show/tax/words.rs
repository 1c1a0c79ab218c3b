//! What an estimate says of sizes, reservations, prices and parts, in sentences: the same ones for every format, not yet
//! escaped for any.

pub(super) use super::references::{marks, old, old_legend, reference_mark, reference_text};
use crate::inspect::SEEN;
use crate::show::figures;
use crate::show::words::list;
use verdict::tax::{
    Estimate, PartCount, Plane, Priced, Quantity, Range, Resource, ShapeEstimate, Total, Totals,
};

/// Stands above the studies.
pub(super) const STUDIES: &str =
    "Measurements that contradict each other: rank nothing by one of them";

/// `cpu` and `memory` as people write them.
pub(super) fn resource(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "CPU",
        Resource::Memory => "memory",
    }
}

/// What the estimate is for: `400 pods, 20 nodes`; nothing when no size was given.
pub(in crate::show) fn fleet(estimate: &Estimate<'_>) -> Option<String> {
    let known = estimate.fleet.iter().filter_map(|size| {
        let number = size.count?;
        Some(counted(size.quantity, Range::exactly(number.into())))
    });
    let known: Vec<_> = known.collect();
    (!known.is_empty()).then(|| known.join(", "))
}

/// The sizes that are missing: `nodes and waypoints`; nothing when all are there.
pub(in crate::show) fn not_given(estimate: &Estimate<'_>) -> Option<String> {
    let names: Vec<_> = missing(estimate).map(|own| own.many.as_str()).collect();
    (!names.is_empty()).then(|| list(&names))
}

/// How to give the sizes that are missing; nothing when all are there.
pub(super) fn how_to_give_sizes(estimate: &Estimate<'_>) -> Option<String> {
    let names = not_given(estimate)?;
    let flags: Vec<_> = missing(estimate)
        .map(|own| format!("--set {}={}", own.fact, own.example))
        .collect();
    let flags = flags.join(" ");
    Some(format!(
        "Not given: {names}. Give your own, for example: {flags}"
    ))
}

fn missing<'e>(estimate: &'e Estimate<'_>) -> impl Iterator<Item = &'e Quantity> {
    let sizes = estimate.fleet.iter();
    let missing = sizes.filter(|size| size.count.is_none());
    missing.map(|size| size.quantity)
}

/// How to give prices, while there are none.
pub(super) fn how_to_give_prices(estimate: &Estimate<'_>) -> Option<String> {
    let prices = estimate.tax.prices()?;
    let is_unpriced = estimate.prices.cpu.is_none() && estimate.prices.memory.is_none();
    is_unpriced.then(|| {
        format!(
            "For what that costs in a year, give monthly prices in your own currency: --set {}=PRICE --set {}=PRICE",
            prices.vcpu_month, prices.gib_month
        )
    })
}

/// What the yearly prices are made of.
pub(super) fn prices(estimate: &Estimate<'_>) -> String {
    let price = |price: Option<u64>, unit: &str| {
        price.map(|price| format!("{} a {unit}", figures::count(price)))
    };
    let given = [
        price(estimate.prices.cpu, "vCPU-month"),
        price(estimate.prices.memory, "GiB-month"),
    ];
    let given: Vec<_> = given.into_iter().flatten().collect();
    let given: Vec<_> = given.iter().map(String::as_str).collect();
    let priced = estimate
        .shapes
        .iter()
        .find_map(|shape| shape.cost)
        .map(|cost| cost.priced);
    let left_out = match priced {
        Some(Priced::CpuOnly) => "; memory is not priced",
        Some(Priced::MemoryOnly) => "; CPU is not priced",
        Some(Priced::CpuAndMemory) | None => "",
    };
    format!("At {}, in your own currency{left_out}.", list(&given))
}

/// What the data plane of a shape reserves, with the mark of old figures.
pub(in crate::show) fn reserved(
    estimate: &Estimate<'_>,
    shape: &ShapeEstimate<'_>,
    wanted: Resource,
) -> String {
    let sum = shape.reserved.data.of(wanted);
    let is_a_figure = sum.missing.is_empty() && sum.range != Range::ZERO;
    format!(
        "{}{}",
        total(wanted, sum),
        if is_a_figure {
            old_reservation(estimate, shape)
        } else {
            ""
        }
    )
}

/// A figure that rests on the reservation of a shape, with the mark of old figures.
pub(super) fn on_reservation(
    estimate: &Estimate<'_>,
    shape: &ShapeEstimate<'_>,
    wanted: Resource,
    range: Range,
) -> String {
    let old = if range == Range::ZERO {
        ""
    } else {
        old_reservation(estimate, shape)
    };
    format!("{}{old}", figures::amount(wanted, range))
}

/// The yearly price of a shape's reservation, or why there is none; `None` where the rubric asks for no prices.
pub(in crate::show) fn yearly(
    estimate: &Estimate<'_>,
    shape: &ShapeEstimate<'_>,
) -> Option<String> {
    estimate.tax.prices()?;
    let is_priced = estimate.prices.cpu.is_some() || estimate.prices.memory.is_some();
    let part = match shape.cost.map(|cost| cost.priced) {
        Some(Priced::CpuOnly) => " (CPU alone)",
        Some(Priced::MemoryOnly) => " (memory alone)",
        Some(Priced::CpuAndMemory) | None => "",
    };
    Some(match is_priced {
        true => cost(estimate, shape) + part,
        false => "needs a price".to_owned(),
    })
}

/// The yearly price of a shape's reservation where prices were given, or why there is none.
pub(super) fn cost(estimate: &Estimate<'_>, shape: &ShapeEstimate<'_>) -> String {
    match shape.cost {
        Some(cost) if cost.per_year == Range::ZERO => "0".to_owned(),
        Some(cost) => figures::whole(cost.per_year) + old_reservation(estimate, shape),
        None => {
            let [cpu, memory] = [&shape.reserved.data.cpu, &shape.reserved.data.memory];
            let both = cpu.clone().plus(memory);
            if both.missing.is_empty() {
                "not published".to_owned()
            } else {
                needs(&both)
            }
        }
    }
}

/// A total, or what it lacks.
pub(super) fn total(resource: Resource, total: &Total<'_>) -> String {
    if !total.missing.is_empty() {
        return needs(total);
    }
    match (total.unpublished.is_empty(), total.range) {
        (true, range) => figures::amount(resource, range),
        (false, Range::ZERO) => "not published".to_owned(),
        (false, range) => format!("{}+", figures::amount(resource, range)),
    }
}

fn needs(total: &Total<'_>) -> String {
    let names: Vec<_> = total
        .missing
        .iter()
        .map(|quantity| quantity.many.as_str())
        .collect();
    format!("needs {}", list(&names))
}

/// What nobody publishes about the use of the parts, if anything.
pub(super) fn unpublished(estimate: &Estimate<'_>) -> Option<String> {
    let of = |wanted: Resource| {
        let mut titles: Vec<&str> = Vec::new();
        for part in estimate
            .shapes
            .iter()
            .flat_map(|shape| &shape.used.data.of(wanted).unpublished)
        {
            if !titles.contains(&part.title.as_str()) {
                titles.push(&part.title);
            }
        }
        (!titles.is_empty()).then(|| format!("the {} of {}", resource(wanted), list(&titles)))
    };
    let both: Vec<_> = Resource::ALL.into_iter().filter_map(of).collect();
    (!both.is_empty()).then(|| {
        format!(
            "Not counted (+), because nobody publishes it: {}.",
            both.join("; ")
        )
    })
}

/// What a shape reserves with other products' parts, where it reserves anything.
pub(super) fn alternatives(estimate: &Estimate<'_>) -> Vec<String> {
    let is_something =
        |shape: &&ShapeEstimate<'_>| shape.reserved.data.cpu.complete() != Some(Range::ZERO);
    let sentence = |shape: &ShapeEstimate<'_>| {
        let others = shape.alternatives.iter().map(|other| {
            let amount = |wanted: Resource| {
                let range = other
                    .reserved
                    .of(wanted)
                    .or(other.alternative.reserved.of(wanted));
                range.map_or_else(
                    || "not published".to_owned(),
                    |range| figures::amount(wanted, range),
                )
            };
            let both = amounts(Resource::ALL.map(amount));
            let is_each = other.reserved.cpu.is_none() && both != "none";
            let marks = marks(estimate, [&other.alternative.reserved.cited]);
            format!(
                "{}: {both}{} {marks}",
                other.alternative.title,
                if is_each { " each" } else { "" }
            )
        });
        let others: Vec<_> = others.collect();
        (!others.is_empty()).then(|| {
            format!(
                "{} with other charts: {}.",
                shape.shape.title,
                others.join("; ")
            )
        })
    };
    estimate
        .shapes
        .iter()
        .filter(is_something)
        .filter_map(sentence)
        .collect()
}

/// Two amounts in a row: `6.0 cores and 12.0 GiB`, or only one where both read the same (`none`).
pub(super) fn amounts([cpu, memory]: [String; 2]) -> String {
    if cpu == memory {
        cpu
    } else {
        format!("{cpu} and {memory}")
    }
}

/// The mark of old figures, if the reservation of a shape rests on any.
pub(super) fn old_reservation(estimate: &Estimate<'_>, shape: &ShapeEstimate<'_>) -> &'static str {
    old(
        estimate,
        shape
            .parts
            .iter()
            .flat_map(|part| &part.part.reserved)
            .map(|figure| &figure.cited),
    )
}

/// What the control plane adds, once for all shapes to which it adds the same.
pub(super) fn control_planes(estimate: &Estimate<'_>) -> Vec<String> {
    let of = |totals: &Totals<'_>| {
        amounts(Resource::ALL.map(|wanted| total(wanted, totals.control.of(wanted))))
    };
    let mut groups: Vec<(String, String, Vec<&str>)> = Vec::new();
    for shape in &estimate.shapes {
        let parts = shape
            .parts
            .iter()
            .map(|part| part.part)
            .filter(|part| part.plane == Plane::Control);
        let cited: Vec<_> = parts
            .flat_map(|part| &part.used)
            .map(|figure| &figure.cited)
            .collect();
        let (mut reserved, used) = (of(&shape.reserved), of(&shape.used));
        if reserved == "none" && used == "none" {
            continue;
        }
        reserved += old_reservation(estimate, shape);
        let used = if used == "none" {
            String::new()
        } else {
            format!("; seen in use: {used} {}", marks(estimate, cited))
        };
        match groups
            .iter_mut()
            .find(|group| group.0 == reserved && group.1 == used)
        {
            Some(group) => group.2.push(&shape.shape.title),
            None => groups.push((reserved, used, vec![&shape.shape.title])),
        }
    }
    let sentence = |(reserved, used, shapes): &(String, String, Vec<&str>)| {
        format!(
            "The control plane adds {reserved} to {}{used}.",
            list(shapes)
        )
    };
    groups.iter().map(sentence).collect()
}

/// The mark of a reservation that rests on this fleet's own figures.
pub(super) fn whose(shape: &ShapeEstimate<'_>) -> &'static str {
    let running = shape.parts.iter().filter(|part| part.count != Some(0));
    let mut given = running.filter_map(|part| part.part.given.as_deref());
    match given.next() {
        None => "",
        Some(source) if source.starts_with(SEEN) => " (as seen)",
        Some(_) => " (as given)",
    }
}

/// The parts whose reservation is this fleet's own, and where each is known from.
pub(super) fn given(estimate: &Estimate<'_>) -> Option<String> {
    let said = estimate.tax.parts().iter().filter_map(|part| {
        let source = part.given.as_ref()?;
        Some(format!("{} ({source})", part.title))
    });
    let said: Vec<String> = said.collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    (!said.is_empty()).then(|| format!("Not from charts but from this fleet: {}.", list(&said)))
}

/// What has to be run in which shapes, and what upgrading it takes; the notes of shapes without parts first.
pub(super) fn parts(estimate: &Estimate<'_>) -> Vec<String> {
    let without = estimate
        .shapes
        .iter()
        .filter(|shape| shape.parts.is_empty());
    let mut lines: Vec<_> = without
        .filter_map(|shape| {
            Some(format!(
                "{}: {}",
                shape.shape.title,
                shape.shape.note.as_ref()?
            ))
        })
        .collect();
    for declared in estimate.tax.parts() {
        let runs = |shape: &ShapeEstimate<'_>| {
            shape.parts.iter().any(|found| found.part.id == declared.id)
        };
        let titles: Vec<_> = (estimate.shapes.iter())
            .filter(|shape| runs(shape))
            .map(|shape| shape.shape.title.as_str())
            .collect();
        let mut found = estimate.shapes.iter().flat_map(|shape| &shape.parts);
        if let Some(counted) = found.find(|found| found.part.id == declared.id) {
            let upgrade = declared
                .upgrade
                .as_ref()
                .map_or_else(String::new, |how| format!(": {how}"));
            lines.push(format!("{} ({}){upgrade}", part(counted), list(&titles)));
        }
    }
    lines
}

/// How many of a part there are: `400 × sidecar proxy`.
fn part(part: &PartCount<'_>) -> String {
    let title = &part.part.title;
    match (part.per, part.count) {
        (Some(_), Some(number)) => format!("{} × {title}", figures::count(number)),
        (Some(quantity), None) => format!("{title}, one per {}", quantity.one),
        (None, _) => format!("1 × {title}"),
    }
}

/// How many of a quantity the fleet has, where that was given.
pub(super) fn count_of(estimate: &Estimate<'_>, quantity: &Quantity) -> Option<u64> {
    estimate
        .fleet
        .iter()
        .find(|size| size.quantity.fact == quantity.fact)
        .and_then(|size| size.count)
}

/// `1 pod`, `400 pods`, `340–500 waypoints`.
pub(super) fn counted(quantity: &Quantity, number: Range) -> String {
    let noun = if number == Range::exactly(1) {
        &quantity.one
    } else {
        &quantity.many
    };
    format!("{} {noun}", figures::whole(number))
}
