//! A workload and a Pod, reduced to what the rules ask.

use smol_str::SmolStr;

use super::language::{Language, Languages};
use super::proxy::{self, Proxy, Resources, Role};
use crate::object::workload::{JobTemplate, PodSpec};
use crate::object::{Labels, Meta, workload as read};

/// Something that makes Pods and that nothing else makes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Workload {
    pub(crate) labels: Labels,
    pub(crate) annotations: Labels,
    pub(crate) pod_labels: Labels,
    pub(crate) pod_annotations: Labels,
    pub(crate) host_network: bool,
    /// As written; absent is one, and nothing for those that run on each node.
    pub(crate) replicas: Option<i64>,
    pub(crate) role: Role,
    pub(crate) sidecar: Option<Proxy>,
    /// What its Pods ask for, where they are the mesh's own.
    pub(crate) own_requests: Resources,
    pub(crate) hints: Hints,
    /// Written by an API server: it has a status.
    pub(crate) running: bool,
    /// An Argo `Rollout` that moves traffic by weight.
    pub(crate) moves_traffic: bool,
}

/// What containers give away of the program within.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Hints {
    pub(crate) languages: Languages,
    /// A volume of the SPIFFE CSI driver, or a certificate authority that is SPIRE.
    pub(crate) spire: bool,
    /// A proxy of another mesh, or of this one, that is there already.
    pub(crate) carries_a_proxy: bool,
    /// Variables that set retries or deadlines in the program.
    pub(crate) own_retries: bool,
    /// Variables that set up tracing or metrics in the program.
    pub(crate) own_telemetry: bool,
    /// Name and tag of the program's image, without its registry.
    pub(crate) image_name: SmolStr,
    pub(crate) image_tag: SmolStr,
}

/// A Pod.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pod {
    /// Kind and name of what manages it.
    pub(crate) owner: Option<(SmolStr, SmolStr)>,
    pub(crate) state: State,
    pub(crate) role: Role,
    pub(crate) sidecar: Option<Proxy>,
    pub(crate) own_requests: Resources,
    pub(crate) capture: Capture,
    pub(crate) host_network: bool,
}

/// Whether a Pod is there to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Running, or about to.
    Live,
    /// Ended as it should.
    Succeeded,
    /// Ended otherwise: evicted, or its program failed.
    Failed,
}

/// What Istio's CNI says of a Pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capture {
    Captured,
    /// Captured, but no ztunnel took it: it has no traffic.
    Pending,
    NotCaptured,
}

impl Workload {
    /// Reduces an object of a kind that makes Pods.
    pub(crate) fn of(kind: &str, meta: Meta, body: read::Workload) -> Self {
        let spec = body.spec;
        let (template, between) = if kind == "CronJob" {
            let JobTemplate { metadata, spec } = spec.job_template;
            (spec.template, metadata.annotations)
        } else {
            (spec.template, Labels::default())
        };
        let pod = template.metadata;
        let role = proxy::role(&pod.labels, &pod.annotations, &template.spec);
        let marks = [&pod.annotations, &between, &meta.annotations];
        Self {
            sidecar: proxy::sidecar(role, &marks, &template.spec),
            own_requests: proxy::own_requests(role, &template.spec),
            hints: Hints::of(&template.spec, &pod.annotations),
            role,
            host_network: template.spec.host_network,
            replicas: spec.replicas,
            running: body.status.0,
            moves_traffic: spec.strategy.canary.traffic_routing.0,
            labels: meta.labels,
            annotations: interesting(meta.annotations),
            pod_labels: pod.labels,
            pod_annotations: interesting(pod.annotations),
        }
    }

    /// The workload that a Pod alone shows: itself, or what made it.
    pub(crate) fn of_pod(meta: &Meta, body: &read::Pod) -> Self {
        let role = proxy::role(&meta.labels, &meta.annotations, &body.spec);
        let annotations = interesting(meta.annotations.clone());
        Self {
            sidecar: proxy::sidecar(role, &[&meta.annotations], &body.spec),
            own_requests: proxy::own_requests(role, &body.spec),
            hints: Hints::of(&body.spec, &meta.annotations),
            role,
            host_network: body.spec.host_network,
            replicas: None,
            running: !body.status.phase.is_empty(),
            moves_traffic: false,
            labels: meta.labels.clone(),
            annotations: annotations.clone(),
            pod_labels: meta.labels.clone(),
            pod_annotations: annotations,
        }
    }

    /// What the Pods' annotations ask for the sidecar to be given, if they do: cpu and memory.
    pub(crate) fn asked_requests(&self) -> Option<Resources> {
        let annotations = &self.pod_annotations;
        let pairs = [
            ("sidecar.istio.io/proxyCPU", "sidecar.istio.io/proxyMemory"),
            (
                "config.linkerd.io/proxy-cpu-request",
                "config.linkerd.io/proxy-memory-request",
            ),
        ];
        pairs.iter().find_map(|(cpu, memory)| {
            let (cpu, memory) = (annotations.get(cpu), annotations.get(memory));
            (cpu.is_some() || memory.is_some())
                .then(|| Resources::written(cpu.unwrap_or_default(), memory.unwrap_or_default()))
        })
    }
}

impl Pod {
    /// Reduces a Pod.
    pub(crate) fn of(meta: &Meta, body: &read::Pod, workload: &Workload) -> Self {
        Self {
            owner: meta.owner().map(|owner| {
                match super::by_hash(&owner.kind, &owner.name, &meta.labels) {
                    Some(deployment) => ("Deployment".into(), deployment.into()),
                    None => (owner.kind.clone(), owner.name.clone()),
                }
            }),
            state: match body.status.phase.as_str() {
                "Succeeded" => State::Succeeded,
                "Failed" => State::Failed,
                _ => State::Live,
            },
            role: workload.role,
            sidecar: workload.sidecar,
            own_requests: workload.own_requests,
            capture: match meta.annotations.get("ambient.istio.io/redirection") {
                Some("enabled") => Capture::Captured,
                Some("pending") => Capture::Pending,
                _ => Capture::NotCaptured,
            },
            host_network: body.spec.host_network,
        }
    }
}

impl Hints {
    fn of(spec: &PodSpec, annotations: &Labels) -> Self {
        let mut hints =
            Self {
                languages: annotations
                    .iter()
                    .filter_map(|(key, _)| Language::of_annotation(key))
                    .collect(),
                spire: spec
                    .volumes
                    .iter()
                    .any(|volume| volume.csi.driver == "csi.spiffe.io"),
                carries_a_proxy: spec.containers.iter().chain(&spec.init_containers).any(
                    |container| {
                        proxy::is_proxy(container)
                            || matches!(container.name.as_str(), "istio-init" | "linkerd-init")
                    },
                ),
                ..Self::default()
            };
        if let Some(program) = spec
            .containers
            .iter()
            .find(|container| !proxy::is_proxy(container))
        {
            (hints.image_name, hints.image_tag) = image(&program.image);
        }
        for container in spec
            .containers
            .iter()
            .filter(|container| !proxy::is_proxy(container))
        {
            for variable in &container.env {
                let name = variable.name.as_str();
                hints.languages.extend(Language::of_variable(name));
                hints.own_retries |= name.contains("RETRY")
                    || name.contains("RETRIES")
                    || name.starts_with("RESILIENCE4J_")
                    || name.starts_with("HYSTRIX_");
                hints.own_telemetry |=
                    name.starts_with("OTEL_EXPORTER_") || name == "OTEL_SERVICE_NAME";
            }
        }
        // A proxy that is told of another certificate authority.
        hints.spire |= spec
            .containers
            .iter()
            .chain(&spec.init_containers)
            .any(|container| {
                container
                    .env
                    .iter()
                    .any(|v| v.name == "CA_ADDR" && v.value.contains("spire"))
            });
        hints.spire |= annotations
            .get("inject.istio.io/templates")
            .is_some_and(|templates| {
                templates
                    .split(',')
                    .any(|template| template.trim() == "spire")
            });
        hints
    }
}

/// The last part of an image's name, and its tag.
fn image(reference: &str) -> (SmolStr, SmolStr) {
    let name = reference.rsplit('/').next().unwrap_or_default();
    let name = name.split('@').next().unwrap_or_default();
    let (name, tag) = name.split_once(':').unwrap_or((name, ""));
    (name.into(), tag.into())
}

/// Only the annotations that a rule asks for: the others are long and many.
pub(crate) fn interesting(mut annotations: Labels) -> Labels {
    const PARTS: [&str; 7] = [
        "istio.io/",
        "linkerd.io/",
        "kuma.io/",
        "consul.hashicorp.com/",
        "dapr.io/",
        "instrumentation.opentelemetry.io/",
        "datadoghq.com/",
    ];
    annotations.keep(|key| {
        PARTS.iter().any(|part| key.contains(part))
            || key.ends_with("owner")
            || key.ends_with("team")
            || key.ends_with("team-name")
            || key == "squad"
    });
    annotations
}
