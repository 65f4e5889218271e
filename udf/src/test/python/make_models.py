"""Makes the small models that the tests run, and their list: ../resources/models/*.onnx and README.md.

Every model that should load is run by ONNX Runtime here and compared with what it was made from. The
same pins give the same bytes.
"""
import json
from pathlib import Path

import lightgbm as lgb
import numpy as np
import onnx
import onnxmltools
import onnxruntime as ort
import pandas as pd
import xgboost as xgb
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper
from onnxmltools.convert.common.data_types import FloatTensorType as ForeignFloat
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor, SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

MODELS = Path(__file__).resolve().parent.parent / "resources" / "models"
OPSET, ML_OPSET, IR = 17, 3, 8
N = 1000  # rows to check with
ROWS = []  # of the README's table


# ---------------------------------------------------------------- saving and checking

def session(data: bytes) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def put(name: str, data: bytes, what: str, inputs: str = "", outputs: str = "") -> None:
    if len(data) >= 100_000:
        raise SystemExit(f"{name}: {len(data)} bytes are too many")
    (MODELS / f"{name}.onnx").write_bytes(data)
    ROWS.append((f"`{name}`", what, inputs, outputs))


def good(name: str, model: onnx.ModelProto, what: str, feed: dict, expected: dict, tolerance: float = 1e-5) -> None:
    """Saves a model, having checked that it maps `feed` to `expected`."""
    opsets = {o.domain: o.version for o in model.opset_import}  # skl2onnx may list a domain twice
    del model.opset_import[:]
    model.opset_import.extend(h.make_opsetid(d, v) for d, v in sorted(opsets.items()))
    model.graph.name = name  # onnxmltools makes up a new one every time
    onnx.checker.check_model(model)
    data = model.SerializeToString(deterministic=True)
    s = session(data)
    got = dict(zip([o.name for o in s.get_outputs()], s.run(None, feed)))
    assert got.keys() == expected.keys(), (name, got.keys())
    for output, want in expected.items():
        have = got[output]
        if isinstance(have, list):  # seq(map)
            assert all(list(m) == list(have[0]) for m in have), name
            have = np.array([list(m.values()) for m in have])
        want = np.asarray(want)
        assert have.shape == want.shape, (name, output, have.shape, want.shape)
        if want.dtype.kind in "fc":
            apart = np.abs(have.astype(float) - want) / np.maximum(1, np.abs(want))
            assert np.nanmax(apart) <= tolerance and (np.isnan(have) == np.isnan(want)).all(), (name, np.nanmax(apart))
        else:
            assert (have == want).all(), (name, output)

    def listed(values):
        def shape(v):
            return "[" + ",".join("N" if d is None else str(d) for d in v.shape) + "]"
        return "<br>".join(
            f"`{v.name}` " + (v.type if v.type.startswith("seq") else v.type[7:-1] + " " + shape(v)) for v in values)

    put(name, data, what, listed(s.get_inputs()), listed(s.get_outputs()))
    print(f"{name}: {len(data)} bytes")


# ---------------------------------------------------------------- by hand

def graph(nodes, inputs, outputs, constants=()) -> onnx.ModelProto:
    """inputs and outputs: (name, type, shape); constants: (name, array)."""
    model = h.make_model(
        h.make_graph(nodes, "graph",
                     [h.make_tensor_value_info(*i) for i in inputs],
                     [h.make_tensor_value_info(*o) for o in outputs],
                     [numpy_helper.from_array(a, n) for n, a in constants]),
        opset_imports=[h.make_opsetid("", OPSET)], producer_name="auspex-tests")
    model.ir_version = IR
    return model


def f32(*values) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def by_hand(rng) -> None:
    a, b, c = (rng.normal(size=N).astype(np.float32) for _ in range(3))
    good("affine_scalar_inputs", graph(
        [h.make_node("Mul", ["a", "two"], ["a2"]), h.make_node("Mul", ["b", "three"], ["b3"]),
         h.make_node("Add", ["a2", "b3"], ["ab"]), h.make_node("Sub", ["ab", "c"], ["abc"]),
         h.make_node("Add", ["abc", "half"], ["y"])],
        [(n, T.FLOAT, ["N"]) for n in "abc"], [("y", T.FLOAT, ["N"])],
        [("two", f32(2)), ("three", f32(3)), ("half", f32(0.5))]),
        "y = 2a + 3b − c + 0.5", {"a": a, "b": b, "c": c}, {"y": 2 * a + 3 * b - c + np.float32(0.5)})

    types = {"f": (T.FLOAT, np.float32), "d": (T.DOUBLE, np.float64), "l": (T.INT64, np.int64),
             "i": (T.INT32, np.int32), "b": (T.BOOL, np.bool_)}
    feed = {n: rng.integers(-9, 10, (N, 1)).astype(t) for n, (_, t) in types.items()}
    feed["b"] = rng.integers(0, 2, (N, 1)).astype(bool)
    total = sum(w * feed[n].astype(np.float64) for w, n in zip((1, 10, 100, 1000, 10000), "fdlib"))
    nodes = []
    for w, n in enumerate("fdlib"):
        nodes += [h.make_node("Cast", [n], [f"{n}_d"], to=T.DOUBLE),
                  h.make_node("Mul", [f"{n}_d", f"w{w}"], [f"{n}_w"])]
    nodes += [h.make_node("Sum", [f"{n}_w" for n in "fdlib"], ["y_double"]),
              h.make_node("Cast", ["y_double"], ["y"], to=T.FLOAT),
              h.make_node("Cast", ["y_double"], ["y_long"], to=T.INT64)]
    good("affine_n1", graph(
        nodes, [(n, t, ["N", 1]) for n, (t, _) in types.items()],
        [("y", T.FLOAT, ["N", 1]), ("y_double", T.DOUBLE, ["N", 1]), ("y_long", T.INT64, ["N", 1])],
        [(f"w{w}", np.array([10.0 ** w])) for w in range(5)]),
        "f + 10d + 100l + 1000i + 10000b, as three types",
        feed, {"y": total.astype(np.float32), "y_double": total, "y_long": total.astype(np.int64)})

    every = {"f16": (T.FLOAT16, np.float16), "f32": (T.FLOAT, np.float32), "f64": (T.DOUBLE, np.float64),
             "i8": (T.INT8, np.int8), "i16": (T.INT16, np.int16), "i32": (T.INT32, np.int32),
             "i64": (T.INT64, np.int64), "u8": (T.UINT8, np.uint8), "u16": (T.UINT16, np.uint16),
             "u32": (T.UINT32, np.uint32), "u64": (T.UINT64, np.uint64), "flag": (T.BOOL, np.bool_),
             "text": (T.STRING, object)}

    def extremes(t):
        if t is object:
            return np.array(["", "plain", "Grüße, 世界 🦆"], dtype=object)[:, None]
        if t is np.bool_:
            return np.array([[True], [False], [True]])
        info = np.finfo(t) if np.issubdtype(t, np.floating) else np.iinfo(t)
        return np.array([info.min, 0, info.max], dtype=t)[:, None]

    feed = {n: extremes(t) for n, (_, t) in every.items()}
    good("all_types", graph(
        [h.make_node("Identity", [n], [f"{n}_out"]) for n in every],
        [(n, t, ["N", 1]) for n, (t, _) in every.items()],
        [(f"{n}_out", t, ["N", 1]) for n, (t, _) in every.items()]),
        "every input as it came, in every type", feed, {f"{n}_out": v for n, v in feed.items()})

    good("string_echo", graph(
        [h.make_node("Identity", ["text"], ["echo"])],
        [("text", T.STRING, ["N", 1])], [("echo", T.STRING, ["N", 1])]),
        "the string as it came", {"text": feed["text"]}, {"echo": feed["text"]})

    x = rng.normal(size=(N, 4)).astype(np.float32)
    w1, w3 = f32(1, 10, 100, 1000).reshape(4, 1), rng.normal(size=(4, 3)).astype(np.float32)
    good("multi_output", graph(
        [h.make_node("MatMul", ["x", "w1"], ["score"]), h.make_node("MatMul", ["x", "w3"], ["vector"]),
         h.make_node("ArgMax", ["vector"], ["label"], axis=1, keepdims=0)],
        [("x", T.FLOAT, ["N", 4])],
        [("score", T.FLOAT, ["N", 1]), ("vector", T.FLOAT, ["N", 3]), ("label", T.INT64, ["N"])],
        [("w1", w1), ("w3", w3)]),
        "score = x₁ + 10x₂ + 100x₃ + 1000x₄; a vector of three; which of them is largest, from 0",
        {"x": x}, {"score": x @ w1, "vector": x @ w3, "label": (x @ w3).argmax(1)})

    model = graph([h.make_node("MatMul", ["x", "w1"], ["y"])],
                  [("x", T.FLOAT, ["N", 4])], [("y", T.FLOAT, ["N", 1])], [("w1", w1)])
    h.set_model_props(model, {"feature_names": json.dumps(["ones", "tens", "hundreds", "thousands"])})
    good("matrix_input", model, "y = ones + 10 tens + 100 hundreds + 1000 thousands; "
         "metadata `feature_names` is the JSON list of those names", {"x": x}, {"y": x @ w1})

    d, wd = rng.normal(size=(N, 3)), np.array([[1.0], [10.0], [100.0]])
    good("matrix_double", graph(
        [h.make_node("MatMul", ["x", "w"], ["y"])],
        [("x", T.DOUBLE, ["N", 3])], [("y", T.DOUBLE, ["N", 1])], [("w", wd)]),
        "y = x₁ + 10x₂ + 100x₃", {"x": d}, {"y": d @ wd}, 1e-12)

    i, wi = rng.integers(-2**40, 2**40, (N, 3)), np.array([[1], [10], [100]])
    good("matrix_int64", graph(
        [h.make_node("MatMul", ["x", "w"], ["y"])],
        [("x", T.INT64, ["N", 3])], [("y", T.INT64, ["N", 1])], [("w", wi)]),
        "y = x₁ + 10x₂ + 100x₃", {"x": i}, {"y": i @ wi})

    good("tensor_output", graph(
        [h.make_node("Unsqueeze", ["x", "axis"], ["x3"]), h.make_node("Mul", ["x3", "steps"], ["y"])],
        [("x", T.FLOAT, ["N", 2])], [("y", T.FLOAT, ["N", 2, 3])],
        [("axis", np.array([2])), ("steps", f32(1, 10, 100))]),
        "y[i][j] = xᵢ · 10^j", {"x": x[:, :2]}, {"y": x[:, :2, None] * f32(1, 10, 100)})

    good("fixed_batch", graph(
        [h.make_node("MatMul", ["x", "w1"], ["y"])],
        [("x", T.FLOAT, [1, 4])], [("y", T.FLOAT, [1, 1])], [("w1", w1)]),
        "`matrix_input` without metadata, for one row at a time", {"x": x[:1]}, {"y": x[:1] @ w1})

    sizes = (20, 64, 32, 1)
    layers = [((rng.normal(size=(m, n)) / np.sqrt(m)).astype(np.float32), rng.normal(size=n).astype(np.float32))
              for m, n in zip(sizes, sizes[1:])]
    x = rng.normal(size=(N, 20)).astype(np.float32)
    nodes, constants, at, want = [], [], "features", x
    for k, (w, bias) in enumerate(layers):
        last = k == len(layers) - 1
        out = "y" if last else f"h{k}"
        nodes.append(h.make_node("Gemm", [at, f"w{k}", f"b{k}"], [out]))
        constants += [(f"w{k}", w), (f"b{k}", bias)]
        want = want @ w + bias
        at = out
        if not last:
            nodes.append(h.make_node("Relu", [out], [f"r{k}"]))
            at, want = f"r{k}", np.maximum(want, 0)
    good("mlp", graph(nodes, [("features", T.FLOAT, ["N", 20])], [("y", T.FLOAT, ["N", 1])], constants),
         "a perceptron 20-64-32-1 with ReLU, random weights", {"features": x}, {"y": want}, 1e-4)


# ---------------------------------------------------------------- inputs and outputs of many shapes

def save(name: str, graph: onnx.GraphProto, what: str, inputs: str, outputs: str) -> None:
    """Saves a model whose outputs are no tensors."""
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 18)], ir_version=IR)
    onnx.checker.check_model(model)
    session(model.SerializeToString())
    put(name, model.SerializeToString(deterministic=True), what, inputs, outputs)


def of_any_shape(rng) -> None:
    x = f32(*range(12)).reshape(4, 3)

    good("gain", graph(
        [h.make_node("Mul", ["x", "gain"], ["scaled"]), h.make_node("Add", ["scaled", "shift"], ["y"]),
         h.make_node("Cast", ["rate"], ["hertz"], to=T.FLOAT), h.make_node("Add", ["y", "hertz"], ["z"])],
        [("x", T.FLOAT, ["N", 3]), ("gain", T.FLOAT, []), ("shift", T.FLOAT, ["N", 3]), ("rate", T.INT64, [1])],
        [("y", T.FLOAT, ["N", 3]), ("z", T.FLOAT, ["N", 3])]),
        "y = x · gain + shift, z = y + rate",
        {"x": x, "gain": np.array(2, np.float32), "shift": x, "rate": np.array([7])}, {"y": 3 * x, "z": 3 * x + 7})

    strings = graph(
        [h.make_node("Identity", ["word"], ["said"]), h.make_node("Equal", ["word", "secret"], ["is_secret"])],
        [("word", T.STRING, ["N", 1]), ("secret", T.STRING, [1])],
        [("said", T.STRING, ["N", 1]), ("is_secret", T.BOOL, ["N", 1])])
    strings.opset_import[0].version = 19  # the first whose Equal takes strings
    good("greeting", strings, "the word as it came, and whether it is the secret",
        {"word": np.array([["a"], ["b"]], dtype=object), "secret": np.array(["b"], dtype=object)},
        {"said": np.array([["a"], ["b"]], dtype=object), "is_secret": np.array([[False], [True]])})

    defaulted = graph(
        [h.make_node("Mul", ["x", "factor"], ["y"])],
        [("x", T.FLOAT, ["N", 1]), ("factor", T.FLOAT, [1])], [("y", T.FLOAT, ["N", 1])], [("factor", f32(10))])
    good("default_input", defaulted, "y = factor · x; factor has the default 10",
         {"x": x[:, :1]}, {"y": 10 * x[:, :1]})

    ids = np.array([[5, 6, 0], [7, 8, 9]])
    good("token_sums", graph(
        [h.make_node("Cast", ["mask"], ["keep"], to=T.FLOAT), h.make_node("Cast", ["ids"], ["value"], to=T.FLOAT),
         h.make_node("Mul", ["value", "keep"], ["kept"]), h.make_node("ReduceSum", ["kept", "one"], ["total"], keepdims=1),
         h.make_node("Unsqueeze", ["kept", "two"], ["column"]), h.make_node("Mul", ["column", "steps"], ["hidden"])],
        [("ids", T.INT64, ["batch", "sequence"]), ("mask", T.INT64, ["batch", "sequence"])],
        [("total", T.FLOAT, ["batch", 1]), ("hidden", T.FLOAT, ["batch", "sequence", 2])],
        [("one", np.array([1])), ("two", np.array([2])), ("steps", f32(1, 100))]),
        "the sum of the ids where the mask is 1; hidden[i] = idᵢ · maskᵢ · (1, 100)",
        {"ids": ids, "mask": (ids > 0).astype(np.int64)},
        {"total": ids.sum(1, keepdims=True), "hidden": ids[:, :, None] * f32(1, 100)})

    words = graph(
        [h.make_node("Equal", ["text", "blank"], ["is_blank"]), h.make_node("Not", ["is_blank"], ["is_word"]),
         h.make_node("Cast", ["is_word"], ["one"], to=T.INT64), h.make_node("ReduceSum", ["one", "axis"], ["count"], keepdims=0)],
        [("text", T.STRING, ["N", "words"])], [("count", T.INT64, ["N"])],
        [("blank", np.array(["-"], dtype=object)), ("axis", np.array([1]))])
    words.opset_import[0].version = 19
    good("words", words, "how many words are not -", {"text": np.array([["a", "-"]], dtype=object)}, {"count": np.array([1])})

    steps = f32(*range(24)).reshape(4, 2, 3)  # [sequence, batch, features]
    state = f32(*range(12)).reshape(2, 2, 3)
    good("sequence_first", graph(
        [h.make_node("ReduceSum", ["steps", "zero"], ["sum"], keepdims=0), h.make_node("Add", ["state", "sum"], ["next"]),
         h.make_node("ReduceSum", ["next", "layers"], ["y"], keepdims=0)],
        [("steps", T.FLOAT, ["sequence", "batch", 3]), ("state", T.FLOAT, [2, "batch", 3])],
        [("y", T.FLOAT, ["batch"]), ("next", T.FLOAT, [None, None, None])],
        [("zero", np.array([0])), ("layers", np.array([0, 2]))]),
        "next = state + Σ steps, y its sum; the batch is the second dimension", {"steps": steps, "state": state},
        {"y": (state + steps.sum(0)).sum((0, 2)), "next": state + steps.sum(0)})

    good("fixed_batch_three", graph(
        [h.make_node("ReduceSum", ["x", "axis"], ["y"], keepdims=1), h.make_node("Identity", ["x"], ["same"])],
        [("x", T.FLOAT, [3, 2])], [("y", T.FLOAT, [3, 1]), ("same", T.FLOAT, [3, 2])], [("axis", np.array([1]))]),
        "y = x₁ + x₂, for three rows at a time", {"x": x[:3, :2]},
        {"y": x[:3, :2].sum(1, keepdims=True), "same": x[:3, :2]})

    sequences = h.make_graph(
        [h.make_node("SplitToSequence", ["x"], ["parts"], axis=1), h.make_node("ReduceSum", ["x", "axis"], ["sum"], keepdims=1)],
        "sequence", [h.make_tensor_value_info("x", T.FLOAT, [1, "width"])],
        [h.make_tensor_sequence_value_info("parts", T.FLOAT, None), h.make_tensor_value_info("sum", T.FLOAT, [1, 1])],
        [numpy_helper.from_array(np.array([1]), "axis")])
    save("sequence", sequences, "the values one by one, as a sequence of tensors; their sum",
         "`x` float [1,width]", "`parts` seq(tensor(float))<br>`sum` float [1,1]")

    each = h.make_graph(
        [h.make_node("SplitToSequence", ["x"], ["rows"], axis=0, keepdims=0)],
        "sequence_of_rows", [h.make_tensor_value_info("x", T.FLOAT, ["N", 2])],
        [h.make_tensor_sequence_value_info("rows", T.FLOAT, None)])
    save("sequence_of_rows", each, "the rows, as a sequence of tensors", "`x` float [N,2]", "`rows` seq(tensor(float))")

    optional = h.make_optional_type_proto(h.make_tensor_type_proto(T.FLOAT, [1, 2]))
    present = h.make_graph([h.make_node("Optional", ["x"], ["some"])], "present", [], [h.make_value_info("some", optional)])
    nothing = h.make_node("Optional", [], ["none"], type=h.make_tensor_type_proto(T.FLOAT, [1, 2]))
    absent = h.make_graph([nothing], "absent", [], [h.make_value_info("none", optional)])
    positive = h.make_graph(
        [h.make_node("ReduceSum", ["x"], ["sum"], keepdims=0), h.make_node("Greater", ["sum", "zero"], ["is_positive"]),
         h.make_node("If", ["is_positive"], ["y"], then_branch=present, else_branch=absent)],
        "optional", [h.make_tensor_value_info("x", T.FLOAT, [1, 2])], [h.make_value_info("y", optional)],
        [numpy_helper.from_array(np.array(0, np.float32), "zero")])
    save("optional", positive, "x where its sum is positive, otherwise nothing", "`x` float [1,2]",
         "`y` optional(tensor(float))")


# ---------------------------------------------------------------- scikit-learn

def from_sklearn(rng) -> None:
    def convert(model, inputs, **options):
        return convert_sklearn(model, "model", inputs, target_opset={"": OPSET, "ai.onnx.ml": ML_OPSET},
                               options={id(model): options} if options else None)

    # Values are rounded to halves, so that every threshold half-way between two of them is exact in float32.
    x = (np.round(rng.normal(size=(N, 6)) * 4) / 2).astype(np.float32)
    six = [("features", FloatTensorType([None, 6]))]
    names = np.array(["augur", "crow", "dove", "eagle", "finch", "goose", "heron"])
    y = names[np.clip(np.round(x[:, 0] + x[:, 1] / 2 + 3), 0, 6).astype(int)]
    forest = RandomForestClassifier(10, max_depth=5, random_state=1).fit(x, y)
    chances = forest.predict_proba(x)
    good("seven_classes", convert(forest, six), "random forest over seven strings (augur … heron); ZipMap",
         {"features": x}, {"output_label": forest.predict(x), "output_probability": chances})
    good("seven_classes_nozipmap", convert(forest, six, zipmap=False), "the same forest without ZipMap",
         {"features": x}, {"label": forest.predict(x), "probabilities": chances})

    forest = RandomForestClassifier(5, max_depth=4, random_state=2).fit(
        x, np.choose((x[:, 0] > 0) * 1 + (x[:, 1] > 0), [-1, 7, 40]))
    good("int_classes_zipmap", convert(forest, six), "random forest over the integers −1, 7, 40; ZipMap",
         {"features": x}, {"output_label": forest.predict(x), "output_probability": forest.predict_proba(x)})

    people = pd.DataFrame({
        "age": rng.integers(18, 90, N).astype(np.float32), "income": rng.gamma(2, 20, N).astype(np.float32),
        "city": rng.choice(["Delphi", "Dodona", "Roma"], N).astype(object),
        "plan": rng.choice(["basic", "plus", ""], N).astype(object)})
    churn = np.where(people.age / 30 + (people.city == "Roma") + rng.normal(size=N) > 2.3, "stay", "leave")
    people.loc[rng.random(N) < 0.1, "age"] = np.nan
    people.loc[rng.random(N) < 0.1, "income"] = np.nan
    pipeline = make_pipeline(
        ColumnTransformer([
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["age", "income"]),
            ("strings", OneHotEncoder(handle_unknown="ignore"), ["city", "plan"])]),
        LogisticRegression()).fit(people, churn)
    people.loc[::50, "city"] = "Ατλαντίς"  # never seen in training
    good("pipeline_strings",
         convert(pipeline, [(c, FloatTensorType([None, 1])) for c in ("age", "income")]
                 + [(c, StringTensorType([None, 1])) for c in ("city", "plan")]),
         "pipeline: imputer, scaler, one-hot (Delphi, Dodona, Roma; basic, plus, ''; others are ignored), "
         "logistic regression over leave, stay; ZipMap",
         {c: people[[c]].to_numpy() for c in people},
         {"output_label": pipeline.predict(people), "output_probability": pipeline.predict_proba(people)})

    x = rng.normal(size=(N, 5)).astype(np.float32)
    logistic = LogisticRegression().fit(x, (x @ [1, -2, 0.5, 0, 3] + rng.logistic(size=N) > 0).astype(int))
    good("binary_logistic", convert(logistic, [("features", FloatTensorType([None, 5]))], zipmap=False),
         "logistic regression over 0, 1; no ZipMap",
         {"features": x}, {"label": logistic.predict(x), "probabilities": logistic.predict_proba(x)})

    line = LinearRegression().fit(x[:, :3], x[:, :3] @ [1, 10, 100] + 1000)
    good("linear_regressor", convert(line, [("features", FloatTensorType([None, 3]))]),
         "linear regression, very nearly x₁ + 10x₂ + 100x₃ + 1000",
         {"features": x[:, :3]}, {"variable": line.predict(x[:, :3])[:, None]})

    x = (np.round(rng.normal(size=(N, 4)) * 4) / 2).astype(np.float32)
    y = np.where(x[:, 0] + x[:, 1] * x[:, 2] / 2 + rng.normal(size=N) > 1, "yes", "no")
    x[rng.random((N, 4)) < 0.1] = np.nan
    four = [("features", FloatTensorType([None, 4]))]
    tree = make_pipeline(SimpleImputer(strategy="median"), DecisionTreeClassifier(max_depth=4, random_state=5)).fit(x, y)
    good("decision_tree", convert(tree, four, zipmap=False), "pipeline: imputer, decision tree over no, yes; no ZipMap",
         {"features": x}, {"label": tree.predict(x), "probabilities": tree.predict_proba(x)})

    x = np.nan_to_num(x)
    tree = DecisionTreeClassifier(max_depth=5, random_state=6).fit(x, np.digitize(x[:, 0] + x[:, 3], [-1, 1]))
    good("decision_tree_classes", convert(tree, four, zipmap=False), "decision tree over 0, 1, 2; no ZipMap",
         {"features": x}, {"label": tree.predict(x), "probabilities": tree.predict_proba(x)})

    # What is no operator of its own for it is written out.
    counts = rng.poisson(np.exp(x[:, 0] / 2))
    line = PoissonRegressor().fit(x, counts)
    good("poisson_regressor", convert(line, four), "Poisson regression, exp of a sum", {"features": x},
         {"variable": line.predict(x)[:, None]})
    labels = np.array(["augur", "crow", "dove"])[np.digitize(x[:, 0] + rng.normal(size=N), [-1, 1])]
    for name, classes in (("sgd_logistic", 2), ("sgd_logistic_classes", 3)):
        kept = labels != "dove" if classes == 2 else labels == labels
        line = SGDClassifier(loss="log_loss", random_state=7).fit(x[kept], labels[kept])
        good(name, convert(line, four, zipmap=False), f"logistic regression over {classes} strings by gradients; no ZipMap",
             {"features": x}, {"label": line.predict(x), "probabilities": line.predict_proba(x)})
    line = LogisticRegression().fit(x, labels)
    good("logistic_double", convert(line, [("features", DoubleTensorType([None, 4]))], zipmap=False),
         "logistic regression of doubles over three strings; no ZipMap", {"features": x.astype(float)},
         {"label": line.predict(x), "probabilities": line.predict_proba(x)})


# ---------------------------------------------------------------- boosted trees

def boosted(rng) -> None:
    x = rng.normal(size=(4 * N, 20)).astype(np.float32)
    y = x[:, 0] * x[:, 1] + np.sin(3 * x[:, 2]) + np.abs(x[:, 3]) + x[:, 4:].sum(1) / 10
    x[:, :15][rng.random((4 * N, 15)) < 0.15] = np.nan  # the last five have no gap in training
    booster = lgb.LGBMRegressor(n_estimators=100, max_depth=6, num_leaves=12, min_child_samples=10, random_state=3,
                                n_jobs=1, deterministic=True, force_row_wise=True, verbose=-1).fit(x, y)
    deepest = booster.booster_.trees_to_dataframe().node_depth.max() - 1
    assert deepest == 6, deepest
    asked = x.copy()
    asked[:N][rng.random((N, 20)) < 0.3] = np.nan  # now they have
    asked[0] = np.nan
    good("lightgbm_regressor",
         onnxmltools.convert_lightgbm(booster, "model", [("features", ForeignFloat([None, 20]))], target_opset=15),
         "LightGBM, 100 trees of depth up to 6 (12 leaves each); NaN is missing", {"features": asked},
         {"variable": booster.predict(asked)[:, None]})

    for name, classes in (("xgboost_classifier", 3), ("xgboost_binary", 2)):
        y = np.digitize(np.nan_to_num(x[:, 0]) + np.nan_to_num(x[:, 1]), [-0.7, 0.7] if classes == 3 else [0])
        booster = xgb.XGBClassifier(n_estimators=60 // classes, max_depth=4, learning_rate=0.2, random_state=4,
                                    n_jobs=1, tree_method="hist").fit(x, y)
        good(name,
             onnxmltools.convert_xgboost(booster, "model", [("features", ForeignFloat([None, 20]))], target_opset=15),
             f"XGBoost over {', '.join(map(str, range(classes)))}; branches on <; NaN is missing", {"features": asked},
             {"label": booster.predict(asked), "probabilities": booster.predict_proba(asked)})


# ---------------------------------------------------------------- what must not load

def bad() -> None:
    whole = (MODELS / "mlp.onnx").read_bytes()
    put("truncated", whole[:len(whole) // 2], "**bad**: the first half of `mlp`")
    put("not_onnx", b"This is not a model, it only has the name of one.\n", "**bad**: a line of text")
    put("empty", b"", "**bad**: no bytes at all")
    model = graph([h.make_node("FrobnicateTensor", ["x"], ["y"])],
                  [("x", T.FLOAT, ["N", 1])], [("y", T.FLOAT, ["N", 1])])
    put("unknown_op", model.SerializeToString(deterministic=True),
        "**bad**: well-formed, with an operator `FrobnicateTensor` that nobody knows",
        "`x` float [N,1]", "`y` float [N,1]")
    for name in ("truncated", "not_onnx", "empty", "unknown_op"):
        try:
            session((MODELS / f"{name}.onnx").read_bytes())
        except Exception as e:
            print(f"{name}: {type(e).__name__}: {str(e)[:150]}")
        else:
            raise SystemExit(f"{name} loads, and should not")


def readme() -> None:
    lines = ["# Models for the tests", "",
             "Made by `../../python/make_models.py` (its `requirements.txt` beside it), which also writes this table. All are",
             "small, seeded, and were checked against what they were made from. N is any number of rows.", "",
             "| model | what | inputs | outputs |", "| --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(row)} |" for row in ROWS]
    (MODELS / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    MODELS.mkdir(parents=True, exist_ok=True)
    by_hand(np.random.default_rng(1))
    from_sklearn(np.random.default_rng(2))
    boosted(np.random.default_rng(3))
    of_any_shape(np.random.default_rng(4))
    bad()
    readme()
