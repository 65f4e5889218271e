"""Runs one of the peers that are written in Python."""
import json
import sys
import time
from pathlib import Path

from . import machine, processes
from .places import BENCH, Size
from .workloads import Workload

# NumPy's BLAS is to choose its kernels by itself, whatever the surroundings say.
CHOICES_OF_BLAS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")

PEERS = {
    "a1": "Python, tuned",
    "a2": "Python, common",
    "b": "Arrow UDF in DuckDB",
    "c": "the library's own predict",
    "d": "orbital: SQL in DuckDB",
    "e": "Spark, pandas UDF",
    "f": "lleaves",
}


def measure(size: Size, workload: Workload, peer: str, log: Path, runs: int, threads: int | None = None) -> dict:
    """A first run and `runs` more. `start` is the seconds that a process with one run takes as a whole."""
    job_file, result_file = log.with_suffix(".job.json"), log.with_suffix(".result.json")
    result_file.unlink(missing_ok=True)
    parquet = size.folder / "parquet"
    cores = machine.cores()
    job_file.write_text(json.dumps(workload.job() | {
        "peer": peer, "database": str(size.database(workload.warehouse)),
        "model_path": str(size.folder / "models" / workload.model), "target": f"scores_{peer}",
        "threads": threads or cores, "cores": cores, "parquet": str(parquet),
        "target_parquet": str(parquet / f"{workload.name}_scores"), "runs": runs, "patience": size.patience, "budget": size.budget,
        "spawned": time.time()}))
    ended = processes.run([sys.executable, "-W", "ignore", "-m", "harness.peers.one", job_file, result_file], log,
                          size.limit, with_children=peer == "e",
                          environment={"PYTHONPATH": str(BENCH)}, without=CHOICES_OF_BLAS)
    if not result_file.exists():
        return {"error": ended.failure or "no result"}
    result = json.loads(result_file.read_text())
    if "error" not in result:
        result["start"] = result["until_first"] + max(0.0, time.time() - result["ended"])
        result["peak"] = ended.peak
    return result
