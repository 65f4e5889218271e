"""Learns a penguin's sex from its species and measurements, and writes models/sex.onnx."""
from pathlib import Path

import numpy as np
import pandas as pd
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

HERE = Path(__file__).resolve().parent
NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]

penguins = pd.read_csv(HERE / "data" / "penguins.csv").dropna()
penguins[NUMBERS] = penguins[NUMBERS].astype(np.float32)

model = make_pipeline(
    ColumnTransformer([
        ("numbers", StandardScaler(), NUMBERS),
        ("species", OneHotEncoder(), ["species"]),
    ]),
    LogisticRegression(),
)
model.fit(penguins[NUMBERS + ["species"]], penguins.sex)

# An input a column, named as the table's column is: then PREDICT needs no list of features.
inputs = [(name, FloatTensorType([None, 1])) for name in NUMBERS]
inputs += [("species", StringTensorType([None, 1]))]
exported = convert_sklearn(model, "penguin_sex", inputs, target_opset={"": 17, "ai.onnx.ml": 3})
(HERE / "models").mkdir(exist_ok=True)
(HERE / "models" / "sex.onnx").write_bytes(exported.SerializeToString(deterministic=True))
