//! Which plugin makes the cluster's network.

use super::{Fact, FactValue};
use crate::evidence::Strength;
use crate::inventory::Inventory;
use crate::mesh::charts::Chart;
use crate::mesh::members::Member;

const ID: &str = "cni";
const RULE: &str = "network-plugin";

/// Plugins of others, by the names of their DaemonSets.
const OTHERS: [&str; 9] = [
    "antrea-agent",
    "aws-node",
    "azure-cni",
    "calico-node",
    "canal",
    "kindnet",
    "kube-flannel",
    "kube-flannel-ds",
    "kube-router",
];

/// The fact. Cilium that is chained behind another plugin is not the plugin.
pub(crate) fn cni(inventory: &Inventory, members: &[Member<'_>], charts: &[Chart]) -> Fact {
    let agents = || {
        members
            .iter()
            .filter(|member| member.name.kind == "DaemonSet")
    };
    let strength = |member: &Member<'_>| {
        let runs = member.workload().running || member.pods.live > 0;
        if runs {
            Strength::Observed
        } else {
            Strength::Declared
        }
    };
    let is_chained =
        |mode: Option<&str>| mode.is_some_and(|mode| mode != "none" && !mode.is_empty());
    if let Some(other) = agents().find(|member| OTHERS.contains(&member.name.name.as_str())) {
        let witnesses = [other.witness()];
        return Fact::seen(
            ID,
            RULE,
            FactValue::Choice("other"),
            strength(other),
            &witnesses,
        );
    }
    if let Some(agent) = agents().find(|member| member.name.name == "cilium") {
        let config = inventory
            .config_maps
            .iter()
            .find(|(name, _)| name.name == "cilium-config");
        let mode = config.and_then(|(_, seen)| seen.value.get("cni-chaining-mode"));
        let plugin = if is_chained(mode) { "other" } else { "cilium" };
        let witnesses = [agent.witness()];
        return Fact::seen(
            ID,
            RULE,
            FactValue::Choice(plugin),
            strength(agent),
            &witnesses,
        );
    }
    let chart = charts.iter().find(|chart| chart.name == "cilium");
    if let Some(chart) = chart.filter(|chart| !is_chained(chart.values.get("cni.chainingMode"))) {
        let witnesses = [chart.witness.clone()];
        return Fact::seen(
            ID,
            RULE,
            FactValue::Choice("cilium"),
            Strength::Declared,
            &witnesses,
        );
    }
    Fact::unset(
        ID,
        RULE,
        "no network plugin that is known by name is in the input",
    )
}
