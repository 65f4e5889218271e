"""Common Python: a DataFrame out of DuckDB, one run of the model, a DataFrame back in."""
from contextlib import contextmanager

import pandas as pd

from . import reading


@contextmanager
def opened(job: dict):
    with reading.connect(job) as warehouse:
        yield Common(job, warehouse)


class Common:
    note = ""

    def __init__(self, job: dict, warehouse):
        self.job = job
        self.warehouse = warehouse
        # With ONNX Runtime's own defaults, unless the threads are what is measured.
        self.session = reading.session(job, 0 if job["threads"] == job["cores"] else job["threads"])

    def run(self) -> None:
        frame = self.warehouse.sql(self.job["scan"]).df()
        [p] = self.session.run(["probabilities"], reading.frame_feeds(self.job, frame))
        scored = pd.DataFrame({"id": frame["id"], "p": p[:, 1]})
        self.warehouse.register("scored", scored)
        reading.land(self.warehouse, self.job, "scored")
        self.warehouse.unregister("scored")
