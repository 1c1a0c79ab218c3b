//! What a mesh gives beside what it takes, and how much of that would be used, in sentences.

use crate::show::figures;
use verdict::tax::{Estimate, GiftCount};

/// The tax and the use of it in one sentence: `You would pay for four and use one.`
pub(super) fn sentence(estimate: &Estimate<'_>) -> String {
    let used = estimate
        .gifts
        .iter()
        .filter(|gift| gift.is_used == Some(true))
        .count();
    let undecided = estimate
        .gifts
        .iter()
        .filter(|gift| gift.is_used.is_none())
        .count();
    let all = figures::in_words(estimate.gifts.len());
    let used_in_words = if used == estimate.gifts.len() {
        "all of them".to_owned()
    } else {
        figures::in_words(used)
    };
    let more = match undecided {
        0 => String::new(),
        _ => format!(
            ", or up to {} once the unknown answers are known",
            figures::in_words(used + undecided)
        ),
    };
    format!("You would pay for {all} and use {used_in_words}{more}.")
}

/// What one shape gives of them.
pub(super) fn count(count: GiftCount) -> String {
    let given = match (count.given, count.used) {
        (0, _) => "pay for none".to_owned(),
        (given, used) => format!(
            "pay for {}, use {}",
            figures::in_words(given),
            figures::in_words(used)
        ),
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
pub(super) fn is_used(is_used: Option<bool>) -> &'static str {
    match is_used {
        Some(true) => "used",
        Some(false) => "not used",
        None => "unknown",
    }
}
