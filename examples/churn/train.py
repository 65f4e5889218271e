"""Trains the churn model on four customers in five and measures it on the fifth (customer_id % 5 = 0).

Everything the model sees is float32 or a string, as it will be in the warehouse. Writes models/churn.onnx
and metrics.csv, and checks the ONNX model against scikit-learn.
"""
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pandas as pd
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

HERE = Path(__file__).resolve().parent
NUMBERS = """female senior_citizen partner dependents tenure phone_service paperless_billing
             monthly_charges total_charges""".split()
STRINGS = """multiple_lines internet_service online_security online_backup device_protection tech_support
             streaming_tv streaming_movies contract payment_method""".split()


def main() -> None:
    customers = pd.read_parquet(HERE / "data" / "customers.parquet")
    customers[NUMBERS] = customers[NUMBERS].astype(np.float32)  # a NULL is NaN here
    customers[STRINGS] = customers[STRINGS].astype(object)
    held_out = customers.customer_id % 5 == 0
    learn = customers[~held_out]

    # No scaler: a tree does not need one, and without it nothing is rounded before the thresholds.
    model = make_pipeline(
        ColumnTransformer([
            ("numbers", SimpleImputer(strategy="median"), NUMBERS),
            ("strings", OneHotEncoder(handle_unknown="ignore"), STRINGS),
        ]),
        GradientBoostingClassifier(n_estimators=100, max_depth=3, learning_rate=0.08, subsample=0.8, random_state=7043),
    )
    model.fit(learn[NUMBERS + STRINGS], learn.churn)

    inputs = [(c, FloatTensorType([None, 1])) for c in NUMBERS]
    inputs += [(c, StringTensorType([None, 1])) for c in STRINGS]
    exported = convert_sklearn(model, "churn", inputs, target_opset={"": 17, "ai.onnx.ml": 3})
    exported.doc_string = "Will this customer leave? Yes or No."
    opsets = {o.domain: o.version for o in exported.opset_import}  # skl2onnx may list a domain twice
    del exported.opset_import[:]
    exported.opset_import.extend(onnx.helper.make_opsetid(d, v) for d, v in sorted(opsets.items()))
    onnx.checker.check_model(exported)
    path = HERE / "models" / "churn.onnx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(exported.SerializeToString(deterministic=True))

    session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
    print(f"{path.name}: {path.stat().st_size} bytes")
    for kind, values in (("in ", session.get_inputs()), ("out", session.get_outputs())):
        for v in values:
            print(f"  {kind} {v.name}: {v.type} {v.shape}")

    chance = model.predict_proba(customers[NUMBERS + STRINGS])[:, list(model.classes_).index("Yes")]
    labels, maps = session.run(None, {c: customers[[c]].to_numpy() for c in NUMBERS + STRINGS})
    difference = np.abs(chance - np.array([m["Yes"] for m in maps]))
    print(f"  ONNX against scikit-learn: at most {difference.max():.2e} apart")
    if difference.max() > 1e-5 or (labels != model.predict(customers[NUMBERS + STRINGS])).any():
        raise SystemExit("the exported model predicts something else")

    results = []
    for part, rows in (("held_out", held_out), ("learnt", ~held_out)):
        truth, p = (customers.churn[rows] == "Yes").astype(int), chance[rows]
        results += [
            ("churn", part, len(truth), "log_loss", log_loss(truth, p)),
            ("churn", part, len(truth), "accuracy", accuracy_score(truth, p > 0.5)),
            ("churn", part, len(truth), "roc_auc", roc_auc_score(truth, p)),
        ]
    metrics = pd.DataFrame(results, columns=["model", "part", "rows", "measure", "value"])
    metrics.to_csv(HERE / "metrics.csv", index=False, float_format="%.6f", lineterminator="\n")
    print(metrics.to_string(index=False))


if __name__ == "__main__":
    main()
