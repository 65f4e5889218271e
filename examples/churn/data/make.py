"""Writes customers.parquet from the data set wa_churn of the R package modeldata.

    apt-get download r-cran-modeldata && dpkg-deb -x r-cran-modeldata_*.deb modeldata
    python make.py modeldata/usr/lib/R/site-library/modeldata/data
"""
import gzip
import lzma
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import rdata

BOOLEANS = ["female", "senior_citizen", "partner", "dependents", "phone_service", "paperless_billing"]
INTEGERS = ["tenure"]
REALS = ["monthly_charges", "total_charges"]


def read(folder: Path, name: str):
    """One object of an R package's "lazy load" data: an index (.rdx) into a file of compressed pieces (.rdb)."""
    def objects(raw):
        return rdata.conversion.convert(rdata.parser.parse_data(raw))

    index = objects(gzip.decompress((folder / "Rdata.rdx").read_bytes()))
    start, length = (int(i) for i in index["variables"][name])
    piece = (folder / "Rdata.rdb").read_bytes()[start:start + length]
    if piece[4:5] != b"Z":  # four bytes of length, then how it was packed: Z is raw LZMA2
        raise SystemExit(f"{name} is packed in a way this script does not know: {piece[4:5]}")
    return objects(lzma.decompress(
        piece[5:], format=lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "preset": 6}]))


customers = read(Path(sys.argv[1]), "wa_churn")
columns = {"customer_id": pa.array(np.arange(1, len(customers) + 1, dtype=np.int32))}
for c in customers.columns:
    if c in BOOLEANS:
        columns[c] = pa.array(customers[c].astype(bool))
    elif c in INTEGERS:
        columns[c] = pa.array(customers[c].astype("Int32"))
    elif c in REALS:
        columns[c] = pa.Array.from_pandas(customers[c].astype(float))  # NaN becomes NULL
    else:
        columns[c] = pa.array(customers[c].astype(str).to_list(), type=pa.string())
columns["churn"] = columns.pop("churn")  # what is to be predicted comes last

path = Path(__file__).resolve().parent / "customers.parquet"
pq.write_table(pa.table(columns), path, compression="zstd", compression_level=19)
print(f"{path.name}: {len(customers)} rows, {path.stat().st_size} bytes")
