#!/usr/bin/env python3
"""Write answer sheets for `mesh-advisor advise --each`: JSON Lines over the facts of the default rubric.

    python3 benches/whole_process/fleets.py COUNT > fleets.jsonl

The same count gives the same bytes. About one answer in ten is unknown.
"""
import json
import random
import sys

CHOICES = {
    "mtls_mandate": ["none", "encryption-only", "some-paths", "every-workload"],
    "authorization": ["network", "l7"],
    "platform_team": ["none", "part-time", "dedicated"],
    "canary": ["none", "edge-weighted", "cohort-some", "cohort-fleet"],
    "commitment": ["nothing", "some", "most"],
    "cni": ["other", "cilium"],
}
FLAGS = ["off-cluster-workloads", "spire-ca", "envoy-filters", "unsupported-multicluster", "no-node-agents"]


def fleet(rng: random.Random) -> dict:
    answers = {
        "services": rng.randrange(1, 300),
        "teams": rng.randrange(1, 20),
        "languages": rng.randrange(1, 6),
        "shared_http_client": rng.random() < 0.5,
        "sidecar_reasons": rng.sample(FLAGS, rng.choice([0, 0, 0, 1, 2])),
    }
    answers.update({fact: rng.choice(options) for fact, options in CHOICES.items()})
    return {fact: "unknown" if rng.random() < 0.1 else value for fact, value in answers.items()}


def main() -> None:
    rng = random.Random(1)
    for number in range(int(sys.argv[1])):
        print(json.dumps({"id": f"cluster-{number}", "answers": fleet(rng)}))


main()
