"""Trains the models with their libraries, on the tables that they will score, and exports them to ONNX."""
import json

import joblib
import lightgbm
import numpy as np
import pandas as pd
import xgboost
from lightgbm import LGBMClassifier
from onnxmltools import convert_lightgbm, convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType as ToolsFloat
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from .data import open_warehouse
from .places import Size
from .workloads import FLIGHT_FEATURES, SHOP_NUMBERS, Workload

SEED = 2001
OPSET = {"": 17, "ai.onnx.ml": 3}
BEST = 0.985  # W5 keeps what is above this quantile, where nothing much is above 0.9


def create(size: Size, workload: Workload) -> None:
    """Trains the workload's model, unless it is there."""
    folder = size.folder / "models"
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / f"{workload.model}.onnx").exists():
        return
    print(f"training {workload.model}", flush=True)
    with open_warehouse(size, workload.warehouse) as warehouse:
        # As the ids stand in no order of anything, the first rows are a sample.
        order = "ORDER BY id" if workload.warehouse in ("normals", "mlp", "shop", "wide") else ""
        sample = warehouse.execute(
            f"SELECT * FROM {workload.source} {order} LIMIT {min(size.learn, workload.rows)}").df()
    model, exported = TRAINING[workload.model.split("_")[0] if workload.warehouse == "wide" else workload.model](
        sample, workload)
    joblib.dump(model, folder / f"{workload.model}.pkl")
    if isinstance(model, lightgbm.LGBMModel):
        model.booster_.save_model(folder / f"{workload.model}.txt")
    (folder / f"{workload.model}.onnx").write_bytes(exported.SerializeToString())


def note_threshold(size: Size) -> None:
    """Finds the threshold of W5: 0.9 if at least one row in two hundred is above it."""
    facts = size.folder / "facts.json"
    if facts.exists():
        return
    model = joblib.load(size.folder / "models" / "late.pkl")
    with open_warehouse(size, "flights") as warehouse:
        sample = warehouse.execute(f"SELECT {', '.join(FLIGHT_FEATURES)} FROM flights LIMIT {size.learn}").df()
    p = model.predict_proba(sample.to_numpy(np.float32))[:, 1]
    threshold = 0.9 if (p > 0.9).mean() >= 0.005 else round(float(np.quantile(p, BEST)), 2)
    facts.write_text(json.dumps({"threshold": threshold, "passing": float((p > threshold).mean())}))


def matrix(sample: pd.DataFrame, workload: Workload) -> np.ndarray:
    return sample[list(workload.features)].to_numpy(np.float32)


def sklearn_onnx(model, width: int):
    return convert_sklearn(model, "model", [("features", FloatTensorType([None, width]))], target_opset=OPSET,
                           options={"zipmap": False})


def signal(sample: pd.DataFrame, workload: Workload):
    """Two classes whose log-odds are a line, as far as a line can tell."""
    x = matrix(sample, workload)
    draw = np.random.default_rng(SEED)
    odds = x @ draw.standard_normal(x.shape[1]) + 0.5 * x[:, 0] * x[:, 1]
    y = draw.random(len(x)) < 1 / (1 + np.exp(-odds))
    model = LogisticRegression(max_iter=200).fit(x, y.astype(int))
    return model, sklearn_onnx(model, x.shape[1])


def mlp(sample: pd.DataFrame, workload: Workload):
    x = matrix(sample, workload)[:200_000]
    draw = np.random.default_rng(SEED)
    y = np.sin(x[:, 0] * 2) + x[:, 1] * x[:, 2] + x[:, 3:8].sum(axis=1) + draw.standard_normal(len(x)) > 0
    model = MLPClassifier((64, 32), max_iter=8, early_stopping=False, random_state=SEED, batch_size=1024)
    model.fit(x, y.astype(int))
    return model, sklearn_onnx(model, x.shape[1])


def late(sample: pd.DataFrame, workload: Workload):
    model = LGBMClassifier(n_estimators=100, max_depth=6, num_leaves=64, learning_rate=0.2, n_jobs=2, verbose=-1,
                           random_state=SEED, deterministic=True, force_row_wise=True)
    model.fit(matrix(sample, workload), sample["late"].astype(int))
    inputs = [("features", ToolsFloat([None, len(workload.features)]))]
    return model, convert_lightgbm(model, "late", inputs, target_opset=15, zipmap=False)


def late_xgb(sample: pd.DataFrame, workload: Workload):
    model = xgboost.XGBClassifier(n_estimators=100, max_depth=6, learning_rate=0.2, n_jobs=2, random_state=SEED)
    model.fit(matrix(sample, workload), sample["late"].astype(int))
    inputs = [("features", ToolsFloat([None, len(workload.features)]))]
    return model, convert_xgboost(model, "late_xgb", inputs, target_opset=15)


def forest(sample: pd.DataFrame, workload: Workload):
    x = matrix(sample, workload)[:50_000]
    model = RandomForestClassifier(n_estimators=500, max_depth=10, n_jobs=2, random_state=SEED)
    model.fit(np.nan_to_num(x), sample["late"].astype(int)[:len(x)])
    return model, sklearn_onnx(model, x.shape[1])


def buys(sample: pd.DataFrame, workload: Workload):
    draw = np.random.default_rng(SEED)
    liking = draw.standard_normal(4000)[sample["category"].str[-4:].astype(int)]
    odds = liking + sample["discount"].fillna(0.5) * 2 - np.log(sample["price"].fillna(5)) + sample["rating"].fillna(2)
    y = (draw.random(len(sample)) < 1 / (1 + np.exp(-odds))).astype(int)
    columns = ColumnTransformer([
        ("numbers", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]),
         SHOP_NUMBERS),
        ("category", OneHotEncoder(handle_unknown="ignore"), ["category"]),
    ])
    model = Pipeline([("columns", columns), ("line", LogisticRegression(max_iter=100))])
    features = sample[list(workload.features)].copy()
    features["category"] = features["category"].astype(object)
    model.fit(features[:200_000], y[:200_000])
    inputs = [(c, FloatTensorType([None, 1])) for c in SHOP_NUMBERS] + [("category", StringTensorType([None, 1]))]
    return model, convert_sklearn(model, "buys", inputs, target_opset=OPSET,
                                  options={id(model): {"zipmap": False}})


def buys_tree(sample: pd.DataFrame, workload: Workload):
    """A small tree that has reason to look at two numbers only."""
    x = matrix(sample, workload)
    odds = sample["discount"].fillna(0.5) * 4 - np.log(sample["price"].fillna(5))
    y = (np.random.default_rng(SEED).random(len(x)) < 1 / (1 + np.exp(-odds))).astype(int)
    model = Pipeline([("impute", SimpleImputer(strategy="median")), ("tree", DecisionTreeClassifier(max_depth=4))])
    model.fit(x, y)
    return model, sklearn_onnx(model, x.shape[1])


TRAINING = {f.__name__: f for f in (signal, mlp, late, late_xgb, forest, buys, buys_tree)}
