"""Runs one peer on one workload, in a process of its own: `python -m harness.peers.one job.json result.json`."""
import importlib
import json
import re
import resource
import statistics
import sys
import time
from pathlib import Path

from ..timing import allowed, counted


def main(job_file: str, result_file: str) -> None:
    job = json.loads(Path(job_file).read_text())
    result = {}
    try:
        peer = importlib.import_module(f".{job['peer']}", __package__)
        with peer.opened(job) as opened:
            result |= measure(job, opened)
    except Exception as e:  # whatever a peer dies of is its result
        result = {"error": one_line(e)}
    result["ended"] = time.time()
    Path(result_file).write_text(json.dumps(result))


def measure(job: dict, peer) -> dict:
    """The first run, which counts for process start, and as many more as the budget allows."""
    first = seconds(peer.run)
    result = {"first": first, "until_first": time.time() - job["spawned"]}
    if first < job["patience"] and job["runs"] > 0:
        if hasattr(peer, "tune"):
            peer.tune()
        runs = []
        while len(runs) < job["runs"] and (not runs or sum(runs) + runs[-1] <= allowed(len(runs), job["budget"])):
            runs.append(seconds(peer.run))
        result["runs"] = runs
    result["median"] = statistics.median(counted(result))
    result["note"] = peer.note
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return result


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def one_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [""]
    named = [line for line in lines if re.match(r"[\w.]+(Error|Exception): ", line)]
    text = named[-1] if named else f"{type(error).__name__}: {lines[0]}"
    return text if len(text) <= 200 else text[:197] + "..."


if __name__ == "__main__":
    main(*sys.argv[1:])
