"""What the planner's rules give: queries that they are for, with all rules and without one, in turns."""
from dataclasses import dataclass, replace
from pathlib import Path

from . import auspex
from .places import Size
from .workloads import FLIGHT_FEATURES, SHOP_NUMBERS, Workload, all_workloads

FEATURES = ", ".join(FLIGHT_FEATURES)
# W4's products and stores with keys: what joins need not be made follows from these.
KEYED = ("CREATE OR REPLACE TABLE goods (product_id INTEGER PRIMARY KEY, price FLOAT)",
         "INSERT INTO goods SELECT product_id, price FROM products",
         "CREATE OR REPLACE TABLE shops (store_id INTEGER PRIMARY KEY, area FLOAT, rating FLOAT)",
         "INSERT INTO shops FROM stores")


@dataclass(frozen=True)
class Case:
    """`models` are those of the workloads named; `setup` makes tables that only this query has."""

    title: str
    warehouse: str
    models: tuple
    query: str
    rules: tuple
    setup: tuple = ()


def tree(size: Size) -> Workload:
    """A tree that looks at few of its features. It is no workload: only its model is needed."""
    buys = next(w for w in all_workloads(size) if w.model == "buys")
    return replace(buys, name="tree", model="buys_tree", rows=size.facts, where="", features=tuple(SHOP_NUMBERS),
                   strings=(), inputs="matrix")


def cases(size: Size) -> list:
    named = {w.name: w for w in all_workloads(size)}
    late, boosted, tenth, best = (named[name] for name in ("W2", "W7", "W4-10", "W5"))
    scored = "SELECT id, probabilities[2] AS p FROM PREDICT(MODEL late, TABLE flights)"
    return [
        Case("W4-10", "shop", (tenth,), tenth.auspex, ("FilterPredictTranspose",)),
        Case("W5", "flights", (best,), best.auspex, ("PredictBound", "OutputPart")),
        Case("W7", "repeated", (boosted,), boosted.auspex, ("RepeatedRows",)),
        Case("W2, flights before six o'clock", "flights", (late,),
             f"{scored} WHERE departs_at < 360", ("FilterPredictTranspose", "ModelPrune")),
        Case("W2, the first 1,000 by departure", "flights", (late,),
             f"{scored} ORDER BY departs_at, id LIMIT 1000", ("SortPredictTranspose",)),
        Case("W2, one flight in a hundred, by a join", "flights", (late,),
             "SELECT p.id, p.probabilities[2] AS p FROM PREDICT(MODEL late, TABLE flights) p JOIN chosen USING (id)",
             ("JoinPredictTranspose",),
             ("CREATE OR REPLACE TABLE chosen AS SELECT id FROM flights WHERE hash(id) % 100 = 0",)),
        Case("W2, a schedule of 20,000 joined to all flights", "flights", (late,),
             f"SELECT id, probabilities[2] AS p FROM PREDICT(MODEL late, (SELECT id, {FEATURES} FROM flown JOIN schedule"
             " USING (slot)))", ("PredictJoinTranspose",),
             (f"CREATE OR REPLACE TABLE schedule AS SELECT row_number() OVER () - 1 AS slot, {FEATURES}"
              " FROM (FROM flights LIMIT 20000)",
              "CREATE OR REPLACE TABLE flown AS SELECT id, (hash(id) % 20000)::BIGINT AS slot FROM flights")),
        Case("W2, the same prediction in SELECT and WHERE", "flights", (late,),
             "SELECT id, PREDICT(MODEL late).probabilities[2] AS p FROM flights"
             " WHERE PREDICT(MODEL late).probabilities[2] < 0.1", ("PredictReuse",)),
        Case("W2 and W7's models over the same flights, and over ones an hour later", "flights", (late, boosted),
             f"SELECT id, PREDICT(MODEL late, {FEATURES}).probabilities AS p, PREDICT(MODEL late_xgb, departs_at + 60,"
             f" {', '.join(FLIGHT_FEATURES[1:])}).probabilities AS q FROM flights", ("PredictShareScan",)),
        Case("a tree that looks at two of seven columns of three tables", "shop", (tree(size),),
             "SELECT id, probabilities[2] AS p FROM PREDICT(MODEL buys_tree, (SELECT * FROM sales"
             " LEFT JOIN goods USING (product_id) LEFT JOIN shops USING (store_id)))",
             ("FeatureTrim", "JoinRemove", "FieldTrim"), KEYED),
        Case("a tree that looks at two of seven columns, predictions above 0.9", "shop", (tree(size),),
             "SELECT id, probabilities[2] AS p FROM PREDICT(MODEL buys_tree, TABLE offers) WHERE probabilities[2] > 0.9",
             ("FeatureFilter",),
             ("CREATE OR REPLACE TABLE offers AS FROM sales LEFT JOIN products USING (product_id)"
              " LEFT JOIN stores USING (store_id)",)),
        Case("W2, flights from the two largest airports", "flights", (late,),
             "SELECT id, probabilities AS p FROM PREDICT(MODEL late, TABLE hubs)", ("StatisticsPrune",),
             ("CREATE OR REPLACE TABLE hubs AS FROM flights WHERE origin_rank <= 2",)),
        Case("W2, how many rows there are", "flights", (late,),
             "SELECT count(*) AS n FROM PREDICT(MODEL late, TABLE flights)", ("PredictRemove",)),
    ]


def needed(size: Size) -> list:
    """Workloads of which the cases need tables and models: a model may have learnt from another table than it scores."""
    return [workload for case in cases(size) for model in case.models
            for workload in (model, replace(model, warehouse=case.warehouse))]


def measure(size: Size, logs: Path) -> list:
    """For each case: its seconds with all rules, and without each of its own."""
    results = []
    for number, case in enumerate(cases(size), 1):
        created = [sql for model in case.models for sql in auspex.create_model(size, model)]
        found = auspex.in_jvm(["io.auspex.bench.Rules"], size, case.warehouse, logs / f"rules-{number}.log", {
            "setup": [*created, *case.setup], "rules": case.rules,
            "statement": auspex.statement(case.query)})
        print(f"  {case.title}: {found.get('error') or gains(found)}", flush=True)
        results.append({"title": case.title, "rules": case.rules} | found)
    return results


def gains(found: dict) -> str:
    return ", ".join(f"{rule} {way['median'] / found['median']:.2f}" for rule, way in found["without"].items())
