//! What of a YAML object is worth parsing.
//!
//! Most of what a cluster writes into an object, no rule reads: who manages which field, the status of most kinds, where a
//! Pod was put and why. Parsing YAML is slow and passing over lines is fast, so what no rule reads of the keys of an object,
//! and of the keys within those, is left out before the parser sees the text. Only the usual block style is understood; any
//! other text is parsed whole.

use crate::object::tolerant::Tolerant;
use crate::object::{Body, Meta, TypeName};

/// The text of an object of this type without the parts that no rule reads; `None` where there are none, or where they
/// cannot be told by the lines.
pub(super) fn essential(text: &str, type_name: &TypeName) -> Option<String> {
    let body = Body::of(type_name);
    let mut kept = String::with_capacity(text.len());
    let mut at = Section {
        indent: None,
        is_kept: true,
        outer: "",
        inner: None,
        is_inner_kept: true,
    };
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        if !matches!(content.trim_ascii().as_bytes().first(), None | Some(b'#')) {
            at.enter(line.len() - content.len(), content, &body)?;
        }
        if at.is_kept && at.is_inner_kept {
            kept.push_str(line);
        }
    }
    (kept.len() < text.len()).then_some(kept)
}

/// Where a line stands.
struct Section<'t> {
    /// How deep the keys of the object are indented, once that is known.
    indent: Option<usize>,
    is_kept: bool,
    /// The key of the object at hand, if a mapping or a list begins below it.
    outer: &'t str,
    /// How deep the keys of that mapping are indented.
    inner: Option<usize>,
    is_inner_kept: bool,
}

impl<'t> Section<'t> {
    /// Goes on to a line that says something; `None` for a line that the usual style does not have.
    fn enter(&mut self, indent: usize, content: &'t str, body: &Body) -> Option<()> {
        let own = match self.indent {
            None if content.starts_with("---") => return key_after_marker(content),
            None => *self.indent.insert(indent),
            Some(own) => own,
        };
        // A dash at the depth of a key belongs to that key's list.
        let is_dash = content.starts_with("- ") || content.trim_ascii_end() == "-";
        if indent < own {
            return None;
        }
        if indent == own && !is_dash {
            let (key, value) = key(content)?;
            self.is_kept =
                matches!(key, "apiVersion" | "kind" | "metadata" | "items") || body.reads(key);
            let is_below = value.trim_ascii().is_empty();
            self.outer = if is_below { key } else { "" };
            self.inner = None;
            self.is_inner_kept = true;
        } else if self.is_kept && !matches!(self.outer, "" | "items") {
            let inner = *self.inner.get_or_insert(indent);
            if indent < inner {
                return None;
            }
            if indent == inner && !is_dash {
                // A key in another style is the parser's.
                self.is_inner_kept = key(content).is_none_or(|(key, _)| match self.outer {
                    "metadata" => Meta::reads(key),
                    outer => body.reads_within(outer, key),
                });
            }
        }
        Some(())
    }
}

/// Nothing but a marker on the line that begins a document.
fn key_after_marker(content: &str) -> Option<()> {
    (content.trim_ascii_end() == "---").then_some(())
}

/// A plain key and what stands after its colon.
fn key(content: &str) -> Option<(&str, &str)> {
    let (key, value) = content.split_once(':')?;
    let is_plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_key = value.is_empty() || value.starts_with([' ', '\n', '\r']);
    (is_plain && is_key).then_some((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: &str, text: &str) -> Option<String> {
        essential(text, &TypeName::new("v1", kind))
    }

    #[test]
    fn managed_fields_and_unread_statuses_are_left_out() {
        let text = "apiVersion: v1\nkind: Service\nmetadata:\n  managedFields:\n  - manager: x\n    fieldsV1:\n      \
                    f:spec: {}\n  name: a\nspec:\n  selector: {app: a}\nstatus:\n  loadBalancer: {}\n";
        let kept =
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  selector: {app: a}\n";
        assert_eq!(of("Service", text).as_deref(), Some(kept));
    }

    #[test]
    fn what_no_rule_reads_within_a_key_is_left_out_with_all_that_is_below_it() {
        let text = "kind: Pod\nspec:\n  tolerations:\n  - key: a\n    effect: b\n  containers:\n  - name: x\n    \
                    tolerations: 1\nstatus:\n  conditions:\n  - type: Ready\n  phase: Running\n  # x\n  message: |\n    \
                    phase: Failed\n";
        let kept = "kind: Pod\nspec:\n  containers:\n  - name: x\n    tolerations: 1\nstatus:\n  phase: Running\n  # x\n";
        assert_eq!(of("Pod", text).as_deref(), Some(kept));
        // Whose keys are names, all may be read.
        let text = "kind: ConfigMap\ndata:\n  a: b\n  c.yaml: |\n    d: e\nstatus: {}\n";
        let kept = "kind: ConfigMap\ndata:\n  a: b\n  c.yaml: |\n    d: e\n";
        assert_eq!(of("ConfigMap", text).as_deref(), Some(kept));
    }

    #[test]
    fn of_a_kind_that_no_rule_reads_only_the_metadata_is_kept() {
        let text = "apiVersion: v1\ndata:\n  a: |\n    kind: Pod\n\n    # x\nkind: Secret\nmetadata:\n  name: a\n";
        assert_eq!(
            of("Secret", text).as_deref(),
            Some("apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n")
        );
    }

    #[test]
    fn what_is_not_in_the_usual_style_is_parsed_whole() {
        assert_eq!(of("Pod", "{kind: Pod,\nstatus: {}}\n"), None);
        assert_eq!(of("Pod", "\"kind\": Pod\nx: {}\n"), None);
        assert_eq!(of("Pod", "kind: Pod\nx: {\n}\n"), None);
        assert_eq!(of("Pod", "  kind: Pod\nx: 1\n"), None);
        assert_eq!(of("Pod", "--- {kind: Pod}\n"), None);
    }
}
