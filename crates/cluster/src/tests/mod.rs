//! The rules on small clusters: for each row of a table a case and a near miss.

mod anomalies;
mod enrolment;
mod facts;
mod gifts;
mod proxies;

use crate::conclusion::Conclusion;

/// The objects of an anomaly, as `Kind/namespace/name`.
fn found(conclusion: &Conclusion, id: &str) -> Vec<String> {
    let of_id = conclusion
        .anomalies
        .iter()
        .filter(|anomaly| anomaly.id == id);
    of_id
        .map(|anomaly| anomaly.witness.object.to_string())
        .collect()
}

/// A Deployment with one container, in namespace `shop`, with these labels and annotations of its Pods.
fn deployment(name: &str, labels: &str, annotations: &str) -> String {
    format!(
        "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}, namespace: shop}}\nspec:\n  template:\n    \
         metadata:\n      labels: {{app: {name}{comma}{labels}}}\n      annotations: {{{annotations}}}\n    \
         spec: {{containers: [{{name: app, image: registry.example/{name}:1}}]}}\n",
        comma = if labels.is_empty() { "" } else { ", " },
    )
}

/// The namespace `shop` with these labels and annotations.
fn namespace(labels: &str, annotations: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{labels}}}, annotations: {{{annotations}}}}}\n"
    )
}

/// A running Pod of a Deployment in namespace `shop`, with these labels, annotations and containers.
fn pod(deployment: &str, number: usize, annotations: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: {deployment}-abc-{number}\n  namespace: shop\n  \
         labels: {{app: {deployment}, pod-template-hash: abc}}\n  annotations: {{{annotations}}}\n  \
         ownerReferences: [{{kind: ReplicaSet, name: {deployment}-abc, controller: true}}]\nspec: {{{spec}}}\n\
         status: {{phase: Running}}\n"
    )
}

const PROGRAM: &str = "containers: [{name: app}]";
const NATIVE: &str = "containers: [{name: app}], initContainers: [{name: istio-proxy, image: istio/proxyv2:1, restartPolicy: Always, \
                      resources: {requests: {cpu: 100m, memory: 128Mi}}}]";
const CLASSIC: &str = "containers: [{name: app}, {name: istio-proxy, image: istio/proxyv2:1, \
                       resources: {requests: {cpu: 50m, memory: 64Mi}}}]";
