#!/usr/bin/env python3
"""Time commands as whole processes, in turns, so that a machine that changes its speed changes it for all of them.

    python3 benches/whole_process/in_turns.py RUNS COMMAND [COMMAND ...]

Prints the median and the least time of each command, and how its median compares with that of each command before it.
What the commands print is thrown away.
"""
import os
import shlex
import statistics
import sys
import time

WARM_UP = 20


def run(words: list[str]) -> float:
    """The seconds from the start of a command to its end."""
    output = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    start = time.perf_counter()
    process = os.posix_spawnp(words[0], words, os.environ, file_actions=[output])
    _, status = os.waitpid(process, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{shlex.join(words)} failed")
    return seconds


def main() -> None:
    runs, commands = int(sys.argv[1]), [shlex.split(command) for command in sys.argv[2:]]
    times = [[run(words) for words in commands] for _ in range(WARM_UP + runs)][WARM_UP:]
    medians = []
    for position, words in enumerate(commands):
        own = [turn[position] for turn in times]
        median = statistics.median(own)
        ratios = "".join(f"  {median / other:5.2f}" for other in medians)
        print(f"{median * 1000:7.3f} ms  least {min(own) * 1000:7.3f}{ratios}  {shlex.join(words)[:60]}")
        medians.append(median)


main()
