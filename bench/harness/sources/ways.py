"""What is measured, and by what."""
from dataclasses import dataclass

AUSPEX = "auspex"


@dataclass(frozen=True)
class Way:
    """`by` is what runs it: auspex, python, psql or java."""

    key: str
    title: str
    by: str


@dataclass(frozen=True)
class Direction:
    name: str
    title: str
    ways: tuple


READING = Direction("S1", "out of PostgreSQL into a table of DuckDB", (
    Way(AUSPEX, "Auspex", "auspex"),
    Way("auspex2", "Auspex, two partitions", "auspex"),
    Way("adbc", "adbc_driver_postgresql, Arrow stream", "python"),
    Way("connectorx", "connectorx, Arrow", "python"),
    Way("duckdb", "DuckDB's own reader", "python"),
    Way("psql", r"psql \copy, to a CSV file only", "psql"),
))
WRITING = Direction("S2", "out of a table of DuckDB into PostgreSQL", (
    Way(AUSPEX, "Auspex", "auspex"),
    Way("bare", "binary COPY of a file, JDBC driver", "java"),
    Way("psql", r"binary COPY of a file, psql \copy", "psql"),
    Way("adbc", "adbc_driver_postgresql, ingest", "python"),
))
DIRECTIONS = (READING, WRITING)
