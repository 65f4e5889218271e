"""Trains the three models of this example and measures them.

January to September to learn from, October to December (flights that arrived) to be judged on. The
features come from the view in score.sql. Everything a model sees is float32, as it will be in the
warehouse. Writes models/*.onnx and metrics.csv, and checks every ONNX model against its library.
"""
import re
from pathlib import Path

import duckdb
import lightgbm as lgb
import numpy as np
import onnx
import onnxmltools
import onnxruntime as ort
import pandas as pd
from onnxmltools.convert.common.data_types import FloatTensorType as LightGbmFloat
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss, mean_absolute_error, roc_auc_score, root_mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

HERE = Path(__file__).resolve().parent
MODELS = HERE / "models"
OPSET = {"": 17, "ai.onnx.ml": 3}
SEED = 2013

# In the order that score.sql's FEATURES has.
NUMBERS = """from_jfk from_lga departs_at arrives_at weekday distance dest_lat dest_lon
             temp dewp humid wind_dir wind_speed wind_gust precip pressure visib
             plane_year seats engines""".split()
# The pipeline is given the origin as a string.
PIPELINE_NUMBERS = [c for c in NUMBERS if c not in ("from_jfk", "from_lga")]
STRINGS = ["carrier", "origin", "dest", "plane_type"]


def features() -> pd.DataFrame:
    view = re.search(r"CREATE OR REPLACE VIEW flight_features AS.*?;", (HERE / "score.sql").read_text(), re.DOTALL)
    warehouse = duckdb.connect()
    # The script's paths start at the project's root; a view keeps them, so it must be read from there too.
    warehouse.execute(view.group(0).replace("examples/flights/", f"{HERE.as_posix()}/"))
    frame = warehouse.sql(
        "SELECT * FROM flight_features WHERE arr_delay IS NOT NULL"
        " ORDER BY time_hour, carrier, flight, origin, dest"
    ).df()
    for c in NUMBERS:
        frame[c] = frame[c].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan).astype(np.float32)
    for c in STRINGS:
        frame[c] = frame[c].astype(object)
    return frame


def arrival_delay(learn: pd.DataFrame):
    """A regression of the minutes of delay, on one [N,20] input in which NaN is a gap."""
    model = lgb.LGBMRegressor(
        n_estimators=100, num_leaves=63, learning_rate=0.1, min_child_samples=100,
        random_state=SEED, n_jobs=1, deterministic=True, force_row_wise=True, verbose=-1,
    )
    model.fit(learn[NUMBERS].to_numpy(), learn.arr_delay.astype(float))
    converted = onnxmltools.convert_lightgbm(
        model, "arrival_delay", [("features", LightGbmFloat([None, len(NUMBERS)]))], target_opset=15
    )
    return model, converted


def round_scales(scaler: StandardScaler) -> None:
    """Makes the scaling exact in float32: a mean that float32 can hold, a power of two to divide by.

    A tree's threshold lies half-way between two values seen in training, and a new value may fall right on it
    (11 between 10 and 12). Then the last bit of the scaled value decides, and scikit-learn (float64 in between,
    divides) and ONNX Runtime (float32, multiplies by the inverse) do not round it alike. Nor does a tree care
    about the scale.
    """
    scaler.mean_ = scaler.mean_.astype(np.float32).astype(np.float64)
    scaler.scale_ = 2.0 ** np.round(np.log2(scaler.scale_))


def late(learn: pd.DataFrame):
    """Late by 15 minutes or more? A whole pipeline: one input a column, strings among them; a ZipMap at its end."""
    columns = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), PIPELINE_NUMBERS),
        ("strings", OneHotEncoder(handle_unknown="ignore"), STRINGS),
    ])
    columns.fit(learn[PIPELINE_NUMBERS + STRINGS])
    round_scales(columns.named_transformers_["numbers"][-1])
    trees = GradientBoostingClassifier(
        n_estimators=100, max_depth=6, learning_rate=0.2, subsample=0.5, max_features="sqrt",
        min_samples_leaf=50, random_state=SEED,
    )
    trees.fit(columns.transform(learn[PIPELINE_NUMBERS + STRINGS]), np.where(learn.arr_delay >= 15, "late", "on_time"))
    model = make_pipeline(columns, trees)
    inputs = [(c, FloatTensorType([None, 1])) for c in PIPELINE_NUMBERS]
    inputs += [(c, StringTensorType([None, 1])) for c in STRINGS]
    return model, convert_sklearn(model, "late", inputs, target_opset=OPSET)


def late_logistic(learn: pd.DataFrame):
    """The same question, asked of a line: one [N,20] input, and the probabilities of [on time, late] as [N,2]."""
    model = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(max_iter=500))
    model.fit(learn[NUMBERS].to_numpy(), (learn.arr_delay >= 15).astype(int))
    inputs = [("features", FloatTensorType([None, len(NUMBERS)]))]
    return model, convert_sklearn(
        model, "late_logistic", inputs, target_opset=OPSET, options={id(model): {"zipmap": False}}
    )


def save(model: onnx.ModelProto, name: str, doc: str) -> ort.InferenceSession:
    model.doc_string = doc
    opsets = {o.domain: o.version for o in model.opset_import}  # skl2onnx may list a domain twice
    del model.opset_import[:]
    model.opset_import.extend(onnx.helper.make_opsetid(d, v) for d, v in sorted(opsets.items()))
    onnx.checker.check_model(model)
    path = MODELS / f"{name}.onnx"
    path.write_bytes(model.SerializeToString(deterministic=True))
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1  # with more, ONNX Runtime sums its trees in another order
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    print(f"\n{path.name}: {path.stat().st_size} bytes")
    for kind, values in (("in ", session.get_inputs()), ("out", session.get_outputs())):
        for v in values:
            print(f"  {kind} {v.name}: {v.type} {v.shape}")
    return session


def agree(name: str, library: np.ndarray, exported: np.ndarray, tolerance: float) -> None:
    difference = np.abs(library - exported) / np.maximum(1, np.abs(library))
    print(f"  ONNX against the library: at most {difference.max():.2e} apart; "
          f"{(difference > tolerance).sum()} of {len(difference)} rows beyond {tolerance:g}")
    if difference.max() > tolerance:
        raise SystemExit(f"{name}: the exported model predicts something else")


def judge(held: pd.DataFrame, predicted: np.ndarray, truth: np.ndarray, measures: dict) -> list:
    return [
        (month, int(rows.sum()), measure, f(truth[rows], predicted[rows]))
        for month in (10, 11, 12)
        for rows in [(held.month == month).to_numpy()]
        for measure, f in measures.items()
    ]


def main() -> None:
    MODELS.mkdir(exist_ok=True)
    frame = features()
    learn = frame[frame.month <= 9].reset_index(drop=True)
    held = frame[frame.month >= 10].reset_index(drop=True)
    matrix = held[NUMBERS].to_numpy()
    was_late = (held.arr_delay >= 15).to_numpy().astype(int)
    print(f"{len(learn)} flights to learn from, {len(held)} held out")
    results = []

    model, converted = arrival_delay(learn)
    session = save(converted, "arrival_delay", "Minutes of delay at arrival. Features: " + ", ".join(NUMBERS))
    predicted = model.predict(matrix)
    agree("arrival_delay", predicted, session.run(None, {"features": matrix})[0][:, 0], 1e-5)
    results += [("arrival_delay", *r) for r in judge(held, predicted, held.arr_delay.to_numpy(dtype=float), {
        "mae": mean_absolute_error, "rmse": root_mean_squared_error})]

    chances = {
        "log_loss": log_loss,
        "accuracy": lambda truth, p: accuracy_score(truth, p > 0.5),
        "roc_auc": roc_auc_score,
    }

    model, converted = late(learn)
    session = save(converted, "late", "Late at arrival by 15 minutes or more: late, on_time.")
    predicted = model.predict_proba(held[PIPELINE_NUMBERS + STRINGS])[:, list(model.classes_).index("late")]
    labels, maps = session.run(None, {c: held[[c]].to_numpy() for c in PIPELINE_NUMBERS + STRINGS})
    agree("late", predicted, np.array([m["late"] for m in maps]), 1e-5)
    assert (labels == model.predict(held[PIPELINE_NUMBERS + STRINGS])).mean() > 0.9999
    results += [("late", *r) for r in judge(held, predicted, was_late, chances)]

    model, converted = late_logistic(learn)
    session = save(converted, "late_logistic", "Probabilities of [on time, late]. Features: " + ", ".join(NUMBERS))
    predicted = model.predict_proba(matrix)[:, 1]
    agree("late_logistic", predicted, session.run(None, {"features": matrix})[1][:, 1], 1e-5)
    results += [("late_logistic", *r) for r in judge(held, predicted, was_late, chances)]

    metrics = pd.DataFrame(results, columns=["model", "month", "rows", "measure", "value"])
    metrics["value"] = metrics["value"].round(6)
    metrics.to_csv(HERE / "metrics.csv", index=False, float_format="%.6f", lineterminator="\n")
    print(f"\n{metrics.to_string(index=False)}")


if __name__ == "__main__":
    main()
