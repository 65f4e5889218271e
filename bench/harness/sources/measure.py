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
RUNS, BUDGET, PATIENCE = 3, 60, 120
MANY, FEW = "wide", "wide_few"
COPIED = "copied"
# DuckDB's, in the processes whose memory is told: it would keep of the tables what there is room for.
MEMORY = "512MB"
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
            "server": version, "psql": version_of_psql(), "directions": directions,
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
        results = {}
        for way in direction.ways:
            log = self.logs / f"{direction.name}-{way.key}.log"
            result = getattr(self, "by_" + way.by)(direction, way, log)
            if "error" not in result:
                result["same"] = self.is_same(direction, way)
            results[way.key] = {"title": way.title} | result
            print(f"  {way.title}: {result.get('error') or shown(result)}", flush=True)
        self.server.run(BEFORE[0])
        return results

    def by_auspex(self, direction: Direction, way: Way, log: Path) -> dict:
        """Time through the driver; memory of what people run, the launcher."""
        job = {"setup": self.sources(), "statement": self.statement(direction, way, MANY)}
        if direction is not READING:
            job |= {"server": self.server.jdbc, "before": BEFORE}
        result = self.in_jvm("Main", job, log)
        return with_peaks(result, lambda source: self.launched(direction, way, source, log))

    def launched(self, direction: Direction, way: Way, source: str, log: Path) -> dict:
        self.clear(direction)
        ended = processes.run([ROOT / "auspex", self.database, "-c", f"SET memory_limit = '{MEMORY}'", "-c",
                               self.statement(direction, way, source)], log.with_suffix(f".{source}.log"), LIMIT)
        return {"error": ended.failure} if ended.failure else {"peak": ended.peak, "cpu": ended.cpu}

    def statement(self, direction: Direction, way: Way, source: str) -> str:
        if direction is READING:
            place = "pg" if way.key == AUSPEX else "pg2"
            return f"CREATE OR REPLACE TABLE read_{way.key} AS SELECT * FROM {place}.public.{source}"
        return f"CREATE TABLE pg.public.{COPIED} AS SELECT * FROM {source}"

    def by_java(self, direction: Direction, way: Way, log: Path) -> dict:
        """The file is sent to a table that is there; peaks are of JVMs that send it once."""
        before = [*BEFORE[:1], table.create(COPIED), *BEFORE[1:]]
        job = {"server": self.server.jdbc, "before": before, "statement": f"COPY {COPIED} FROM STDIN (FORMAT binary)"}
        result = self.in_jvm("BareCopy", job | {"file": str(self.size.folder / f"{MANY}.binary")}, log)
        return with_peaks(result, lambda source: self.in_jvm(
            "BareCopy", job | {"file": str(self.size.folder / f"{source}.binary"), "runs": 0}, log))

    def in_jvm(self, program: str, job: dict, log: Path) -> dict:
        result, ended = auspex.do([f"io.auspex.bench.{program}"], log, 4 * LIMIT, {
            "database": str(self.database), "runs": RUNS, "patience": PATIENCE, "budget": BUDGET} | job)
        return result if "error" in result else result | {"cpu": ended.cpu}

    def by_python(self, direction: Direction, way: Way, log: Path) -> dict:
        result = self.in_python(direction, way, log, MANY, RUNS, {})
        return with_peaks(result, lambda source: self.in_python(
            direction, way, log.with_suffix(f".{source}.log"), source, 0, result["choice"]))

    def in_python(self, direction: Direction, way: Way, log: Path, source: str, runs: int, choice: dict) -> dict:
        job_file, result_file = log.with_suffix(".job.json"), log.with_suffix(".result.json")
        result_file.unlink(missing_ok=True)
        job_file.write_text(json.dumps({
            "direction": direction.name, "way": way.key, "database": str(self.database), "uri": self.server.uri,
            "target": f"read_{way.key}" if direction is READING else COPIED, "source": source, "before": BEFORE,
            "tuning": FEW if runs else "", "memory": "" if runs else MEMORY, "choice": choice, "runs": runs,
            "budget": BUDGET}))
        self.clear(direction)
        ended = processes.run([sys.executable, "-W", "ignore", "-m", "harness.sources.one", job_file, result_file],
                              log, 4 * LIMIT, environment={"PYTHONPATH": str(BENCH)})
        if not result_file.exists():
            return {"error": ended.failure or "no result"}
        return json.loads(result_file.read_text()) | {"peak": ended.peak, "cpu": ended.cpu}

    def by_psql(self, direction: Direction, way: Way, log: Path) -> dict:
        """Processes of psql, as a whole."""
        psql = shutil.which("psql")
        if not psql:
            return {"error": "psql is not on the PATH"}
        result, seconds = {}, []
        for key, source in (("peak_few", FEW), *[("peak", MANY)] * RUNS):
            self.clear(direction)
            file = self.size.folder / "read.csv"
            copy = rf"\copy {source} to '{file}' with (format csv)"
            if direction is not READING:
                self.server.run(table.create(COPIED))
                copy = rf"\copy {COPIED} from '{self.size.folder / source}.binary' with (format binary)"
            ended = processes.run([psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.server.uri, "-c", copy], log,
                                  LIMIT)
            file.unlink(missing_ok=True)
            if ended.failure:
                return {"error": ended.failure}
            result |= {key: ended.peak, "cpu": ended.cpu}
            if source == MANY:
                seconds.append(ended.seconds)
        return result | {"runs": seconds, "median": sorted(seconds)[len(seconds) // 2]}

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


def with_peaks(result: dict, once) -> dict:
    """`once` measures a process that does it once, with few rows or with many: peaks and CPU seconds are its."""
    for key, source in (("peak_few", FEW), ("peak", MANY)):
        if "error" in result:
            break
        done = once(source)
        result |= {"error": done["error"]} if "error" in done else {key: done["peak"], "cpu": done["cpu"]}
    return result


def shown(result: dict) -> str:
    peaks = f"{result['peak_few'] >> 20:,} and {result['peak'] >> 20:,} MiB"
    rows = {True: ", the same rows", False: ", OTHER ROWS", None: ""}[result["same"]]
    return f"{result['median']:.2f} s, {peaks}{rows}"
