//! Bad input: counted with its reason, and its neighbours stay.

use super::{Text, read_bytes, read_text, read_with};
use crate::read::feed::Limits;

fn pod(name: &str) -> String {
    format!("{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{{\"name\":\"{name}\"}}}}")
}

fn list(items: &[&str]) -> String {
    format!(
        "{{\"apiVersion\":\"v1\",\"items\":[\n{}\n],\"kind\":\"List\"}}",
        items.join(",\n")
    )
}

#[track_caller]
fn check(text: &str, names: &[&str], reasons: &[(&str, u64)]) {
    let outcome = read_text(text);
    let found: Vec<_> = outcome.names().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        (found, outcome.reasons()),
        (names.to_vec(), reasons.to_vec())
    );
}

#[test]
fn a_mistake_in_an_item_costs_no_other_item() {
    let (a, z) = (pod("a"), pod("z"));
    for (broken, reason) in [
        (
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"x\":[1,}}",
            "syntax",
        ),
        (
            "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"never closed}}",
            "syntax",
        ),
        (
            "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}}",
            "no-kind",
        ),
        ("{\"kind\": {{ .Values.kind }}}", "template"),
        ("{\"kind\":\"Pod\" \u{1}}", "syntax"),
    ] {
        check(
            &list(&[&a, broken, &z]),
            &["Pod/-/a", "Pod/-/z"],
            &[(reason, 1)],
        );
    }
}

#[test]
fn a_bracket_that_is_never_closed_costs_no_other_item_of_a_list_with_lines() {
    let text = list(&[&pod("a"), "{\"kind\":\"Pod\",\"spec\":{", &pod("z")]);
    check(&text, &["Pod/-/a", "Pod/-/z"], &[("syntax", 1)]);
}

#[test]
fn not_a_number_is_passed_over_like_any_value_that_no_rule_reads() {
    let text = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"},\"status\":{\"load\":NaN}}";
    check(
        &list(&[&pod("a"), text, &pod("z")]),
        &["Pod/-/a", "Pod/-/b", "Pod/-/z"],
        &[],
    );
}

#[test]
fn a_dump_that_ends_in_the_middle_gives_what_was_whole() {
    let text = list(&[&pod("a"), &pod("b"), &pod("c")]);
    let end = text.find("\"c\"").expect("there");
    check(&text[..end], &["Pod/-/a", "Pod/-/b"], &[("truncated", 1)]);
    check(
        &text[..text.len() - 15],
        &["Pod/-/a", "Pod/-/b", "Pod/-/c"],
        &[("truncated", 1)],
    );
}

#[test]
fn a_typed_list_that_ends_in_the_middle_still_says_what_its_items_are() {
    check(
        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"a\"}},{\"meta",
        &["Pod/-/a"],
        &[("truncated", 1)],
    );
}

#[test]
fn a_document_that_is_no_yaml_costs_no_other_document() {
    let good = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";
    for (broken, reason) in [
        ("---\na: [\n", "syntax"),
        ("---\n\tkey: value\n", "syntax"),
        ("---\nkind: \"never closed\n", "syntax"),
        ("---\nkind: *nothing\n", "syntax"),
        ("---\nkind: {{ .Values.kind }}\n{{- if x }}\n", "template"),
    ] {
        let text = [good, broken, &good.replace("a}", "z}")].concat();
        check(&text, &["Pod/-/a", "Pod/-/z"], &[(reason, 1)]);
    }
}

#[test]
fn braces_in_quotes_are_no_template() {
    check(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: \"{{name}}\"}\n",
        &["Pod/-/{{name}}"],
        &[],
    );
}

#[test]
fn an_item_of_yaml_that_cannot_be_read_costs_no_other_item() {
    let item = |name| format!("- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: {name}\n");
    let text = format!(
        "items:\n{}- kind: [\n{}kind: List\napiVersion: v1\n",
        item("a"),
        item("z")
    );
    check(&text, &["Pod/-/a", "Pod/-/z"], &[("syntax", 1)]);
}

#[test]
fn a_hundred_thousand_brackets_are_no_burden() {
    let deep = "[".repeat(100_000);
    let pod_of_brackets = |closing: &str| {
        let name = "\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}";
        format!("{{{name},\"spec\":{{\"containers\":{deep}{closing}}}}}")
    };
    check(&deep, &[], &[("truncated", 1)]);
    check(&"{\"a\":".repeat(100_000), &[], &[("truncated", 1)]);
    let text = list(&[&pod("a"), &pod_of_brackets(&"]".repeat(100_000)), &pod("z")]);
    check(&text, &["Pod/-/a", "Pod/-/b", "Pod/-/z"], &[]);
    let text = list(&[&pod("a"), &pod_of_brackets(""), &pod("z")]);
    check(&text, &["Pod/-/a", "Pod/-/z"], &[("syntax", 1)]);
    check(&format!("kind: {deep}"), &[], &[("too-deep", 1)]);
    check(&"- ".repeat(100_000), &[], &[("too-deep", 1)]);
    // Never closed, and something on a line of its own behind it.
    let text = format!("{}\n{deep}\n{}\n", pod("a"), pod("z"));
    let outcome = read_text(&text);
    assert_eq!(outcome.names().len(), 2, "{:?}", outcome.reasons());
}

#[test]
fn aliases_that_repeat_each_other_end_as_a_mistake() {
    let mut text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        text += &format!(
            "  a{level}: &a{level} [{}]\n",
            [alias.as_str(); 9].join(", ")
        );
    }
    text += "  containers: [*a11, *a11]\n";
    let outcome = read_text(&text);
    assert!(
        outcome.reasons() == [("too-deep", 1)] || outcome.names().len() == 1,
        "{:?}",
        outcome.reasons()
    );
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    for (bytes, reason) in [
        (&b"\x1f\x8b\x08\x00"[..], "compressed"),
        (b"\x00GITCRYPT\x00\x01", "binary"),
        (b"apiVersion: v1\nkind: \xff\xfe\n", "not-utf8"),
    ] {
        let outcome = read_bytes(bytes);
        assert_eq!(
            (outcome.names(), outcome.reasons()),
            (vec![], vec![(reason, 1)])
        );
    }
}

#[test]
fn a_document_that_is_no_text_costs_no_other_document() {
    let pod = |name: &str| format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n");
    let mut bytes = pod("a").into_bytes();
    bytes.extend(b"---\n\x00\xff\xfe: \xc3\x28\n---\n");
    bytes.extend(pod("z").into_bytes());
    let outcome = read_bytes(&bytes);
    assert_eq!(outcome.names().len(), 2, "{:?}", outcome.reasons());
    assert_eq!(outcome.reasons(), [("not-utf8", 1)]);
}

#[test]
fn the_log_of_a_tool_between_values_is_passed_over() {
    let text = format!(
        "{}\n==== START logs for container x ====\nplain {{ text\n==== END\n{}\n",
        pod("a"),
        pod("z")
    );
    check(&text, &["Pod/-/a", "Pod/-/z"], &[("text-between", 3)]);
}

#[test]
fn an_object_that_is_too_large_costs_itself_only() {
    let limits = Limits {
        block: 64,
        largest_piece: 256,
    };
    let large = format!("{{\"kind\":\"Pod\",\"x\":\"{}\"}}", "x".repeat(5000));
    let yaml = |name: &str, text: &str| {
        format!("- apiVersion: v1\n  kind: Pod\n  metadata: {{name: {name}}}\n  x: {text}\n")
    };
    let lines = format!("|\n{}", "      x\n".repeat(1000));
    for text in [
        list(&[&pod("a"), &large, &pod("z")]),
        format!("{}\n{large}\n{}", pod("a"), pod("z")),
        format!(
            "items:\n{}{}{}kind: List\n",
            yaml("a", "1"),
            yaml("b", &"x".repeat(5000)),
            yaml("z", "1")
        ),
        format!(
            "items:\n{}{}{}kind: List\n",
            yaml("a", "1"),
            yaml("b", &lines),
            yaml("z", "1")
        ),
    ] {
        let source = Text {
            bytes: text.as_bytes(),
            is_expected: true,
            is_stream: true,
        };
        let outcome = read_with(&[source], limits);
        let names: Vec<_> = outcome.names().into_iter().map(|(name, _)| name).collect();
        assert_eq!(
            (names, outcome.reasons()),
            (vec!["Pod/-/a", "Pod/-/z"], vec![("too-large", 1)]),
            "{text}"
        );
    }
}

#[test]
fn keys_that_stand_twice_count_as_they_stand_last() {
    check(
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"},\"metadata\":{\"name\":\"b\"}}",
        &["Pod/-/b"],
        &[],
    );
    check(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nmetadata: {name: b}\n",
        &["Pod/-/b"],
        &[],
    );
}

#[test]
fn types_that_do_not_fit_are_read_as_nothing() {
    check(
        "apiVersion: [v1]\nkind: {a: b}\nmetadata: 7\n",
        &[],
        &[("no-kind", 1)],
    );
    check(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: 7, labels: [a], annotations: x}\nspec: []\n",
        &["Pod/-/7"],
        &[],
    );
}
