"""The workloads: which rows are read, which model scores them, what lands."""
from dataclasses import asdict, dataclass, field, replace
import json

from .places import Size

FLIGHT_FEATURES = ("departs_at weekday day distance origin_rank destination_rank origin_flights"
                   " destination_flights origin_lat origin_lon destination_lat destination_lon").split()
SHOP_NUMBERS = "quantity discount basket visits price area rating".split()


@dataclass(frozen=True)
class Workload:
    """Scores of `scan`, a query whose first column is `id` and whose others are the features, land as (id, p).

    `where` is a predicate over the scan's columns, `tables` what the scan reads. `threshold` and `top`: only the
    best `top` rows above the threshold land, the highest first. `inputs` is "matrix" for a model with one [N,F]
    input, "columns" for one with an input a column. `library` names what trained it.
    """

    name: str
    title: str
    warehouse: str
    model: str
    library: str
    rows: int
    features: tuple
    tables: tuple
    source: str
    inputs: str = "matrix"
    strings: tuple = ()
    where: str = ""
    threshold: float = 0
    top: int = 0
    starts_count: bool = False
    scales: bool = False
    facts: dict = field(default_factory=dict)

    @property
    def columns(self) -> str:
        return ", ".join(self.features)

    @property
    def scan(self) -> str:
        """The query a peer reads, its predicate where its user would write it."""
        where = f" WHERE {self.where}" if self.where else ""
        return f"SELECT id, {self.columns} FROM {self.source}{where}"

    @property
    def landing(self) -> str:
        """What is kept of scored rows; to be completed by a table's name."""
        if not self.top:
            return "SELECT id, p FROM {}"
        return "SELECT id, p FROM {} " + f"WHERE p > {self.threshold} ORDER BY p DESC LIMIT {self.top}"

    @property
    def auspex(self) -> str:
        """The same in Auspex's SQL: the predicate stands outside, for the planner to push down."""
        conditions = [c for c in (self.where, f"p > {self.threshold}" if self.top else "") if c]
        passed = ", ".join(dict.fromkeys(["id", *self.where.split()[:1]]))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        last = f" ORDER BY p DESC LIMIT {self.top}" if self.top else ""
        return (f"SELECT id, p FROM (SELECT {passed}, probabilities[2] AS p FROM PREDICT(MODEL {self.model},"
                f" (SELECT {passed}, {self.columns} FROM {self.source}))){where}{last}")

    def job(self) -> dict:
        """Everything, for another process."""
        return asdict(self) | {"scan": self.scan, "landing": self.landing}


def all_workloads(size: Size) -> list:
    """In the order in which they run. Reads facts that preparing found out, where it has run already."""
    flights = tuple(FLIGHT_FEATURES)
    late = Workload("W2", "boosted trees, 100 of depth 6 (LightGBM), flights", "flights", "late", "lightgbm",
                    size.flights, flights, ("flights",), "flights", scales=True)
    normals = tuple(f"f{i}" for i in range(28))
    units = tuple(f"f{i}" for i in range(20))
    workloads = [
        Workload("W1", "logistic regression, 28 features", "normals", "signal", "sklearn", size.normals, normals,
                 ("normals",), "normals"),
        late,
        Workload("W3", "MLP 20-64-32-1", "mlp", "mlp", "sklearn", size.mlp, units, ("units",), "units"),
    ]
    shop = ("sales JOIN products USING (product_id) JOIN stores USING (store_id)")
    for share in (10, 30, 60, 100):
        workloads.append(Workload(
            f"W4-{share}", f"pipeline with 4,000 categories over a join, {share}% of rows", "shop", "buys", "sklearn",
            size.facts * share // 100, tuple(SHOP_NUMBERS) + ("category",), ("sales", "products", "stores"), shop,
            inputs="columns", strings=("category",), where=f"bucket < {share}"))
    threshold = threshold_of(size)
    workloads += [
        replace(late, name="W5", title=f"W2's model, the 100 best above {threshold}", threshold=threshold, top=100),
        Workload("W6", "random forest, 500 trees of depth 10", "forest", "forest", "sklearn", size.forest, flights,
                 ("forest",), "forest"),
        Workload("W7", "boosted trees (XGBoost), 1% of rows distinct", "repeated", "late_xgb", "xgboost",
                 size.repeated, flights, ("repeated",), "repeated"),
        replace(late, name="W8", title="W2's model on few rows, with process start", rows=size.few,
                source="few", tables=("few",), starts_count=True),
    ]
    return workloads


def threshold_of(size: Size) -> float:
    """0.9, or less where fewer rows than one in a hundred are above it."""
    facts = size.folder / "facts.json"
    return json.loads(facts.read_text())["threshold"] if facts.exists() else 0.9
