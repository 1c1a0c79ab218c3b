#!/usr/bin/env python3
"""Times `inspect --format json` over generated clusters as whole processes, in turns with others that read the same.

    cargo build --release
    benches/inspect_clusters.py target/release/mesh-advisor json 200 1000
    benches/inspect_clusters.py target/release/mesh-advisor yaml 30
    benches/inspect_clusters.py target/release/mesh-advisor files 10

The numbers are megabytes. Prints the median of three runs each, in seconds, the processor time that `inspect` took over all
its threads, which a busy machine changes less than the clock, and the most memory that one of its runs took. A dash stands
for a program that is not there, or that would need several times the file in memory.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
GENERATOR = Path(__file__).with_name("generate_cluster.py")
SIZE_OF_SERVICE = {"json": 29_800, "yaml": 12_100, "files": 5_400}
MOST_FOR_OTHERS = 500_000_000


def timed(command, path):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command[0]} failed on {path}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def commands(program, form, path, size):
    yield "inspect", [program, "inspect", path, "--format", "json", "--as-of", "2026-12-01"]
    if form == "files":
        yield "cat", ["sh", "-c", f"find '{path}' -type f -print0 | xargs -0 cat > /dev/null"]
        return
    yield "cat", ["sh", "-c", f"cat '{path}' > /dev/null"]
    if form == "json" and size <= MOST_FOR_OTHERS:
        if shutil.which("jq"):
            yield "jq", ["jq", "-c", ".items[].kind", path]
        yield "python", [sys.executable, "-c", f"import json; json.load(open({path!r}))"]


def measure(program, form, megabytes, folder):
    services = max(1, megabytes * 1_000_000 // SIZE_OF_SERVICE[form])
    path = str(Path(folder) / ("cluster" if form == "files" else f"cluster.{form}"))
    if form == "files":
        subprocess.run([sys.executable, GENERATOR, str(services), form, path], check=True)
        size = sum(file.stat().st_size for file in Path(path).rglob("*.yaml"))
    else:
        with open(path, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, GENERATOR, str(services), form], stdout=out, check=True)
        size = os.path.getsize(path)
    runs = {name: [] for name, _ in commands(program, form, path, size)}
    for turn in range(RUNS + 1):
        for name, command in commands(program, form, path, size):
            taken = timed(command, path)
            if turn:  # the first one brings the files into memory
                runs[name].append(taken)
    median = lambda name, of: f"{statistics.median(run[of] for run in runs[name]):.3f}" if name in runs else "-"
    seconds = lambda name: median(name, 0)
    memory = max(kilobytes for _, _, kilobytes in runs["inspect"]) / 1024
    cells = [form, f"{size / 1e6:,.0f}", seconds("inspect"), median("inspect", 1), f"{memory:.0f}"]
    cells += map(seconds, ("cat", "jq", "python"))
    print(f"| {' | '.join(cells)} |", flush=True)


def main():
    if len(sys.argv) < 4 or sys.argv[2] not in SIZE_OF_SERVICE:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM json|yaml|files MEGABYTES...")
    program = str(Path(sys.argv[1]).resolve())
    print("| form | MB | inspect, s | its CPU, s | its MiB | cat, s | jq, s | Python, s |")
    print("| --- |" + " ---: |" * 7)
    for megabytes in sys.argv[3:]:
        with tempfile.TemporaryDirectory() as folder:
            measure(program, sys.argv[2], int(megabytes), folder)


if __name__ == "__main__":
    main()
