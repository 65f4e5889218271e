"""Runs Auspex: through its driver in a JVM of the benchmark's own, and with its launcher."""
import json
import shutil
import subprocess
import time
from pathlib import Path

from . import processes
from .places import BENCH, ROOT, Size
from .workloads import Workload

CLASSPATH = f"{ROOT / 'shell/target/auspex.jar'}:{BENCH / 'target/classes'}"
SCORES = "scores_auspex"


def java() -> str:
    found = shutil.which("java")
    if not found:
        raise SystemExit("there is no java on the PATH. Install a JDK, 17 or newer.")
    return found


def settings(threads: int | None) -> list:
    return [] if threads is None else [f"SET threads = {threads}", f"SET predict_threads = {threads}"]


def create_model(size: Size, workload: Workload) -> list:
    file = size.folder / "models" / f"{workload.model}.onnx"
    features = f" FEATURES ({workload.columns})" if workload.inputs == "matrix" else ""
    return [f"DROP MODEL IF EXISTS {workload.model}", f"CREATE MODEL {workload.model} FROM '{file}'{features}"]


def statement(query: str) -> str:
    return f"CREATE OR REPLACE TABLE {SCORES} AS {query}"


def measure(size: Size, workload: Workload, log: Path, threads: int | None = None) -> dict:
    """Through the driver: a first run and others."""
    return in_jvm(["io.auspex.bench.Main"], size, workload.warehouse, log, {
        "setup": create_model(size, workload) + settings(threads), "statement": statement(workload.auspex)})


def limit(size: Size, workload: Workload, log: Path, cores: int) -> dict:
    """What scoring cannot do without, each alone: scan, kernel, copy."""
    # Without the driver, which opens java.nio by itself.
    opens = "--add-opens=java.base/java.nio=ALL-UNNAMED"
    return in_jvm([opens, "io.auspex.bench.Limit"], size, workload.warehouse, log, {
        "model": str(size.folder / "models" / f"{workload.model}.onnx"), "features": workload.features,
        "table": workload.source, "threads": cores})


def in_jvm(program: list, size: Size, warehouse: str, log: Path, job: dict) -> dict:
    result, _ = do(program, log, 4 * size.limit, job | {
        "database": str(size.database(warehouse)), "runs": size.runs, "patience": size.patience, "budget": size.budget})
    return result


def do(program: list, log: Path, limit: float, job: dict) -> tuple:
    """A job of a program of the benchmark's own, in a JVM: its result with its peak, and how the process ended."""
    job_file, result_file = log.with_suffix(".job.json"), log.with_suffix(".result.json")
    result_file.unlink(missing_ok=True)
    job_file.write_text(json.dumps(job))
    ended = processes.run([java(), "-cp", CLASSPATH, *program, job_file, result_file], log, limit)
    if ended.failure or not result_file.exists():
        return {"error": ended.failure or "no result"}, ended
    return json.loads(result_file.read_text()) | {"peak": ended.peak}, ended


def served(size: Size, workload: Workload, log: Path) -> dict:
    """With the launcher, while another process serves the warehouse. The model has been created.

    The server's JVM compiles what it runs often; only calls of the second half of the time count.
    """
    warehouse = size.database(workload.warehouse)
    command = [ROOT / "auspex", "serve", warehouse]
    endpoint = Path(f"{warehouse}.auspex") / "server"
    endpoint.unlink(missing_ok=True)
    with open(log.with_suffix(".server.log"), "w") as output:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=ROOT)
    try:
        deadline = time.monotonic() + size.limit
        while not endpoint.exists():
            if server.poll() is not None or time.monotonic() > deadline:
                return {"error": processes.last_line(log.with_suffix(".server.log")) or "it does not serve"}
            time.sleep(0.05)
        calls, began = [], time.monotonic()
        while not calls or time.monotonic() - began < 2 * size.budget:
            ended = processes.run([ROOT / "auspex", warehouse, "-c", statement(workload.auspex)], log, size.limit)
            if ended.failure:
                return {"error": ended.failure}
            calls.append((time.monotonic() - began, ended.seconds))
        if server.poll() is not None:
            return {"error": "the server ended by itself"}
        late = sorted(seconds for at, seconds in calls if at > size.budget) or [calls[-1][1]]
        return {"median": late[len(late) // 2], "calls": len(late), "first": calls[0][1]}
    finally:
        server.terminate()
        try:
            server.wait(size.limit)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def launch(size: Size, workload: Workload, log: Path, times: int, threads: int | None = None) -> dict:
    """With the launcher, from its start to its end. The model has been created."""
    options = [option for sql in (*settings(threads), statement(workload.auspex)) for option in ("-c", sql)]
    seconds, peak = [], 0
    while len(seconds) < times and (not seconds or seconds[0] < size.patience):
        ended = processes.run([ROOT / "auspex", size.database(workload.warehouse), *options], log,
                              size.limit)
        if ended.failure:
            return {"error": ended.failure}
        seconds.append(ended.seconds)
        peak = max(peak, ended.peak)
    return {"starts": seconds, "peak": peak}
