#!/usr/bin/env python3
"""Times `check --format json` over folders of generated records, in turns with `grep -rl` and `wc` over the same folder.

    cargo build --release
    benches/check_records.py target/release/mesh-advisor 1000 10000 100000

Prints the median of five runs each, in seconds, and the most memory that a run of `check` took.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
GENERATOR = Path(__file__).with_name("generate_records.py")


def timed(command, folder):
    """Seconds and kilobytes of one run; the output goes where a pipeline would put it, to nobody."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return taken, usage.ru_maxrss


def measure(program, count, folder):
    subprocess.run([sys.executable, GENERATOR, str(count), folder], check=True)
    check = [program, "check", ".", "--as-of", "2026-11-23", "--format", "json"]
    grep = ["sh", "-c", "grep -rl mesh-advisor . | wc -l"]
    words = ["sh", "-c", "find . -name '*.md' -print0 | xargs -0 cat | wc"]
    timed(check, folder), timed(grep, folder)  # the files are in memory from here on
    rounds = [(timed(check, folder), timed(grep, folder), timed(words, folder)) for _ in range(RUNS)]
    seconds = [statistics.median(one[kind][0] for one in rounds) for kind in range(3)]
    memory = max(one[0][1] for one in rounds) / 1024
    print(f"| {count:,} | {seconds[0]:.3f} | {memory:.0f} | {seconds[1]:.3f} | {seconds[2]:.3f} |", flush=True)


def main():
    if len(sys.argv) < 3:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM COUNT...")
    program = str(Path(sys.argv[1]).resolve())
    print("| records | check, s | check, MiB | grep -rl \\| wc, s | cat \\| wc, s |\n| ---: | ---: | ---: | ---: | ---: |")
    for count in sys.argv[2:]:
        with tempfile.TemporaryDirectory() as folder:
            measure(program, int(count), folder)


if __name__ == "__main__":
    main()
