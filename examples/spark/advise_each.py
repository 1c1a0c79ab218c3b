"""Advice for a partitioned folder of JSON Lines, through Apache Spark's pipe, as Parquet.

    spark-submit advise_each.py SHEETS ADVICE [--program mesh-advisor] [--rubric FILE]

Each line of SHEETS is `{"id": ..., "answers": {fact: value}}`; each row of ADVICE is what
`mesh-advisor advise --each` says of it.
"""

import argparse
import shlex
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f
from pyspark.sql import types as t

ADVICE = t.StructType([
    t.StructField("id", t.StringType()),
    t.StructField("recommendation", t.StringType()),
    t.StructField("rule", t.StringType()),
    t.StructField("strength", t.StringType()),
    t.StructField("possible", t.ArrayType(t.StringType())),
    t.StructField("score", t.LongType()),
    t.StructField("conditions_met", t.LongType()),
    t.StructField("error", t.StringType()),
])


def command(program: str, rubric: str | None) -> str:
    """What each partition is piped through. Exit code 2 says that some line has an `error`: the row has it too."""
    words = [program, "advise", "--each", "-"] + (["--rubric", rubric] if rubric else [])
    advise = " ".join(shlex.quote(word) for word in words)
    return f"sh -c {shlex.quote(f'{advise} || test $? -eq 2')}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheets")
    parser.add_argument("advice")
    parser.add_argument("--program", default="mesh-advisor")
    parser.add_argument("--rubric")
    arguments = parser.parse_args()

    spark = SparkSession.builder.appName("mesh-advisor").getOrCreate()
    lines = spark.sparkContext.textFile(arguments.sheets)
    # An empty partition has no line to advise on, and the program says so: leave it out.
    piped = lines.pipe(command(arguments.program, arguments.rubric), checkCode=True)
    rows = spark.createDataFrame(piped.map(lambda line: (line,)), "line string")
    advice = rows.select(f.from_json("line", ADVICE).alias("advice")).select("advice.*")
    advice.write.mode("overwrite").parquet(arguments.advice)

    written = spark.read.parquet(arguments.advice)
    total, bad = written.count(), written.filter("error is not null").count()
    print(f"{total} sheets, {bad} with a mistake", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
