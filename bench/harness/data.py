"""Makes the tables, the same ones each time."""
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from .places import AIRPORTS, DATA, FLIGHTS, HUGE_ROWS, Size

PACKAGE = "vega-datasets@3.2.1"
DIGESTS = {
    FLIGHTS: "dbeb920c90f59b6ccaff823dcc3d08f25a97fa1ce128d93f40be4e931f5900b0",
    AIRPORTS: "903c7169e6d558eefb95295fe2947ec8503135fbb855ea5c737cf4a90ea603ad",
}
CHUNK = 250_000


def fetch_flights() -> None:
    """Three million flights of 2001 and their airports, out of the npm package vega-datasets."""
    if all(f.exists() for f in DIGESTS):
        return
    npm = shutil.which("npm")
    if not npm:
        raise SystemExit(f"npm is missing: install it, or put data/flights-3m.parquet and data/airports.csv"
                         f" of its package {PACKAGE} into bench/.data.")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            for target, digest in DIGESTS.items():
                content = archive.extractfile(f"package/data/{target.name}").read()
                if hashlib.sha256(content).hexdigest() != digest:
                    raise SystemExit(f"{target.name} of {PACKAGE} is not the file that this benchmark knows.")
                target.write_bytes(content)


def normals(rows: int, features: int, seed: int):
    """Batches of (id, f0, …), normal FLOATs; the same numbers whatever the number of rows."""
    for start in range(0, rows, CHUNK):
        count = min(CHUNK, rows - start)
        values = np.random.default_rng([seed, start]).standard_normal((features, CHUNK), dtype=np.float32)[:, :count]
        yield pa.record_batch([pa.array(np.arange(start, start + count)), *(pa.array(column) for column in values)],
                              schema=normals_schema(features))


def normals_schema(features: int) -> pa.Schema:
    return pa.schema([("id", pa.int64()), *((f"f{i}", pa.float32()) for i in range(features))])


def create_normals(warehouse, table: str, rows: int, features: int, seed: int) -> None:
    reader = pa.RecordBatchReader.from_batches(normals_schema(features), normals(rows, features, seed))
    warehouse.register("generated", reader)
    warehouse.execute(f"CREATE OR REPLACE TABLE {table} AS FROM generated")
    warehouse.unregister("generated")


FLIGHT_FEATURES = f"""
    WITH raw AS (SELECT row_number() OVER () - 1 AS id, * FROM '{FLIGHTS.as_posix()}'),
    ports AS (
        SELECT port, row_number() OVER (ORDER BY n DESC, port) AS rank, n
        FROM (SELECT port, count(*) AS n FROM (SELECT unnest([origin, destination]) AS port FROM raw) GROUP BY port)),
    places AS (
        SELECT port, rank, n, latitude AS lat, longitude AS lon
        FROM ports LEFT JOIN '{AIRPORTS.as_posix()}' ON iata = port)
    SELECT raw.id, delay >= 15 AS late,
        (hour(date) * 60 + minute(date))::FLOAT AS departs_at, isodow(date)::FLOAT AS weekday,
        dayofyear(date)::FLOAT AS day, distance::FLOAT AS distance,
        o.rank::FLOAT AS origin_rank, d.rank::FLOAT AS destination_rank,
        o.n::FLOAT AS origin_flights, d.n::FLOAT AS destination_flights,
        o.lat::FLOAT AS origin_lat, o.lon::FLOAT AS origin_lon,
        d.lat::FLOAT AS destination_lat, d.lon::FLOAT AS destination_lon
    FROM raw JOIN places o ON o.port = origin JOIN places d ON d.port = destination"""


def create_flights(size: Size) -> None:
    with open_warehouse(size, "flights") as warehouse:
        # Taken in the order of a hash: any number of them is a sample of the whole.
        warehouse.execute(f"CREATE OR REPLACE TABLE flights AS SELECT * FROM ({FLIGHT_FEATURES})"
                          f" ORDER BY hash(id), id LIMIT {size.flights}")
        warehouse.execute(f"CREATE OR REPLACE TABLE few AS FROM flights LIMIT {size.few}")


def create_of_flights(size: Size, name: str, query: str) -> None:
    with open_warehouse(size, name) as warehouse:
        warehouse.execute(f"ATTACH '{size.database('flights').as_posix()}' AS air (READ_ONLY)")
        warehouse.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")


def create_shop(size: Size) -> None:
    """Sales of 20,000 products of 4,000 categories in 500 stores. A number in twenty is missing."""
    draws = iter(range(1, 100))

    def uniform() -> str:  # of the row's id, the same on every machine and with any number of threads
        return f"(hash(id, {next(draws)}) % 1000003) / 1000003"

    def with_gaps(value: str) -> str:
        return f"CASE WHEN {uniform()} >= 0.05 THEN ({value})::FLOAT END"

    with open_warehouse(size, "shop") as warehouse:
        warehouse.execute(f"""CREATE OR REPLACE TABLE products AS
            SELECT id AS product_id, 'category ' || lpad((id % 4000)::VARCHAR, 4, '0') AS category,
                {with_gaps(f'exp(3 * {uniform()})')} AS price FROM range(20000) t(id)""")
        warehouse.execute(f"""CREATE OR REPLACE TABLE stores AS
            SELECT id AS store_id, {with_gaps(f'100 + 900 * {uniform()}')} AS area,
                {with_gaps(f'5 * {uniform()}')} AS rating FROM range(500) t(id)""")
        warehouse.execute(f"""CREATE OR REPLACE TABLE sales AS
            SELECT id, (hash(id, 901) % 20000)::INTEGER AS product_id, (hash(id, 902) % 500)::INTEGER AS store_id,
                (hash(id, 903) % 100)::INTEGER AS bucket,
                {with_gaps(f'1 + floor(9 * {uniform()})')} AS quantity, {with_gaps(uniform())} AS discount,
                {with_gaps(f'exp(2 * {uniform()})')} AS basket, {with_gaps(f'floor(50 * {uniform()})')} AS visits
            FROM range({size.facts}) t(id)""")


def open_warehouse(size: Size, name: str):
    size.folder.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(str(size.database(name)))


def create(size: Size, name: str) -> None:
    """Makes one warehouse, unless it is there."""
    done = size.folder / f"{name}.done"
    if done.exists():
        return
    DATA.mkdir(exist_ok=True)
    print(f"making the tables of {name}", flush=True)
    match name:
        case "normals":
            with open_warehouse(size, name) as warehouse:
                create_normals(warehouse, "normals", size.normals, 28, 1)
        case "mlp":
            with open_warehouse(size, name) as warehouse:
                create_normals(warehouse, "units", size.mlp, 20, 3)
        case "huge":
            with open_warehouse(size, name) as warehouse:
                create_normals(warehouse, "normals", HUGE_ROWS, 28, 1)
        case "wide":
            with open_warehouse(size, name) as warehouse:
                for features in size.scaling_features:
                    create_normals(warehouse, f"wide_{features}", size.scaling_features_rows, features, 5)
        case "shop":
            create_shop(size)
        case "flights":
            fetch_flights()
            create_flights(size)
        case "forest":
            create(size, "flights")
            create_of_flights(size, name, f"FROM air.flights LIMIT {size.forest}")
        case "repeated":
            create(size, "flights")
            distinct = max(1, size.repeated // 100)
            create_of_flights(size, name, f"""
                SELECT t.id, f.* EXCLUDE (id, place) FROM range({size.repeated}) t(id)
                JOIN (SELECT row_number() OVER () - 1 AS place, * FROM (FROM air.flights LIMIT {distinct})) f
                ON f.place = hash(t.id, 7) % {distinct} ORDER BY t.id""")
    done.touch()


def export(size: Size, workload) -> None:
    """The workload's tables as Parquet files, for who reads no DuckDB files."""
    folder = size.folder / "parquet"
    folder.mkdir(exist_ok=True)
    for table in workload.tables:
        file = folder / f"{table}.parquet"
        if not file.exists():
            with open_warehouse(size, workload.warehouse) as warehouse:
                warehouse.execute(f"COPY {table} TO '{file.as_posix()}' (FORMAT parquet, USE_TMP_FILE true)")
