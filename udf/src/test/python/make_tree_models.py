"""Makes the models of gradient boosting libraries that the tests import, and what the libraries
themselves predict with them: ../resources/trees/NAME.{json,ubj,txt,cbm} and NAME.parquet.

A table has the features, by name, and what is expected: `expected_prediction` (a number, or a list
where there are several targets), or `expected_label` and `expected_probabilities`. Its rows are
drawn at random, with gaps, numbers huge and tiny, and numbers exactly on a model's thresholds and
right beside them. Pins are in requirements.txt.
"""
import json
from pathlib import Path

import catboost as cb
import duckdb
import lightgbm as lgb
import numpy as np
import pandas as pd
import xgboost as xgb

TREES = Path(__file__).resolve().parent.parent / "resources" / "trees"
NAMES = ["age", "income", "tenure", "score"]
TRAIN, ROWS = 600, 220


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def features(seed: int, rows: int, gaps: bool = True) -> np.ndarray:
    r = rng(seed)
    x = np.column_stack([
        r.normal(0, 1, rows), r.lognormal(0, 2, rows), r.integers(0, 6, rows).astype(float), r.uniform(-1, 1, rows)])
    if gaps:
        x[r.random(x.shape) < 0.08] = np.nan
    return x


def target(x: np.ndarray, seed: int) -> np.ndarray:
    z = np.nan_to_num(x)
    return z[:, 0] + np.log1p(z[:, 1]) - 0.3 * z[:, 2] * (z[:, 3] > 0) + np.isnan(x[:, 0]) + rng(seed).normal(0, 0.3, len(x))


def rows(seed: int, thresholds: list) -> np.ndarray:
    """Rows to predict; `thresholds` are pairs (feature, number)."""
    x = features(seed, ROWS)
    r = rng(seed + 1)
    odd = [0.0, -0.0, 1e-36, -1e-36, 1e-35, 1e-40, 3e-35, 1e30, -1e30, 3.4e38, 2.5, -0.5, np.nan]
    for i in range(60):
        x[i, r.integers(4)] = odd[i % len(odd)]
    for i, (f, t) in enumerate(thresholds[:90]):
        x[60 + i, f] = [t, np.nextafter(t, np.inf), np.nextafter(t, -np.inf)][i % 3]
    return x


def save(name: str, frame: pd.DataFrame, prediction=None, label=None, probabilities=None) -> None:
    frame = frame.copy()
    frame.insert(0, "row_id", range(len(frame)))
    if prediction is not None:
        p = np.asarray(prediction, dtype=float)
        frame["expected_prediction"] = p if p.ndim == 1 else list(map(list, p))
    else:
        frame["expected_label"] = label
        p = np.asarray(probabilities, dtype=float)
        frame["expected_probabilities"] = list(map(list, p if p.ndim == 2 else np.column_stack([1 - p, p])))
    duckdb.sql(f"COPY (SELECT * FROM frame ORDER BY row_id) TO '{TREES / (name + '.parquet')}' (FORMAT parquet, COMPRESSION zstd)")


# ---------------------------------------------------------------- XGBoost

def xgb_thresholds(booster: xgb.Booster) -> list:
    t = booster.trees_to_dataframe()
    t = t[(t.Feature != "Leaf") & t.Split.notna()]
    f = t.Feature.map(lambda n: NAMES.index(n) if n in NAMES else int(n[1:]))
    return list(zip(f, t.Split.astype(np.float32).astype(float)))


def xgboost(name: str, parameters: dict, y: np.ndarray, rounds: int = 12, suffix: str = "json", names=NAMES, **more) -> None:
    x = features(7, TRAIN)
    data = xgb.DMatrix(x, y, feature_names=names, **more)
    booster = xgb.train({"max_depth": 4, "eta": 0.4, "seed": 1, "nthread": 1, **parameters}, data, rounds)
    booster.save_model(TREES / f"{name}.{suffix}")
    test = rows(11, xgb_thresholds(booster)) if parameters.get("multi_strategy") is None else rows(11, [])
    frame = pd.DataFrame(test, columns=NAMES)
    p = booster.predict(xgb.DMatrix(test, feature_names=names))
    objective = parameters.get("objective", "reg:squarederror")
    if objective == "multi:softmax":
        m = booster.predict(xgb.DMatrix(test, feature_names=names), output_margin=True).astype(float)
        e = np.exp(m - m.max(axis=1, keepdims=True))
        save(name, frame, label=p.astype(int), probabilities=e / e.sum(axis=1, keepdims=True))
    elif objective == "multi:softprob":
        save(name, frame, label=p.argmax(axis=1), probabilities=p)
    elif objective in ("binary:logistic", "binary:hinge") and p.ndim == 1:
        save(name, frame, label=(p > 0.5).astype(int), probabilities=p)
    else:
        save(name, frame, prediction=p)


def all_xgboost() -> None:
    x = features(7, TRAIN)
    y = target(x, 8)
    count = rng(9).poisson(np.exp(np.clip(y / 3, -2, 2)))
    high = (y > np.median(y)).astype(int)
    three = np.digitize(y, np.quantile(y, [0.3, 0.7]))
    xgboost("xgboost_regression", {}, y)
    xgboost("xgboost_regression_ubj", {}, y, suffix="ubj")
    xgboost("xgboost_unnamed", {}, y, names=None)
    xgboost("xgboost_l1", {"objective": "reg:absoluteerror"}, y)
    xgboost("xgboost_quantiles", {"objective": "reg:quantileerror", "quantile_alpha": [0.1, 0.9]}, y)
    xgboost("xgboost_huber", {"objective": "reg:pseudohubererror"}, y)
    xgboost("xgboost_squaredlog", {"objective": "reg:squaredlogerror"}, np.exp(y / 4))
    xgboost("xgboost_base_score", {"base_score": 0.25, "objective": "binary:logistic"}, high)
    xgboost("xgboost_binary", {"objective": "binary:logistic"}, high)
    xgboost("xgboost_binary_ubj", {"objective": "binary:logistic"}, high, suffix="ubj")
    xgboost("xgboost_logitraw", {"objective": "binary:logitraw"}, high)
    xgboost("xgboost_hinge", {"objective": "binary:hinge"}, high)
    xgboost("xgboost_logistic_regression", {"objective": "reg:logistic"}, 1 / (1 + np.exp(-y)))
    xgboost("xgboost_softprob", {"objective": "multi:softprob", "num_class": 3}, three)
    xgboost("xgboost_softmax", {"objective": "multi:softmax", "num_class": 3}, three)
    xgboost("xgboost_softprob_forest", {"objective": "multi:softprob", "num_class": 3, "num_parallel_tree": 3, "subsample": 0.5}, three, rounds=4)
    xgboost("xgboost_poisson", {"objective": "count:poisson"}, count)
    xgboost("xgboost_gamma", {"objective": "reg:gamma"}, np.exp(y / 3))
    xgboost("xgboost_tweedie", {"objective": "reg:tweedie", "tweedie_variance_power": 1.4}, count)
    xgboost("xgboost_cox", {"objective": "survival:cox"}, np.where(high == 1, np.exp(y / 3), -np.exp(y / 3)))
    xgboost("xgboost_dart", {"booster": "dart", "rate_drop": 0.3, "skip_drop": 0.0}, y)
    xgboost("xgboost_dart_binary_ubj", {"booster": "dart", "rate_drop": 0.3, "objective": "binary:logistic"}, high, suffix="ubj")
    xgboost("xgboost_rank", {"objective": "rank:ndcg"}, np.clip(three, 0, 2), group=[30] * 20)
    xgboost("xgboost_deep", {"max_depth": 9, "min_child_weight": 0}, y, rounds=6)
    xgboost("xgboost_targets", {}, np.column_stack([y, -y, y * y]))
    xgboost("xgboost_target_vectors", {"multi_strategy": "multi_output_tree", "tree_method": "hist"}, np.column_stack([y, -y, y * y]))
    xgboost("xgboost_multilabel", {"objective": "binary:logistic"}, np.column_stack([high, 1 - high]))
    xgboost_categories()


def xgboost_categories() -> None:
    x = features(7, TRAIN)
    y = target(x, 8)
    r = rng(10)
    code = r.integers(0, 50, TRAIN)
    y = y + np.sin(code) * 2
    for name, onehot in (("xgboost_codes", 1), ("xgboost_codes_onehot", 60)):
        frame = pd.DataFrame(x, columns=NAMES)
        frame["tenure"] = code.astype(float)
        frame.loc[::9, "tenure"] = np.nan
        types = ["q", "q", "c", "q"]
        data = xgb.DMatrix(frame.to_numpy(), y, feature_names=NAMES, feature_types=types, enable_categorical=True)
        booster = xgb.train({"max_depth": 4, "max_cat_to_onehot": onehot, "nthread": 1}, data, 12)
        booster.save_model(TREES / f"{name}.json")
        test = features(12, ROWS)
        test[:, 2] = rng(13).integers(0, 50, ROWS)
        test[::7, 2] = np.nan
        test[1::20, 2] = 99
        save(name, pd.DataFrame(test, columns=NAMES),
             prediction=booster.predict(xgb.DMatrix(test, feature_names=NAMES, feature_types=types, enable_categorical=True)))
    towns = [f"town {i}" for i in range(9)]
    frame = pd.DataFrame(x[:, :2], columns=NAMES[:2])
    place = r.integers(0, len(towns), TRAIN)
    frame["town"] = pd.Categorical.from_codes(place, categories=towns)
    data = xgb.DMatrix(frame, y + place, enable_categorical=True)
    booster = xgb.train({"max_depth": 4, "max_cat_to_onehot": 1, "nthread": 1}, data, 12)
    booster.save_model(TREES / "xgboost_texts.ubj")
    test = frame.iloc[:150].copy()
    p = booster.predict(xgb.DMatrix(test, enable_categorical=True))
    test["town"] = test["town"].astype(str)
    save("xgboost_texts", test, prediction=p)


# ---------------------------------------------------------------- LightGBM

def lgb_thresholds(booster: lgb.Booster) -> list:
    t = booster.trees_to_dataframe()
    t = t[t.split_feature.notna() & (t.decision_type == "<=")]
    names = booster.feature_name()
    return [(names.index(f), float(v)) for f, v in zip(t.split_feature, t.threshold)]


def lightgbm(name: str, parameters: dict, y: np.ndarray, rounds: int = 12, names=NAMES, x=None, **more) -> None:
    x = features(7, TRAIN) if x is None else x
    data = lgb.Dataset(x, y, feature_name=names if names else "auto", **more)
    booster = lgb.train({"num_leaves": 12, "min_data_in_leaf": 5, "learning_rate": 0.3, "verbose": -1, "num_threads": 1,
                         "seed": 1, **parameters}, data, rounds)
    booster.save_model(TREES / f"{name}.txt")
    test = rows(11, lgb_thresholds(booster))
    p = booster.predict(test)
    frame = pd.DataFrame(test, columns=NAMES)
    objective = parameters.get("objective", "regression")
    if objective in ("multiclass", "multiclassova"):
        save(name, frame, label=p.argmax(axis=1), probabilities=p)
    elif objective == "binary":
        save(name, frame, label=(p > 0.5).astype(int), probabilities=p)
    else:
        save(name, frame, prediction=p)


def all_lightgbm() -> None:
    x = features(7, TRAIN)
    y = target(x, 8)
    count = rng(9).poisson(np.exp(np.clip(y / 3, -2, 2)))
    high = (y > np.median(y)).astype(int)
    three = np.digitize(y, np.quantile(y, [0.3, 0.7]))
    lightgbm("lightgbm_regression", {}, y)
    lightgbm("lightgbm_unnamed", {}, y, names=None)
    lightgbm("lightgbm_sqrt", {"reg_sqrt": True}, y)
    for objective in ("regression_l1", "huber", "fair", "quantile", "mape"):
        lightgbm(f"lightgbm_{objective}", {"objective": objective}, y)
    for objective in ("poisson", "tweedie"):
        lightgbm(f"lightgbm_{objective}", {"objective": objective}, count)
    lightgbm("lightgbm_gamma", {"objective": "gamma"}, np.exp(y / 3))
    lightgbm("lightgbm_binary", {"objective": "binary"}, high)
    lightgbm("lightgbm_binary_sigmoid", {"objective": "binary", "sigmoid": 2.5}, high)
    lightgbm("lightgbm_multiclass", {"objective": "multiclass", "num_class": 3}, three)
    lightgbm("lightgbm_multiclassova", {"objective": "multiclassova", "num_class": 3}, three)
    lightgbm("lightgbm_cross_entropy", {"objective": "cross_entropy"}, 1 / (1 + np.exp(-y)))
    lightgbm("lightgbm_cross_entropy_lambda", {"objective": "cross_entropy_lambda"}, 1 / (1 + np.exp(-y)))
    lightgbm("lightgbm_lambdarank", {"objective": "lambdarank"}, three, group=[30] * 20)
    lightgbm("lightgbm_zero_missing", {"zero_as_missing": True}, y)
    lightgbm("lightgbm_no_missing", {"use_missing": False}, y)
    lightgbm("lightgbm_no_gaps", {}, target(features(7, TRAIN, False), 8), x=features(7, TRAIN, False))
    lightgbm("lightgbm_dart", {"boosting": "dart", "drop_rate": 0.4}, y)
    lightgbm("lightgbm_rf", {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6}, y)
    lightgbm("lightgbm_rf_binary", {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6, "objective": "binary"}, high)
    lightgbm("lightgbm_stumps", {"num_leaves": 2}, y, rounds=30)
    lightgbm("lightgbm_constant", {"min_data_in_leaf": 10000}, y)
    lightgbm_categories()


def lightgbm_categories() -> None:
    x = features(7, TRAIN)
    code = rng(10).integers(0, 90, TRAIN).astype(float)
    y = target(x, 8) + np.sin(code) * 2
    x[:, 2] = code
    for name, onehot in (("lightgbm_codes", 1), ("lightgbm_codes_onehot", 100)):
        booster = lgb.train(
            {"num_leaves": 12, "min_data_in_leaf": 3, "min_data_per_group": 3, "verbose": -1, "num_threads": 1,
             "max_cat_to_onehot": onehot},
            lgb.Dataset(x, y, feature_name=NAMES, categorical_feature=["tenure"]), 12)
        booster.save_model(TREES / f"{name}.txt")
        test = features(12, ROWS)
        test[:, 2] = rng(13).integers(0, 90, ROWS)
        test[::7, 2] = np.nan
        test[1::20, 2] = 4000
        test[2::20, 2] = -3
        test[3::20, 2] = 7.9
        test[4::20, 2] = -0.5
        save(name, pd.DataFrame(test, columns=NAMES), prediction=booster.predict(test))
    towns = [f"town {i}" for i in range(9)] + ["Größe", "東京"]
    frame = pd.DataFrame(x[:, :2], columns=NAMES[:2])
    place = rng(14).integers(0, len(towns), TRAIN)
    frame["town"] = pd.Categorical.from_codes(place, categories=sorted(towns))
    booster = lgb.train({"num_leaves": 12, "min_data_in_leaf": 3, "min_data_per_group": 3, "verbose": -1, "num_threads": 1,
                         "objective": "binary"}, lgb.Dataset(frame, (y + place > 6).astype(int)), 12)
    booster.save_model(TREES / "lightgbm_texts.txt")
    test = frame.iloc[:150].copy()
    p = booster.predict(test)
    test["town"] = test["town"].astype(str)
    known = test.index[0]
    test.loc[known, "town"] = "unheard of"
    unknown = frame.iloc[[0]].copy()
    unknown["town"] = pd.Categorical.from_codes([-1], categories=sorted(towns))
    p[0] = booster.predict(unknown)[0]
    save("lightgbm_texts", test, label=(p > 0.5).astype(int), probabilities=p)


# ---------------------------------------------------------------- CatBoost

def catboost(name: str, model, y, kinds=("cbm", "json"), names=NAMES) -> None:
    x = features(7, TRAIN)
    pool = cb.Pool(x, y, feature_names=names)
    model.fit(pool)
    for kind in kinds:
        model.save_model(str(TREES / f"{name}.{kind}"), format=kind)
    model.save_model(str(TREES / "borders.json"), format="json")
    borders = json.loads((TREES / "borders.json").read_text())["features_info"]["float_features"]
    (TREES / "borders.json").unlink()
    thresholds = [(f["flat_feature_index"], b) for f in borders for b in (f["borders"] or [])]
    test = rows(11, thresholds)
    frame = pd.DataFrame(test, columns=NAMES)
    if isinstance(model, cb.CatBoostClassifier) and model.get_param("loss_function") != "MultiLogloss":
        label = model.predict(test).reshape(-1)
        if label.dtype.kind in "OU" and set(map(str, label)) <= {"True", "False"}:
            label = np.array([str(v) == "True" for v in label])
        save(name, frame, label=label, probabilities=model.predict_proba(test))
    elif isinstance(model, cb.CatBoostClassifier):
        save(name, frame, prediction=model.predict_proba(test))
    else:
        save(name, frame, prediction=model.predict(test))


def all_catboost() -> None:
    x = features(7, TRAIN)
    y = target(x, 8)
    count = rng(9).poisson(np.exp(np.clip(y / 3, -2, 2))).astype(float)
    high = (y > np.median(y)).astype(int)
    three = np.digitize(y, np.quantile(y, [0.3, 0.7]))
    common = dict(iterations=12, depth=4, learning_rate=0.4, verbose=0, random_seed=1, thread_count=1, allow_writing_files=False, border_count=32)
    catboost("catboost_rmse", cb.CatBoostRegressor(**common), y)
    catboost("catboost_unnamed", cb.CatBoostRegressor(**common), y, names=None)
    catboost("catboost_missing_high", cb.CatBoostRegressor(nan_mode="Max", **common), y)
    for loss in ("MAE", "Quantile:alpha=0.2", "Huber:delta=1"):
        catboost("catboost_" + loss.split(":")[0].lower(), cb.CatBoostRegressor(loss_function=loss, **common), y)
    catboost("catboost_poisson", cb.CatBoostRegressor(loss_function="Poisson", **common), count)
    catboost("catboost_tweedie", cb.CatBoostRegressor(loss_function="Tweedie:variance_power=1.4", **common), count)
    catboost("catboost_multirmse", cb.CatBoostRegressor(loss_function="MultiRMSE", **common), np.column_stack([y, -y]))
    catboost("catboost_logloss", cb.CatBoostClassifier(**common), high)
    catboost("catboost_texts", cb.CatBoostClassifier(**common), np.where(high == 1, "leave", "stay"))
    catboost("catboost_flags", cb.CatBoostClassifier(**common), high == 1)
    catboost("catboost_multiclass", cb.CatBoostClassifier(loss_function="MultiClass", **common), np.array(["low", "mid", "high"])[three])
    catboost("catboost_odd_classes", cb.CatBoostClassifier(loss_function="MultiClass", **common), np.array([-1, 7, 40])[three])
    catboost("catboost_ova", cb.CatBoostClassifier(loss_function="MultiClassOneVsAll", **common), three)
    catboost("catboost_multilabel", cb.CatBoostClassifier(loss_function="MultiLogloss", **common), np.column_stack([high, 1 - high]))
    uneven = {k: v for k, v in common.items()}
    catboost("catboost_lossguide", cb.CatBoostRegressor(grow_policy="Lossguide", max_leaves=13, **uneven), y)
    catboost("catboost_depthwise_multiclass", cb.CatBoostClassifier(grow_policy="Depthwise", loss_function="MultiClass", **uneven), three)


if __name__ == "__main__":
    TREES.mkdir(parents=True, exist_ok=True)
    for old in TREES.glob("*boost_*"):
        old.unlink()
    for old in TREES.glob("lightgbm_*"):
        old.unlink()
    all_xgboost()
    all_lightgbm()
    all_catboost()
