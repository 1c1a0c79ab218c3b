//! "Did you mean": the valid name nearest to one that is not valid.

/// How alike two names must be, by Jaro-Winkler similarity (0 to 1), before one is offered for the other. Clap uses the
/// same measure and a similar bound for subcommands.
const ALIKE: f64 = 0.75;

/// The candidate nearest to `found`, when one is near enough to be what was meant.
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Who denies something does not mean the thing itself.
    if found.starts_with('!') || found.starts_with("not ") {
        return None;
    }
    let found = normal(found);
    candidates
        .into_iter()
        .map(|candidate| (normal(candidate), candidate))
        .map(|(name, candidate)| {
            (
                strsim::jaro_winkler(&found, &name),
                is_one_slip(&found, &name),
                candidate,
            )
        })
        .filter(|(likeness, is_one_slip, _)| *is_one_slip || *likeness >= ALIKE)
        .max_by(|(a, _, _), (b, _, _)| a.total_cmp(b))
        .map(|(_, _, candidate)| candidate)
}

/// Whether one character was mistyped, left out, added or swapped: in a short name that is much of it.
fn is_one_slip(found: &str, name: &str) -> bool {
    found.len() > 1 && strsim::damerau_levenshtein(found, name) == 1
}

/// Case and the choice between `_`, `-` and blanks are the commonest slips: they do not count as differences.
fn normal(name: &str) -> String {
    name.chars()
        .take(64)
        .map(|character| match character {
            '_' | ' ' => '-',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_nonsense_is_not() {
        let facts = ["services", "teams", "mtls_mandate"];
        assert_eq!(nearest("servces", facts), Some("services"));
        assert_eq!(nearest("MTLS-mandate", facts), Some("mtls_mandate"));
        assert_eq!(nearest("kubernetes", facts), None);
        assert_eq!(nearest("", facts), None);
        assert_eq!(nearest("!teams", facts), None);
        assert_eq!(nearest("not teams", facts), None);
        assert_eq!(nearest("l8", ["network", "l7"]), Some("l7"));
    }
}
