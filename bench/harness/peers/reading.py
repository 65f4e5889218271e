"""What several peers do alike."""
import duckdb
import numpy as np
import onnxruntime
import pyarrow as pa

SCORED = pa.schema([("id", pa.int64()), ("p", pa.float32())])


def connect(job: dict):
    warehouse = duckdb.connect(job["database"])
    warehouse.execute(f"SET threads = {job['threads']}")
    warehouse.execute("SET enable_progress_bar = false")
    return warehouse


def session(job: dict, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(job["model_path"] + ".onnx", options, providers=["CPUExecutionProvider"])


def feeds(job: dict, batch) -> dict:
    """An Arrow batch (its first column being `id`) as the model's inputs."""
    if job["inputs"] == "matrix":
        tensor = np.empty((len(batch), len(job["features"])), dtype=np.float32)
        for i in range(tensor.shape[1]):
            tensor[:, i] = batch.column(i + 1).to_numpy(zero_copy_only=False)
        return {"features": tensor}
    return {name: values(batch.column(i + 1), name in job["strings"]) for i, name in enumerate(job["features"])}


def values(column, strings: bool) -> np.ndarray:
    array = column.to_numpy(zero_copy_only=False)
    return array.astype(object if strings else np.float32, copy=False).reshape(-1, 1)


def frame_feeds(job: dict, frame) -> dict:
    """A pandas DataFrame as the model's inputs."""
    if job["inputs"] == "matrix":
        return {"features": frame[list(job["features"])].to_numpy(np.float32)}
    return {name: frame[[name]].to_numpy(object if name in job["strings"] else np.float32)
            for name in job["features"]}


def land(warehouse, job: dict, scored: str) -> None:
    """Writes what is to be kept of `scored`, a relation of (id, p)."""
    warehouse.execute(f"CREATE OR REPLACE TABLE {job['target']} AS {job['landing'].format(scored)}")
