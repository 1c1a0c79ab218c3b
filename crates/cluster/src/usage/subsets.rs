//! Subsets of hosts, looked up by host: whether one that a route names is all there is.

use std::collections::BTreeMap;

use super::traffic::Host;
use crate::evidence::ObjectName;
use crate::inventory::Inventory;
use crate::inventory::workload::Workload;
use crate::object::istio::DestinationRuleSpec;
use crate::object::{Body, Labels};

/// The subsets that DestinationRules define, and the workloads that they divide.
pub(crate) struct Subsets<'a> {
    inventory: &'a Inventory,
    rules: BTreeMap<&'a str, Vec<(Host, &'a DestinationRuleSpec)>>,
    workloads: BTreeMap<&'a str, Vec<&'a Workload>>,
}

impl<'a> Subsets<'a> {
    pub(crate) fn of(inventory: &'a Inventory) -> Self {
        let mut rules: BTreeMap<&str, Vec<(Host, &DestinationRuleSpec)>> = BTreeMap::new();
        for (name, seen) in inventory.group("networking.istio.io") {
            if let Body::DestinationRule(rule) = &seen.value.body {
                let host = Host::of(&rule.spec.host, &name.namespace);
                let short = rule.spec.host.split('.').next().unwrap_or_default();
                rules.entry(short).or_default().push((host, &rule.spec));
            }
        }
        let mut workloads: BTreeMap<&str, Vec<&Workload>> = BTreeMap::new();
        for (name, seen) in inventory.workloads.iter() {
            let namespace = name.namespace.as_str();
            workloads.entry(namespace).or_default().push(&seen.value);
        }
        Self {
            inventory,
            rules,
            workloads,
        }
    }

    /// Whether a subset is all there is of a host: no other is defined, or every workload behind it is of this one.
    pub(crate) fn is_only(&self, host: &Host, subset: &str) -> bool {
        let short = host.name.split('.').next().unwrap_or_default();
        self.rules
            .get(short)
            .into_iter()
            .flatten()
            .any(|(its, rule)| {
                let named = rule.subsets.iter().find(|known| known.name == subset);
                its.is(host)
                    && named.is_some_and(|named| {
                        rule.subsets.len() == 1 || self.holds_every_workload(host, &named.labels)
                    })
            })
    }

    fn holds_every_workload(&self, host: &Host, labels: &Labels) -> bool {
        let name = ObjectName::new("Service", &host.namespace, &host.name);
        let selector = self
            .inventory
            .services
            .get(&name)
            .map(|seen| &seen.value.spec.selector);
        let Some(selector) = selector.filter(|selector| !selector.is_empty()) else {
            return false;
        };
        let here = self
            .workloads
            .get(host.namespace.as_str())
            .into_iter()
            .flatten();
        let mut behind = here.filter(|workload| workload.pod_labels.satisfy(selector));
        behind.next().is_some_and(|first| {
            first.pod_labels.satisfy(labels)
                && behind.all(|workload| workload.pod_labels.satisfy(labels))
        })
    }
}
