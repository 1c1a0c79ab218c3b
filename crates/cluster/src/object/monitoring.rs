//! Whether a scrape configuration speaks of a mesh's proxies, wherever in it the name stands.

use serde::de::{MapAccess, SeqAccess};

use super::tolerant::{Key, Tolerant, tolerant};

/// Whether a tree names a mesh's proxy, as a value or a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Mentions(pub(crate) bool);

/// Containers and workloads of the data planes.
const PROXIES: [&str; 5] = [
    "istio-proxy",
    "ztunnel",
    "linkerd-proxy",
    "kuma-sidecar",
    "consul-dataplane",
];

impl<'de> Tolerant<'de> for Mentions {
    fn from_text(text: &str) -> Self {
        Self(PROXIES.iter().any(|proxy| text.contains(proxy)) || text.contains("envoy-prom"))
    }

    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut found = false;
        while let Some(Self(here)) = list.next_element_seed(tolerant())? {
            found |= here;
        }
        Ok(Self(found))
    }

    fn from_map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut found = false;
        while let Some(Key(key)) = map.next_key()? {
            let Self(below) = map.next_value_seed(tolerant())?;
            found |= below || Self::from_text(&key).0;
        }
        Ok(Self(found))
    }
}
