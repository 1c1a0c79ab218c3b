//! The four gifts of a mesh, each with how far it is used.

use super::authorization::Authorization;
use crate::evidence::{Strength, Witness};
use crate::mesh::members::Member;
use crate::mesh::present::{Mesh, SeenAs};

/// A gift, and what shows its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    /// Its id in a rubric's tax.
    pub id: GiftId,
    /// How far it is used.
    pub state: GiftState,
    /// Every object that proves a use, in the order of names.
    pub witnesses: Vec<Witness>,
}

/// The gifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GiftId {
    /// Mutual TLS that is enforced.
    Mtls,
    /// Who may call whom, by identity.
    IdentityAuthorization,
    /// Weights, retries, deadlines, circuit breaking between services.
    L7TrafficPolicy,
    /// The same telemetry of every service, and somebody who collects it.
    UniformObservability,
}

impl GiftId {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mtls => "mtls",
            Self::IdentityAuthorization => "identity-authorization",
            Self::L7TrafficPolicy => "l7-traffic-policy",
            Self::UniformObservability => "uniform-observability",
        }
    }
}

/// How far a gift is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GiftState {
    /// The input cannot show it. Never "no".
    NotVisible,
    /// There is a mesh, and nothing uses this of it.
    Idle,
    /// It is asked for.
    Declared,
    /// Running Pods show it.
    Observed,
    /// A policy makes it binding.
    Enforced,
}

impl GiftState {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotVisible => "not-visible",
            Self::Idle => "idle",
            Self::Declared => "declared",
            Self::Observed => "observed",
            Self::Enforced => "enforced",
        }
    }
}

/// What proves each use.
pub(crate) struct Uses {
    pub(crate) mutual_tls: Vec<Witness>,
    pub(crate) authorizations: Vec<Authorization>,
    pub(crate) traffic: Vec<Witness>,
    pub(crate) observability: Vec<Witness>,
}

/// The four gifts, always in the same order.
pub(crate) fn gifts(uses: Uses, meshes: &[Mesh], members: &[Member<'_>]) -> Vec<Gift> {
    let standing = members
        .iter()
        .filter_map(|member| member.mesh().map(|(_, _, strength)| strength))
        .max();
    let unused = if is_visible(meshes) {
        GiftState::Idle
    } else {
        GiftState::NotVisible
    };
    let by_members = match standing {
        Some(Strength::Observed) => GiftState::Observed,
        Some(_) => GiftState::Declared,
        None => unused,
    };
    let used = |witnesses: &[Witness], state, otherwise| {
        if witnesses.is_empty() {
            otherwise
        } else {
            state
        }
    };
    let in_force = if standing.is_some() {
        GiftState::Enforced
    } else {
        GiftState::Declared
    };
    let routed = if standing == Some(Strength::Observed) {
        GiftState::Observed
    } else {
        GiftState::Declared
    };
    let between = uses
        .authorizations
        .into_iter()
        .filter(Authorization::is_in_use);
    let between: Vec<Witness> = between.map(|policy| policy.witness).collect();
    let gift = |id, witnesses: Vec<Witness>, state, otherwise| Gift {
        id,
        state: used(&witnesses, state, otherwise),
        witnesses: sorted(witnesses),
    };
    vec![
        // Members encrypt between themselves without any policy; only a policy makes it binding.
        gift(GiftId::Mtls, uses.mutual_tls, in_force, by_members),
        gift(GiftId::IdentityAuthorization, between, in_force, unused),
        gift(GiftId::L7TrafficPolicy, uses.traffic, routed, unused),
        gift(
            GiftId::UniformObservability,
            uses.observability,
            GiftState::Declared,
            unused,
        ),
    ]
}

/// Whether there is a mesh of which something could be used: members, or a control plane.
pub(crate) fn is_visible(meshes: &[Mesh]) -> bool {
    meshes
        .iter()
        .any(|mesh| mesh.seen_as > SeenAs::Configuration)
}

fn sorted(mut witnesses: Vec<Witness>) -> Vec<Witness> {
    witnesses.sort();
    witnesses.dedup();
    witnesses
}
