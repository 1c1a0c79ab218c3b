//! Whatever is read from the lines is what the parser reads.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::reading::Reading;
use super::super::{Documents, read_twice};

/// What the lines say; `None` for a text that is left to the parser.
fn by_lines(text: &str) -> Option<Documents> {
    read_twice(None, |reading: &mut Reading<'_>| reading.read_block(text)).ok()
}

/// What the parser says, with the reason when it refuses the text.
fn by_parser(text: &str) -> Result<Documents, crate::read::Reason> {
    read_twice(None, |reading: &mut Reading<'_>| reading.read_yaml(text))
}

fn assert_alike(text: &str) -> bool {
    let Some(read) = by_lines(text) else {
        return false;
    };
    let parsed = by_parser(text).unwrap_or_else(|reason| panic!("{reason:?}: {text}"));
    assert_eq!(format!("{read:?}"), format!("{parsed:?}"), "{text}");
    true
}

/// A ConfigMap that holds these lines as its data, a rule reads them all.
fn with_data(lines: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: istio}}\ndata:\n{lines}\n")
}

#[test]
fn what_kubectl_and_people_write_is_read_from_the_lines() {
    let texts = [
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: {app: a, \"b\": 'c'}\n",
        "# first\n---\napiVersion: apps/v1   # this\nkind: \"Deployment\"\nspec:\n  replicas: 3\n",
        "  apiVersion: v1\n  kind: Service\n  spec:\n    selector:\n      app: x\n    ports:\n    - port: 80\n      name: a\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      args: [--a, \"-b\"]\n    -   name: b\n        args:\n        - --c=d\n        - -e\n        - 7\n        -\n",
        "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n- kind: Node\n  apiVersion: v1\nkind: List\n",
        "- apiVersion: v1\n  kind: Pod\n- - kind: Pod\n    apiVersion: v1\n",
    ];
    for text in texts {
        assert!(assert_alike(text), "{text}");
    }
}

#[test]
fn every_form_of_a_scalar_says_what_it_says_to_the_parser() {
    let scalars = [
        "word",
        "two words",
        "it's",
        "a:b",
        "a#b",
        "a #b",
        "null",
        "Null",
        "~",
        "",
        "true",
        "False",
        "tRue",
        "yes",
        "0",
        "7",
        "007",
        "+7",
        "-7",
        "1_000",
        "0x1f",
        "0o17",
        "1.5",
        "1e3",
        ".5",
        ".inf",
        "-.inf",
        "inf",
        "nan",
        "123456789012345678901234567890",
        "--flag",
        "-a",
        "-1a",
        "--- a",
        "... a",
        "=",
        "<<",
        "10.0.0.1",
        "100m",
        "2026-11-02T08:00:00Z",
        "\"\"",
        "\"a b\"  # c",
        "\"a\\\"b\\\\\\n\\t\"",
        "\"\\u00e4\\x41\"",
        "''",
        "'it''s'",
        "\"a\n\n     b\"",
        "'a\n   b'",
        "\"a\nb\"",
        "word\n   goes on\n\n   and on",
        "|\n   a\n    b\n\n   c",
        "|-\n   a\n\n",
        "|+\n   a\n\n",
        ">\n   a\n   b\n\n    c",
        ">-\n   a",
        "{}",
        "[]",
        "{a: b, c: [d, 'e']}",
        "[1, \"x\"]",
        "käse",
        "\"käse\\n\"",
        "|\n   {\"a\": 1}\n   # no comment",
    ];
    for scalar in scalars {
        let entries = with_data(&format!("  a: {scalar}\n  b: x\n  {scalar}: y"));
        let items = with_data(&format!("  a:\n  - {scalar}\n  - x"));
        let ignored =
            format!("kind: Pod\napiVersion: v1\nstatus:\n  a: {scalar}\n  b:\n  - {scalar}\n");
        assert_alike(&entries);
        assert_alike(&items);
        assert!(
            assert_alike(&with_data(&format!("  a: {scalar}\n  b: x"))),
            "{scalar}"
        );
        assert!(assert_alike(&ignored), "{scalar}");
    }
}

#[test]
fn what_is_not_in_the_usual_style_is_left_to_the_parser() {
    let texts = [
        "{kind: Pod,\nstatus: {}}\n",
        "kind: Pod\nx: {\n}\n",
        "  kind: Pod\nx: 1\n",
        "--- {kind: Pod}\n",
        "kind: Pod\r\n",
        "kind:\tPod\n",
        "kind: &a Pod\nx: *a\n",
        "kind: !!str Pod\n",
        "? kind\n: Pod\n",
        "kind: Pod\nx: a: b\n",
        "kind: Pod\nx: 'a\n",
        "kind: Pod\nx: |2\n    a\n",
        "kind: Pod\nx:\n    a: 1\n  b: 2\n",
        "kind: Pod\nx: a\n  # no more\n  b\n",
        "kind: Pod\nx:\n- a\n b: c\n",
        "kind: Pod\n\u{85}x: a\n",
        "Pod\n",
        "",
    ];
    for text in texts {
        assert!(by_lines(text).is_none(), "{text}");
    }
}

/// Lines out of everything that means something, well indented or not.
fn lines() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        4 => "[a-c]{1,2}",
        1 => prop::sample::select(vec!["spec", "metadata", "labels", "name", "containers", "\"f:x\"", "'k'", ".", "1", "true", "a b"])
            .prop_map(str::to_owned),
    ];
    let scalar = prop_oneof![
        4 => "[a-c]{1,3}",
        3 => prop::sample::select(vec![
            "", "\"x\"", "'y'", "1", "-1", "1.5", "null", "{}", "[]", "{a: b}", "|", ">-", "|+", "\"", "'", "\"a", "a\"",
            "a'", "# c", "a # c", "a: b", "a:", "- a", "-", "&a", "*a", "!t x", "[a", "]", "{a: 'b}", "\"\\n\"", "\"\\q\"",
            "\\", "it's", "@", "%", "?", "? a", ":", "---", "...", "\t", "a\tb", " a", "\u{e4}",
        ])
        .prop_map(str::to_owned),
        1 => "[-a:#'\"{}\\[\\], |>&*!\\\\]{1,6}",
    ];
    let line = (
        0..6_usize,
        0..3_usize,
        prop::option::weighted(0.8, key),
        scalar,
    )
        .prop_map(|(indent, dashes, key, scalar)| {
            let key = key.map_or(String::new(), |key| format!("{key}: "));
            format!(
                "{}{}{key}{scalar}",
                " ".repeat(indent),
                "- ".repeat(dashes.saturating_sub(1))
            )
        });
    vec(line, 0..9).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_lines_are_read_as_by_the_parser(lines in lines(), is_read in any::<bool>()) {
        let indented = lines.replace('\n', "\n  ");
        if is_read {
            assert_alike(&format!("apiVersion: v1\nkind: ConfigMap\ndata:\n  {indented}"));
        } else {
            assert_alike(&format!("kind: Pod\napiVersion: v1\nmetadata:\n  name: x\nstatus:\n  {indented}\nspec: {{}}"));
        }
        assert_alike(&lines);
        assert_alike(&format!("apiVersion: v1\nkind: Pod\n{lines}"));
    }
}
