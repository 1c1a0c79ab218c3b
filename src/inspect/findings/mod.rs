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

use crate::finding::{self, Family, Finding, Kind, Place, kinds};
use crate::words::counted;

/// A kind of finding and what finds it in a cluster.
pub type Check = finding::Check<fn(&Subject<'_>) -> Vec<Finding>>;

/// The findings of `inspect`.
pub static FAMILY: Family = Family {
    command: "inspect",
    subject: "file",
    kinds: || kinds(&CHECKS),
};

/// Every check, in the order in which `explain` and the formats list them.
pub static CHECKS: [&Check; 32] = [
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

/// What a check looks at.
pub struct Subject<'a> {
    /// What the input shows.
    pub conclusion: &'a Conclusion,
    /// The file of a place, as every output writes it.
    pub path: &'a dyn Fn(cluster::Place) -> String,
}

/// Everything that the checks find, check by check. `path` names the file of a place, as every output writes it.
pub fn findings(conclusion: &Conclusion, path: &dyn Fn(cluster::Place) -> String) -> Vec<Finding> {
    let subject = Subject { conclusion, path };
    CHECKS
        .iter()
        .flat_map(|check| (check.look)(&subject))
        .collect()
}

impl Subject<'_> {
    /// A finding for each case of a kind, at the object that it is about.
    fn each(
        &self,
        kind: &'static Kind,
        help: &str,
        message: impl Fn(&Anomaly) -> String,
    ) -> Vec<Finding> {
        let cases = self
            .conclusion
            .anomalies
            .iter()
            .filter(|anomaly| anomaly.id == kind.id);
        let finding = |anomaly: &Anomaly| {
            let place = anomaly.witness.place;
            let line = usize::try_from(place.line).unwrap_or(usize::MAX);
            let place = Place {
                line,
                column: 1,
                end_line: line,
                end_column: 1,
            };
            Finding::at(
                kind,
                &(self.path)(anomaly.witness.place),
                place,
                message(anomaly),
            )
            .with_key(key(anomaly))
            .with_help(help)
        };
        cases.map(finding).collect()
    }
}

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
