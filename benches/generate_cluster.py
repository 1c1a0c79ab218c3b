#!/usr/bin/env python3
"""Writes a cluster of N services to standard output, as kubectl prints one. Same arguments, same bytes.

    benches/generate_cluster.py 1400 json > cluster.json      about 31 MB, indented by four
    benches/generate_cluster.py 1400 yaml > cluster.yaml      a `kind: List`
    benches/generate_cluster.py 1400 files FOLDER             one small YAML file an object

A service is a Deployment, a Service, a ConfigMap and three Pods with a native sidecar, managed fields and a status. The
objects are written as they are made: any size takes the same memory.
"""

import json
import sys
from pathlib import Path

TEAMS = 40
NAMESPACE_OF = 25
FIELDS = {"f:metadata": {"f:labels": {".": {}, "f:app": {}, "f:team": {}}}, "f:spec": {"f:containers": {
    'k:{"name":"app"}': {".": {}, "f:env": {".": {}}, "f:image": {}, "f:resources": {}, "f:ports": {".": {}}}}}}


def meta(name, namespace, labels, **more):
    managed = [{"apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": FIELDS, "manager": manager,
                "operation": "Update", "time": "2026-11-02T08:00:00Z"} for manager in ("helm", "kubelet")]
    return {"creationTimestamp": "2026-11-02T08:00:00Z", "labels": labels, "managedFields": managed, "name": name,
            "namespace": namespace, "resourceVersion": "7", **more}


def container(name, image, **more):
    return {"env": [{"name": "GOMAXPROCS", "value": "2"}], "image": image, "name": name,
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}}, **more}


def pod(app, namespace, labels, number):
    owner = [{"apiVersion": "apps/v1", "controller": True, "kind": "ReplicaSet", "name": f"{app}-5b9"}]
    status = [{"lastTransitionTime": "2026-11-02T08:00:00Z", "status": "True", "type": kind}
              for kind in ("Initialized", "Ready", "ContainersReady", "PodScheduled")]
    return {"apiVersion": "v1", "kind": "Pod",
            "metadata": meta(f"{app}-5b9-{number}", namespace, {**labels, "pod-template-hash": "5b9"},
                             annotations={"sidecar.istio.io/status": '{"revision":"default"}'}, ownerReferences=owner),
            "spec": {"containers": [container("app", f"registry.example/{app}:1")],
                     "initContainers": [container("istio-proxy", "docker.io/istio/proxyv2:1.30.2", restartPolicy="Always")]},
            "status": {"conditions": status, "phase": "Running", "podIP": "10.0.0.1"}}


def namespace(name):
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"labels": {"istio-injection": "enabled"}, "name": name}}


def service(app, namespace, team):
    labels = {"app": app, "team": team}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [container("app", f"registry.example/{app}:1")]}}
    yield {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta(app, namespace, labels),
           "spec": {"replicas": 3, "selector": {"matchLabels": {"app": app}}, "template": template}, "status": {"replicas": 3}}
    yield {"apiVersion": "v1", "kind": "Service", "metadata": meta(app, namespace, labels),
           "spec": {"ports": [{"port": 80}], "selector": {"app": app}}}
    yield {"apiVersion": "v1", "data": {"settings": "limit=7\n" * 40}, "kind": "ConfigMap",
           "metadata": meta(f"{app}-settings", namespace, labels)}
    yield from (pod(app, namespace, labels, replica) for replica in range(3))


def texts(count, write):
    """Every object as text. Services differ in their names only, so that one is written and the others are filled in."""
    for number in range(-(-count // NAMESPACE_OF)):
        yield write(namespace(f"ns-{number}"))
    forms = [write(entry) for entry in service("APP", "NAMESPACE", "TEAM")]
    for number in range(count):
        names = (("APP", f"service-{number}"), ("NAMESPACE", f"ns-{number // NAMESPACE_OF}"), ("TEAM", f"team-{number % TEAMS}"))
        for text in forms:
            for placeholder, name in names:
                text = text.replace(placeholder, name)
            yield text


def yaml_lines(value, indent):
    """Block style, as kubectl writes it: lists at the depth of their key, texts in quotes."""
    pad = " " * indent
    for key, entry in value.items():
        key = json.dumps(key) if set(key) & set(':{}"') else key
        if isinstance(entry, dict) and entry:
            yield f"{pad}{key}:"
            yield from yaml_lines(entry, indent + 2)
        elif isinstance(entry, list) and entry and isinstance(entry[0], dict):
            yield f"{pad}{key}:"
            for item in entry:
                first, *rest = yaml_lines(item, indent + 2)
                yield f"{pad}- {first.lstrip()}"
                yield from rest
        else:
            yield f"{pad}{key}: {json.dumps(entry)}"


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[2] not in ("json", "yaml", "files"):
        sys.exit(f"usage: {sys.argv[0]} SERVICES json|yaml|files [FOLDER]")
    count, form, out = int(sys.argv[1]), sys.argv[2], sys.stdout
    if form == "json":
        out.write('{\n    "apiVersion": "v1",\n    "items": [')
        write = lambda entry: "\n        " + json.dumps(entry, indent=4, sort_keys=True).replace("\n", "\n        ")
        for index, text in enumerate(texts(count, write)):
            out.write(("," if index else "") + text)
        out.write('\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n')
    elif form == "yaml":
        out.write("apiVersion: v1\nitems:\n")
        for text in texts(count, lambda entry: "\n".join(yaml_lines(entry, 2))):
            out.write("- " + text[2:] + "\n")
        out.write("kind: List\n")
    else:
        for index, text in enumerate(texts(count, lambda entry: "\n".join(yaml_lines(without_managers(entry), 0)))):
            path = Path(sys.argv[3]) / str(index // 500) / f"{index}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")


def without_managers(entry):
    """As it stands in a repository."""
    return {**entry, "metadata": {key: value for key, value in entry["metadata"].items() if key != "managedFields"}}


if __name__ == "__main__":
    main()
