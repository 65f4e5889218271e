"""The table that is read and written: twenty columns of all common kinds, some with gaps."""

# Name, type in both systems, and its value by the row's number i, as PostgreSQL computes it.
COLUMNS = (
    ("id", "BIGINT", "i"),
    ("i1", "INTEGER", "i * 7919 % 1000003"),
    ("i2", "INTEGER", "CASE WHEN i % 10 <> 3 THEN i * 31 % 1000 END"),
    ("i3", "INTEGER", "i % 7"),
    ("b1", "BIGINT", "i * 1000003"),
    ("b2", "BIGINT", "CASE WHEN i % 20 <> 7 THEN i * 2654435761 % 1000000007 END"),
    ("d1", "DOUBLE PRECISION", "i * 0.37"),
    ("d2", "DOUBLE PRECISION", "sqrt(i)"),
    ("d3", "DOUBLE PRECISION", "CASE WHEN i % 25 <> 4 THEN sin(i) END"),
    ("d4", "DOUBLE PRECISION", "(i % 100000) / 7.0"),
    ("n1", "DECIMAL(12,2)", "i * 37 % 10000000 / 100.0"),
    ("n2", "DECIMAL(18,4)", "CASE WHEN i % 15 <> 2 THEN i * 7919 % 100000000000 / 10000.0 END"),
    ("t1", "TEXT", "'category ' || i % 1000"),
    ("t2", "TEXT", "md5(i::text)"),
    ("t3", "TEXT", "CASE WHEN i % 8 <> 1 THEN 'Zoë ' || chr(945 + (i % 24)::int) || ' ' || i % 100000 END"),
    ("day", "DATE", "date '2000-01-01' + (i % 9000)::int"),
    ("sold", "TIMESTAMP", "timestamp '2020-01-01' + i * interval '1 second'"),
    ("seen", "TIMESTAMPTZ",
     "CASE WHEN i % 12 <> 5 THEN timestamptz '2020-01-01 00:00:00Z' + i * interval '37 milliseconds' END"),
    ("ok", "BOOLEAN", "i % 2 = 0"),
    ("maybe", "BOOLEAN", "CASE WHEN i % 5 <> 0 THEN i % 3 = 0 END"),
)
# The drivers of Python give these as text or as floats.
EXACT = {name: type_ for name, type_, _ in COLUMNS if type_.startswith("DECIMAL")}


def create(table: str) -> str:
    return f"CREATE TABLE {table} (" + ", ".join(f"{name} {type_}" for name, type_, _ in COLUMNS) + ")"


def fill(table: str, rows: int) -> str:
    values = ", ".join(f"({value})::{type_}" for _, type_, value in COLUMNS)
    return f"INSERT INTO {table} SELECT {values} FROM generate_series(0::bigint, {rows - 1}) s(i)"


def exact(rows: str) -> str:
    """A query of `rows` with the table's types, for DuckDB."""
    casts = ", ".join(f"{name}::{type_} AS {name}" for name, type_ in EXACT.items())
    return f"SELECT * REPLACE ({casts}) FROM {rows}"


def digest(table: str) -> str:
    """A query of DuckDB: what all rows come to, in whatever order they are."""
    values = ", ".join(f"{name}::{'DOUBLE' if type_ == 'DOUBLE PRECISION' else type_}" for name, type_, _ in COLUMNS)
    return f"SELECT count(*), sum(hash({values})::HUGEINT) FROM {table}"


def digest_there(table: str) -> str:
    """The same of PostgreSQL, as one text. Types are the table's: a decimal's own scale does not count."""
    values = ", ".join(f"{name}::{type_}" for name, type_, _ in COLUMNS)
    return f"SELECT count(*) || ' ' || sum(hashtextextended(row({values})::text, 0)) FROM {table}"
