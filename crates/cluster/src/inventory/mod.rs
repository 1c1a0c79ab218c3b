//! The fold: every object is reduced to the small part that rules ask for, and kept by name.
//!
//! State grows with workloads, Pods and policies, not with bytes: managed fields, statuses, environments and the
//! contents of most ConfigMaps are gone once an object was seen.

pub(crate) mod kept;
pub(crate) mod language;
pub(crate) mod proxy;
pub(crate) mod workload;

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::evidence::{ObjectName, Witness};
use crate::object::service::{ConfigMap, Data, ServiceSpec};
use crate::object::{Body, Labels, Meta, Object, TypeName};
use crate::place::Place;
use kept::{Kept, Rank, Seen};
use workload::{Pod, Workload, interesting};

/// Everything that was seen, reduced.
#[derive(Debug, Default)]
pub struct Inventory {
    pub(crate) namespaces: Kept<Namespace>,
    pub(crate) nodes: Kept<Node>,
    pub(crate) workloads: Kept<Workload>,
    pub(crate) pods: Kept<Pod>,
    pub(crate) services: Kept<Service>,
    pub(crate) autoscalers: Kept<Autoscaler>,
    pub(crate) config_maps: Kept<Data>,
    /// Policies, routes, gateways, charts: whatever configures a mesh or an edge, by API group.
    pub(crate) settings: BTreeMap<SmolStr, Kept<Setting>>,
    /// API groups for which a definition of custom resources was seen.
    pub(crate) defined_groups: BTreeSet<SmolStr>,
    /// Secrets that join another cluster: their label was read, nothing else.
    pub(crate) remote_secrets: Kept<()>,
    /// What a workload that another one made is made by.
    owners: BTreeMap<ObjectName, ObjectName>,
    /// For Pods whose maker may not be in the input: what their first one shows of it.
    shown_by_pods: BTreeMap<ObjectName, (Place, Workload)>,
}

/// A namespace.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Namespace {
    pub(crate) labels: Labels,
    pub(crate) annotations: Labels,
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) labels: Labels,
    /// Whether Pods without special tolerations may be put there.
    pub(crate) schedulable: bool,
}

/// A Service.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Service {
    pub(crate) labels: Labels,
    pub(crate) annotations: Labels,
    pub(crate) spec: ServiceSpec,
}

/// A HorizontalPodAutoscaler: the least number of replicas of its target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Autoscaler {
    pub(crate) target: (SmolStr, SmolStr),
    pub(crate) least: i64,
}

/// An object that configures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Setting {
    pub(crate) labels: Labels,
    pub(crate) annotations: Labels,
    pub(crate) body: Body,
}

/// One object, reduced; making it needs nothing but the object.
#[derive(Debug)]
pub struct Summary {
    name: ObjectName,
    rank: Rank,
    what: What,
}

#[derive(Debug)]
enum What {
    Nothing,
    Namespace(Namespace),
    Node(Node),
    Workload(Box<Workload>),
    Made {
        by: ObjectName,
    },
    Pod(Box<(Pod, Workload)>),
    Service(Box<Service>),
    Autoscaler(Autoscaler),
    ConfigMap(Data),
    RemoteSecret,
    Definition,
    Setting {
        group: SmolStr,
        setting: Box<Setting>,
    },
}

impl Summary {
    /// Reduces an object.
    pub(crate) fn of(object: Object) -> Self {
        let rank = Rank::of(&object);
        let Object {
            type_name,
            meta,
            body,
        } = object;
        let name = ObjectName {
            kind: type_name.kind.clone(),
            namespace: meta.namespace.clone(),
            name: meta.name.clone(),
        };
        Self {
            what: What::of(&name, &type_name, meta, body),
            name,
            rank,
        }
    }
}

impl What {
    fn of(name: &ObjectName, type_name: &TypeName, meta: Meta, body: Body) -> Self {
        match body {
            Body::Pod(pod) => {
                let shown = Workload::of_pod(&meta, &pod);
                // A manifest for a Pod asks for one; that it runs, only its phase tells.
                if pod.status.phase.is_empty() && meta.owner().is_none() {
                    return Self::Workload(Box::new(shown));
                }
                Self::Pod(Box::new((Pod::of(&meta, &pod, &shown), shown)))
            }
            Body::Workload(workload) => {
                match meta.owner().filter(|owner| makes_pods(&owner.kind)) {
                    // Its Pods tell the Deployment by themselves.
                    Some(owner)
                        if by_hash(&name.kind, &name.name, &meta.labels) == Some(&owner.name) =>
                    {
                        Self::Nothing
                    }
                    Some(owner) => Self::Made {
                        by: ObjectName::new(&owner.kind, &meta.namespace, &owner.name),
                    },
                    None => Self::Workload(Box::new(Workload::of(&name.kind, meta, *workload))),
                }
            }
            Body::Node(node) => Self::Node(Node {
                schedulable: !node.spec.unschedulable
                    && !node
                        .spec
                        .taints
                        .iter()
                        .any(|taint| taint.effect != "PreferNoSchedule"),
                labels: meta.labels,
            }),
            Body::Service(service) => Self::Service(Box::new(Service {
                labels: meta.labels,
                annotations: interesting(meta.annotations),
                spec: service.spec,
            })),
            Body::Autoscaler(autoscaler) => {
                let spec = autoscaler.spec;
                Self::Autoscaler(Autoscaler {
                    target: (spec.target.kind, spec.target.name),
                    least: spec.min_replicas.unwrap_or(1),
                })
            }
            Body::ConfigMap(map) => match wanted_data(&meta.name, *map) {
                Some(data) => Self::ConfigMap(data),
                None => Self::Nothing,
            },
            Body::Other => Self::of_other(type_name, meta),
            body => Self::Setting {
                group: type_name.group.clone(),
                setting: Box::new(Setting {
                    labels: meta.labels,
                    annotations: interesting(meta.annotations),
                    body,
                }),
            },
        }
    }

    /// Objects of which the metadata alone says something.
    fn of_other(type_name: &TypeName, meta: Meta) -> Self {
        let (group, kind) = (type_name.group.as_str(), type_name.kind.as_str());
        match (group, kind) {
            ("", "Namespace") => {
                return Self::Namespace(Namespace {
                    labels: meta.labels,
                    annotations: interesting(meta.annotations),
                });
            }
            ("", "Secret") => {
                let remote = meta.labels.is("istio/multiCluster", "true");
                return if remote {
                    Self::RemoteSecret
                } else {
                    Self::Nothing
                };
            }
            ("apiextensions.k8s.io", "CustomResourceDefinition") => return Self::Definition,
            _ => {}
        }
        const GROUPS: [&str; 7] = [
            "istio.io",
            "linkerd.io",
            "kuma.io",
            "consul.hashicorp.com",
            "smi-spec.io",
            "spire.spiffe.io",
            "kiali.io",
        ];
        let of_a_mesh = GROUPS.iter().any(|known| group.ends_with(known))
            || matches!(
                group,
                "gateway.networking.k8s.io" | "gateway.networking.x-k8s.io"
            )
            || kind == "MutatingWebhookConfiguration";
        if !of_a_mesh {
            return Self::Nothing;
        }
        let setting = Setting {
            labels: meta.labels,
            annotations: interesting(meta.annotations),
            body: Body::Other,
        };
        Self::Setting {
            group: group.into(),
            setting: Box::new(setting),
        }
    }
}

impl Inventory {
    /// Takes up an object. Of two with the same type, namespace and name the one from a running cluster stays, then
    /// the newer one, then the one that came first.
    pub fn observe(&mut self, summary: Summary, place: Place) {
        let Summary { name, rank, what } = summary;
        match what {
            What::Nothing => {}
            What::Namespace(namespace) => self.namespaces.keep(name, rank, place, namespace),
            What::Node(node) => self.nodes.keep(name, rank, place, node),
            What::Workload(workload) => self.workloads.keep(name, rank, place, *workload),
            What::Made { by } => {
                self.owners.insert(name, by);
            }
            What::Pod(both) => {
                let (pod, shown) = *both;
                let by = by_owner(&name, &pod).unwrap_or_else(|| name.clone());
                if !self.workloads.contains(&by) {
                    self.shown_by_pods.entry(by).or_insert((place, shown));
                }
                self.pods.keep(name, rank, place, pod);
            }
            What::Service(service) => self.services.keep(name, rank, place, *service),
            What::Autoscaler(autoscaler) => self.autoscalers.keep(name, rank, place, autoscaler),
            What::ConfigMap(data) => self.config_maps.keep(name, rank, place, data),
            What::RemoteSecret => self.remote_secrets.keep(name, rank, place, ()),
            What::Definition => {
                if let Some((_, group)) = name.name.split_once('.') {
                    self.defined_groups.insert(group.into());
                }
            }
            What::Setting { group, setting } => {
                self.settings
                    .entry(group)
                    .or_default()
                    .keep(name, rank, place, *setting);
            }
        }
    }

    /// Adds the workloads that only their Pods show. To be called once, after the last object.
    pub(crate) fn complete(&mut self) {
        for (name, (place, workload)) in std::mem::take(&mut self.shown_by_pods) {
            let root = self.root(name);
            if !self.workloads.contains(&root) {
                self.workloads.keep(root, Rank::default(), place, workload);
            }
        }
    }

    /// What made a Pod, up to the one that nothing else makes.
    pub(crate) fn workload_of(&self, name: &ObjectName, pod: &Pod) -> ObjectName {
        self.root(by_owner(name, pod).unwrap_or_else(|| name.clone()))
    }

    fn root(&self, mut name: ObjectName) -> ObjectName {
        // A chain of owners is three long at most; more is a circle in a made-up file.
        for _ in 0..4 {
            match self.owners.get(&name) {
                Some(owner) => name = owner.clone(),
                None => break,
            }
        }
        name
    }

    /// The objects of an API group, or none.
    pub(crate) fn group(&self, group: &str) -> impl Iterator<Item = (&ObjectName, &Seen<Setting>)> {
        self.settings.get(group).into_iter().flat_map(Kept::iter)
    }

    /// The objects that configure, of every API group.
    pub(crate) fn all_settings(&self) -> impl Iterator<Item = (&str, &ObjectName, &Seen<Setting>)> {
        self.settings.iter().flat_map(|(group, kept)| {
            kept.iter()
                .map(move |(name, seen)| (group.as_str(), name, seen))
        })
    }

    /// The objects of a kind within an API group, as witnesses.
    pub(crate) fn of_kind(&self, group: &str, kind: &str) -> Vec<Witness> {
        let of_kind = self.group(group).filter(|(name, _)| name.kind == kind);
        of_kind
            .map(|(name, seen)| kept::witness(name, seen))
            .collect()
    }
}

/// Kinds that make Pods, so that what they own is not counted again.
fn makes_pods(kind: &str) -> bool {
    matches!(
        kind,
        "Deployment"
            | "StatefulSet"
            | "DaemonSet"
            | "ReplicaSet"
            | "ReplicationController"
            | "Job"
            | "CronJob"
            | "DeploymentConfig"
            | "Rollout"
    )
}

/// The maker that a Pod names, where that is a workload.
fn by_owner(name: &ObjectName, pod: &Pod) -> Option<ObjectName> {
    let (kind, owner) = pod.owner.as_ref().filter(|(kind, _)| makes_pods(kind))?;
    Some(ObjectName {
        kind: kind.clone(),
        namespace: name.namespace.clone(),
        name: owner.clone(),
    })
}

/// The Deployment of a ReplicaSet that it named by a hash: the hash stands in a label of the ReplicaSet and its Pods.
pub(crate) fn by_hash<'a>(kind: &str, name: &'a str, labels: &Labels) -> Option<&'a str> {
    let hash = labels
        .get("pod-template-hash")
        .filter(|_| kind == "ReplicaSet")?;
    name.strip_suffix(hash)?.strip_suffix('-')
}

/// The part of a ConfigMap that holds settings of a mesh, of a CNI or of a chart, if it is one of those.
fn wanted_data(name: &str, map: ConfigMap) -> Option<Data> {
    let ConfigMap {
        data: Data(mut entries),
    } = map;
    let whole = matches!(
        name,
        "istio" | "cilium-config" | "istio-cni-config" | "linkerd-config"
    ) || name.starts_with("istio-") && !name.starts_with("istio-ca")
        || name.contains("values");
    if !whole {
        entries.retain(|(key, _)| key.starts_with("values"));
    }
    (!entries.is_empty()).then_some(Data(entries))
}
