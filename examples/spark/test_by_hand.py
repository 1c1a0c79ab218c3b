"""Runs the job in local mode over sheets made here, and compares every row with one plain process.

    python test_by_hand.py [--sheets 1000000] [--partitions 16] [--program mesh-advisor]
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def write_sheets(folder: pathlib.Path, sheets: int, partitions: int) -> list[str]:
    """`sheets` lines in `partitions` files of `folder`; every thousandth names a fact that does not exist."""
    dice = random.Random(7)
    names = []
    for part in range(partitions):
        path = folder / f"part-{part:05}.jsonl"
        with path.open("w") as file:
            for number in range(part, sheets, partitions):
                answers = {
                    "services": dice.randint(1, 300),
                    "teams": dice.randint(1, 30),
                    "languages": dice.randint(1, 6),
                    "authorization": dice.choice(["network", "l7", "unknown"]),
                    "platform_team": dice.choice(["none", "part-time", "dedicated"]),
                }
                if number % 1000 == 999:
                    answers["servces"] = 3
                file.write(json.dumps({"id": str(number), "answers": answers}) + "\n")
        names.append(str(path))
    return names


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=1_000_000)
    parser.add_argument("--partitions", type=int, default=16)
    parser.add_argument("--program", default="mesh-advisor")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        (folder / "sheets").mkdir()
        names = write_sheets(folder / "sheets", arguments.sheets, arguments.partitions)

        start = time.monotonic()
        plain = subprocess.run(
            f"cat {folder}/sheets/*.jsonl | {arguments.program} advise --each -",
            shell=True, stdout=subprocess.PIPE, text=True, check=False,
        )
        plain_seconds = time.monotonic() - start

        start = time.monotonic()
        job = subprocess.run([
            sys.executable, HERE / "advise_each.py", folder / "sheets", folder / "advice.parquet",
            "--program", arguments.program,
        ], check=False)
        job_seconds = time.monotonic() - start

        from pyspark.sql import SparkSession
        spark = SparkSession.builder.getOrCreate()
        rows = spark.read.parquet(str(folder / "advice.parquet")).collect()

    # Lines with a mistake have no recommendation; None does not sort, its repr does.
    expected = sorted(
        ((one.get("recommendation"), one.get("rule"), one.get("score"), one.get("id"), "error" in one)
         for one in map(json.loads, plain.stdout.splitlines())),
        key=repr,
    )
    found = sorted(
        ((row.recommendation, row.rule, row.score, row.id, row.error is not None) for row in rows), key=repr
    )
    assert len(names) == arguments.partitions
    assert len(expected) == arguments.sheets, f"{len(expected)} lines of the plain process"
    assert (plain.returncode, job.returncode) == ((2, 1) if arguments.sheets >= 1000 else (0, 0))
    assert found == expected, next(pair for pair in zip(found, expected) if pair[0] != pair[1])
    print(f"{arguments.sheets} sheets agree; one process {plain_seconds:.1f} s, Spark in local mode {job_seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
