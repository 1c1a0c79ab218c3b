//! A comparison of two rubrics for people.

use num_bigint::BigUint;

use super::diff::{Comparison, example};
use crate::show::document::{Document, Mark};
use crate::show::words::counted;
use crate::show::{figures, sheets, terminal};
use crate::words::names;
use verdict::engine::Difference;
use verdict::revision::{Edit, Nature, Outcome, SheetChange, Step, Way};

/// More edits than this are counted, not listed.
const MOST_EDITS: usize = 60;

/// The text, for a page of so many columns.
pub fn render(comparison: &Comparison<'_>, width: usize) -> String {
    let (old, new) = (comparison.old, comparison.new);
    let mut page = Document::default();
    page.brief(format!(
        "{} {} -> {} {}",
        old.id, old.version, new.id, new.version
    ));
    page.gap();
    match &comparison.revision.difference {
        Ok(difference) => recommendations(&mut page, comparison, difference),
        Err(error) => page.paragraph(format!(
            "The recommendations were not compared: {error}. Whether some sheet gets another one is not known."
        )),
    }
    facts(&mut page, comparison);
    edits(&mut page, &comparison.revision.edits);
    own_sheets(&mut page, &comparison.sheets);
    for skipped in &comparison.skipped {
        page.brief(format!("skipped {}: {}", skipped.path, skipped.why));
    }
    version(&mut page, comparison);
    terminal::dress(&page, width)
}

fn recommendations(page: &mut Document, comparison: &Comparison<'_>, difference: &Difference) {
    let moved = comparison.moved(difference);
    let all: BigUint = moved.iter().map(|shift| &shift.sheets).sum();
    let total = &difference.total;
    if moved.is_empty() {
        page.brief(format!(
            "{}: none gets another recommendation",
            sheets::counted(total)
        ));
        return;
    }
    let (count, share) = (figures::count(&all), sheets::share(&all, total));
    page.brief(format!(
        "{count} of {} ({share}) get another recommendation",
        sheets::counted(total)
    ));
    for shift in moved {
        let (from, to) = comparison.ids(shift);
        let (from, to) = (from.unwrap_or("no rule"), to.unwrap_or("no rule"));
        let (count, share) = (
            sheets::counted(&shift.sheets),
            sheets::share(&shift.sheets, total),
        );
        let where_to = format!(
            "{from} -> {to}: {count} ({share}), such as {}",
            example(&shift.example)
        );
        page.item(Mark::Bullet, where_to);
    }
    page.paragraph("What an example leaves out is as assumed.");
}

fn facts(page: &mut Document, comparison: &Comparison<'_>) {
    let both = [
        ("old", &comparison.revision.only_old),
        ("new", &comparison.revision.only_new),
    ];
    for (which, ids) in both.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        let ids = names(ids.iter().map(String::as_str));
        page.brief(format!(
            "only the {which} rubric has the facts {ids}, or has them with this kind and these decimals"
        ));
    }
}

fn edits(page: &mut Document, edits: &[Edit]) {
    if edits.is_empty() {
        return;
    }
    page.heading(format!("{} in the file", counted(edits.len(), "change")));
    for edit in edits.iter().take(MOST_EDITS) {
        let (mark, note) = match edit.way {
            Way::Added => ("+", ""),
            Way::Removed => ("-", ""),
            Way::Changed => ("~", ""),
            Way::Reordered => ("~", " (order)"),
        };
        let nature = if edit.nature == Nature::Text {
            " (text)"
        } else {
            ""
        };
        page.item(
            Mark::Word(mark.into()),
            format!("{}{note}{nature}", edit.place()),
        );
    }
    if edits.len() > MOST_EDITS {
        page.paragraph(format!("and {} more", edits.len() - MOST_EDITS));
    }
}

fn own_sheets(page: &mut Document, all: &[SheetChange]) {
    if all.is_empty() {
        return;
    }
    let changed: Vec<&SheetChange> = all.iter().filter(|sheet| sheet.is_change()).collect();
    page.heading(format!(
        "{} of your {} changed",
        changed.len(),
        counted(all.len(), "sheet")
    ));
    for sheet in changed {
        let before = &sheet.before;
        let what = match &sheet.after {
            Err(problems) => {
                let sentences: Vec<String> = problems
                    .iter()
                    .map(|placed| placed.problem.sentence())
                    .collect();
                format!("no longer fits: {}", sentences.join("; "))
            }
            Ok(after) if after.recommendation == before.recommendation => {
                format!(
                    "{} as before, but now {} can come out",
                    given(before),
                    after.possible.join(" or ")
                )
            }
            Ok(after) => format!("{} -> {}", given(before), given(after)),
        };
        page.item(Mark::Bullet, format!("{}: {what}", sheet.path));
    }
}

fn given(outcome: &Outcome) -> &str {
    outcome
        .recommendation
        .as_deref()
        .unwrap_or("no recommendation")
}

fn version(page: &mut Document, comparison: &Comparison<'_>) {
    let revision = &comparison.revision;
    page.gap();
    let is_known = revision.difference.is_ok();
    match (revision.step, is_known) {
        (Step::None, true) => page.brief("no version step is called for"),
        (step, _) => {
            let least = if is_known { "" } else { " at least" };
            let shown = revision
                .reasons
                .iter()
                .take(3)
                .map(|reason| reason.why.clone());
            let mut why: Vec<String> = shown.collect();
            if revision.reasons.len() > 3 {
                why.push(format!("and {} more", revision.reasons.len() - 3));
            }
            let why = if why.is_empty() {
                String::new()
            } else {
                format!(": {}", why.join("; "))
            };
            page.title(format!("calls for a {} step{least}{why}", step.as_str()));
        }
    }
    if let Some(wanted) = revision.wanted {
        let taken = match revision.taken {
            Step::None => "no later version".to_owned(),
            step => format!("only a {} step", step.as_str()),
        };
        let text = format!(
            "the version goes from {} to {}, {taken}; {wanted} is called for",
            comparison.old.version, comparison.new.version
        );
        page.title(text);
    }
}
