"""The library that trained the model: its own predict, over a DataFrame out of DuckDB."""
from contextlib import contextmanager

import joblib
import numpy as np
import pandas as pd

from . import reading


@contextmanager
def opened(job: dict):
    with reading.connect(job) as warehouse:
        yield Library(job, warehouse)


class Library:
    def __init__(self, job: dict, warehouse):
        self.job = job
        self.warehouse = warehouse
        self.note = {"sklearn": "scikit-learn", "lightgbm": "LightGBM", "xgboost": "XGBoost"}[job["library"]]
        self.model = joblib.load(job["model_path"] + ".pkl")
        if hasattr(self.model, "n_jobs"):
            self.model.n_jobs = job["threads"]

    def run(self) -> None:
        frame = self.warehouse.sql(self.job["scan"]).df()
        features = frame[list(self.job["features"])]
        if self.job["inputs"] == "matrix":
            features = features.to_numpy(np.float32)
        p = self.model.predict_proba(features)[:, 1]
        scored = pd.DataFrame({"id": frame["id"], "p": p.astype(np.float32)})
        self.warehouse.register("scored", scored)
        reading.land(self.warehouse, self.job, "scored")
        self.warehouse.unregister("scored")
