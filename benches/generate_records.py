#!/usr/bin/env python3
"""Writes N decision records in several dialects into a folder, for benchmarks. Same N, same bytes.

    benches/generate_records.py 10000 /tmp/records

Nine in ten decide what the default rubric recommends, whatever points its signals have: a small fleet without a mandate
gives no-mesh, a mandate gives sidecarless, a mandate with a reason for sidecars gives mesh. One in ten decides otherwise.
"""

import random
import sys
from pathlib import Path

HEADERS = [
    lambda title, status, day: f'---\nstatus: "{status}"\ndate: {day}\ndecision-makers: platform\n---\n\n# {title}\n',
    lambda title, status, day: f"# {title}\n\n* Status: {status}\n* Deciders: platform\n* Date: {day}\n",
    lambda title, status, day: f"# {title}\n\n**Status:** {status}\n\n**Date:** {day}\n",
    lambda title, status, day: f"# {title}\n\nDate: {day}\n\n## Status\n\n{status.capitalize()}\n",
    lambda title, status, day: f"# {title}\n\n| Status | {status} |\n|---|---|\n| Date | {day} |\n",
]
STATUSES = ["accepted"] * 16 + ["proposed", "draft", "deprecated", "superseded by [ADR-0001](00001-mesh.md)"]
SENTENCES = [
    "Teams call each other over HTTP and gRPC, and nobody knows every caller.",
    "Retries are written by hand in two languages, and they do not agree.",
    "The auditors ask which workload may talk to which, and why.",
    "A proxy beside every pod costs memory that the nodes do not have to spare.",
    "The gateway already terminates TLS and splits traffic by weight.",
    "What leaves the application the day it turns on has been written down.",
]


def answers(dice, kind):
    facts = {
        "services": dice.randint(1, 29) if kind == "no-mesh" else dice.randint(30, 400),
        "teams": dice.randint(1, 4) if kind == "no-mesh" else dice.randint(5, 40),
        "languages": dice.randint(1, 5),
        "shared_http_client": dice.choice(["true", "false"]),
        "mtls_mandate": dice.choice(["none", "encryption-only"]) if kind == "no-mesh" else "every-workload",
        "authorization": "network" if kind == "no-mesh" else dice.choice(["network", "l7"]),
        "platform_team": dice.choice(["none", "part-time", "dedicated"]),
        "canary": dice.choice(["none", "edge-weighted", "cohort-some", "cohort-fleet"]),
        "commitment": dice.choice(["nothing", "some", "most"]),
        "sidecar_reasons": "[spire-ca]" if kind == "mesh" else "[]",
        "cni": dice.choice(["other", "cilium"]),
    }
    source = '{{value: {services}, source: "service catalogue", as_of: 2026-10-01}}'
    return {**facts, "services": source.format(**facts)}


def record(number):
    dice = random.Random(number)
    kinds = ["no-mesh", "sidecarless", "mesh"]
    kind = dice.choice(kinds)
    decision = dice.choice([other for other in kinds if other != kind]) if number % 10 == 9 else kind
    lines = "".join(f"  {fact}: {value}\n" for fact, value in answers(dice, kind).items())
    block = (
        "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@1.0.0\n"
        f"decision: {decision}\ndecided: 2026-10-01\nreview_by: 2027-10-01\nanswers:\n{lines}```\n"
    )
    prose = lambda: "\n".join(dice.choices(SENTENCES, k=dice.randint(4, 10))) + "\n"
    header = HEADERS[number % len(HEADERS)](f"{number}. Service mesh", dice.choice(STATUSES), "2026-10-01")
    text = (
        f"{header}\n## Context and Problem Statement\n\n{prose()}\n## Considered Options\n\n"
        f"* no-mesh\n* sidecarless\n* mesh\n\n## Decision Outcome\n\nChosen: {decision}.\n\n{prose()}\n{block}\n"
        f"## Consequences\n\n{prose()}\n## More Information\n\n{prose()}"
    )
    return text.replace("\n", "\r\n") if number % 7 == 3 else text


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit(f"usage: {sys.argv[0]} COUNT FOLDER")
    for number in range(int(sys.argv[1])):
        folder = Path(sys.argv[2]) / f"{number // 1000:03}"
        if number % 1000 == 0:
            folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:05}-mesh.md").write_bytes(record(number).encode())


if __name__ == "__main__":
    main()
