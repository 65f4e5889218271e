"""Writes the page and its pictures out of the results: `python -m harness.report results.json folder`."""
import json
import sys
from pathlib import Path

from . import plots
from .python import PEERS
from .sources import page as sources

WAYS = {"auspex": "Auspex"} | PEERS


def main(results_file: str, folder: str) -> None:
    results = json.loads(Path(results_file).read_text())
    docs = Path(folder)
    (docs / "images").mkdir(parents=True, exist_ok=True)
    pictures = plots.draw(results, docs / "images")
    (docs / "benchmarks.md").write_text(page(results, pictures))


def page(results: dict, pictures: dict) -> str:
    small = "**On small tables, to show that it works. The numbers mean little.**" if results["size"] == "quick" else ""
    if not results["workloads"]:
        parts = [rules_table(results), sources.part(results.get("sources")), machine(results)]
        return "\n\n".join(part for part in parts if part) + "\n"
    parts = [INTRODUCTION.format(**results), small, pictures.get("ratios", ""), seconds_table(results), start_table(results),
             limit_table(results), scores_table(results), failures(results), rules_table(results),
             scaling(results, pictures), sources.part(results.get("sources")), machine(results), HOW.format(**results)]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def table(header: list, rows: list) -> str:
    lines = [header, ["---"] * 1 + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def ways_of(results: dict) -> list:
    return [way for way in WAYS if any(way in w["ways"] for w in results["workloads"])]


def seconds_table(results: dict) -> str:
    ways = ways_of(results)
    rows = []
    for workload in results["workloads"]:
        ours = workload["ways"]["auspex"].get("median")
        rows.append([f"**{workload['name']}** {workload['title']}, {workload['rows']:,} rows",
                     *(cell(workload["ways"].get(way), ours, "median", way) for way in ways)])
        served = workload["ways"]["auspex"].get("served")
        if served:
            rows.append([f"**{workload['name']}, served** the same, while `./auspex serve` runs", *(
                cell(served if way == "auspex" else workload["ways"].get(way), served.get("median"), "median", way)
                for way in ways)])
    return ("## From table to table\n\nMedian seconds and, in brackets, how many times as long as Auspex; `no` is what a way does not support. W8 is"
            " whole processes, from start to end, without and with another process that serves the warehouse; in all"
            " others the process runs and the model is loaded.\n\n"
            + table(["workload", *(WAYS[way] for way in ways)], rows))


def start_table(results: dict) -> str:
    ways = ways_of(results)
    rows = [[f"**{w['name']}**", *(cell(w["ways"].get(way), w["ways"]["auspex"].get("start"), "start", way)
                                   for way in ways)] for w in results["workloads"]]
    return ("## With process start\n\nThe median seconds of processes that do it once: started, libraries and model"
            " loaded, table written, ended. For Auspex that is `./auspex warehouse.duckdb -c \"CREATE TABLE …\"`.\n\n"
            + table(["workload", *(WAYS[way] for way in ways)], rows))


def cell(result: dict | None, ours: float | None, which: str, way: str) -> str:
    if result is None:
        return ""
    if "error" in result:
        is_short = result["error"].startswith(">")
        return result["error"] if is_short else "no" if "NotImplementedError" in result["error"] else "fails"
    seconds = result[which]
    ratio = f" ({seconds / ours:.2f}×)" if ours and way != "auspex" else ""
    return f"{digits(seconds)}{ratio}"


def digits(seconds: float) -> str:
    return f"{seconds:.1f}" if seconds >= 10 else f"{seconds:.2f}" if seconds >= 0.1 else f"{seconds:.3f}"


def limit_table(results: dict) -> str:
    rows = []
    for w in results["workloads"]:
        limit, ours = w.get("limit"), w["ways"]["auspex"].get("median")
        if limit is None:
            continue
        if "error" in limit or ours is None:
            rows.append([f"**{w['name']}**", limit.get("error", "fails"), "", "", ""])
            continue
        alone = [limit[part]["median"] for part in ("scan", "kernel", "copy")]
        rows.append([f"**{w['name']}**", *map(digits, alone), digits(ours), f"{sum(alone) / ours:.2f}"])
    if not rows:
        return ""
    return ("## The limit\n\nWhat nobody can do without, each measured alone on all cores: `scan` exports the"
            " features out of DuckDB as Arrow batches, `kernel` computes the model over batches that lie in memory,"
            " `copy` writes as many rows of two columns. The last column is their sum divided by Auspex's time: 1"
            " would be no time lost, more than 1 is won by doing them at the same time.\n\n"
            + table(["workload", "scan", "kernel", "copy", "Auspex", "(scan + kernel + copy) / Auspex"], rows))


def scores_table(results: dict) -> str:
    ways = [way for way in ways_of(results) if way != "a1"]
    if not any("scores" in way for w in results["workloads"] for way in w["ways"].values()):
        return ""
    rows = [[f"**{w['name']}**", *(agreement(w["ways"].get(way)) for way in ways)] for w in results["workloads"]]
    return ("## The same scores\n\nThe largest difference of a probability from tuned Python's, over all rows; then,"
            " where there are any, rows on the other side of 0.5 and rows that only one of the two has. (W5's rows"
            " are compared by rank.)\n\n" + table(["workload", *(WAYS[way] for way in ways)], rows))


def agreement(result: dict | None) -> str:
    scores = (result or {}).get("scores")
    if scores is None:
        return ""
    if "error" in scores:
        return "fails"
    if scores["difference"] is None:
        return "no rows"
    text = f"{scores['difference']:.1e}" if scores["difference"] else "0"
    others = [f"{scores[k]:,} {name}" for k, name in (("labels", "labels"), ("unmatched", "rows unmatched"))
              if scores[k]]
    return "; ".join([text, *others])


def failures(results: dict) -> str:
    reasons = {}
    for w in results["workloads"]:
        for way, result in w["ways"].items():
            if "error" in result:
                reasons.setdefault((WAYS[way], result["error"]), []).append(w["name"])
            if "error" in result.get("scores", {}):
                reasons.setdefault((WAYS[way], "comparing: " + result["scores"]["error"]), []).append(w["name"])
    rows = [[way, ", ".join(names), reason.replace("|", "\\|")] for (way, reason), names in reasons.items()]
    if not rows:
        return ""
    return "## What did not finish\n\n" + table(["way", "workloads", "reason"], rows).replace("---:", "---")


def rules_table(results: dict) -> str:
    """What single rules give."""
    rows = []
    for case in results.get("rules") or []:
        if "error" in case:
            rows.append([case["title"], ", ".join(case["rules"]), "", case["error"].replace("|", "\\|")])
            continue
        for rule, way in case["without"].items():
            rows.append([case["title"], rule, digits(case["median"]), cell(way, case["median"], "median", "rules")])
    if not rows:
        return ""
    return ("## Rule by rule\n\nMedian seconds of a query with all of the planner's rules and, in turn with it, without"
            " one (`SET disabled_rules`). A rule that gives little here does what another rule, the strategies or DuckDB"
            " do as well.\n\n" + table(["query", "rule", "with it", "without it"], rows))


def scaling(results: dict, pictures: dict) -> str:
    if not results["scaling"]:
        return ""
    parts = ["## How it grows\n\nMicroseconds a row of the median run, and the peak of resident memory of a process,"
             " in MiB. Rows: W1's model. Features: logistic regressions. Threads: W3's model."]
    for grows in ("rows", "features", "threads"):
        points = [p for p in results["scaling"] if p["grows"] == grows]
        ways = [way for way in WAYS if any(p["way"] == way for p in points)]
        rows = [[f"{amount:,}", *(growth(points, amount, way) for way in ways)]
                for amount in dict.fromkeys(p["amount"] for p in points)]
        parts += [pictures.get(grows, ""), table([grows, *(f"{WAYS[way]}: µs a row, MiB" for way in ways)], rows)]
    return "\n\n".join(part for part in parts if part)


def growth(points: list, amount: int, way: str) -> str:
    found = [p for p in points if p["amount"] == amount and p["way"] == way]
    if not found:
        return ""
    if "error" in found[0]:
        return found[0]["error"].replace("|", "\\|")
    return f"{found[0]['median'] / found[0]['rows'] * 1e6:.3f}, {found[0]['peak'] / 2**20:,.0f}"


def machine(results: dict) -> str:
    m = results["machine"]
    ours = ", ".join(f"{name} {version}" for name, version in m["auspex"].items())
    theirs = ", ".join(f"{name} {version}" for name, version in m["packages"].items())
    return (f"## The machine\n\n{m['cores']} cores ({m['processor']}), {m['memory_gib']} GiB of memory, {m['system']},"
            f" Java {m['java']}, Python {m['python']}. Auspex: {ours}. Peers: {theirs}.")


INTRODUCTION = """
# Benchmarks

The same rows, the same model, the same scores: Auspex beside other ways to get predictions from a table into a
table. Each is written as its own users would write it. Everything on this page was measured and written by

    ./auspex-bench

in one run of {minutes} minutes, after it had made tables and models (the parts on rules and on other databases came on top); `./auspex-bench --help` tells how to run a part of it. It needs Java, Maven, Python and npm.
"""

HOW = """
## How it was measured

Every way reads the same DuckDB file (Spark: the same tables as Parquet files) and writes a table of ids and
probabilities, with all cores. All but Auspex run in Python. ONNX files are made of the trained models by skl2onnx and
onnxmltools; Auspex and all peers that use ONNX Runtime run the same file.

| way | what it is |
| --- | --- |
| Auspex | `CREATE TABLE scores AS SELECT id, p FROM PREDICT(MODEL m, …)` through its JDBC driver |
| Python, tuned | DuckDB's Arrow batches, ONNX Runtime, Arrow batches back, all as a stream; with intra-op threads or with batches side by side, in batches of 8,192 or 65,536 rows, whichever was fastest on a part of the rows |
| Python, common | a DataFrame of all rows, one run of the model, a DataFrame back |
| Arrow UDF in DuckDB | a Python function over Arrow arrays that runs the model, called in SQL |
| the library's own predict | scikit-learn, LightGBM or XGBoost over a DataFrame of all rows |
| orbital: SQL in DuckDB | the model translated into one SQL query |
| Spark, pandas UDF | `local[cores]`, a pandas UDF over iterators that runs the model |
| lleaves | LightGBM's trees compiled through LLVM, over a DataFrame of all rows |

**Times.** Each way is a process of its own. Its first run loads what it needs and counts for the time with process
start only. It is done up to {runs} times more, as often as fits {budget:g} seconds, or three times where these take no more
than {budget:g} seconds each; the median is of the later half, when caches are filled and the JVM has compiled what it
runs. Tuned Python and Auspex take turns, twice. Where the first run alone took more than {patience:g} seconds, it is the number. While another process serves the warehouse, calls of {budget:g} seconds
count, after as many seconds of calls that do not; peers' processes are the same in both rows. Compiling (lleaves) and writing SQL (orbital), done once a model, do not count. A process
that takes more than {limit_seconds:g} seconds, or more than 60% of the machine's memory, is ended, and the table says so.

**Data.** W2, W5, W6, W7, W8: three million real flights of 2001 in the United States, from the npm package
vega-datasets 3.2.1; the models learn whether one is 15 minutes late or more. W7 repeats one row in a hundred of them.
W1 and W3: normally distributed numbers, W4: made-up sales of 20,000 products in 500 stores, the same each time. W4's predicate
keeps 10 to 100% of the sales; peers have it in their query, Auspex outside of `PREDICT`.
"""


if __name__ == "__main__":
    main(*sys.argv[1:])
