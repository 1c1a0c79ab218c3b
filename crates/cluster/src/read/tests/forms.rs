//! The forms in which Kubernetes objects come.

use super::{Text, read_bytes, read_text, read_with};
use crate::read::feed::Limits;

#[test]
fn documents_of_yaml_are_read_one_by_one_with_their_first_lines() {
    let outcome = read_text(
        "# a comment\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: x}\n---\n\n---\n\
         # another\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: b\n...\n---\nnull\n",
    );
    assert_eq!(
        outcome.names(),
        [("Service/x/a", 3), ("Deployment/-/b", 10)]
    );
    assert_eq!(outcome.reasons(), []);
    assert_eq!((outcome.coverage.files, outcome.coverage.objects), (1, 2));
}

#[test]
fn a_list_as_kubectl_prints_it_in_yaml_is_opened() {
    let outcome = read_text(
        "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: a\n\
         - apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: b\nkind: List\nmetadata:\n  resourceVersion: \"\"\n",
    );
    assert_eq!(outcome.names(), [("Service/-/a", 3), ("Namespace/-/b", 7)]);
    assert_eq!(outcome.reasons(), []);
}

#[test]
fn a_list_may_be_indented_or_written_in_brackets() {
    let item = "{apiVersion: v1, kind: Pod, metadata: {name: a}}";
    for text in [
        format!("kind: List\nitems:\n  - {item}\n"),
        format!("kind: List\nitems: [{item}]\n"),
        format!("kind: List\nitems:\n  [{item}]\n"),
        format!("{{kind: List, items: [{item}]}}\n"),
        format!("- {item}\n"),
        format!("--- {item}\n"),
    ] {
        let outcome = read_text(&text);
        assert_eq!(
            outcome
                .names()
                .iter()
                .map(|(name, _)| *name)
                .collect::<Vec<_>>(),
            ["Pod/-/a"],
            "{text}"
        );
        assert_eq!(outcome.reasons(), [], "{text}");
    }
}

#[test]
fn an_empty_list_is_no_object_and_no_mistake() {
    for text in [
        "{\"apiVersion\":\"v1\",\"items\":[],\"kind\":\"List\"}",
        "apiVersion: v1\nitems: []\nkind: List\n",
        "apiVersion: v1\nitems: null\nkind: PodList\n",
        "apiVersion: v1\nitems:\nkind: List\n",
        "[]",
        "",
        "\n# nothing\n---\n---\n",
    ] {
        let outcome = read_text(text);
        assert_eq!(
            (outcome.names(), outcome.reasons()),
            (vec![], vec![]),
            "{text}"
        );
    }
}

#[test]
fn items_of_a_typed_list_are_what_the_list_says_before_them_or_after() {
    let items = "\"items\":[{\"metadata\":{\"name\":\"a\"},\"spec\":{\"nodeName\":\"n\"}},\n{\"metadata\":{\"name\":\"b\"}}]";
    for text in [
        format!("{{\"kind\":\"PodList\",\"apiVersion\":\"v1\",{items}}}"),
        format!("{{\"apiVersion\":\"v1\",{items},\"kind\":\"PodList\"}}"),
        "apiVersion: v1\nitems: [{metadata: {name: a}},\n {metadata: {name: b}}]\nkind: PodList\n"
            .to_owned(),
        "apiVersion: v1\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\nkind: PodList\n"
            .to_owned(),
    ] {
        let outcome = read_text(&text);
        let names: Vec<_> = outcome.names().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Pod/-/a", "Pod/-/b"], "{text}");
        assert_eq!(outcome.reasons(), [], "{text}");
    }
}

#[test]
fn contents_that_stand_before_the_kind_are_read_all_the_same() {
    let after = read_text(
        "{\"spec\":{\"replicas\":3},\"metadata\":{\"name\":\"a\"},\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\"}",
    );
    let before = read_text(
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"replicas\":3}}",
    );
    let yaml = read_text(
        "spec:\n  replicas: 3\nmetadata:\n  name: a\nkind: Deployment\napiVersion: apps/v1\n",
    );
    assert!(
        before.objects[0].0.contains("Some(3)"),
        "{:?}",
        before.objects
    );
    assert_eq!(before.objects, after.objects);
    assert_eq!(before.objects, yaml.objects);
}

#[test]
fn values_in_a_row_and_lines_of_json_are_read_one_by_one() {
    let object = |name| {
        format!("{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{{\"name\":\"{name}\"}}}}")
    };
    let text = format!(
        "{}{}\n{}\n\n[{},{}]",
        object("a"),
        object("b"),
        object("c"),
        object("d"),
        object("e")
    );
    let outcome = read_text(&text);
    let expected = [
        ("Pod/-/a", 1),
        ("Pod/-/b", 1),
        ("Pod/-/c", 2),
        ("Pod/-/d", 4),
        ("Pod/-/e", 4),
    ];
    assert_eq!(outcome.names(), expected);
    assert_eq!(outcome.reasons(), []);
}

#[test]
fn lists_within_lists_are_opened() {
    let pods =
        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"a\"}}]}";
    let outcome = read_text(&format!(
        "{{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[{pods},{pods}]}}"
    ));
    assert_eq!(outcome.names(), [("Pod/-/a", 1), ("Pod/-/a", 1)]);
    assert_eq!(
        (outcome.coverage.objects, outcome.coverage.duplicates),
        (1, 1)
    );
}

#[test]
fn a_line_of_json_is_where_its_object_begins() {
    let outcome = read_text(
        "{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n        {\n            \"apiVersion\": \"v1\",\n            \
         \"kind\": \"Pod\",\n            \"metadata\": {\"name\": \"a\"}\n        },\n        {\n            \
         \"apiVersion\": \"v1\",\n            \"kind\": \"Pod\",\n            \"metadata\": {\"name\": \"b\"}\n        }\n    \
         ],\n    \"kind\": \"List\"\n}\n",
    );
    assert_eq!(outcome.names(), [("Pod/-/a", 4), ("Pod/-/b", 9)]);
}

#[test]
fn an_object_seen_twice_is_counted_once_and_differences_are_told() {
    let service = |port: u16| {
        format!(
            "---\napiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: x}}\nspec: {{selector: {{app: \"{port}\"}}}}\n"
        )
    };
    let outcome = read_text(&[service(1), service(1), service(2), service(2)].concat());
    let coverage = &outcome.coverage;
    assert_eq!(
        (
            coverage.objects,
            coverage.duplicates,
            coverage.differing.count
        ),
        (1, 3, 1)
    );
    let (name, [first, other]) = &coverage.differing.examples[0];
    assert_eq!(
        (name.to_string().as_str(), first.line, other.line),
        ("Service/x/a", 2, 12)
    );
}

#[test]
fn what_stands_in_a_text_is_no_object() {
    let outcome = read_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  list.yaml: |\n    items:\n    - apiVersion: v1\n      \
         kind: Pod\n      metadata: {name: b}\n    ---\n    kind: Pod\n",
    );
    assert_eq!(outcome.names(), [("ConfigMap/-/a", 1)]);
    let inline = read_text("--- |\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: b}\n");
    assert_eq!(inline.names(), []);
}

#[test]
fn values_files_and_objects_without_a_name_are_counted_apart() {
    let outcome = read_text(
        "replicas: 3\n---\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n---\n\
         apiVersion: v1\nmetadata: {name: a}\n---\nkind: Pod\nmetadata: {name: a}\n",
    );
    assert_eq!(outcome.reasons(), [("no-kind", 3), ("no-name", 1)]);
    assert_eq!(outcome.coverage.objects, 0);
}

#[test]
fn a_file_without_an_extension_is_read_only_when_it_looks_like_a_manifest() {
    let of = |text: &'static str| Text {
        bytes: text.as_bytes(),
        is_expected: false,
        is_stream: false,
    };
    let pod = "kind: Pod\napiVersion: v1\nmetadata: {name: a}\n";
    let outcome = read_with(
        &[of("# Notes\n"), of(pod), of("[core]\n  x = 1\n")],
        Limits::USUAL,
    );
    assert_eq!(outcome.names(), [("Pod/-/a", 1)]);
    assert_eq!((outcome.coverage.files, outcome.reasons()), (1, vec![]));
}

#[test]
fn a_secret_is_read_no_further_than_its_labels() {
    let text = "{\"apiVersion\":\"v1\",\"data\":{\"password\":\"hunter2\"},\"kind\":\"Secret\",\"metadata\":{\"annotations\":\
                {\"note\":\"hunter2\"},\"labels\":{\"istio/multiCluster\":\"true\"},\"name\":\"s\"},\"stringData\":{\"p\":\"hunter2\"}}";
    let outcome = read_text(text);
    assert!(outcome.objects[0].0.contains("istio/multiCluster"));
    assert!(!format!("{outcome:?}").contains("hunter2"));
}

#[test]
fn a_mark_of_byte_order_is_no_text() {
    let outcome = read_bytes(
        b"\xef\xbb\xbf{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}",
    );
    assert_eq!(
        (outcome.names(), outcome.reasons()),
        (vec![("Pod/-/a", 1)], vec![])
    );
}
