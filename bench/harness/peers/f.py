"""LightGBM's trees compiled by lleaves. Compiling, which is done once a model, is not counted."""
import time
from contextlib import contextmanager

import lleaves
import numpy as np
import pandas as pd

from . import reading


@contextmanager
def opened(job: dict):
    if job["library"] != "lightgbm":
        raise NotImplementedError("it compiles LightGBM's models only")
    start = time.time()
    model = lleaves.Model(model_file=job["model_path"] + ".txt")
    model.compile(cache=job["model_path"] + ".lleaves")
    if not job.get("compiled"):
        job["spawned"] += time.time() - start
    with reading.connect(job) as warehouse:
        yield Compiled(job, warehouse, model)


class Compiled:
    note = ""

    def __init__(self, job: dict, warehouse, model):
        self.job = job
        self.warehouse = warehouse
        self.model = model

    def run(self) -> None:
        frame = self.warehouse.sql(self.job["scan"]).df()
        p = self.model.predict(frame[list(self.job["features"])].to_numpy(np.float64), n_jobs=self.job["threads"])
        scored = pd.DataFrame({"id": frame["id"], "p": p.astype(np.float32)})
        self.warehouse.register("scored", scored)
        reading.land(self.warehouse, self.job, "scored")
        self.warehouse.unregister("scored")
