//! MeshConfig, wherever it stands: Istio's own ConfigMap, the values of its chart, an operator's object.

use crate::evidence::Witness;
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::mesh::charts::Chart;
use crate::object::Body;
use crate::object::settings::Settings;

/// Istio's mesh-wide settings, and the objects that set them.
#[derive(Debug, Default)]
pub(crate) struct MeshConfig {
    sources: Vec<(Witness, Settings, &'static str)>,
}

impl MeshConfig {
    pub(crate) fn of(inventory: &Inventory, charts: &[Chart]) -> Self {
        let mut sources = Vec::new();
        for chart in charts.iter().filter(|chart| chart.name == "istiod") {
            sources.push((chart.witness.clone(), chart.values.clone(), "meshConfig."));
        }
        for (_, name, seen) in inventory.all_settings() {
            if let Body::Operated(operated) = &seen.value.body {
                for prefix in ["meshConfig.", "values.meshConfig."] {
                    sources.push((witness(name, seen), operated.spec.clone(), prefix));
                }
            }
        }
        let of_istiod = |name: &str| name == "istio" || name.starts_with("istio-");
        for (name, seen) in inventory
            .config_maps
            .iter()
            .filter(|(name, _)| of_istiod(&name.name))
        {
            if let Some(text) = seen.value.get("mesh") {
                sources.push((witness(name, seen), Settings::parse(text), ""));
            }
        }
        Self { sources }
    }

    /// The value of a setting; the control plane's own ConfigMap goes before what asks for it.
    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.sources
            .iter()
            .rev()
            .find_map(|(_, settings, prefix)| settings.get(&format!("{prefix}{path}")))
    }

    /// What sets something at this path or below it.
    pub(crate) fn setter(&self, path: &str) -> Option<&Witness> {
        self.sources
            .iter()
            .rev()
            .find(|(_, settings, prefix)| settings.holds(&format!("{prefix}{path}")))
            .map(|(witness, ..)| witness)
    }

    /// The namespace whose policies hold for the whole mesh.
    pub(crate) fn root_namespace(&self) -> &str {
        self.get("rootNamespace").unwrap_or("istio-system")
    }
}
