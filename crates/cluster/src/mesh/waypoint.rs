//! Waypoints: which Gateways are one, what names them, and what they are named for.
//!
//! From `istio/istio@86c9f01`, `pilot/pkg/serviceregistry/ambient/waypoints.go`: a label of the object itself wins over
//! its namespace's, and `none` opts out.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::members::Member;
use crate::evidence::Witness;
use crate::inventory::Inventory;
use crate::inventory::Setting;
use crate::inventory::kept::{Seen, witness};
use crate::inventory::proxy::Role;
use crate::object::gateway_api::Gateway;
use crate::object::{Body, Labels};

const USE: &str = "istio.io/use-waypoint";
const USE_NAMESPACE: &str = "istio.io/use-waypoint-namespace";
const FOR: &str = "istio.io/waypoint-for";

/// A waypoint.
#[derive(Debug)]
pub(crate) struct Waypoint {
    pub(crate) witness: Witness,
    /// Objects that name it.
    pub(crate) users: Vec<Witness>,
    /// Namespaces that are served: whole ones that name it, and those of single objects that do.
    pub(crate) serves: BTreeSet<SmolStr>,
    /// Proxies that run, or are asked for; one where only the Gateway is visible.
    pub(crate) replicas: u64,
}

/// A wish for a waypoint.
#[derive(Debug)]
pub(crate) struct Wish {
    /// The object that names it.
    pub(crate) by: Witness,
    pub(crate) namespace: SmolStr,
    pub(crate) name: SmolStr,
}

/// All waypoints, and the wishes for one that no Gateway answers.
#[derive(Debug, Default)]
pub(crate) struct Waypoints {
    pub(crate) all: Vec<Waypoint>,
    pub(crate) missing: Vec<Wish>,
}

impl Waypoints {
    pub(crate) fn of(inventory: &Inventory, members: &[Member<'_>]) -> Self {
        let wishes = wishes(inventory, members);
        let proxies = proxies(members);
        let mut found = Self::default();
        let mut gateways: BTreeMap<(SmolStr, SmolStr), Waypoint> = BTreeMap::new();
        let mut others = Vec::new();
        for (name, seen) in inventory.group("gateway.networking.k8s.io") {
            let Body::Gateway(gateway) = &seen.value.body else {
                continue;
            };
            let key = (name.namespace.clone(), name.name.clone());
            if is_waypoint(inventory, seen, gateway) {
                // Where only the Gateway is visible, there is one proxy at least.
                let replicas = proxies
                    .get(&(key.0.as_str(), key.1.as_str()))
                    .copied()
                    .unwrap_or(1);
                gateways.insert(
                    key,
                    Waypoint {
                        witness: witness(name, seen),
                        users: Vec::new(),
                        serves: BTreeSet::new(),
                        replicas,
                    },
                );
            } else {
                others.push(key);
            }
        }
        for wish in wishes {
            let names = |key: &(SmolStr, SmolStr)| {
                key.1 == wish.name
                    && (key.0 == wish.namespace || key.0.is_empty() || wish.namespace.is_empty())
            };
            let mut answered = others.iter().any(names);
            for (_, waypoint) in gateways.iter_mut().filter(|(key, _)| names(key)) {
                answered = true;
                let served = if wish.by.object.kind == "Namespace" {
                    &wish.by.object.name
                } else {
                    &wish.by.object.namespace
                };
                waypoint.serves.insert(served.clone());
                waypoint.users.push(wish.by.clone());
            }
            if !answered {
                found.missing.push(wish);
            }
        }
        found.all = gateways.into_values().collect();
        found
    }

    /// Whether a Gateway is one of them.
    pub(crate) fn includes(&self, namespace: &str, name: &str) -> bool {
        self.all.iter().any(|waypoint| {
            let object = &waypoint.witness.object;
            object.name == name && (object.namespace == namespace || object.namespace.is_empty())
        })
    }
}

fn is_waypoint(inventory: &Inventory, seen: &Seen<Setting>, gateway: &Gateway) -> bool {
    let class = gateway.spec.class.as_str();
    match class {
        "istio-waypoint" | "istio-agentgateway-waypoint" => return true,
        // Gateways between clusters: they listen for the same protocol.
        "istio-east-west" | "istio-remote" => return false,
        _ => {}
    }
    let hbone = gateway
        .spec
        .listeners
        .iter()
        .any(|listener| listener.protocol == "HBONE");
    let labelled = seen.value.labels.get(FOR).is_some();
    let class_labelled = inventory
        .group("gateway.networking.k8s.io")
        .any(|(name, seen)| {
            name.kind == "GatewayClass"
                && name.name == class
                && seen.value.labels.get(FOR).is_some()
        });
    hbone || labelled || class_labelled
}

fn wishes(inventory: &Inventory, members: &[Member<'_>]) -> Vec<Wish> {
    let mut wishes = Vec::new();
    let mut ask = |labels: &Labels, by: Witness, own_namespace: &str| {
        if let Some(name) = labels.get(USE).filter(|name| *name != "none") {
            let namespace = labels.get(USE_NAMESPACE).unwrap_or(own_namespace);
            wishes.push(Wish {
                by,
                namespace: namespace.into(),
                name: name.into(),
            });
        }
    };
    for (name, seen) in inventory.namespaces.iter() {
        ask(&seen.value.labels, witness(name, seen), &name.name);
    }
    for (name, seen) in inventory.services.iter() {
        ask(&seen.value.labels, witness(name, seen), &name.namespace);
    }
    for (name, seen) in inventory.group("networking.istio.io") {
        if matches!(name.kind.as_str(), "ServiceEntry" | "WorkloadEntry") {
            ask(&seen.value.labels, witness(name, seen), &name.namespace);
        }
    }
    for member in members {
        ask(
            &member.workload().pod_labels,
            member.witness(),
            &member.name.namespace,
        );
    }
    wishes
}

/// How many proxies each waypoint has, by its namespace and name.
fn proxies<'a>(members: &'a [Member<'_>]) -> BTreeMap<(&'a str, &'a str), u64> {
    let waypoints = members
        .iter()
        .filter(|member| member.workload().role == Role::Waypoint);
    let counted = waypoints.filter_map(|member| {
        let workload = member.workload();
        let gateway = workload
            .pod_labels
            .get("gateway.networking.k8s.io/gateway-name")?;
        let replicas = match member.pods.live {
            0 => workload.replicas.unwrap_or(1).unsigned_abs(),
            live => live as u64,
        };
        Some(((member.name.namespace.as_str(), gateway), replicas))
    });
    counted.collect()
}
