"""The model as SQL, by orbital, run in DuckDB. Writing the SQL, which is done once a model, is not counted."""
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from . import reading


@contextmanager
def opened(job: dict):
    file = Path(job["model_path"] + ".orbital.sql")
    if not file.exists():
        start = time.time()
        file.write_text(export(job))
        job["spawned"] += time.time() - start
    with reading.connect(job) as warehouse:
        warehouse.execute("SET max_expression_depth = 100000")
        yield Sql(job, warehouse, file.read_text())


def export(job: dict) -> str:
    """Its query over a table `features`: id and p."""
    # Imported here: who has the SQL needs none of them.
    import joblib
    import lightgbm
    import orbital
    import orbital.ast
    import orbital.types
    import skl2onnx
    import xgboost
    from onnxmltools.convert.lightgbm.operator_converters.LightGbm import convert_lightgbm
    from onnxmltools.convert.xgboost.operator_converters.XGBoost import convert_xgboost
    from skl2onnx.common.shape_calculator import calculate_linear_classifier_output_shapes
    from sklearn.pipeline import Pipeline

    options = {"nocl": [True, False], "zipmap": [True, False, "columns"]}
    for model, alias, converter in ((lightgbm.LGBMClassifier, "LightGbmLGBMClassifier", convert_lightgbm),
                                    (xgboost.XGBClassifier, "XGBoostXGBClassifier", convert_xgboost)):
        skl2onnx.update_registered_converter(model, alias, calculate_linear_classifier_output_shapes, converter,
                                             options=options)
    # orbital asks for the newest operators, which the converter of LightGBM refuses.
    orbital.ast._skl2o.to_onnx = partial(skl2onnx.to_onnx, target_opset={"": 17, "ai.onnx.ml": 3})
    model = joblib.load(job["model_path"] + ".pkl")
    pipeline = model if isinstance(model, Pipeline) else Pipeline([("model", model)])
    types = {"id": orbital.types.Int64ColumnType(passthrough=True)}
    types |= {name: orbital.types.StringColumnType() if name in job["strings"] else orbital.types.FloatColumnType()
             for name in job["features"]}
    parsed = orbital.parse_pipeline(pipeline, features=types)
    sys.setrecursionlimit(20_000)  # its expressions nest by categories
    is_trees = job["library"] != "sklearn" or "forest" in job["model_path"]
    sql = orbital.export_sql("features", parsed, dialect="duckdb", separate_trees=is_trees,
                             projection=orbital.ResultsProjection(["id"]))
    return f'SELECT id, "output_probability.1"::FLOAT AS p FROM ({sql})'


class Sql:
    note = "orbital"

    def __init__(self, job: dict, warehouse, sql: str):
        self.job = job
        self.warehouse = warehouse
        self.sql = sql

    def run(self) -> None:
        self.warehouse.execute(f"CREATE OR REPLACE TEMP VIEW features AS {self.job['scan']}")
        reading.land(self.warehouse, self.job, f"({self.sql})")
