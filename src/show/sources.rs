//! The sources of a document: where each can be read, as a link where its place is an address.

use verdict::rubric::Citation;

use super::document::{Document, Line, Span};

/// The sources, each under the id by which the document names it.
pub(super) fn list(citations: &[&Citation], document: &mut Document) {
    for citation in citations {
        let name = Line {
            spans: vec![Span::Source(citation.id.to_string())],
        };
        document.pair(name, entry(citation));
    }
}

/// A source in a line: title, place, day and vendor.
fn entry(citation: &Citation) -> Line {
    let address = address(&citation.place);
    let place = match &address {
        Some(_) => String::new(),
        None => format!(", {}", citation.place),
    };
    let as_of = citation
        .as_of
        .map_or(String::new(), |date| format!(", as of {date}"));
    let vendor = citation.vendor.as_ref();
    let vendor = vendor.map_or(String::new(), |vendor| format!(", vendor: {vendor}"));
    Line::new()
        .link(citation.title.as_str(), address)
        .text(format!("{place}{as_of}{vendor}"))
}

/// Where a place leads: an `https` address as it stands, and a file at a commit, `owner/name@commit:path, lines 3-9`, as
/// GitHub serves it.
pub(super) fn address(place: &str) -> Option<String> {
    if place.starts_with("https://") {
        let is_whole = !place.contains(|c: char| c.is_whitespace());
        return is_whole.then(|| place.to_owned());
    }
    let (file, lines) = match place.split_once(", line") {
        Some((file, lines)) => (file, Some(lines.trim_start_matches('s').trim())),
        None => (place, None),
    };
    let (repository, rest) = file.split_once('@')?;
    let (commit, path) = rest.split_once(':')?;
    let is_name = |text: &str, others: &str| {
        let is_fit = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
        !text.is_empty() && text.chars().all(is_fit)
    };
    let (owner, name) = repository.split_once('/')?;
    let is_file = is_name(owner, "-")
        && is_name(name, "-._")
        && is_name(commit, "")
        && is_name(path, "-._/+")
        && !path.starts_with('/');
    let anchor = match lines.map(|lines| lines.split_once(['-', '–']).unwrap_or((lines, lines))) {
        Some((from, to)) if is_name(from, "") && is_name(to, "") => format!("#L{from}-L{to}"),
        Some(_) => return None,
        None => String::new(),
    };
    is_file.then(|| format!("https://github.com/{repository}/blob/{commit}/{path}{anchor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_to_an_address_or_nowhere() {
        let found = |place: &str| address(place).unwrap_or_default();
        assert_eq!(found("https://a.example/b#c"), "https://a.example/b#c");
        assert_eq!(
            found("istio/istio@86c9f01:manifests/values.yaml, lines 58-64"),
            "https://github.com/istio/istio/blob/86c9f01/manifests/values.yaml#L58-L64"
        );
        assert_eq!(
            found("istio/enhancements@d019ef1:features.yaml"),
            "https://github.com/istio/enhancements/blob/d019ef1/features.yaml"
        );
        for nowhere in [
            "somewhere",
            "arXiv 2411.02267",
            "javascript:alert(1)",
            "https://a.example/b and c",
            "a/b@c:d\" onclick=\"e",
            "BuoyantIO/great-sidecar-debate@8d032db:V1/Data, table 3",
        ] {
            assert_eq!(found(nowhere), "", "{nowhere}");
        }
    }
}
