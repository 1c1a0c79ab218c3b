//! The plain reader: parses a whole text with the parser of its language, and walks over what comes out.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::object::TypeName;
use crate::read::document;
use crate::read::sniff::Syntax;

/// The objects of a text, in order; `None` when it is not well formed from its beginning to its end.
pub(super) fn objects(text: &str, syntax: Syntax) -> Option<Vec<String>> {
    let mut objects = Vec::new();
    match syntax {
        Syntax::Json => {
            for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
                let value = value.ok()?;
                // No tool writes a scalar between objects; to the cutter it is the text of a log.
                if !value.is_object() && !value.is_array() {
                    return None;
                }
                walk(value, None, &mut objects);
            }
        }
        Syntax::Yaml => {
            for document in serde_yaml::Deserializer::from_str(text) {
                let value = serde_yaml::Value::deserialize(document).ok()?;
                walk(serde_json::to_value(value).ok()?, None, &mut objects);
            }
        }
    }
    Some(objects)
}

fn walk(value: Value, item_type: Option<&TypeName>, objects: &mut Vec<String>) {
    match value {
        Value::Array(values) => values
            .into_iter()
            .for_each(|value| walk(value, None, objects)),
        Value::Object(mut map) => {
            let items = match map.get("items") {
                Some(Value::Array(_)) => map.remove("items"),
                _ => None,
            };
            let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
            let own = TypeName::new(text("apiVersion"), text("kind"));
            let is_list = items.is_some() && (own.kind.is_empty() || own.kind.ends_with("List"));
            if let Some(Value::Array(items)) = items {
                let item_type = own
                    .kind
                    .strip_suffix("List")
                    .filter(|kind| !kind.is_empty() && !own.version.is_empty());
                let item_type = item_type.map(|kind| TypeName {
                    kind: kind.into(),
                    ..own.clone()
                });
                items
                    .into_iter()
                    .for_each(|item| walk(item, item_type.as_ref(), objects));
            }
            if !is_list {
                objects.extend(object(map, item_type));
            }
        }
        _ => {}
    }
}

/// One object, its keys in the usual order.
fn object(map: Map<String, Value>, item_type: Option<&TypeName>) -> Option<String> {
    let text = Value::Object(map).to_string();
    let read = document::read(text.as_bytes(), Syntax::Json, item_type).ok()?;
    let object = read.objects.into_iter().next()?;
    let name = crate::ObjectName::new(
        &object.type_name.kind,
        &object.meta.namespace,
        &object.meta.name,
    );
    Some(format!("{name}|{object:?}"))
}
