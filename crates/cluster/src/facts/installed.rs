//! What runs already, and which of its gifts are used.

use super::{Fact, FactValue};
use crate::evidence::{Strength, Witness};
use crate::inventory::Inventory;
use crate::mesh::present::{Mesh, SeenAs};
use crate::product::Shape;
use crate::usage::gifts::{Gift, GiftState};

/// The shape of the mesh that is there, or none where Pods are seen and no mesh is.
pub(crate) fn installed(meshes: &[Mesh], inventory: &Inventory) -> Fact {
    const RULE: &str = "mesh-in-place";
    let there = || {
        meshes
            .iter()
            .filter(|mesh| mesh.seen_as > SeenAs::Configuration)
    };
    let best = there()
        .filter(|mesh| mesh.shape.is_some())
        .max_by_key(|mesh| (mesh.workloads.members, mesh.shape == Some(Shape::Sidecars)));
    if let Some(mesh) = best {
        let shape = mesh.shape.map_or("sidecars", Shape::word);
        let strength =
            if mesh.seen_as == SeenAs::Observed || mesh.control_plane == Strength::Observed {
                Strength::Observed
            } else {
                Strength::Declared
            };
        return Fact::seen(
            "installed",
            RULE,
            FactValue::Choice(shape),
            strength,
            &mesh.witnesses,
        );
    }
    if there().next().is_some() {
        return Fact::unset(
            "installed",
            RULE,
            "a mesh is there, and its shape does not show",
        );
    }
    // Pods of a whole cluster would show a mesh; a folder of manifests would not.
    if meshes.is_empty() && !inventory.pods.is_empty() {
        let pods: Vec<Witness> = inventory
            .pods
            .iter()
            .take(3)
            .map(|(name, seen)| crate::inventory::kept::witness(name, seen))
            .collect();
        let mut fact = Fact::seen(
            "installed",
            RULE,
            FactValue::Choice("none"),
            Strength::Observed,
            &pods,
        );
        fact.count = inventory.pods.len();
        return fact;
    }
    let why = match inventory.pods.is_empty() {
        true => "neither Pods nor a control plane are in the input",
        false => "a mesh is configured; no control plane is seen, and no Pod in it",
    };
    Fact::unset("installed", RULE, why)
}

/// The gifts that something uses: mutual TLS only where it is binding.
pub(crate) fn gifts_used(gifts: &[Gift], meshes: &[Mesh]) -> Fact {
    const RULE: &str = "gifts-in-use";
    if !meshes
        .iter()
        .any(|mesh| mesh.seen_as > SeenAs::Configuration)
    {
        return Fact::unset("gifts_used", RULE, "no mesh is in the input");
    }
    let used = || gifts.iter().filter(|gift| !gift.witnesses.is_empty());
    let witnesses: Vec<Witness> = used()
        .filter_map(|gift| gift.witnesses.first().cloned())
        .collect();
    let binding = used().any(|gift| gift.state == GiftState::Enforced);
    let strength = if binding {
        Strength::Enforced
    } else {
        Strength::Declared
    };
    let flags = FactValue::Flags(used().map(|gift| gift.id.word()).collect());
    Fact::seen("gifts_used", RULE, flags, strength, &witnesses)
}
