"""How time a row and memory grow: with rows, with features, with threads."""
from dataclasses import replace
from pathlib import Path

from . import auspex, machine, python
from .places import HUGE_ROWS, Size
from .workloads import Workload, all_workloads

PEERS = ("a1", "a2")
THREADS_ROWS = 1_000_000


def wide(size: Size, features: int) -> Workload:
    """A logistic regression over so many features."""
    return Workload(f"features-{features}", f"{features} features", "wide", f"signal_{features}", "sklearn",
                    size.scaling_features_rows, tuple(f"f{i}" for i in range(features)), (f"wide_{features}",),
                    f"wide_{features}")


def points(size: Size, huge: bool) -> list:
    """(what grows, how much, workload, threads) of every measurement."""
    first, _, third = all_workloads(size)[:3]
    found = []
    for rows in size.scaling_rows:
        found.append(("rows", rows, replace(first, name=f"rows-{rows}", rows=rows, where=f"id < {rows}"), None))
    if huge:
        found.append(("rows", HUGE_ROWS, replace(first, name=f"rows-{HUGE_ROWS}", warehouse="huge", rows=HUGE_ROWS),
                      None))
    found += [("features", n, wide(size, n), None) for n in size.scaling_features]
    rows = min(THREADS_ROWS, third.rows)
    for threads in range(1, machine.cores() + 1):
        if threads in (1, 2, machine.cores()) or threads % 4 == 0:
            found.append(("threads", threads, replace(third, name=f"threads-{threads}", rows=rows,
                                                      where=f"id < {rows}"), threads))
    return found


def measure(size: Size, huge: bool, logs: Path) -> list:
    """For each point and way: seconds, and the peak of memory of a process that does it once or more."""
    results = []
    for grows, amount, workload, threads in points(size, huge):
        for way in ("auspex", *PEERS):
            log = logs / f"{workload.name}-{way}.log"
            if way == "auspex":
                result = auspex.measure(size, workload, log, threads)
                launched = auspex.launch(size, workload, log, 1, threads) if "error" not in result else {}
                # What people run; the benchmark's own JVM has a heap of another size.
                result = {k: v for k, v in result.items() if k != "peak"} | launched
            else:
                result = python.measure(size, workload, way, log, size.runs, threads)
            results.append({"grows": grows, "amount": amount, "rows": workload.rows, "way": way} | kept(result))
            print(f"  {grows} {amount} {way}: {results[-1].get('median', results[-1].get('error'))}", flush=True)
    return results


def kept(result: dict) -> dict:
    return {k: v for k, v in result.items() if k in ("median", "peak", "error")}
