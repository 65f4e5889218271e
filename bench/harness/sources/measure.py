"""Measures all ways in both directions."""
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .. import auspex, processes
from ..peers.one import one_line
from ..places import BENCH, ROOT, Size
from . import server as servers
from . import table
from .ways import AUSPEX, DIRECTIONS, READING, Direction, Way

LIMIT = 300
# Ways take turns: what else the machine does is not to be one way's alone.
ROUNDS, RUNS, BUDGET, PATIENCE = 2, 2, 60, 120
MANY, FEW = "wide", "wide_few"
COPIED = "copied"
# DuckDB's, in the processes whose memory is told: it would keep of the tables what there is room for.
MEMORY = "128MB"
BEFORE = [f"DROP TABLE IF EXISTS {COPIED}", "CHECKPOINT"]


def measure(size: Size, names: list, logs: Path) -> dict:
    """What all ways took, or an error where there is no server for this platform."""
    try:
        return measure_all(size, names, logs)
    except (RuntimeError, OSError, subprocess.SubprocessError) as e:
        print(f"PostgreSQL is not measured: {e}", flush=True)
        return {"error": one_line(e)}


def measure_all(size: Size, names: list, logs: Path) -> dict:
    """For each direction and way: seconds, memory with few and with many rows, whether the rows are the same."""
    began = time.time()
    rows = {FEW: size.source_few, MANY: size.source_rows}
    with servers.started(size, logs / "postgres.log") as server:
        servers.make_tables(server, rows, size.folder)
        run = Run(size, server, logs)
        run.fetch()
        directions = [{"name": d.name, "title": d.title, "ways": run.direction(d)}
                      for d in DIRECTIONS if d.name in names]
        version = server.run("SHOW server_version").split()[0]
    return {"rows": size.source_rows, "few": size.source_few, "columns": len(table.COLUMNS), "memory": MEMORY,
            "rounds": ROUNDS, "runs": RUNS, "server": version, "psql": version_of_psql(), "directions": directions,
            "load": round(os.getloadavg()[2], 1), "minutes": round((time.time() - began) / 60, 1)}


def version_of_psql() -> str:
    psql = shutil.which("psql")
    return subprocess.run([psql, "--version"], capture_output=True, text=True).stdout.split()[2] if psql else "missing"


class Run:
    def __init__(self, size: Size, server: servers.Server, logs: Path):
        self.size = size
        self.server = server
        self.logs = logs
        self.database = size.folder / "sources.duckdb"

    def fetch(self) -> None:
        """The tables for the way back, in DuckDB, and the archive of Auspex's classes."""
        tables = [f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM pg.public.{name}" for name in (FEW, MANY)]
        options = [option for sql in [*self.sources(), *tables] for option in ("-c", sql)]
        subprocess.run([ROOT / "auspex", self.database, *options], check=True, capture_output=True)

    def sources(self) -> list:
        made = f"CREATE OR REPLACE SOURCE {{}} URL '{self.server.jdbc}' USER 'postgres'"
        return [made.format("pg"), made.format("pg2") + " WITH (partition_column = 'id', partitions = 2)"]

    def direction(self, direction: Direction) -> dict:
        print(f"{direction.name}: {direction.title}, {self.size.source_rows:,} rows", flush=True)
        results = {way.key: {"title": way.title, "runs": []} for way in direction.ways}
        for number in range(ROUNDS):
            for way in direction.ways:
                result = results[way.key]
                if "error" not in result:
                    timed = self.of(way, "time")(direction, way, self.log(direction, way), result.get("choice", {}))
                    runs = result["runs"] + timed_runs(timed)
                    result |= timed | {"runs": runs}
                    print(f"  {way.title}: {timed.get('error') or shown(runs)}", flush=True)
                    if "error" not in result and number == 0:
                        result["same"] = self.is_same(direction, way)
        for way in direction.ways:
            results[way.key] = self.with_peaks(direction, way, results[way.key])
        self.server.run(BEFORE[0])
        return results

    def of(self, way: Way, what: str):
        return getattr(self, f"{what}_{way.by}")

    def log(self, direction: Direction, way: Way) -> Path:
        return self.logs / f"{direction.name}-{way.key}.log"

    def with_peaks(self, direction: Direction, way: Way, result: dict) -> dict:
        """Peaks and CPU seconds are of processes that do it once, with few rows and with many."""
        for key, source in (("peak_few", FEW), ("peak", MANY)):
            if "error" in result:
                return result
            self.clear(direction)
            done, ended = self.of(way, "once")(direction, way, source, result)
            failure = done.get("error") or ended.failure
            result |= {"no_memory": failure} if failure else {key: ended.peak, "cpu": ended.cpu}
            print(f"  {way.title}, {source}: {failure or f'{ended.peak >> 20:,} MiB'}", flush=True)
        runs = sorted(result["runs"])
        return result | {"median": (runs[(len(runs) - 1) // 2] + runs[len(runs) // 2]) / 2}

    def time_auspex(self, direction: Direction, way: Way, log: Path, choice: dict) -> dict:
        """Time through the driver; memory of what people run, the launcher."""
        job = {"setup": self.sources(), "statement": self.statement(direction, way, MANY)}
        if direction is not READING:
            job |= {"server": self.server.jdbc, "before": BEFORE}
        return self.in_jvm("Main", job, log)[0]

    def once_auspex(self, direction: Direction, way: Way, source: str, result: dict) -> tuple:
        return {}, processes.run([ROOT / "auspex", self.database, "-c", f"SET memory_limit = '{MEMORY}'", "-c",
                                  self.statement(direction, way, source)],
                                 self.log(direction, way).with_suffix(f".{source}.log"), LIMIT)

    def statement(self, direction: Direction, way: Way, source: str) -> str:
        if direction is READING:
            place = "pg" if way.key == AUSPEX else "pg2"
            return f"CREATE OR REPLACE TABLE read_{way.key} AS SELECT * FROM {place}.public.{source}"
        return f"CREATE TABLE pg.public.{COPIED} AS SELECT * FROM {source}"

    def time_java(self, direction: Direction, way: Way, log: Path, choice: dict) -> dict:
        """The file is sent to a table that is there."""
        return self.in_jvm("BareCopy", self.copy_of(MANY), log)[0]

    def once_java(self, direction: Direction, way: Way, source: str, result: dict) -> tuple:
        return self.in_jvm("BareCopy", self.copy_of(source) | {"runs": 0}, self.log(direction, way))

    def copy_of(self, source: str) -> dict:
        return {"server": self.server.jdbc, "before": [*BEFORE[:1], table.create(COPIED), *BEFORE[1:]],
                "statement": f"COPY {COPIED} FROM STDIN (FORMAT binary)",
                "file": str(self.size.folder / f"{source}.binary")}

    def in_jvm(self, program: str, job: dict, log: Path) -> tuple:
        return auspex.do([f"io.auspex.bench.{program}"], log, 4 * LIMIT, {
            "database": str(self.database), "runs": RUNS, "patience": PATIENCE, "budget": BUDGET} | job)

    def time_python(self, direction: Direction, way: Way, log: Path, choice: dict) -> dict:
        self.clear(direction)
        return self.in_python(direction, way, log, {"source": MANY, "runs": RUNS, "choice": choice, "memory": "",
                                                    "tuning": "" if choice else FEW})[0]

    def once_python(self, direction: Direction, way: Way, source: str, result: dict) -> tuple:
        return self.in_python(direction, way, self.log(direction, way).with_suffix(f".{source}.log"), {
            "source": source, "runs": 0, "choice": result["choice"], "memory": MEMORY, "tuning": ""})

    def in_python(self, direction: Direction, way: Way, log: Path, job: dict) -> tuple:
        job_file, result_file = log.with_suffix(".job.json"), log.with_suffix(".result.json")
        result_file.unlink(missing_ok=True)
        job_file.write_text(json.dumps(job | {
            "direction": direction.name, "way": way.key, "database": str(self.database), "uri": self.server.uri,
            "target": f"read_{way.key}" if direction is READING else COPIED, "before": BEFORE, "budget": BUDGET}))
        ended = processes.run([sys.executable, "-W", "ignore", "-m", "harness.sources.one", job_file, result_file],
                              log, 4 * LIMIT, environment={"PYTHONPATH": str(BENCH)})
        if not result_file.exists():
            return {"error": ended.failure or "no result"}, ended
        return json.loads(result_file.read_text()), ended

    def time_psql(self, direction: Direction, way: Way, log: Path, choice: dict) -> dict:
        """Processes of psql, as a whole."""
        if not shutil.which("psql"):
            return {"error": "psql is not on the PATH"}
        seconds = []
        for _ in range(RUNS):
            self.clear(direction)
            _, ended = self.once_psql(direction, way, MANY, {})
            if ended.failure:
                return {"error": ended.failure}
            seconds.append(ended.seconds)
        return {"runs": seconds}

    def once_psql(self, direction: Direction, way: Way, source: str, result: dict) -> tuple:
        file = self.size.folder / "read.csv"
        copy = rf"\copy {source} to '{file}' with (format csv)"
        if direction is not READING:
            self.server.run(table.create(COPIED))
            copy = rf"\copy {COPIED} from '{self.size.folder / source}.binary' with (format binary)"
        ended = processes.run([shutil.which("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.server.uri, "-c",
                               copy], self.log(direction, way), LIMIT)
        file.unlink(missing_ok=True)
        return {}, ended

    def clear(self, direction: Direction) -> None:
        """What a run leaves is not there for the next."""
        if direction is not READING:
            for sql in BEFORE:
                self.server.run(sql)

    def is_same(self, direction: Direction, way: Way) -> bool | None:
        """Whether all rows have arrived as they are; None where they did not go into a table."""
        if direction is not READING:
            return self.server.run(table.digest_there(COPIED)) == self.server.run(table.digest_there(MANY))
        if way.by == "psql":
            return None
        ended = subprocess.run([sys.executable, "-m", "harness.sources.same", self.database, MANY, f"read_{way.key}"],
                               capture_output=True, text=True, check=True)
        return json.loads(ended.stdout)


def timed_runs(timed: dict) -> list:
    """The first counts where it took all the time there was."""
    return timed.get("runs") or [timed["first"]] if "error" not in timed else []


def shown(runs: list) -> str:
    return ", ".join(f"{seconds:.2f}" for seconds in runs) + " s"
