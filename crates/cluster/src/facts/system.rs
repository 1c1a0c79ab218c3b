//! What belongs to the platform and not to a team's application: by namespace, by chart, by the name of a program that
//! everybody knows.

use crate::inventory::workload::Workload;

/// Whether a namespace belongs to the platform.
pub(crate) fn is_system_namespace(name: &str) -> bool {
    const NAMES: [&str; 26] = [
        "argo",
        "argo-rollouts",
        "argocd",
        "calico-apiserver",
        "cert-manager",
        "cilium-secrets",
        "cilium-spire",
        "cnpg",
        "consul",
        "crossplane",
        "external-dns",
        "external-secrets",
        "gatekeeper",
        "ingress-nginx",
        "istio",
        "istio-ingress",
        "jaeger",
        "kiali",
        "linkerd",
        "linkerd-viz",
        "local-path-storage",
        "longhorn",
        "monitoring",
        "observability",
        "traefik",
        "velero",
    ];
    name.starts_with("kube-") || name.ends_with("-system") || NAMES.contains(&name)
}

/// Whether a workload runs a program that is nobody's application: a store, a broker, a collector, a dashboard.
pub(crate) fn is_vendor(name: &str, workload: &Workload) -> bool {
    let by_label = workload.pod_labels.get("app.kubernetes.io/name");
    is_known_program(&workload.hints.image_name)
        || is_known_program(name)
        || by_label.is_some_and(is_known_program)
        || is_store(name)
}

/// Names under which stores run: `orders-db`, `ts-user-mongo`.
fn is_store(name: &str) -> bool {
    let last = name.rsplit('-').next().unwrap_or_default();
    name.contains('-')
        && matches!(
            last,
            "db" | "mongo"
                | "mongodb"
                | "mysql"
                | "postgres"
                | "postgresql"
                | "redis"
                | "database"
                | "cache"
                | "kafka"
                | "memcached"
                | "valkey"
        )
}

/// Programs that are run as they come, and their parts: `redis`, `redis-exporter`.
fn is_known_program(name: &str) -> bool {
    const PROGRAMS: [&str; 52] = [
        "alertmanager",
        "cassandra",
        "cert-manager",
        "clickhouse",
        "cockroachdb",
        "coredns",
        "couchdb",
        "default-http-backend",
        "elasticsearch",
        "envoy",
        "etcd",
        "external-dns",
        "flagd",
        "fluent-bit",
        "fluentd",
        "grafana",
        "heapster",
        "influxdb",
        "jaeger",
        "kafdrop",
        "kafka",
        "keycloak",
        "kiali",
        "kibana",
        "kube-state-metrics",
        "loki",
        "mariadb",
        "memcached",
        "metrics-server",
        "minio",
        "mongo",
        "mongodb",
        "mysql",
        "nats",
        "node-exporter",
        "opensearch",
        "opentelemetry-collector",
        "otel-collector",
        "postgres",
        "postgresql",
        "prometheus",
        "rabbitmq",
        "redis",
        "redis-server",
        "schema-registry",
        "tempo",
        "valkey",
        "vault",
        "wavefront",
        "zipkin",
        "zookeeper",
        "busybox",
    ];
    PROGRAMS.iter().any(|program| {
        name.strip_prefix(program).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('-') && rest.split('-').skip(1).all(is_a_part)
        })
    })
}

/// Words for a part or an edition of a program: `redis-sentinel`, and not `vault-orders`.
fn is_a_part(word: &str) -> bool {
    const PARTS: [&str; 24] = [
        "agent",
        "all",
        "alpine",
        "cainjector",
        "cluster",
        "collector",
        "contrib",
        "controller",
        "cp",
        "enterprise",
        "exporter",
        "ha",
        "headless",
        "in",
        "ingester",
        "master",
        "one",
        "operator",
        "oss",
        "query",
        "replica",
        "sentinel",
        "server",
        "webhook",
    ];
    PARTS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_is_told_from_applications_by_name() {
        assert!(is_system_namespace("kube-system") && is_system_namespace("istio-system"));
        assert!(!is_system_namespace("shop") && !is_system_namespace("systematic"));
        assert!(is_store("orders-db") && is_store("ts-user-mongo") && !is_store("db"));
        assert!(is_known_program("redis") && is_known_program("redis-exporter"));
        for name in ["rediscovery", "queue-master", "vault-orders", "redis-cart"] {
            assert!(!is_known_program(name), "{name}");
        }
    }
}
