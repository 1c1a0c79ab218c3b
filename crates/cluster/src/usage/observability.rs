//! Whether somebody collects what the proxies report. A dashboard that nobody opens looks the same.

use crate::evidence::Witness;
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::mesh::charts::Chart;
use crate::mesh::config::MeshConfig;
use crate::mesh::members::Member;
use crate::object::Body;

/// Every object that collects what proxies report, or shows it.
pub(crate) fn collectors(
    inventory: &Inventory,
    members: &[Member<'_>],
    charts: &[Chart],
    config: &MeshConfig,
) -> Vec<Witness> {
    let mut found = Vec::new();
    for (group, name, seen) in inventory.all_settings() {
        let collects = match &seen.value.body {
            Body::Telemetry(telemetry) => {
                let spec = &telemetry.spec;
                let signals = [&spec.tracing, &spec.metrics, &spec.access_logging];
                signals
                    .into_iter()
                    .flatten()
                    .any(|signal| signal.names_a_provider())
            }
            Body::Monitor(monitor) => monitor.spec.0,
            Body::KumaPolicy(_) => {
                matches!(
                    name.kind.as_str(),
                    "MeshMetric" | "MeshTrace" | "MeshAccessLog"
                )
            }
            Body::Other => group == "kiali.io" && name.kind == "Kiali",
            _ => false,
        };
        if collects {
            found.push(witness(name, seen));
        }
    }
    let shows = |chart: &&Chart| {
        matches!(
            chart.name.as_str(),
            "kiali-server" | "kiali-operator" | "linkerd-viz"
        )
    };
    found.extend(
        charts
            .iter()
            .filter(shows)
            .map(|chart| chart.witness.clone()),
    );
    let dashboard = |member: &&Member<'_>| {
        member
            .workload()
            .pod_labels
            .is("linkerd.io/extension", "viz")
            || member.workload().pod_labels.is("app", "kiali")
    };
    found.extend(
        members
            .iter()
            .filter(dashboard)
            .take(1)
            .map(Member::witness),
    );
    // Metrics for Prometheus are Istio's own default; traces and access logs, somebody asked for.
    for signal in ["defaultProviders.tracing", "defaultProviders.accessLogging"] {
        if config
            .get(signal)
            .is_some_and(|providers| providers != "[]")
        {
            found.extend(config.setter(signal).cloned());
        }
    }
    found
}
