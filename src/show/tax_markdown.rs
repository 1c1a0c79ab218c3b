//! The tax in Markdown: one table of shapes, then what a table cannot say.

use std::collections::BTreeSet;

use super::escape::markdown as for_markdown;
use super::{figures, tax_words as words};
use verdict::tax::{CHAINS, Estimate, PerResource, Plane, Range, Resource, ShapeEstimate};

/// The whole section, from a heading of the given level (1 to 6) on; the shapes of the recommendation are marked.
pub fn render(
    estimate: &Estimate<'_>,
    heading_level: usize,
    recommendation: Option<&str>,
) -> String {
    let title = match words::fleet(estimate) {
        Some(fleet) => format!("The tax of {fleet}"),
        None => "The tax, by the piece".to_owned(),
    };
    let heading = format!(
        "{} {}",
        "#".repeat(heading_level.clamp(1, 6)),
        for_markdown(&title)
    );
    let blocks = [
        heading,
        shapes(estimate, recommendation),
        rates(estimate),
        paragraphs(notes(estimate)),
        break_even(estimate),
        gifts(estimate),
        traffic(estimate),
        paragraphs(
            words::like_for_like(estimate)
                .into_iter()
                .chain(words::chains(estimate))
                .collect(),
        ),
        parts(estimate),
        studies(estimate),
        sources(estimate),
    ];
    blocks
        .into_iter()
        .filter(|block| !block.is_empty())
        .map(|block| block + "\n")
        .collect::<Vec<_>>()
        .join("\n")
}

/// A heading, and what stands under it for a shape; both unescaped.
type Column<'a> = (String, Box<dyn Fn(&ShapeEstimate<'_>) -> String + 'a>);

fn shapes(estimate: &Estimate<'_>, recommendation: Option<&str>) -> String {
    let reserved =
        |of: Resource| move |shape: &ShapeEstimate<'_>| words::reserved(estimate, shape, of);
    let mut columns: Vec<Column<'_>> = vec![
        ("CPU reserved".to_owned(), Box::new(reserved(Resource::Cpu))),
        (
            "Memory reserved".to_owned(),
            Box::new(reserved(Resource::Memory)),
        ),
    ];
    if let Some((quantity, _)) = estimate.shapes.iter().find_map(|shape| shape.share) {
        columns.push((
            format!("Per {}", quantity.one),
            Box::new(|shape| per_share(estimate, shape)),
        ));
    }
    if estimate.shapes.iter().any(|shape| shape.cost.is_some()) {
        columns.push((
            "Price a year".to_owned(),
            Box::new(|shape| words::cost(estimate, shape)),
        ));
    }
    columns.push((
        "Used at rest".to_owned(),
        Box::new(|shape| used_at_rest(estimate, shape)),
    ));
    if !estimate.gifts.is_empty() {
        columns.push((
            "Gifts".to_owned(),
            Box::new(|shape| words::gift_count(shape.gifts)),
        ));
    }
    let title = |shape: &ShapeEstimate<'_>| {
        let is_recommended =
            recommendation.is_some() && shape.shape.recommendation.as_deref() == recommendation;
        format!(
            "{}{}",
            shape.shape.title,
            if is_recommended { " (recommended)" } else { "" }
        )
    };
    by_shape(estimate, title, &columns)
}

/// What traffic pays: CPU and latency of each hop.
fn traffic(estimate: &Estimate<'_>) -> String {
    let mut columns: Vec<Column<'_>> = Vec::new();
    if estimate
        .tax
        .parts()
        .iter()
        .any(|part| !part.used_per_1000_rps.is_empty())
    {
        let cpu = |shape: &ShapeEstimate<'_>| {
            let figures = shape
                .parts
                .iter()
                .flat_map(|part| &part.part.used_per_1000_rps)
                .map(|figure| &figure.cited);
            let total = words::total(Resource::Cpu, &shape.used_per_1000_rps.cpu);
            format!("{total} {}", words::marks(estimate, figures))
                .trim_end()
                .to_owned()
        };
        columns.push(("CPU per 1,000 requests/s and hop".to_owned(), Box::new(cpu)));
    }
    let added = estimate
        .shapes
        .iter()
        .flat_map(|shape| &shape.latency)
        .map(|added| added.percentile);
    for percentile in added.collect::<BTreeSet<_>>() {
        let cell = move |shape: &ShapeEstimate<'_>| latency(estimate, shape, percentile);
        columns.push((format!("p{percentile} per hop, ms"), Box::new(cell)));
    }
    if let Some(slowest) = words::slowest_percentile(estimate) {
        for hops in CHAINS.into_iter().filter(|hops| *hops > 1) {
            let cell = move |shape: &ShapeEstimate<'_>| chain(estimate, shape, slowest, hops);
            columns.push((
                format!("p{slowest} of {hops} hops at once, ms"),
                Box::new(cell),
            ));
        }
    }
    if columns.is_empty() {
        String::new()
    } else {
        by_shape(estimate, |shape| shape.shape.title.to_string(), &columns)
    }
}

fn by_shape(
    estimate: &Estimate<'_>,
    title: impl Fn(&ShapeEstimate<'_>) -> String,
    columns: &[Column<'_>],
) -> String {
    let headings = std::iter::once("Shape".to_owned())
        .chain(columns.iter().map(|(heading, _)| heading.clone()));
    let rows = estimate.shapes.iter().map(|shape| {
        let cells = columns.iter().map(|(_, cell)| cell(shape));
        std::iter::once(title(shape))
            .chain(cells)
            .collect::<Vec<_>>()
    });
    table(
        &std::iter::once(headings.collect())
            .chain(rows)
            .collect::<Vec<_>>(),
    )
}

fn per_share(estimate: &Estimate<'_>, shape: &ShapeEstimate<'_>) -> String {
    let both = |share: PerResource<Range>| {
        words::amounts(
            Resource::ALL.map(|of| words::on_reservation(estimate, shape, of, *share.of(of))),
        )
    };
    shape
        .share
        .map_or_else(String::new, |(_, share)| both(share))
}

fn used_at_rest(estimate: &Estimate<'_>, shape: &ShapeEstimate<'_>) -> String {
    let parts = shape
        .parts
        .iter()
        .map(|part| part.part)
        .filter(|part| part.plane == Plane::Data);
    let marks = words::marks(
        estimate,
        parts
            .flat_map(|part| &part.used)
            .map(|figure| &figure.cited),
    );
    let used = Resource::ALL.map(|of| {
        let total = words::total(of, shape.used.data.of(of));
        if total == "not published" {
            format!("{} {total}", words::resource(of))
        } else {
            total
        }
    });
    let [cpu, memory] = used;
    let both = if cpu == memory {
        cpu
    } else {
        format!("{cpu}, {memory}")
    };
    format!("{both} {marks}").trim_end().to_owned()
}

fn latency(estimate: &Estimate<'_>, shape: &ShapeEstimate<'_>, percentile: u8) -> String {
    match shape
        .latency
        .iter()
        .find(|added| added.percentile == percentile)
    {
        Some(added) => {
            let marks = words::marks(estimate, added.figures.iter().map(|figure| &figure.cited));
            format!("{} {marks}", figures::milliseconds(added.per_hop))
        }
        None if shape.parts.is_empty() => "none".to_owned(),
        None => "not published".to_owned(),
    }
}

fn chain(estimate: &Estimate<'_>, shape: &ShapeEstimate<'_>, percentile: u8, hops: u32) -> String {
    let Some(added) = shape
        .latency
        .iter()
        .find(|added| added.percentile == percentile)
    else {
        return latency(estimate, shape, percentile);
    };
    let old = words::old(estimate, added.figures.iter().map(|figure| &figure.cited));
    let chain = added.chains.iter().find(|chain| chain.hops == hops);
    chain.map_or_else(String::new, |chain| {
        format!("{}{old}", figures::milliseconds(chain.added_at_most))
    })
}

fn rates(estimate: &Estimate<'_>) -> String {
    let incomplete = estimate
        .shapes
        .iter()
        .filter(|shape| !shape.reserved.data.cpu.missing.is_empty());
    let rows: Vec<_> = incomplete
        .flat_map(|shape| {
            shape.rates.iter().map(|rate| {
                let per = words::counted(
                    rate.quantity,
                    Range::exactly(rate.quantity.quoted_per.into()),
                );
                let [cpu, memory] = Resource::ALL
                    .map(|of| words::on_reservation(estimate, shape, of, *rate.reserved.of(of)));
                vec![shape.shape.title.to_string(), per, cpu, memory]
            })
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let headings = ["Shape", "Reserved for", "CPU", "Memory"]
        .map(str::to_owned)
        .to_vec();
    table(&[vec![headings], rows].concat())
}

fn notes(estimate: &Estimate<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(words::how_to_give_sizes(estimate));
    notes.extend(words::how_to_give_prices(estimate));
    if estimate.shapes.iter().any(|shape| shape.cost.is_some()) {
        notes.push(words::prices(estimate));
    }
    notes.extend(words::control_planes(estimate));
    notes.extend(words::alternatives(estimate));
    notes.extend(words::unpublished(estimate));
    notes
}

fn break_even(estimate: &Estimate<'_>) -> String {
    let rules = estimate.break_even.iter().map(|rule| {
        let sentences = Resource::ALL.map(|of| {
            format!(
                "{}: {}",
                words::resource(of),
                words::comparison(estimate, rule, of)
            )
        });
        let title = for_markdown(&words::break_even_title(estimate, rule));
        let others = words::break_even_alternatives(estimate, rule);
        let others = others.map_or_else(String::new, |others| {
            format!("\n\n{}", for_markdown(&others))
        });
        format!("**{title}**\n\n{}{others}", list(sentences))
    });
    rules.collect::<Vec<_>>().join("\n\n")
}

fn gifts(estimate: &Estimate<'_>) -> String {
    if estimate.gifts.is_empty() {
        return String::new();
    }
    let gifts = estimate
        .gifts
        .iter()
        .map(|gift| format!("{}: {}", gift.gift.title, words::is_used(gift.is_used)));
    format!(
        "**{}**\n\n{}",
        for_markdown(&words::gifts(estimate)),
        list(gifts)
    )
}

fn parts(estimate: &Estimate<'_>) -> String {
    let lines = words::parts(estimate);
    if lines.is_empty() {
        String::new()
    } else {
        format!("**To run and to upgrade**\n\n{}", list(lines))
    }
}

fn studies(estimate: &Estimate<'_>) -> String {
    let studies = estimate.tax.studies();
    if studies.is_empty() {
        return String::new();
    }
    let lines = studies
        .iter()
        .map(|study| format!("{} {}", study.text, words::marks(estimate, [&study.cited])));
    format!("**{}**\n\n{}", words::STUDIES, list(lines))
}

fn sources(estimate: &Estimate<'_>) -> String {
    let references = estimate.references.all();
    let mut lines: Vec<_> = references
        .iter()
        .map(|reference| words::reference(reference, true))
        .collect();
    if references.iter().any(|reference| reference.is_old) {
        lines.push(words::old_legend(estimate));
    }
    if lines.is_empty() {
        String::new()
    } else {
        format!("**Sources**\n\n{}", list(lines))
    }
}

fn paragraphs(texts: Vec<String>) -> String {
    texts
        .iter()
        .map(|text| for_markdown(text))
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn list(lines: impl IntoIterator<Item = String>) -> String {
    lines
        .into_iter()
        .map(|line| format!("- {}", for_markdown(&line)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Rows of unescaped cells, the headings first.
fn table(rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<_> = cells.iter().map(|cell| for_markdown(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let Some((headings, body)) = rows.split_first() else {
        return String::new();
    };
    let rule = headings
        .iter()
        .enumerate()
        .map(|(nth, _)| if nth == 0 { "---" } else { "---:" });
    let mut lines = vec![
        line(headings),
        format!("| {} |", rule.collect::<Vec<_>>().join(" | ")),
    ];
    lines.extend(body.iter().map(|row| line(row)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::tax_sample::{default_tax, reckon, tax_from};

    #[test]
    fn the_articles_fleet() {
        let tax = default_tax();
        let facts = [
            ("pods", 400),
            ("nodes", 20),
            ("waypoints", 20),
            ("vcpu_month_cost", 25),
            ("gib_month_cost", 3),
        ];
        insta::assert_snapshot!(render(
            &reckon(&tax, &facts, &["mtls"]),
            2,
            Some("sidecarless")
        ));
    }

    #[test]
    fn sizes_that_were_not_given() {
        let tax = default_tax();
        insta::assert_snapshot!(render(&reckon(&tax, &[], &[]), 2, None));
    }

    #[test]
    fn a_title_cannot_break_out_of_its_cell() {
        let tax = tax_from(
            r#"
            shapes: [{id: a, title: "a | <b>\n**x**"}]
            parts: []
            latency: []
            "#,
        );
        let text = render(&reckon(&tax, &[], &[]), 2, None);
        assert!(
            text.contains("| a \\| &lt;b&gt; \\*\\*x\\*\\* | none |"),
            "{text}"
        );
    }
}
