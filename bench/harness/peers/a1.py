"""Tuned Python: Arrow batches out of DuckDB, ONNX Runtime with good threads, Arrow batches back in.

Two ways to use the threads are tried, and two sizes of batches, on a part of the rows; the fastest is measured. Each
is tried several times in turn where that is quick, and its median counts: one slow moment of the machine would choose
among them otherwise, or one lucky one.
"""
import itertools
import statistics
import time
from collections import defaultdict, deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa

from . import reading

BATCHES = (8192, 65536)
TRIED_ROWS = 200_000
TRIES = 3


@dataclass(frozen=True)
class Way:
    """`pooled`: a thread a batch, each with one intra-op thread; otherwise one batch after the other."""

    pooled: bool
    batch: int

    def __str__(self) -> str:
        return f"{'batches side by side' if self.pooled else 'intra-op threads'}, batches of {self.batch}"


@contextmanager
def opened(job: dict):
    tuned = Tuned(job)
    yield tuned
    tuned.warehouse.close()


class Tuned:
    def __init__(self, job: dict):
        self.job = job
        self.warehouse = reading.connect(job)
        self.sessions = {}
        self.way = Way(True, 16384)

    def session(self, threads: int):
        if threads not in self.sessions:
            self.sessions[threads] = reading.session(self.job, threads)
        return self.sessions[threads]

    @property
    def note(self) -> str:
        return str(self.way)

    def tune(self) -> None:
        """Finds the fastest way."""
        # Enough for two batches of each size: one that is never full says nothing of full ones.
        limit = f" LIMIT {min(TRIED_ROWS, max(2 * max(BATCHES), self.job['rows'] // 10))}"
        times = defaultdict(list)
        ways = [Way(*way) for way in itertools.product((True, False), BATCHES)]
        for _ in range(TRIES):
            for way in ways:
                self.way = way
                start = time.perf_counter()
                for _ in self.scores(self.job["scan"] + limit):
                    pass
                times[way].append(time.perf_counter() - start)
            # A try of a slow model is long enough to tell, and many of them would be most of the time it has.
            if sum(map(sum, times.values())) > self.job["budget"]:
                break
        self.way = min(times, key=lambda way: statistics.median(times[way]))

    def run(self) -> None:
        scored = pa.RecordBatchReader.from_batches(reading.SCORED, self.scores(self.job["scan"]))
        self.warehouse.register("scored", scored)
        reading.land(self.warehouse, self.job, "scored")
        self.warehouse.unregister("scored")

    def scores(self, scan: str):
        batches = self.warehouse.cursor().execute(scan).to_arrow_reader(self.way.batch)
        if not self.way.pooled:
            session = self.session(self.job["threads"])
            yield from (self.score(session, batch) for batch in batches)
            return
        session = self.session(1)
        running = deque()
        with ThreadPoolExecutor(self.job["threads"]) as pool:
            for batch in batches:
                running.append(pool.submit(self.score, session, batch))
                if len(running) > 2 * self.job["threads"]:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()

    def score(self, session, batch):
        [p] = session.run(["probabilities"], reading.feeds(self.job, batch))
        return pa.record_batch([batch.column(0).cast(pa.int64()), pa.array(p[:, 1])], schema=reading.SCORED)
