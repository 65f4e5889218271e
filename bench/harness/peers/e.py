"""Spark with a pandas UDF. Its tables are Parquet files: it reads them, and writes one."""
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, pandas_udf


@contextmanager
def opened(job: dict):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    logging.getLogger("py4j").setLevel(logging.ERROR)
    spark = (
        SparkSession.builder.master(f"local[{job['threads']}]").appName("bench")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "4g").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", job["threads"])
        .config("spark.local.dir", str(Path(job["parquet"]) / "spark"))
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    for table in job["tables"]:
        spark.read.parquet(str(Path(job["parquet"]) / f"{table}.parquet")).createOrReplaceTempView(table)
    yield Spark(job, spark)
    spark.stop()


@cache
def worker_session(path: str):
    """Of each of Spark's Python workers."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def scorer(job: dict):
    path, features, is_matrix, strings = job["model_path"] + ".onnx", job["features"], job["inputs"] == "matrix", \
        job["strings"]

    @pandas_udf("float")
    def predict(batches: Iterator[tuple[pd.Series, ...]]) -> Iterator[pd.Series]:
        session = worker_session(path)
        for columns in batches:
            if is_matrix:
                tensors = {"features": np.column_stack([c.to_numpy(np.float32) for c in columns])}
            else:
                tensors = {name: c.to_numpy(object if name in strings else np.float32).reshape(-1, 1)
                           for name, c in zip(features, columns)}
            yield pd.Series(session.run(["probabilities"], tensors)[0][:, 1])

    return predict


class Spark:
    note = ""

    def __init__(self, job: dict, spark):
        self.job = job
        self.spark = spark
        self.predict = scorer(job)

    def run(self) -> None:
        rows = self.spark.sql(self.job["scan"])
        scored = rows.select("id", self.predict(*(col(c) for c in self.job["features"])).alias("p"))
        scored.createOrReplaceTempView("scored")
        self.spark.sql(self.job["landing"].format("scored")).write.mode("overwrite").parquet(self.job["target_parquet"])
