//! What installs charts: Flux, Argo CD, kustomize; and the operators' own objects for a mesh.

use smol_str::SmolStr;

use super::settings::Settings;
use super::specified::Specified;
use super::tolerant::read_struct;

read_struct! {
    /// Flux's `HelmRelease`.
    HelmReleaseSpec {
        chart: Specified<ChartTemplateSpec> = "chart",
        chart_ref: Reference = "chartRef",
        release_name: SmolStr = "releaseName",
        target_namespace: SmolStr = "targetNamespace",
        values: Settings = "values",
        values_from: Vec<Reference> = "valuesFrom",
    }

    ChartTemplateSpec {
        chart: SmolStr = "chart",
        version: SmolStr = "version",
    }

    Reference {
        kind: SmolStr = "kind",
        name: SmolStr = "name",
        values_key: SmolStr = "valuesKey",
    }

    /// Flux's `OCIRepository`: a chart that a `chartRef` names.
    OciRepositorySpec {
        url: SmolStr = "url",
        reference: OciReference = "ref",
    }

    OciReference {
        tag: SmolStr = "tag",
        semver: SmolStr = "semver",
    }

    /// Argo CD's `ApplicationSet`: a template of Applications.
    ApplicationSetSpec {
        template: Specified<ApplicationSpec> = "template",
    }

    /// Argo CD's `Application`.
    ApplicationSpec {
        source: ApplicationSource = "source",
        sources: Vec<ApplicationSource> = "sources",
        destination: ApplicationDestination = "destination",
    }

    ApplicationSource {
        chart: SmolStr = "chart",
        path: SmolStr = "path",
        revision: SmolStr = "targetRevision",
        helm: ApplicationHelm = "helm",
    }

    ApplicationHelm {
        values: Settings = "values",
        values_object: Settings = "valuesObject",
        value_files: Vec<SmolStr> = "valueFiles",
        parameters: Vec<Parameter> = "parameters",
    }

    Parameter {
        name: SmolStr = "name",
        value: SmolStr = "value",
    }

    ApplicationDestination {
        namespace: SmolStr = "namespace",
    }

    /// kustomize's own file.
    Kustomization {
        charts: Vec<KustomizeChart> = "helmCharts",
    }

    KustomizeChart {
        name: SmolStr = "name",
        version: SmolStr = "version",
        namespace: SmolStr = "namespace",
        values: Settings = "valuesInline",
    }
}
