//! Charts that GitOps installs: what is declared without its objects being in the input.

use smol_str::SmolStr;

use crate::evidence::{ObjectName, Witness};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::object::Body;
use crate::object::gitops::{ApplicationSource, HelmReleaseSpec};
use crate::object::settings::Settings;

/// A chart that something in the input installs.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    pub(crate) witness: Witness,
    /// The chart's name, as its repository has it.
    pub(crate) name: SmolStr,
    /// As written; empty where it is a template or not said.
    pub(crate) version: SmolStr,
    /// The release's name, which tells `base` of Istio from another `base`.
    pub(crate) release: SmolStr,
    pub(crate) values: Settings,
    /// Names of files with values that are not in the input.
    pub(crate) value_files: Vec<SmolStr>,
}

impl Chart {
    /// Whether its values ask for the ambient profile.
    pub(crate) fn asks_for_ambient(&self) -> bool {
        let ambient = |text: &str| text == "ambient";
        self.values.get("profile").is_some_and(ambient)
            || self.values.get("global.profile").is_some_and(ambient)
            || self.values.is_true("ambient.enabled")
            || self.values.is_true("pilot.env.PILOT_ENABLE_AMBIENT")
            || self.value_files.iter().any(|file| file.contains("ambient"))
    }
}

/// Every chart that is installed, in the order of the objects that do so.
pub(crate) fn charts(inventory: &Inventory) -> Vec<Chart> {
    let mut charts = Vec::new();
    for (_, name, seen) in inventory.all_settings() {
        let installer = witness(name, seen);
        match &seen.value.body {
            Body::HelmRelease(release) => {
                charts.push(of_release(inventory, installer, &release.spec))
            }
            Body::Application(application) => {
                let spec = &application.spec;
                charts.extend(of_sources(&installer, &spec.source, &spec.sources));
            }
            Body::ApplicationSet(set) => {
                let spec = &set.spec.template.spec;
                charts.extend(of_sources(&installer, &spec.source, &spec.sources));
            }
            Body::Kustomization(kustomization) => {
                charts.extend(kustomization.charts.iter().map(|chart| Chart {
                    witness: installer.clone(),
                    name: chart.name.clone(),
                    version: chart.version.clone(),
                    release: chart.name.clone(),
                    values: chart.values.clone(),
                    value_files: Vec::new(),
                }));
            }
            _ => {}
        }
    }
    charts
}

fn of_release(inventory: &Inventory, witness: Witness, spec: &HelmReleaseSpec) -> Chart {
    let namespace = &witness.object.namespace;
    let mut values = Settings::default();
    for from in spec
        .values_from
        .iter()
        .filter(|from| from.kind == "ConfigMap")
    {
        let map = ObjectName::new("ConfigMap", namespace, &from.name);
        let key = if from.values_key.is_empty() {
            "values.yaml"
        } else {
            &from.values_key
        };
        if let Some(text) = inventory
            .config_maps
            .get(&map)
            .and_then(|map| map.value.get(key))
        {
            values.extend(&Settings::parse(text));
        }
    }
    values.extend(&spec.values);
    let (name, version) = match oci_chart(inventory, namespace, &spec.chart_ref.name) {
        Some(chart) if spec.chart.spec.chart.is_empty() => chart,
        _ => (
            spec.chart.spec.chart.clone(),
            spec.chart.spec.version.clone(),
        ),
    };
    let name = if name.is_empty() {
        spec.chart_ref.name.clone()
    } else {
        name
    };
    // A chart may be a path within a repository.
    let name = name.rsplit('/').next().unwrap_or_default().into();
    let release_name = &spec.release_name;
    let release = if release_name.is_empty() {
        &witness.object.name
    } else {
        release_name
    };
    Chart {
        release: release.clone(),
        name,
        version,
        values,
        value_files: Vec::new(),
        witness,
    }
}

/// Name and version of the chart that a `chartRef` names.
fn oci_chart(inventory: &Inventory, namespace: &str, name: &str) -> Option<(SmolStr, SmolStr)> {
    let repository = ObjectName::new("OCIRepository", namespace, name);
    let seen = inventory
        .settings
        .get("source.toolkit.fluxcd.io")?
        .get(&repository)?;
    let Body::OciRepository(repository) = &seen.value.body else {
        return None;
    };
    let spec = &repository.spec;
    let chart = spec.url.rsplit('/').next().unwrap_or_default();
    let version = if spec.reference.tag.is_empty() {
        &spec.reference.semver
    } else {
        &spec.reference.tag
    };
    Some((chart.into(), version.clone()))
}

fn of_sources(
    witness: &Witness,
    source: &ApplicationSource,
    sources: &[ApplicationSource],
) -> Vec<Chart> {
    let charts = std::iter::once(source)
        .chain(sources)
        .filter(|source| !source.chart.is_empty());
    let of_source = |source: &ApplicationSource| {
        let mut values = source.helm.values.clone();
        values.extend(&source.helm.values_object);
        for parameter in &source.helm.parameters {
            values.set(&parameter.name, &parameter.value);
        }
        let version = if source.revision.contains("{{") {
            ""
        } else {
            &source.revision
        };
        Chart {
            witness: witness.clone(),
            name: source.chart.rsplit('/').next().unwrap_or_default().into(),
            version: version.into(),
            release: witness.object.name.clone(),
            values,
            value_files: source.helm.value_files.clone(),
        }
    };
    charts.map(of_source).collect()
}
