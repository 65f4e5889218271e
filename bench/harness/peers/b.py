"""A Python function in DuckDB, vectorized over Arrow arrays, that runs the model."""
from contextlib import contextmanager
from inspect import Parameter, Signature

import numpy as np
import pyarrow as pa

from . import reading


@contextmanager
def opened(job: dict):
    with reading.connect(job) as warehouse:
        yield Udf(job, warehouse)


class Udf:
    note = ""

    def __init__(self, job: dict, warehouse):
        self.job = job
        self.warehouse = warehouse
        self.session = reading.session(job, job["threads"])
        types = ["VARCHAR" if name in job["strings"] else "FLOAT" for name in job["features"]]
        names = [Parameter(name, Parameter.POSITIONAL_ONLY) for name in job["features"]]

        def predict(*columns):
            return self.predict(*columns)

        predict.__signature__ = Signature(names)  # DuckDB counts a function's parameters
        # A NULL is a number that is missing, for the model to fill.
        warehouse.create_function("predict", predict, types, "FLOAT", type="arrow", null_handling="special")

    def predict(self, *columns):
        if self.job["inputs"] == "matrix":
            tensors = {"features": np.column_stack([c.to_numpy().astype(np.float32, copy=False) for c in columns])}
        else:
            tensors = {name: c.to_numpy().astype(object if name in self.job["strings"] else np.float32).reshape(-1, 1)
                       for name, c in zip(self.job["features"], columns)}
        return pa.array(self.session.run(["probabilities"], tensors)[0][:, 1])

    def run(self) -> None:
        features = ", ".join(self.job["features"])
        reading.land(self.warehouse, self.job, f"(SELECT id, predict({features}) AS p FROM ({self.job['scan']}))")
