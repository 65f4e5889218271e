"""A PostgreSQL of the benchmark's own, with its tables."""
import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from ..auspex import java
from ..places import BENCH, Size
from . import table

# Durability is not what is measured, nor is what the server does in the background.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=1GB",
            "max_wal_size=8GB", "checkpoint_timeout=1h", "wal_level=replica")


class Server:
    def __init__(self, process, log: Path):
        self.process = process
        self.log = log
        self.port = self.answer()["port"]

    @property
    def jdbc(self) -> str:
        return f"jdbc:postgresql://localhost:{self.port}/postgres"

    @property
    def uri(self) -> str:
        return f"postgresql://postgres@localhost:{self.port}/postgres"

    def answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"PostgreSQL has not started, or has ended. See {self.log.name}.")
        return json.loads(line)

    def run(self, sql: str) -> str | None:
        """The first value of a statement of one line."""
        self.process.stdin.write(sql + "\n")
        self.process.stdin.flush()
        answer = self.answer()
        if "error" in answer:
            raise RuntimeError(f"PostgreSQL: {answer['error']}, of: {sql[:200]}")
        return answer["value"]


@contextmanager
def started(size: Size, log: Path):
    folder = size.folder / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    classes = f"{BENCH / 'target/classes'}{os.pathsep}{(BENCH / 'target/classpath').read_text().strip()}"
    with open(log, "w") as errors:
        process = subprocess.Popen([java(), "-cp", classes, "io.auspex.bench.Server", folder, *SETTINGS],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8")
        try:
            yield Server(process, log)
        finally:
            process.stdin.close()
            process.wait(120)


def make_tables(server: Server, rows: dict, folder: Path) -> None:
    """A table of so many rows for each name, and the same as a binary file; unless they are there."""
    for name, count in rows.items():
        file = folder / f"{name}.binary"
        if not file.exists():
            print(f"making {name}, {count:,} rows in PostgreSQL", flush=True)
            server.run(f"DROP TABLE IF EXISTS {name}")
            server.run(table.create(name))
            server.run(table.fill(name, count))
            server.run(f"VACUUM (FREEZE, ANALYZE) {name}")
            written = folder / f"{name}.writing"
            written.unlink(missing_ok=True)
            server.run(f"COPY {name} TO '{written}' (FORMAT binary)")
            written.rename(file)
        server.run(f"SELECT count(*) FROM {name}")  # in memory
