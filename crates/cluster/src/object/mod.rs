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
mod specified;
pub(crate) mod tolerant;
pub(crate) mod workload;

use serde::de::{IgnoredAny, MapAccess};

pub use meta::TypeName;
pub(crate) use meta::{Labels, Meta};
pub(crate) use specified::Specified;
use tolerant::Tolerant;

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
                    $( Self::$variant(_) => <$type as Tolerant<'_>>::reads(key), )*
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
    Node(Specified<workload::NodeSpec>): "", "Node";
    Autoscaler(Specified<workload::AutoscalerSpec>): "autoscaling", "HorizontalPodAutoscaler";
    Service(Specified<service::ServiceSpec>): "", "Service";
    ConfigMap(service::ConfigMap): "", "ConfigMap";
    Webhooks(service::MutatingWebhookConfiguration): "admissionregistration.k8s.io", "MutatingWebhookConfiguration";
    VirtualService(Specified<istio::VirtualServiceSpec>): "networking.istio.io", "VirtualService";
    DestinationRule(Specified<istio::DestinationRuleSpec>): "networking.istio.io", "DestinationRule";
    EnvoyFilter(Specified<istio::EnvoyFilterSpec>): "networking.istio.io", "EnvoyFilter";
    SidecarScope(Specified<istio::SidecarScopeSpec>): "networking.istio.io", "Sidecar";
    ServiceEntry(Specified<istio::ServiceEntrySpec>): "networking.istio.io", "ServiceEntry";
    PeerAuthentication(Specified<istio::PeerAuthenticationSpec>): "security.istio.io", "PeerAuthentication";
    AuthorizationPolicy(Specified<istio::AuthorizationPolicySpec>): "security.istio.io", "AuthorizationPolicy";
    RequestAuthentication(Specified<istio::RequestAuthenticationSpec>): "security.istio.io", "RequestAuthentication";
    Telemetry(Specified<istio::TelemetrySpec>): "telemetry.istio.io", "Telemetry";
    Gateway(gateway_api::Gateway): "gateway.networking.k8s.io", "Gateway";
    Route(Specified<gateway_api::RouteSpec>): "gateway.networking.k8s.io" | "policy.linkerd.io",
        "HTTPRoute" | "GRPCRoute" | "TCPRoute" | "TLSRoute" | "UDPRoute";
    LinkerdServer(Specified<linkerd::ServerSpec>): "policy.linkerd.io", "Server";
    LinkerdAuthorization(Specified<linkerd::LinkerdAuthorizationSpec>): "policy.linkerd.io", "AuthorizationPolicy";
    ServerAuthorization(Specified<linkerd::ServerAuthorizationSpec>): "policy.linkerd.io", "ServerAuthorization";
    ServiceProfile(Specified<linkerd::ServiceProfileSpec>): "linkerd.io", "ServiceProfile";
    TrafficSplit(Specified<linkerd::TrafficSplitSpec>): "split.smi-spec.io", "TrafficSplit";
    CiliumPolicy(other_meshes::CiliumPolicy): "cilium.io", "CiliumNetworkPolicy" | "CiliumClusterwideNetworkPolicy";
    CalicoPolicy(Specified<other_meshes::CalicoPolicySpec>): "projectcalico.org" | "crd.projectcalico.org",
        "NetworkPolicy" | "GlobalNetworkPolicy";
    KumaMesh(Specified<other_meshes::KumaMeshSpec>): "kuma.io", "Mesh";
    KumaPolicy(Specified<other_meshes::KumaPolicySpec>): "kuma.io",
        "MeshTrafficPermission" | "MeshTLS" | "MeshHTTPRoute" | "MeshTCPRoute" | "MeshRetry" | "MeshTimeout"
        | "MeshCircuitBreaker" | "MeshRateLimit" | "MeshFaultInjection" | "MeshMetric" | "MeshTrace" | "MeshAccessLog";
    ServiceIntentions(Specified<other_meshes::ServiceIntentionsSpec>): "consul.hashicorp.com", "ServiceIntentions";
    ServiceSplitter(Specified<other_meshes::ServiceSplitterSpec>): "consul.hashicorp.com", "ServiceSplitter";
    ServiceRouter(Specified<other_meshes::ServiceRouterSpec>): "consul.hashicorp.com", "ServiceRouter";
    Canary(Specified<other_meshes::CanarySpec>): "flagger.app", "Canary";
    HelmRelease(Specified<gitops::HelmReleaseSpec>): "helm.toolkit.fluxcd.io", "HelmRelease";
    OciRepository(Specified<gitops::OciRepositorySpec>): "source.toolkit.fluxcd.io", "OCIRepository";
    Application(Specified<gitops::ApplicationSpec>): "argoproj.io", "Application";
    ApplicationSet(Specified<gitops::ApplicationSetSpec>): "argoproj.io", "ApplicationSet";
    Kustomization(gitops::Kustomization): "kustomize.config.k8s.io", "Kustomization";
    Operated(Specified<settings::Settings>): "install.istio.io" | "sailoperator.io" | "maistra.io" | "operator.tigera.io" | "uds.dev",
        "IstioOperator" | "Istio" | "IstioRevision" | "IstioRevisionTag" | "IstioCNI" | "ZTunnel"
        | "ServiceMeshControlPlane" | "ServiceMeshMemberRoll" | "ServiceMeshMember" | "Package";
    Monitor(Specified<monitoring::Mentions>): "monitoring.coreos.com", "ServiceMonitor" | "PodMonitor";
}
