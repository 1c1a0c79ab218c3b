//! What installs charts: Flux, Argo CD, kustomize; and the operators' own objects for a mesh.

use smol_str::SmolStr;

use super::settings::Settings;
use super::tolerant::read_struct;

read_struct! {
    /// Flux's `HelmRelease`.
    HelmRelease {
        spec: HelmReleaseSpec = "spec",
    }

    HelmReleaseSpec {
        chart: ChartTemplate = "chart",
        chart_ref: Reference = "chartRef",
        release_name: SmolStr = "releaseName",
        target_namespace: SmolStr = "targetNamespace",
        values: Settings = "values",
        values_from: Vec<Reference> = "valuesFrom",
    }

    ChartTemplate {
        spec: ChartTemplateSpec = "spec",
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
    OciRepository {
        spec: OciRepositorySpec = "spec",
    }

    OciRepositorySpec {
        url: SmolStr = "url",
        reference: OciReference = "ref",
    }

    OciReference {
        tag: SmolStr = "tag",
        semver: SmolStr = "semver",
    }

    /// Argo CD's `Application`.
    Application {
        spec: ApplicationSpec = "spec",
    }

    /// Argo CD's `ApplicationSet`: a template of Applications.
    ApplicationSet {
        spec: ApplicationSetSpec = "spec",
    }

    ApplicationSetSpec {
        template: Application = "template",
    }

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

    /// An object that asks an operator for a mesh, such as `IstioOperator` or Sail's `Istio`.
    Operated {
        spec: Settings = "spec",
    }

    /// Prometheus' `ServiceMonitor` and `PodMonitor`: any text in them that names a proxy.
    Monitor {
        spec: super::monitoring::Mentions = "spec",
    }
}
