"""Where things are, and how large they are. Imports nothing heavy: the orchestrator must stay small."""
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
DATA = BENCH / ".data"
FLIGHTS = DATA / "flights-3m.parquet"
AIRPORTS = DATA / "airports.csv"


@dataclass(frozen=True)
class Size:
    """How many rows each workload scores and each model learns from, and how long a peer may take.

    `limit` ends a peer's process (seconds). A first run is repeated at least once if it takes less than `patience`,
    and up to `runs` times while that takes less than `budget` in all; three times where each takes less than that.
    """

    name: str
    normals: int
    flights: int
    mlp: int
    facts: int
    forest: int
    repeated: int
    few: int
    learn: int
    scaling_rows: tuple
    scaling_features: tuple
    scaling_features_rows: int
    runs: int
    starts: int
    limit: float
    patience: float
    budget: float
    source_rows: int
    source_few: int

    @property
    def folder(self) -> Path:
        return DATA / self.name

    def database(self, warehouse: str) -> Path:
        return self.folder / f"{warehouse}.duckdb"


DEFAULT = Size("full", 10_000_000, 3_000_000, 10_000_000, 3_000_000, 300_000, 3_000_000, 1_000, 1_000_000,
               (10_000, 100_000, 1_000_000, 10_000_000), (4, 20, 100, 400), 250_000,
               runs=60, starts=3, limit=60, patience=15, budget=6, source_rows=5_000_000, source_few=500_000)
QUICK = Size("quick", 50_000, 50_000, 50_000, 50_000, 5_000, 50_000, 1_000, 20_000,
             (1_000, 10_000), (4, 40), 10_000, runs=2, starts=1, limit=40, patience=10, budget=2, source_rows=20_000, source_few=5_000)
HUGE_ROWS = 100_000_000
