//! Kubernetes objects as the rules read them: small structs of our own with the fields that a rule asks for, nothing
//! else. A kind that no rule reads is [`Body::Other`], and its contents are passed over unread; Secrets are among them.

pub(crate) mod gateway_api;
pub(crate) mod gitops;
pub(crate) mod istio;
pub(crate) mod linkerd;
pub(crate) mod meta;
pub(crate) mod monitoring;
pub(crate) mod other_meshes;
pub(crate) mod service;
pub(crate) mod settings;
pub(crate) mod tolerant;
pub(crate) mod workload;

use serde::de::{IgnoredAny, MapAccess};

pub use meta::TypeName;
pub(crate) use meta::{Labels, Meta};

/// One object of a cluster.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    pub(crate) type_name: TypeName,
    pub(crate) meta: Meta,
    pub(crate) body: Body,
}

macro_rules! bodies {
    ($( $variant:ident($type:ty): $($group:literal)|+, $($kind:literal)|+; )*) => {
        /// What an object says beyond its metadata, by kind.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub(crate) enum Body {
            /// A kind that no rule reads.
            Other,
            $( $variant(Box<$type>), )*
        }

        impl Body {
            /// An empty body for objects of this type.
            pub(crate) fn of(type_name: &TypeName) -> Self {
                match (type_name.group.as_str(), type_name.kind.as_str()) {
                    $( ($($group)|+, $($kind)|+) => Self::$variant(Box::default()), )*
                    _ => Self::Other,
                }
            }

            /// Whether a rule reads this key at the top of the object.
            pub(crate) fn reads(&self, key: &str) -> bool {
                match self {
                    Self::Other => false,
                    $( Self::$variant(_) => <$type>::reads(key), )*
                }
            }

            /// Takes the value of a key at the top of the object, or passes it over.
            ///
            /// # Errors
            /// Only what the format itself refuses: a value of a wrong type is read as nothing.
            pub(crate) fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
                match self {
                    Self::Other => map.next_value::<IgnoredAny>().map(drop),
                    $( Self::$variant(body) => body.read_entry(key, map), )*
                }
            }
        }
    };
}

bodies! {
    Pod(workload::Pod): "", "Pod";
    Workload(workload::Workload): "" | "apps" | "extensions" | "batch" | "apps.openshift.io" | "argoproj.io",
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "ReplicationController" | "Job" | "CronJob"
        | "DeploymentConfig" | "Rollout";
    Node(workload::Node): "", "Node";
    Autoscaler(workload::HorizontalPodAutoscaler): "autoscaling", "HorizontalPodAutoscaler";
    Service(service::Service): "", "Service";
    ConfigMap(service::ConfigMap): "", "ConfigMap";
    Webhooks(service::MutatingWebhookConfiguration): "admissionregistration.k8s.io", "MutatingWebhookConfiguration";
    VirtualService(istio::VirtualService): "networking.istio.io", "VirtualService";
    DestinationRule(istio::DestinationRule): "networking.istio.io", "DestinationRule";
    EnvoyFilter(istio::EnvoyFilter): "networking.istio.io", "EnvoyFilter";
    SidecarScope(istio::SidecarScope): "networking.istio.io", "Sidecar";
    ServiceEntry(istio::ServiceEntry): "networking.istio.io", "ServiceEntry";
    PeerAuthentication(istio::PeerAuthentication): "security.istio.io", "PeerAuthentication";
    AuthorizationPolicy(istio::AuthorizationPolicy): "security.istio.io", "AuthorizationPolicy";
    RequestAuthentication(istio::RequestAuthentication): "security.istio.io", "RequestAuthentication";
    Telemetry(istio::Telemetry): "telemetry.istio.io", "Telemetry";
    Gateway(gateway_api::Gateway): "gateway.networking.k8s.io", "Gateway";
    Route(gateway_api::Route): "gateway.networking.k8s.io" | "policy.linkerd.io",
        "HTTPRoute" | "GRPCRoute" | "TCPRoute" | "TLSRoute" | "UDPRoute";
    LinkerdServer(linkerd::Server): "policy.linkerd.io", "Server";
    LinkerdAuthorization(linkerd::LinkerdAuthorization): "policy.linkerd.io", "AuthorizationPolicy";
    ServerAuthorization(linkerd::ServerAuthorization): "policy.linkerd.io", "ServerAuthorization";
    ServiceProfile(linkerd::ServiceProfile): "linkerd.io", "ServiceProfile";
    TrafficSplit(linkerd::TrafficSplit): "split.smi-spec.io", "TrafficSplit";
    CiliumPolicy(other_meshes::CiliumPolicy): "cilium.io", "CiliumNetworkPolicy" | "CiliumClusterwideNetworkPolicy";
    CalicoPolicy(other_meshes::CalicoPolicy): "projectcalico.org" | "crd.projectcalico.org",
        "NetworkPolicy" | "GlobalNetworkPolicy";
    KumaMesh(other_meshes::KumaMesh): "kuma.io", "Mesh";
    KumaPolicy(other_meshes::KumaPolicy): "kuma.io",
        "MeshTrafficPermission" | "MeshTLS" | "MeshHTTPRoute" | "MeshTCPRoute" | "MeshRetry" | "MeshTimeout"
        | "MeshCircuitBreaker" | "MeshRateLimit" | "MeshFaultInjection" | "MeshMetric" | "MeshTrace" | "MeshAccessLog";
    ServiceIntentions(other_meshes::ServiceIntentions): "consul.hashicorp.com", "ServiceIntentions";
    ServiceSplitter(other_meshes::ServiceSplitter): "consul.hashicorp.com", "ServiceSplitter";
    ServiceRouter(other_meshes::ServiceRouter): "consul.hashicorp.com", "ServiceRouter";
    Canary(other_meshes::Canary): "flagger.app", "Canary";
    HelmRelease(gitops::HelmRelease): "helm.toolkit.fluxcd.io", "HelmRelease";
    OciRepository(gitops::OciRepository): "source.toolkit.fluxcd.io", "OCIRepository";
    Application(gitops::Application): "argoproj.io", "Application";
    ApplicationSet(gitops::ApplicationSet): "argoproj.io", "ApplicationSet";
    Kustomization(gitops::Kustomization): "kustomize.config.k8s.io", "Kustomization";
    Operated(gitops::Operated): "install.istio.io" | "sailoperator.io" | "maistra.io" | "operator.tigera.io" | "uds.dev",
        "IstioOperator" | "Istio" | "IstioRevision" | "IstioRevisionTag" | "IstioCNI" | "ZTunnel"
        | "ServiceMeshControlPlane" | "ServiceMeshMemberRoll" | "ServiceMeshMember" | "Package";
    Monitor(gitops::Monitor): "monitoring.coreos.com", "ServiceMonitor" | "PodMonitor";
}
