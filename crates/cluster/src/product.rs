//! The products that the rules know, and the two shapes that a data plane has.

/// A service mesh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// Istio, in either shape.
    Istio,
    /// Linkerd.
    Linkerd,
    /// Cilium, where it encrypts with identities or is asked for mutual authentication.
    Cilium,
    /// Kuma and Kong Mesh.
    Kuma,
    /// Consul.
    Consul,
    /// Routes between services that no product is named for.
    Unknown,
}

impl Product {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Istio => "istio",
            Self::Linkerd => "linkerd",
            Self::Cilium => "cilium",
            Self::Kuma => "kuma",
            Self::Consul => "consul",
            Self::Unknown => "unknown",
        }
    }
}

/// Where the proxies of a mesh run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A proxy in each Pod.
    Sidecars,
    /// Proxies on nodes, and for a namespace where one asks for them.
    Sidecarless,
}

impl Shape {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sidecars => "sidecars",
            Self::Sidecarless => "sidecarless",
        }
    }
}
