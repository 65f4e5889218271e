"""Whether two tables of DuckDB have the same rows; the second is dropped. A process of its own; prints JSON."""
import json
import sys

import duckdb

from . import table


def main(database: str, first: str, second: str) -> None:
    with duckdb.connect(database) as warehouse:
        digests = [warehouse.execute(table.digest(name)).fetchone() for name in (first, second)]
        warehouse.execute(f"DROP TABLE {second}")
    print(json.dumps(digests[0] == digests[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
