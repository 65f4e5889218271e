"""Compares the scores of a peer with those of tuned Python, in a process of its own; prints JSON."""
import json
import sys

import duckdb

REFERENCE = "scores_a1"


def main(database: str, scores: str, ranked: str, drop: str) -> None:
    with duckdb.connect(database) as warehouse:
        print(json.dumps(compare(warehouse, scores, ranked == "ranked")))
        if drop == "drop":
            warehouse.execute(f"DROP TABLE {scores}")


def compare(warehouse, scores: str, ranked: bool) -> dict:
    """Scores of the same id, or of the same place where rows are ranked (the ids of equal scores may differ).

    `labels` is how many rows are on another side of 0.5 than tuned Python's, `rows` how many it has.
    """
    key = "row_number() OVER (ORDER BY p DESC)" if ranked else "id"
    a, b = (f"(SELECT {key} AS k, p FROM {table})" for table in (REFERENCE, scores))
    rows, theirs, unmatched, difference, labels = warehouse.execute(f"""
        SELECT (SELECT count(*) FROM {scores}), (SELECT count(*) FROM {REFERENCE}),
            count(*) FILTER (WHERE a.k IS NULL OR b.k IS NULL),
            max(abs(a.p::DOUBLE - b.p::DOUBLE)), count(*) FILTER (WHERE (a.p > 0.5) <> (b.p > 0.5))
        FROM {a} a FULL JOIN {b} b USING (k)""").fetchone()
    return {"rows": rows, "unmatched": unmatched + abs(rows - theirs), "difference": difference, "labels": labels}


if __name__ == "__main__":
    main(*sys.argv[1:])
