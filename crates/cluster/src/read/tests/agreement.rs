//! However a text is written, cut and mistyped, what is read of it is what the plain reader reads.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{plain, read_in_blocks};
use crate::read::sniff::Syntax;

/// Values as they stand in objects, with everything in texts that a cutter could mistake for structure.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[a-z\"\\\\{}\\[\\]:,\n\t #&*|>-]{0,12}",
        Just("items".to_owned()),
        Just("\n---\nitems:\n- kind: Pod\n".to_owned()),
        Just("\\".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = prop_oneof![
            "[a-z]{1,6}",
            Just("items".to_owned()),
            Just("kind".to_owned())
        ];
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key, inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn object() -> impl Strategy<Value = Value> {
    let type_name = prop_oneof![
        Just(("v1", "Pod")),
        Just(("apps/v1", "Deployment")),
        Just(("v1", "ConfigMap")),
        Just(("v1", "Secret")),
        Just(("example.com/v1", "Other")),
    ];
    let metadata = vec(value(), 3).prop_map(|values| {
        let [labels, annotations, managed] = values.try_into().expect("three");
        json!({"name": "a", "labels": labels, "managedFields": [managed], "annotations": annotations})
    });
    (type_name, metadata, vec(value(), 3), any::<bool>()).prop_map(
        |((api, kind), metadata, values, is_typed)| {
            let mut map = Map::new();
            if is_typed {
                map.insert("apiVersion".into(), api.into());
                map.insert("kind".into(), kind.into());
            }
            map.insert("metadata".into(), metadata);
            let status =
                json!({"conditions": [values[2]], "phase": values[2], "images": values[1]});
            let values = values.into_iter().take(2).chain([status]);
            let keys = ["spec", "data", "status"];
            map.extend(keys.into_iter().map(str::to_owned).zip(values));
            Value::Object(map)
        },
    )
}

/// Documents in the forms that are read: objects, typed lists with the kind before or after, bare arrays.
fn document() -> impl Strategy<Value = Value> {
    let list = (
        vec(object(), 0..5),
        prop_oneof![Just("List"), Just("PodList"), Just("Odd")],
    );
    prop_oneof![
        object(),
        list.prop_map(|(items, kind)| json!({"apiVersion": "v1", "items": items, "kind": kind})),
        vec(object(), 0..4).prop_map(Value::from),
        value(),
    ]
}

/// Turns the keys of every mapping around, so that `kind` stands after the items.
fn write(value: &Value, is_turned: bool, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            if is_turned {
                entries.reverse();
            }
            text.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                text.push_str(if index == 0 { "" } else { " ,\n" });
                text.push_str(&format!("{} : ", Value::from(key.as_str())));
                write(value, is_turned, text);
            }
            text.push('}');
        }
        Value::Array(values) => {
            text.push('[');
            for (index, value) in values.iter().enumerate() {
                text.push_str(if index == 0 { " " } else { "," });
                write(value, is_turned, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

fn json_text() -> impl Strategy<Value = String> {
    // A text that begins with a scalar is no JSON to anybody.
    (object(), vec(document(), 0..3), 0..4).prop_map(|(first, mut documents, form)| {
        documents.insert(0, first);
        let written = documents.iter().map(|document| match form {
            0 => document.to_string() + "\n",
            1 => serde_json::to_string_pretty(document).expect("written") + "\n",
            form => {
                let mut text = String::new();
                write(document, form == 2, &mut text);
                text + " "
            }
        });
        written.collect()
    })
}

fn yaml_text() -> impl Strategy<Value = String> {
    vec((document(), any::<bool>()), 1..4).prop_map(|documents| {
        let written = documents.iter().map(|(document, is_json)| {
            let text = if *is_json {
                document.to_string()
            } else {
                serde_yaml::to_string(document).expect("written")
            };
            format!("---\n{}\n", text.trim_end())
        });
        written.collect()
    })
}

/// A change to a text, as bytes.
#[derive(Debug, Clone)]
enum Change {
    Cut(prop::sample::Index),
    Delete(prop::sample::Index, usize),
    Insert(prop::sample::Index, String),
    Repeat(prop::sample::Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<prop::sample::Index>();
    prop_oneof![
        1 => index.clone().prop_map(Change::Cut),
        3 => (index.clone(), 1..12_usize).prop_map(|(at, count)| Change::Delete(at, count)),
        6 => (index.clone(), "[\"{}\\[\\]\\\\:,\n -]{1,3}|items:\n|\n- |---\n| NaN ").prop_map(|(at, text)| Change::Insert(at, text)),
        2 => (index, 1..40_usize).prop_map(|(at, count)| Change::Repeat(at, count)),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for change in changes {
        let place = |at: &prop::sample::Index| at.index(text.len() + 1);
        match change {
            Change::Cut(at) => text.truncate(place(at)),
            Change::Delete(at, count) => {
                let at = place(at);
                text.drain(at..(at + count).min(text.len()));
            }
            Change::Insert(at, new) => {
                let at = place(at);
                text.splice(at..at, new.chars());
            }
            Change::Repeat(at, count) => {
                let at = place(at);
                let again: Vec<char> = text[at..(at + count).min(text.len())].to_vec();
                text.splice(at..at, again);
            }
        }
    }
    text.into_iter().collect()
}

fn found(text: &str, block: usize) -> Vec<String> {
    read_in_blocks(text.as_bytes(), block)
        .objects
        .into_iter()
        .map(|(object, _)| object)
        .collect()
}

proptest! {
    #[test]
    fn json_is_read_as_the_plain_reader_reads_it(text in json_text(), block in 1..400_usize) {
        if let Some(plain) = plain::objects(&text, Syntax::Json) {
            prop_assert_eq!(sorted(found(&text, block)), sorted(plain));
        }
    }

    #[test]
    fn yaml_is_read_as_the_plain_reader_reads_it(text in yaml_text(), block in 1..400_usize) {
        if let Some(plain) = plain::objects(&text, Syntax::Yaml) {
            prop_assert_eq!(sorted(found(&text, block)), sorted(plain), "{}", text);
        }
    }

    #[test]
    fn json_with_mistakes_loses_nothing_that_the_plain_reader_finds(
        text in json_text(), changes in vec(change(), 1..4), block in 1..400_usize,
    ) {
        let text = changed(&text, &changes);
        if let Some(plain) = plain::objects(&text, Syntax::Json) {
            prop_assert_eq!(sorted(found(&text, block)), sorted(plain), "{}", text);
        }
        prop_assert_eq!(read_in_blocks(text.as_bytes(), block), read_in_blocks(text.as_bytes(), 1 << 20), "{}", text);
    }

    #[test]
    fn yaml_with_mistakes_is_read_alike_however_it_comes_in(
        text in yaml_text(), changes in vec(change(), 1..4), block in 1..400_usize,
    ) {
        let text = changed(&text, &changes);
        prop_assert_eq!(read_in_blocks(text.as_bytes(), block), read_in_blocks(text.as_bytes(), 1 << 20), "{}", text);
    }
}

/// The objects that have a name. Items that wait for their list to say what they are come after those that say it
/// themselves.
fn sorted(mut objects: Vec<String>) -> Vec<String> {
    objects.retain(|object| !object.contains("/|"));
    objects.sort();
    objects
}
