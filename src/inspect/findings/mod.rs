//! What `inspect` has to say about a cluster, one file per kind, and the one list of them.
//!
//! The rules that see it stand in the `cluster` crate, without words; a check here gives one of them its severity, its
//! texts and a sentence for each case.

mod accrual_on_route;
mod authorization_unused;
mod authz_l7_allow;
mod authz_l7_deny_lost;
mod authz_l7_deny_mixed;
mod authz_no_waypoint;
mod authz_selector;
mod authz_trust_domain;
mod authz_unsupported;
mod cilium_prerequisite;
mod consumer_route_on_cilium;
mod dead_revision;
mod duplicate_duty;
mod edge_only;
mod encryption_best_effort;
mod half_enrolled;
mod job_with_sidecar;
mod mesh_unused;
mod mtls_not_enforced;
mod mutual_auth_unused;
mod no_op_route;
mod no_transparent_mesh;
mod not_captured;
mod not_restarted;
mod obsolete_api;
mod paid_but_excluded;
mod revision_and_ambient;
mod route_conflict;
mod sidecars_for_l4;
mod traffic_policy_unused;
mod waypoint_l4_only;
mod waypoint_missing;
mod waypoint_unused;

#[cfg(test)]
mod tests;

use cluster::{Anomaly, Conclusion};

use crate::finding::{Family, Finding, Kind, Place};
use crate::words::counted;

/// A kind of finding, and what it says of each case that a rule of the same id sees.
#[derive(Debug)]
pub struct Check {
    /// Its id and texts.
    pub kind: Kind,
    /// What to do about a case.
    pub help: &'static str,
    /// What a case is, in a sentence.
    pub message: fn(&Anomaly) -> String,
}

/// The findings of `inspect`.
pub static FAMILY: Family = Family {
    command: "inspect",
    subject: "file",
    kinds: || CHECKS.iter().map(|check| &check.kind).collect(),
};

/// Every check, in the order in which `explain` and the formats list them.
pub static CHECKS: [&Check; 33] = [
    &mesh_unused::CHECK,
    &mtls_not_enforced::CHECK,
    &authorization_unused::CHECK,
    &traffic_policy_unused::CHECK,
    &edge_only::CHECK,
    &waypoint_l4_only::CHECK,
    &sidecars_for_l4::CHECK,
    &duplicate_duty::CHECK,
    &mutual_auth_unused::CHECK,
    &obsolete_api::CHECK,
    &authz_l7_allow::CHECK,
    &authz_l7_deny_mixed::CHECK,
    &authz_l7_deny_lost::CHECK,
    &authz_trust_domain::CHECK,
    &authz_unsupported::CHECK,
    &authz_no_waypoint::CHECK,
    &authz_selector::CHECK,
    &not_restarted::CHECK,
    &not_captured::CHECK,
    &dead_revision::CHECK,
    &revision_and_ambient::CHECK,
    &waypoint_missing::CHECK,
    &waypoint_unused::CHECK,
    &paid_but_excluded::CHECK,
    &job_with_sidecar::CHECK,
    &half_enrolled::CHECK,
    &no_transparent_mesh::CHECK,
    &cilium_prerequisite::CHECK,
    &accrual_on_route::CHECK,
    &route_conflict::CHECK,
    &consumer_route_on_cilium::CHECK,
    &encryption_best_effort::CHECK,
    &no_op_route::CHECK,
];

/// Everything that the checks find, check by check. `path` names the file of a place, as every output writes it.
pub fn findings(conclusion: &Conclusion, path: &dyn Fn(cluster::Place) -> String) -> Vec<Finding> {
    let of = |check: &'static Check| {
        let anomalies = conclusion.anomalies.iter();
        let own = anomalies.filter(|anomaly| anomaly.id == check.kind.id);
        own.map(move |anomaly| finding(check, anomaly, &path(anomaly.witness.place)))
    };
    CHECKS.into_iter().flat_map(of).collect()
}

/// A case, at the object that it is about.
fn finding(check: &'static Check, anomaly: &Anomaly, path: &str) -> Finding {
    let line = usize::try_from(anomaly.witness.place.line).unwrap_or(usize::MAX);
    let place = Place {
        line,
        column: 1,
        end_line: line,
        end_column: 1,
    };
    Finding::at(&check.kind, path, place, (check.message)(anomaly))
        .with_key(key(anomaly))
        .with_help(check.help)
}

/// A namespace whose one workload is in a mesh: what nothing makes use of so far.
const ENROLLED: &str = "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart}]}
```";

/// The object and, where a rule sees several things in one, which.
fn key(anomaly: &Anomaly) -> String {
    let object = &anomaly.witness.object;
    if anomaly.detail.is_empty() {
        object.to_string()
    } else {
        format!("{object} {}", anomaly.detail)
    }
}

/// "3 of 12 workloads are": how many members a mesh has.
fn are(anomaly: &Anomaly) -> String {
    let verb = if anomaly.count == 1 { "is" } else { "are" };
    format!(
        "{} of {} {verb}",
        anomaly.count,
        counted(anomaly.of, "workload")
    )
}

/// The first of the other objects that a case needs, and how many more there are.
fn others(anomaly: &Anomaly) -> String {
    match anomaly.related.as_slice() {
        [] => String::new(),
        [only] => only.object.to_string(),
        [first, rest @ ..] => format!("{} and {} more", first.object, rest.len()),
    }
}
