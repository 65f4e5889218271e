"""One way of Python, in a process of its own: `python -m harness.sources.one job.json result.json`."""
import json
import sys
import time
from pathlib import Path

import duckdb

from ..peers.one import one_line, seconds
from . import table

ARROW_ROWS = 65_536


def main(job_file: str, result_file: str) -> None:
    job = json.loads(Path(job_file).read_text())
    try:
        result = WAYS[job["direction"], job["way"]](job).measure()
    except Exception as e:  # whatever it dies of is its result
        result = {"error": one_line(e)}
    Path(result_file).write_text(json.dumps(result))


class Way:
    """`choices` are its users' settings: the fastest on the few rows of `job["tuning"]` is used."""

    choices = ({},)

    def __init__(self, job: dict):
        self.job = job
        self.warehouse = duckdb.connect(job["database"])
        self.warehouse.execute("SET enable_progress_bar = false")
        if job.get("memory"):
            self.warehouse.execute(f"SET memory_limit = '{job['memory']}'")

    def prepare(self, source: str) -> None:
        """Not measured."""

    def run(self, source: str, **choice) -> None:
        """All rows of the table `source`."""

    def timed(self, source: str, choice: dict) -> float:
        self.prepare(source)
        return seconds(lambda: self.run(source, **choice))

    def measure(self) -> dict:
        job, choice = self.job, self.choices[0]
        if len(self.choices) > 1 and job["tuning"]:
            timed = [(min(self.timed(job["tuning"], c) for _ in range(2)), i) for i, c in enumerate(self.choices)]
            choice = self.choices[min(timed)[1]]
        elif job["choice"]:
            choice = job["choice"]
        first = self.timed(job["source"], choice)
        runs, began = [], time.perf_counter()
        while len(runs) < job["runs"] and (not runs or time.perf_counter() - began < job["budget"]):
            runs.append(self.timed(job["source"], choice))
        ordered = sorted(runs or [first])
        return {"first": first, "runs": runs, "median": ordered[len(ordered) // 2], "choice": choice}


class ReadAdbc(Way):
    choices = tuple({"bytes": n << 20} for n in (1, 4, 16))

    def run(self, source: str, bytes: int) -> None:
        from adbc_driver_postgresql import dbapi, StatementOptions

        with dbapi.connect(self.job["uri"], autocommit=True) as there, there.cursor() as cursor:
            cursor.adbc_statement.set_options(**{StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(bytes)})
            cursor.execute(f"SELECT * FROM {source}")
            rows = cursor.fetch_record_batch()
            self.warehouse.execute(f"CREATE OR REPLACE TABLE {self.job['target']} AS {table.exact('rows')}")


class ReadConnectorx(Way):
    choices = tuple({"kind": kind, "parts": parts} for kind in ("arrow", "arrow_stream") for parts in (1, 2))

    def run(self, source: str, kind: str, parts: int) -> None:
        import connectorx

        split = {"partition_on": "id", "partition_num": parts} if parts > 1 else {}
        batches = {"batch_size": ARROW_ROWS} if kind == "arrow_stream" else {}
        rows = connectorx.read_sql(self.job["uri"], f"SELECT * FROM {source}", return_type=kind, protocol="binary",
                                   **split, **batches)
        self.warehouse.execute(f"CREATE OR REPLACE TABLE {self.job['target']} AS {table.exact('rows')}")


class ReadDuckdb(Way):
    def __init__(self, job: dict):
        super().__init__(job)
        try:
            self.warehouse.execute("INSTALL postgres; LOAD postgres")
        except duckdb.IOException:
            raise RuntimeError("its extension postgres is not installed, and cannot be downloaded here") from None
        self.warehouse.execute(f"ATTACH '{job['uri']}' AS there (TYPE postgres)")

    def run(self, source: str) -> None:
        self.warehouse.execute(f"CREATE OR REPLACE TABLE {self.job['target']} AS FROM there.public.{source}")


class WriteAdbc(Way):
    choices = tuple({"batch": rows} for rows in (8_192, ARROW_ROWS))

    def prepare(self, source: str) -> None:
        from adbc_driver_postgresql import dbapi

        with dbapi.connect(self.job["uri"], autocommit=True) as there, there.cursor() as cursor:
            for sql in self.job["before"]:
                cursor.execute(sql)

    def run(self, source: str, batch: int) -> None:
        from adbc_driver_postgresql import dbapi

        with dbapi.connect(self.job["uri"]) as there, there.cursor() as cursor:
            rows = self.warehouse.sql(f"SELECT * FROM {source}").to_arrow_reader(batch)
            cursor.adbc_ingest(self.job["target"], rows, mode="create")
            there.commit()


WAYS = {("S1", "adbc"): ReadAdbc, ("S1", "connectorx"): ReadConnectorx, ("S1", "duckdb"): ReadDuckdb,
        ("S2", "adbc"): WriteAdbc}

if __name__ == "__main__":
    main(*sys.argv[1:])
