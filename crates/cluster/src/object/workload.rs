//! What makes Pods, the Pods themselves, and what they run on.

use smol_str::SmolStr;

use super::meta::Labels;
use super::tolerant::{Given, read_struct};

read_struct! {
    /// Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Rollout, DeploymentConfig and their like.
    Workload {
        spec: WorkloadSpec = "spec",
        status: Given = "status",
    }

    WorkloadSpec {
        replicas: Option<i64> = "replicas",
        template: PodTemplate = "template",
        job_template: JobTemplate = "jobTemplate",
        strategy: RolloutStrategy = "strategy",
    }

    /// What a CronJob makes Jobs from.
    JobTemplate {
        metadata: TemplateMeta = "metadata",
        spec: JobTemplateSpec = "spec",
    }

    JobTemplateSpec {
        template: PodTemplate = "template",
    }

    /// Of an Argo `Rollout`: how traffic moves.
    RolloutStrategy {
        canary: RolloutCanary = "canary",
    }

    RolloutCanary {
        traffic_routing: Given = "trafficRouting",
    }

    PodTemplate {
        metadata: TemplateMeta = "metadata",
        spec: PodSpec = "spec",
    }

    TemplateMeta {
        labels: Labels = "labels",
        annotations: Labels = "annotations",
    }

    Pod {
        spec: PodSpec = "spec",
        status: PodStatus = "status",
    }

    PodStatus {
        phase: SmolStr = "phase",
    }

    PodSpec {
        host_network: bool = "hostNetwork",
        containers: Vec<Container> = "containers",
        init_containers: Vec<Container> = "initContainers",
        volumes: Vec<Volume> = "volumes",
    }

    Volume {
        csi: Csi = "csi",
    }

    Csi {
        driver: SmolStr = "driver",
    }

    Container {
        name: SmolStr = "name",
        image: SmolStr = "image",
        restart_policy: SmolStr = "restartPolicy",
        env: Vec<EnvironmentVariable> = "env",
        resources: Resources = "resources",
        args: Vec<SmolStr> = "args",
    }

    EnvironmentVariable {
        name: SmolStr = "name",
        value: SmolStr = "value",
    }

    Resources {
        requests: Requests = "requests",
    }

    /// As written: `100m`, `128Mi`.
    Requests {
        cpu: SmolStr = "cpu",
        memory: SmolStr = "memory",
    }

    NodeSpec {
        unschedulable: bool = "unschedulable",
        taints: Vec<Taint> = "taints",
    }

    Taint {
        key: SmolStr = "key",
        effect: SmolStr = "effect",
    }

    AutoscalerSpec {
        min_replicas: Option<i64> = "minReplicas",
        target: ScaleTarget = "scaleTargetRef",
    }

    ScaleTarget {
        kind: SmolStr = "kind",
        name: SmolStr = "name",
    }
}
