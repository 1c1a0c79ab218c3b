//! The revisions of Istio's control plane, as its webhooks show them.

use std::collections::BTreeSet;

use crate::inventory::Inventory;
use crate::object::Body;

/// Revisions and tags that some webhook of the input serves.
#[derive(Debug, Default)]
pub(crate) struct Revisions {
    served: BTreeSet<String>,
    /// A webhook for namespaces that say nothing.
    pub(crate) injects_everywhere: bool,
    /// Whether any webhook of Istio's was seen: without one, what is served is not visible.
    pub(crate) visible: bool,
}

impl Revisions {
    pub(crate) fn of(inventory: &Inventory) -> Self {
        let mut revisions = Self::default();
        for (name, seen) in inventory.group("admissionregistration.k8s.io") {
            let Body::Webhooks(webhooks) = &seen.value.body else {
                continue;
            };
            let labels = &seen.value.labels;
            let of_istio = labels.is("app", "sidecar-injector")
                || name.name.starts_with("istio-sidecar-injector")
                || name.name.starts_with("istio-revision-tag");
            if !of_istio {
                continue;
            }
            revisions.visible = true;
            let keys = ["istio.io/rev", "istio.io/tag"];
            revisions.served.extend(
                keys.iter()
                    .filter_map(|key| labels.get(key))
                    .map(str::to_owned),
            );
            revisions.injects_everywhere |= webhooks
                .webhooks
                .iter()
                .any(|hook| hook.name == "auto.sidecar-injector.istio.io");
        }
        revisions
    }

    /// Whether no webhook serves this revision or tag, as far as webhooks are visible.
    pub(crate) fn is_dead(&self, revision: &str) -> bool {
        self.visible && !self.served.contains(revision)
    }
}
