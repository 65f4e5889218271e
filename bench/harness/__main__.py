"""`./auspex-bench`: prepares, measures, reports."""
import argparse
import json
import math
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

from . import auspex, machine, processes, python, rules, scaling
from .places import BENCH, DEFAULT, QUICK, ROOT, Size
from .sources import measure as sources
from .sources.ways import DIRECTIONS
from .timing import counted
from .workloads import Workload, all_workloads

LOGS = BENCH / "target" / "logs"
WITH_LIMIT = ("W1", "W2", "W3")
TURNS = 2
RULES = "R"


def main() -> None:
    # Ended from outside, it ends what it runs: peers are in sessions of their own.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    asked = arguments()
    size = QUICK if asked.quick else DEFAULT
    LOGS.mkdir(parents=True, exist_ok=True)
    peers = [peer for peer in python.PEERS if not asked.peers or peer in asked.peers]
    names = [w.name for w in all_workloads(size) if is_asked(w, asked.only)]
    with_scaling = not asked.only and not asked.no_scaling
    directions = [d.name for d in DIRECTIONS if (d.name in asked.only if asked.only else not asked.no_sources)]
    with_rules = RULES in asked.only if asked.only else not asked.no_rules
    if names or with_scaling or with_rules:
        prepare(size, names, {"parquet": "e" in peers, "scaling": with_scaling, "rules": with_rules, "huge": asked.huge})
    began = time.time()
    # Read again: preparing found the threshold out.
    workloads = [w for w in all_workloads(size) if w.name in names]
    subprocess.run([ROOT / "auspex", "-c", "SELECT 1"], check=True, stdout=subprocess.DEVNULL)  # packs its classes
    results = {"size": size.name, "rows": {w.name: w.rows for w in workloads}, "machine": machine.describe(),
               "limit_seconds": size.limit, "runs": size.runs, "patience": size.patience, "budget": size.budget,
               "workloads": measure_all(size, workloads, peers),
               "scaling": scaling.measure(size, asked.huge, LOGS) if with_scaling else []}
    results["minutes"] = round((time.time() - began) / 60, 1)
    if with_rules:
        print("what rules give", flush=True)
        results["rules"] = rules.measure(size, LOGS)
    if directions:
        results["sources"] = sources.measure(size, directions, LOGS) | {"machine": results["machine"]}
    is_main = size is DEFAULT and not asked.only and not asked.peers and with_scaling
    parts = {"rules": with_rules, "sources": len(directions) == len(DIRECTIONS)}
    is_part = size is DEFAULT and not workloads and "error" not in results.get("sources", {})
    # The page keeps what was measured before of a part that was not measured now.
    if is_main:
        results = {part: earlier().get(part) for part in parts} | results
    elif is_part:
        results = earlier() | {part: results[part] for part, is_whole in parts.items() if is_whole}
    write(results, is_main or (is_part and any(parts.values())))


def earlier() -> dict:
    """The results that the documentation is of."""
    file = BENCH / "results.json"
    return json.loads(file.read_text()) if file.exists() else {}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="auspex-bench", description="Measures Auspex beside other ways to score.")
    parser.add_argument("--quick", action="store_true", help="small tables; the numbers mean little")
    parser.add_argument("--only", type=words, default=[], metavar="W1,W5",
                        help="these workloads only; R is the planner's rules, S1 and S2 are PostgreSQL")
    parser.add_argument("--peers", type=words, default=[], metavar="a1,c",
                        help="these peers only: " + ", ".join(f"{k} {v}" for k, v in python.PEERS.items()))
    parser.add_argument("--no-scaling", action="store_true", help="without the curves over rows, features, threads")
    parser.add_argument("--no-rules", action="store_true",
                        help="without what the planner's rules give, of which the page keeps what it has; --only R is it"
                             " alone")
    parser.add_argument("--no-sources", action="store_true",
                        help="without PostgreSQL, of which the page keeps what it has; --only S1,S2 is it alone")
    parser.add_argument("--huge", action="store_true", help="the curve over rows up to 100 million (12 GB on disk)")
    asked = parser.parse_args()
    known = {w.name for w in all_workloads(DEFAULT)} | {"W4", RULES} | {d.name for d in DIRECTIONS}
    for word, allowed in ((asked.only, known), (asked.peers, set(python.PEERS))):
        if not set(word) <= allowed:
            parser.error(f"{', '.join(sorted(set(word) - allowed))}: known are {', '.join(sorted(allowed))}")
    return asked


def words(text: str) -> list:
    return [word for word in text.split(",") if word]


def is_asked(workload: Workload, only: list) -> bool:
    return not only or workload.name in only or workload.name.split("-")[0] in only


def prepare(size: Size, names: list, parts: dict) -> None:
    options = [f"--{part}" for part, is_wanted in parts.items() if is_wanted]
    subprocess.run([sys.executable, "-m", "harness.prepare", size.name, *names, *options], check=True,
                   env=processes.variables(without=python.CHOICES_OF_BLAS))


def measure_all(size: Size, workloads: list, peers: list) -> list:
    """A way that takes too long, or too much memory, with some rows is not tried with more of the same."""
    results, given_up = [], {}
    for workload in workloads:
        results.append(measure(size, workload, peers, given_up))
        for way, result in results[-1]["ways"].items():
            if result.get("error", "").startswith(">"):
                given_up.setdefault((way, workload.model), (workload.rows, result["error"]))
    return results


def measure(size: Size, workload: Workload, peers: list, given_up: dict) -> dict:
    """Auspex, its peers and the limit on one workload, one after the other."""
    print(f"{workload.name}: {workload.title}, {workload.rows} rows", flush=True)
    read_once(size.database(workload.warehouse))
    ways = {}
    # Those that are compared most take turns, since the machine is not the same all the time. Tuned Python is the
    # first: scores are compared with its.
    closest = [p for p in peers if p == "a1"] + ["auspex"]
    for way in closest * (TURNS if len(closest) > 1 else 1) + [p for p in peers if p != "a1"]:
        log = LOGS / f"{workload.name}-{way}.log"
        rows, error = given_up.get((way, workload.model), (math.inf, ""))
        if workload.rows >= rows:
            found = {"error": error}
        elif way == "auspex":
            found = by_auspex(size, workload, log)
        else:
            found = by_python(size, workload, way, log)
        print(f"  {way}: {found.get('error') or format(found['median'], '.3f') + ' s'}", flush=True)
        ways[way] = joined(ways[way], found, workload) if way in ways else found
        if "error" not in ways[way] and "error" not in ways.get("a1", {"error": ""}):
            ways[way]["scores"] = compare(size, workload, way)
    result = {"name": workload.name, "title": workload.title, "rows": workload.rows, "ways": ways}
    if workload.name in WITH_LIMIT:
        result["limit"] = auspex.limit(size, workload, LOGS / f"{workload.name}-limit.log", machine.cores())
    return result


def read_once(file: Path) -> None:
    """Has the system hold the file, which it may have given up since it was last read: the first turn would read disks."""
    with open(file, "rb", buffering=0) as opened:
        block = bytearray(1 << 20)
        while opened.readinto(block):
            pass


def joined(first: dict, second: dict, workload: Workload) -> dict:
    """Two turns of a way: the later half of the runs of each counts."""
    failed = [turn for turn in (first, second) if "error" in turn]
    if failed:
        return failed[0]
    median = statistics.median(counted(first) + counted(second))
    both = {key: first.get(key, []) + second.get(key, []) for key in ("runs", "starts")}
    peak = max(first["peak"], second["peak"])
    return with_starts(second | both | {"peak": peak, "median": median}, workload)


def by_auspex(size: Size, workload: Workload, log: Path) -> dict:
    result = auspex.measure(size, workload, log)
    if "error" in result:
        return result
    launched = auspex.launch(size, workload, log.with_suffix(".launch.log"), size.starts)
    result = with_starts({k: v for k, v in result.items() if k != "peak"} | launched, workload)
    if workload.starts_count and "error" not in result:
        result["served"] = auspex.served(size, workload, log.with_suffix(".served.log"))
    return result


def by_python(size: Size, workload: Workload, peer: str, log: Path) -> dict:
    result = python.measure(size, workload, peer, log, size.runs)
    if "error" in result:
        return result
    starts = [result["start"]]
    while len(starts) < size.starts and starts[0] < size.patience:
        again = python.measure(size, workload, peer, log, 0)
        if "error" in again:
            return again
        starts.append(again["start"])
    return with_starts(result | {"starts": starts}, workload)


def with_starts(result: dict, workload: Workload) -> dict:
    """`start` is the median of whole processes. Where that is what counts, `median` is it."""
    if "error" in result:
        return result
    starts = sorted(result["starts"])
    result["start"] = starts[len(starts) // 2]
    if workload.starts_count:
        result["median"] = result["start"]
    return result


def compare(size: Size, workload: Workload, way: str) -> dict:
    scores = f"scores_{way}"
    if way == "e":
        scores = f"read_parquet('{size.folder / 'parquet' / (workload.name + '_scores')}/*.parquet')"
    ended = subprocess.run(
        [sys.executable, "-m", "harness.compare", size.database(workload.warehouse), scores,
         "ranked" if workload.top else "by id", "keep" if way in ("a1", "e") else "drop"],
        capture_output=True, text=True)
    return json.loads(ended.stdout) if ended.returncode == 0 else {"error": ended.stderr.strip().splitlines()[-1]}


def write(results: dict, is_whole: bool) -> None:
    """A whole run, or a whole part, renews the documentation; any other goes beside the build's results."""
    target = BENCH if is_whole else BENCH / "target"
    file = target / "results.json"
    file.write_text(json.dumps(results, indent=1) + "\n")
    docs = ROOT / "docs" if is_whole else BENCH / "target" / "docs"
    subprocess.run([sys.executable, "-m", "harness.report", file, docs], check=True)
    print(f"written: {docs.relative_to(ROOT)}/benchmarks.md, {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
