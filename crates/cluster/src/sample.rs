//! Clusters for tests, from YAML.

use serde::de::value::MapDeserializer;
use serde::de::{Deserialize, DeserializeSeed, MapAccess};
use serde_json::Value;

use crate::conclusion::Conclusion;
use crate::inventory::{Inventory, Summary};
use crate::object::tolerant::tolerant;
use crate::object::{Body, Object, TypeName};
use crate::place::Place;

/// Draws the conclusion from documents of YAML; the n-th object stands in line n.
pub(crate) fn conclude(yaml: &str) -> Conclusion {
    inventory(yaml).conclude()
}

/// Everything in documents of YAML.
pub(crate) fn inventory(yaml: &str) -> Inventory {
    let mut inventory = Inventory::default();
    let mut line = 0;
    for document in serde_yaml::Deserializer::from_str(yaml) {
        let value = Value::deserialize(document).expect("a fixture is valid YAML");
        observe(&mut inventory, value, 0, &mut line);
    }
    inventory
}

/// Takes up an object, or the items of a list.
pub(crate) fn observe(inventory: &mut Inventory, value: Value, file: u32, line: &mut u32) {
    let Value::Object(map) = value else { return };
    if let Some(Value::Array(items)) = map.get("items") {
        for item in items.clone() {
            observe(inventory, item, file, line);
        }
        return;
    }
    let text = |key| map.get(key).and_then(Value::as_str).unwrap_or_default();
    let type_name = TypeName::new(text("apiVersion"), text("kind"));
    if type_name.kind.is_empty() {
        return;
    }
    let metadata = map.get("metadata").cloned().unwrap_or_default();
    let meta = tolerant().deserialize(metadata).unwrap();
    let mut body = Body::of(&type_name);
    let mut entries = MapDeserializer::<_, serde_json::Error>::new(map.into_iter());
    while let Some(key) = entries.next_key::<String>().unwrap() {
        body.read(&key, &mut entries).unwrap();
    }
    *line += 1;
    let object = Object {
        type_name,
        meta,
        body,
    };
    inventory.observe(Summary::of(object), Place { file, line: *line });
}
