//! What of an Istio `AuthorizationPolicy` needs HTTP to be understood, and what ztunnel makes of it, which understands
//! connections only.
//!
//! From `istio/istio@1d486af`, `pilot/pkg/serviceregistry/ambient/authorization.go`: in an ALLOW policy a rule with an
//! HTTP attribute is dropped; in a DENY policy the attribute is, and a clause without anything left never matches.

use crate::object::istio::{AuthorizationPolicySpec, AuthorizationRule, Operation, Source};

/// The keys of `when` that a connection answers.
const L4_CONDITIONS: [&str; 5] = [
    "source.ip",
    "source.namespace",
    "source.principal",
    "destination.ip",
    "destination.port",
];

/// The layer at which a policy speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Who connects, and to which port.
    L4,
    /// What is asked for within the connection.
    L7,
}

/// What ztunnel makes of a policy that it is to enforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Effect {
    /// What it says.
    AsWritten,
    /// An ALLOW policy loses the rules that need HTTP: what they would allow is refused.
    AllowDropped,
    /// A DENY policy loses its HTTP part and refuses more than it says.
    DenyWidened,
    /// A DENY policy has nothing left to refuse.
    DenyLost,
    /// A rule that names trust domains alone matches nothing.
    TrustDomainOnly,
    /// An action, or a trial run, that ztunnel does not know.
    Unsupported,
}

/// The layer of a policy: the highest of its rules'.
pub(crate) fn layer(spec: &AuthorizationPolicySpec) -> Layer {
    spec.rules.iter().map(rule_layer).max().unwrap_or(Layer::L4)
}

/// Whether it allows everything: `rules: [{}]`.
pub(crate) fn allows_everything(spec: &AuthorizationPolicySpec) -> bool {
    let empty = |rule: &AuthorizationRule| {
        rule.from.is_empty() && rule.to.is_empty() && rule.when.is_empty()
    };
    matches!(spec.action.as_str(), "" | "ALLOW") && spec.rules.iter().any(empty)
}

/// What becomes of a policy without a target at ztunnel.
pub(crate) fn effect(spec: &AuthorizationPolicySpec, dry_run: bool) -> Effect {
    if dry_run || matches!(spec.action.as_str(), "CUSTOM" | "AUDIT") {
        return Effect::Unsupported;
    }
    let needs_http = layer(spec) == Layer::L7;
    let by_trust_domain = spec.rules.iter().any(names_trust_domains_alone);
    match (spec.action.as_str(), needs_http) {
        ("DENY", true) if spec.rules.iter().any(is_effective) => Effect::DenyWidened,
        ("DENY", true) => Effect::DenyLost,
        (_, true) => Effect::AllowDropped,
        (_, false) if by_trust_domain => Effect::TrustDomainOnly,
        (_, false) => Effect::AsWritten,
    }
}

fn rule_layer(rule: &AuthorizationRule) -> Layer {
    let l7 = rule.to.iter().any(|to| needs_http(&to.operation))
        || rule.from.iter().any(|from| needs_a_request(&from.source))
        || rule
            .when
            .iter()
            .any(|when| !L4_CONDITIONS.contains(&when.key.as_str()));
    if l7 { Layer::L7 } else { Layer::L4 }
}

fn needs_http(operation: &Operation) -> bool {
    [
        operation.hosts,
        operation.not_hosts,
        operation.methods,
        operation.not_methods,
        operation.paths,
        operation.not_paths,
    ]
    .iter()
    .any(|field| field.0)
}

fn needs_a_request(source: &Source) -> bool {
    [
        source.remote_ip_blocks,
        source.not_remote_ip_blocks,
        source.request_principals,
        source.not_request_principals,
    ]
    .iter()
    .any(|field| field.0)
}

/// Whether something is left of a source for ztunnel to match.
fn names_a_peer(source: &Source) -> bool {
    [
        source.principals,
        source.not_principals,
        source.namespaces,
        source.not_namespaces,
        source.ip_blocks,
        source.not_ip_blocks,
        source.service_accounts,
        source.not_service_accounts,
    ]
    .iter()
    .any(|field| field.0)
}

fn names_trust_domains_alone(rule: &AuthorizationRule) -> bool {
    rule.from.iter().any(|from| {
        (from.source.trust_domains.0 || from.source.not_trust_domains.0)
            && !names_a_peer(&from.source)
    })
}

/// Whether every clause of a rule still matches something once what needs HTTP is gone.
fn is_effective(rule: &AuthorizationRule) -> bool {
    let to = rule.to.is_empty()
        || rule
            .to
            .iter()
            .any(|to| to.operation.ports.0 || to.operation.not_ports.0);
    let from = rule.from.is_empty() || rule.from.iter().any(|from| names_a_peer(&from.source));
    let when = rule
        .when
        .iter()
        .all(|when| L4_CONDITIONS.contains(&when.key.as_str()));
    to && from && when
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeSeed;

    use super::*;
    use crate::object::tolerant::tolerant;

    fn policy(yaml: &str) -> AuthorizationPolicySpec {
        tolerant()
            .deserialize(serde_yaml::Deserializer::from_str(yaml))
            .unwrap()
    }

    #[test]
    fn each_field_that_needs_http_makes_a_policy_l7_and_no_other_does() {
        let operation = "to: [{operation: {FIELD: [x]}}]";
        let source = "from: [{source: {FIELD: [x]}}]";
        let condition = "when: [{key: 'FIELD', values: [x]}]";
        let l7_operations = "hosts notHosts methods notMethods paths notPaths";
        let l7_sources = "remoteIpBlocks notRemoteIpBlocks requestPrincipals notRequestPrincipals";
        let l4_sources = "principals namespaces ipBlocks serviceAccounts notServiceAccounts";
        let l7_conditions = "connection.sni request.headers[x] experimental.envoy.filters.a";
        let l4_conditions =
            "source.ip source.namespace source.principal destination.ip destination.port";
        for (clause, fields, expected) in [
            (operation, l7_operations, Layer::L7),
            (operation, "ports notPorts", Layer::L4),
            (source, l7_sources, Layer::L7),
            (source, l4_sources, Layer::L4),
            (condition, l7_conditions, Layer::L7),
            (condition, l4_conditions, Layer::L4),
        ] {
            for field in fields.split(' ') {
                let rule = clause.replace("FIELD", field);
                let spec = policy(&format!("{{rules: [{{{rule}}}]}}"));
                assert_eq!(layer(&spec), expected, "{rule}");
            }
        }
        assert_eq!(
            layer(&policy("{rules: [{to: [{operation: {methods: []}}]}]}")),
            Layer::L4
        );
    }

    #[test]
    fn ztunnel_drops_widens_or_loses_what_needs_http() {
        let cases = [
            (
                "{rules: [{to: [{operation: {methods: [GET]}}]}]}",
                Effect::AllowDropped,
            ),
            (
                "{action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]}",
                Effect::DenyLost,
            ),
            (
                "{action: DENY, rules: [{to: [{operation: {methods: [GET], ports: ['80']}}]}]}",
                Effect::DenyWidened,
            ),
            (
                "{action: DENY, rules: [{from: [{source: {namespaces: [a]}}], to: [{operation: {paths: [/x]}}]}]}",
                Effect::DenyLost,
            ),
            (
                "{action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}, {from: [{source: {namespaces: [a]}}]}]}",
                Effect::DenyWidened,
            ),
            (
                "{rules: [{from: [{source: {trustDomains: [x]}}]}]}",
                Effect::TrustDomainOnly,
            ),
            (
                "{rules: [{from: [{source: {trustDomains: [x], namespaces: [a]}}]}]}",
                Effect::AsWritten,
            ),
            ("{action: AUDIT, rules: [{}]}", Effect::Unsupported),
            (
                "{action: DENY, rules: [{from: [{source: {namespaces: [a]}}]}]}",
                Effect::AsWritten,
            ),
            ("{}", Effect::AsWritten),
        ];
        for (yaml, expected) in cases {
            assert_eq!(effect(&policy(yaml), false), expected, "{yaml}");
        }
        assert_eq!(effect(&policy("{}"), true), Effect::Unsupported);
    }

    #[test]
    fn one_empty_rule_allows_everything_and_no_rule_nothing() {
        assert!(allows_everything(&policy("{rules: [{}]}")));
        assert!(allows_everything(&policy("{action: ALLOW, rules: [{}]}")));
        assert!(!allows_everything(&policy("{}")));
        assert!(!allows_everything(&policy("{action: DENY, rules: [{}]}")));
    }
}
