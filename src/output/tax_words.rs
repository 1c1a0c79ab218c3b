//! What an estimate says, in sentences: the same ones for every format, not yet escaped for any.

use super::figures;
use crate::tax::{
    BreakEven, BreakEvenPoint, Cited, Comparison, Estimate, GiftCount, OLD_AFTER_MONTHS, PartCount, Plane, Priced,
    Quantity, Range, Reference, Resource, ShapeEstimate, Side, Total, Totals,
};

/// Marks a figure that is older than [`OLD_AFTER_MONTHS`] months.
pub const OLD: &str = "†";

/// Stands above the studies.
pub const STUDIES: &str = "Measurements that contradict each other: rank nothing by one of them";

/// `cpu` and `memory` as people write them.
pub fn resource(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "CPU",
        Resource::Memory => "memory",
    }
}

/// What the estimate is for: `400 pods, 20 nodes`; nothing when no size was given.
pub fn fleet(estimate: &Estimate<'_>) -> Option<String> {
    let known = estimate.fleet.iter().filter_map(|size| {
        let number = size.count?;
        Some(counted(size.quantity, Range::exactly(number.into())))
    });
    let known: Vec<_> = known.collect();
    (!known.is_empty()).then(|| known.join(", "))
}

/// How to give the sizes that are missing; nothing when all are there.
pub fn how_to_give_sizes(estimate: &Estimate<'_>) -> Option<String> {
    let missing: Vec<_> = estimate.fleet.iter().filter(|size| size.count.is_none()).map(|size| size.quantity).collect();
    let flags: Vec<_> = missing.iter().map(|size| format!("--set {}={}", size.fact, size.example)).collect();
    let names: Vec<_> = missing.iter().map(|size| size.many.as_str()).collect();
    (!missing.is_empty())
        .then(|| format!("Not given: {}. Give your own, for example: {}", list(&names), flags.join(" ")))
}

/// How to give prices, while there are none.
pub fn how_to_give_prices(estimate: &Estimate<'_>) -> Option<String> {
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
pub fn prices(estimate: &Estimate<'_>) -> String {
    let price =
        |price: Option<u64>, unit: &str| price.map(|price| format!("{} a {unit}", figures::count(price.into())));
    let given = [price(estimate.prices.cpu, "vCPU-month"), price(estimate.prices.memory, "GiB-month")];
    let given: Vec<_> = given.into_iter().flatten().collect();
    let given: Vec<_> = given.iter().map(String::as_str).collect();
    let priced = estimate.shapes.iter().find_map(|shape| shape.cost).map(|cost| cost.priced);
    let left_out = match priced {
        Some(Priced::CpuOnly) => "; memory is not priced",
        Some(Priced::MemoryOnly) => "; CPU is not priced",
        Some(Priced::CpuAndMemory) | None => "",
    };
    format!("At {}, in your own currency{left_out}.", list(&given))
}

/// The yearly price of a shape's reservation, or why there is none.
pub fn cost(shape: &ShapeEstimate<'_>) -> String {
    match shape.cost {
        Some(cost) => figures::whole(cost.per_year),
        None => {
            let [cpu, memory] = [&shape.reserved.data.cpu, &shape.reserved.data.memory];
            let both = cpu.clone().plus(memory);
            if both.missing.is_empty() { "not published".to_owned() } else { needs(&both) }
        }
    }
}

/// A total, or what it lacks.
pub fn total(resource: Resource, total: &Total<'_>) -> String {
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
    let names: Vec<_> = total.missing.iter().map(|quantity| quantity.many.as_str()).collect();
    format!("needs {}", list(&names))
}

/// What nobody publishes about the use of the parts, if anything.
pub fn unpublished(estimate: &Estimate<'_>) -> Option<String> {
    let of = |wanted: Resource| {
        let mut titles: Vec<&str> = Vec::new();
        for part in estimate.shapes.iter().flat_map(|shape| &shape.used.data.of(wanted).unpublished) {
            if !titles.contains(&part.title.as_str()) {
                titles.push(&part.title);
            }
        }
        (!titles.is_empty()).then(|| format!("the {} of {}", resource(wanted), list(&titles)))
    };
    let both: Vec<_> = Resource::ALL.into_iter().filter_map(of).collect();
    (!both.is_empty()).then(|| format!("Not counted (+), because nobody publishes it: {}.", both.join("; ")))
}

/// What the control plane adds, once for all shapes to which it adds the same.
pub fn control_planes(estimate: &Estimate<'_>) -> Vec<String> {
    let of = |totals: &Totals<'_>| {
        let [cpu, memory] = Resource::ALL.map(|wanted| total(wanted, totals.control.of(wanted)));
        if cpu == memory { cpu } else { format!("{cpu} and {memory}") }
    };
    let mut groups: Vec<(String, String, Vec<&str>)> = Vec::new();
    for shape in &estimate.shapes {
        let parts = shape.parts.iter().map(|part| part.part).filter(|part| part.plane == Plane::Control);
        let cited: Vec<_> = parts.flat_map(|part| &part.used).map(|figure| &figure.cited).collect();
        let (reserved, used) = (of(&shape.reserved), of(&shape.used));
        if reserved == "none" && used == "none" {
            continue;
        }
        let used =
            if used == "none" { String::new() } else { format!("; seen in use: {used} {}", marks(estimate, cited)) };
        match groups.iter_mut().find(|group| group.0 == reserved && group.1 == used) {
            Some(group) => group.2.push(&shape.shape.title),
            None => groups.push((reserved, used, vec![&shape.shape.title])),
        }
    }
    let sentence = |(reserved, used, shapes): &(String, String, Vec<&str>)| {
        format!("The control plane adds {reserved} to {}{used}.", list(shapes))
    };
    groups.iter().map(sentence).collect()
}

/// What has to be run in which shapes, and what upgrading it takes; the notes of shapes without parts first.
pub fn parts(estimate: &Estimate<'_>) -> Vec<String> {
    let without = estimate.shapes.iter().filter(|shape| shape.parts.is_empty());
    let mut lines: Vec<_> =
        without.filter_map(|shape| Some(format!("{}: {}", shape.shape.title, shape.shape.note.as_ref()?))).collect();
    for declared in estimate.tax.parts() {
        let runs = |shape: &ShapeEstimate<'_>| shape.parts.iter().any(|found| found.part.id == declared.id);
        let titles: Vec<_> =
            (estimate.shapes.iter()).filter(|shape| runs(shape)).map(|shape| shape.shape.title.as_str()).collect();
        let mut found = estimate.shapes.iter().flat_map(|shape| &shape.parts);
        if let Some(counted) = found.find(|found| found.part.id == declared.id) {
            let upgrade = declared.upgrade.as_ref().map_or_else(String::new, |how| format!(": {how}"));
            lines.push(format!("{} ({}){upgrade}", part(counted), list(&titles)));
        }
    }
    lines
}

/// How many of a part there are: `400 × sidecar proxy`.
fn part(part: &PartCount<'_>) -> String {
    let title = &part.part.title;
    match (part.per, part.count) {
        (Some(_), Some(number)) => format!("{} × {title}", figures::count(number.into())),
        (Some(quantity), None) => format!("{title}, one per {}", quantity.one),
        (None, _) => format!("1 × {title}"),
    }
}

/// Above which ratio a shape reserves less: `3`, `3–6`, `never`.
pub fn point(point: BreakEvenPoint) -> String {
    match (point.low.map(figures::ratio), point.high.map(figures::ratio)) {
        (None, _) => "never".to_owned(),
        (Some(low), None) => format!("{low}, or never"),
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => format!("{low}–{high}"),
    }
}

/// What a break-even sets against what, and where the fleet stands.
pub fn break_even_title(estimate: &Estimate<'_>, rule: &BreakEven<'_>) -> String {
    let (of, per) = (&rule.of.many, &rule.per.one);
    let stand = match (rule.fleet, count_of(estimate, rule.per)) {
        (Some(fleet), _) => format!("; you have {} {of} per {per}", figures::ratio(fleet)),
        (None, Some(0)) => format!("; with no {} there is nothing to compare", rule.per.many),
        (None, _) => String::new(),
    };
    format!("Break-even: {} against {}{stand}", rule.shape.title, rule.against.title)
}

/// One comparison, on the fleet's side of it if that is known.
pub fn comparison(estimate: &Estimate<'_>, rule: &BreakEven<'_>, wanted: Resource) -> String {
    let found = rule.comparison.of(wanted);
    let above = match found.point.low {
        None => format!("never reserves less: {} reserves none", rule.against.title),
        Some(_) => format!("reserves less above {} {} per {}", point(found.point), rule.of.many, rule.per.one),
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
            format!(" (you have {}: it is gone)", figures::count(planned.into()))
        }
        planned => format!(" (you have {})", figures::count(planned.into())),
    };
    format!(", which {} would eat{planned}", counted(quantity, at))
}

/// The tax and the use of it in one sentence: `You would pay for four and use one.`
pub fn gifts(estimate: &Estimate<'_>) -> String {
    let used = estimate.gifts.iter().filter(|gift| gift.is_used == Some(true)).count();
    let undecided = estimate.gifts.iter().filter(|gift| gift.is_used.is_none()).count();
    let all = figures::in_words(estimate.gifts.len());
    let used_in_words = if used == estimate.gifts.len() { "all of them".to_owned() } else { figures::in_words(used) };
    let more = match undecided {
        0 => String::new(),
        _ => format!(", or up to {} once the unknown answers are known", figures::in_words(used + undecided)),
    };
    format!("You would pay for {all} and use {used_in_words}{more}.")
}

/// What one shape gives of them.
pub fn gift_count(count: GiftCount) -> String {
    let given = match (count.given, count.used) {
        (0, _) => "pay for none".to_owned(),
        (given, used) => format!("pay for {}, use {}", figures::in_words(given), figures::in_words(used)),
    };
    let undecided = match count.undecided {
        0 => String::new(),
        more => format!(" (up to {})", figures::in_words(count.used + more)),
    };
    let left_out = match count.left_out {
        0 => String::new(),
        1 => "; one you would use is left out".to_owned(),
        more => format!("; {} you would use are left out", figures::in_words(more)),
    };
    given + &undecided + &left_out
}

/// Whether a gift would be used, in a word.
pub fn is_used(is_used: Option<bool>) -> &'static str {
    match is_used {
        Some(true) => "used",
        Some(false) => "not used",
        None => "unknown",
    }
}

/// References to what stands behind some figures: `[1][2†]`.
pub fn marks<'a>(estimate: &Estimate<'_>, cited: impl IntoIterator<Item = &'a Cited>) -> String {
    let behind = estimate.references.behind(cited);
    behind
        .iter()
        .map(|reference| format!("[{}{}]", reference.number, if reference.is_old { OLD } else { "" }))
        .collect()
}

/// [`OLD`] when any of some figures is old.
pub fn old<'a>(estimate: &Estimate<'_>, cited: impl IntoIterator<Item = &'a Cited>) -> &'static str {
    let is_old = estimate.references.behind(cited).iter().any(|reference| reference.is_old);
    if is_old { OLD } else { "" }
}

/// A numbered source with vendor, date and conditions; its place only where there is room.
pub fn reference(reference: &Reference<'_>, with_place: bool) -> String {
    format!("{} {}", reference_mark(reference), reference_text(reference, with_place))
}

/// `[1]`, or `[1†]` when its figures are old.
pub fn reference_mark(reference: &Reference<'_>) -> String {
    format!("[{}{}]", reference.number, if reference.is_old { OLD } else { "" })
}

/// The same without its number.
pub fn reference_text(reference: &Reference<'_>, with_place: bool) -> String {
    let source = reference.source;
    let place = if with_place { format!(", {}", source.place) } else { String::new() };
    let vendor = source.vendor.as_ref().map_or_else(String::new, |vendor| format!(" (vendor: {vendor})"));
    let conditions = match reference.conditions.as_slice() {
        [] => String::new(),
        conditions => format!(": {}", conditions.join("; ")),
    };
    format!("{}{vendor}{place}, {}{conditions}", source.title, reference.as_of)
}

/// What [`OLD`] means.
pub fn old_legend(estimate: &Estimate<'_>) -> String {
    format!("{OLD} older than {OLD_AFTER_MONTHS} months on {}", estimate.today)
}

/// Shapes that one source measured side by side: the only fair comparison of latencies.
pub fn like_for_like(estimate: &Estimate<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    for reference in estimate.references.all() {
        let is_cited = |cited: &Cited| cited.as_of == reference.as_of && cited.sources.contains(&reference.source.id);
        let mut percentiles = std::collections::BTreeMap::<u8, Vec<String>>::new();
        for shape in &estimate.shapes {
            for added in &shape.latency {
                let ranges =
                    added.figures.iter().filter(|figure| is_cited(&figure.cited)).map(|figure| figure.per_hop());
                if let Some(range) = ranges.reduce(Range::union) {
                    let measured = format!("{} {}", shape.shape.title, figures::milliseconds(range));
                    percentiles.entry(added.percentile).or_default().push(measured);
                }
            }
        }
        for (percentile, shapes) in percentiles.into_iter().filter(|(_, shapes)| shapes.len() > 1) {
            let marks = reference_mark(reference);
            sentences.push(format!("Measured side by side, p{percentile} {marks}: {}.", shapes.join(", ")));
        }
    }
    sentences
}

/// Why multiplied percentiles are only a ceiling, with the share of calls that meet a slow hop; nothing without figures.
pub fn chains(estimate: &Estimate<'_>) -> Option<String> {
    let slowest = slowest_percentile(estimate)?;
    let added = estimate.shapes.iter().flat_map(|shape| &shape.latency).find(|added| added.percentile == slowest)?;
    let shares: Vec<_> =
        added.chains.iter().map(|chain| figures::per_mille(chain.calls_with_a_slow_hop_per_mille)).collect();
    let shares: Vec<_> = shares.iter().map(String::as_str).collect();
    Some(format!(
        "Percentiles do not add up: hops are seldom slow together, so the product is a rough ceiling. But {} of the calls \
         meet at least one hop slower than its p{slowest}, if hops are independent.",
        list(&shares)
    ))
}

/// The highest percentile that anybody publishes for a shape.
pub fn slowest_percentile(estimate: &Estimate<'_>) -> Option<u8> {
    estimate.shapes.iter().flat_map(|shape| &shape.latency).map(|added| added.percentile).max()
}

fn count_of(estimate: &Estimate<'_>, quantity: &Quantity) -> Option<u64> {
    estimate.fleet.iter().find(|size| size.quantity.fact == quantity.fact).and_then(|size| size.count)
}

/// `1 pod`, `400 pods`, `340–500 waypoints`.
pub fn counted(quantity: &Quantity, number: Range) -> String {
    let noun = if number == Range::exactly(1) { &quantity.one } else { &quantity.many };
    format!("{} {noun}", figures::whole(number))
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
