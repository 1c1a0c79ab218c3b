//! Services, ConfigMaps and the API server's hooks: the core objects around workloads.

use serde::de::{IgnoredAny, MapAccess};
use smol_str::SmolStr;

use super::meta::Labels;
use super::tolerant::{Key, Tolerant, read_struct, tolerant};

read_struct! {
    ServiceSpec {
        kind: SmolStr = "type",
        selector: Labels = "selector",
        cluster_ip: SmolStr = "clusterIP",
    }

    ConfigMap {
        data: Data = "data",
    }

    /// A hook of the API server; which Pods it sees, its name says.
    MutatingWebhookConfiguration {
        webhooks: Vec<Webhook> = "webhooks",
    }

    Webhook {
        name: SmolStr = "name",
    }
}

/// The entries of a ConfigMap. Most are large and nobody's business: only short ones are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Data(pub(crate) Vec<(SmolStr, SmolStr)>);

/// Values of a chart reach some thousand lines; what is longer is a dashboard or a certificate bundle.
const LONGEST_ENTRY: usize = 256 * 1024;

impl Data {
    /// The text of an entry.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.as_str())
    }
}

#[derive(Default)]
struct ShortText(Option<SmolStr>);

impl Tolerant<'_> for ShortText {
    fn from_text(text: &str) -> Self {
        Self((text.len() <= LONGEST_ENTRY).then(|| SmolStr::new(text)))
    }

    fn from_bool(value: bool) -> Self {
        Self(Some(<SmolStr as Tolerant>::from_bool(value)))
    }
}

impl<'de> Tolerant<'de> for Data {
    fn from_map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut entries = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            // Dashboards and scripts: never a setting of a mesh.
            if key.ends_with(".json") || key.ends_with(".crt") || key.ends_with(".sh") {
                map.next_value::<IgnoredAny>()?;
            } else if let ShortText(Some(value)) = map.next_value_seed(tolerant())? {
                entries.push((SmolStr::new(&key), value));
            }
        }
        // Of an entry that stands twice the last one counts; the order of the others says nothing.
        entries.reverse();
        entries.sort_by(|one: &(SmolStr, SmolStr), other| one.0.cmp(&other.0));
        entries.dedup_by(|one, other| one.0 == other.0);
        Ok(Self(entries))
    }
}
