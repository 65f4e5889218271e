"""The part of the page on other databases."""

PEERS_READING = ("adbc", "connectorx")
BARE = ("bare", "psql")


def part(found: dict | None) -> str:
    if not found:
        return ""
    if "error" in found:
        return f"## Other databases\n\nThis part could not be measured: `{found['error']}`"
    texts = [INTRODUCTION.format(**found, packages=packages(found))]
    for direction in found["directions"]:
        texts += [f"### {direction['name']}: {found['rows']:,} rows {direction['title']}", rows(direction, found),
                  verdict(direction), failures(direction)]
    return "\n\n".join(text.strip() for text in texts if text)


def packages(found: dict) -> str:
    names = ("adbc-driver-postgresql", "connectorx", "duckdb", "pyarrow")
    return ", ".join(f"{name} {found['machine']['packages'][name]}" for name in names)


def rows(direction: dict, found: dict) -> str:
    ours = direction["ways"]["auspex"].get("median")
    lines = [f"| way | seconds | million rows a second | CPU seconds | MiB, {found['few']:,} rows |"
             f" MiB, {found['rows']:,} rows | the same rows |", "| --- | ---: | ---: | ---: | ---: | ---: | --- |"]
    for key, result in direction["ways"].items():
        if "error" in result:
            lines.append(f"| {result['title']} | fails | | | | | |")
            continue
        ratio = f" ({result['median'] / ours:.2f}×)" if ours and key != "auspex" else ""
        same = {True: "yes", False: "**no**", None: ""}[result["same"]]
        cpu = f"{result['cpu']:.1f}" if "cpu" in result else ""
        few, many = (f"{result[key] >> 20:,}" if key in result else "fails" for key in ("peak_few", "peak"))
        lines.append(f"| {result['title']} | {result['median']:.2f}{ratio} |"
                     f" {found['rows'] / result['median'] / 1e6:.2f} | {cpu} | {few} | {many} | {same} |")
    return "\n".join(lines)


def verdict(direction: dict) -> str:
    """The ratios that are aimed at."""
    ways = {key: way["median"] for key, way in direction["ways"].items() if "median" in way}
    if direction["name"] == "S1":
        peers = [ways[key] for key in PEERS_READING if key in ways]
        ours = [ways[key] for key in ("auspex", "auspex2") if key in ways]
        if not peers or not ours:
            return ""
        return (f"Auspex is {min(peers) / min(ours):.2f} times as fast as the fastest of Python's ways"
                f" ({min(peers) / ours[0]:.2f} times with one partition).")
    bare = [ways[key] for key in BARE if key in ways]
    if not bare or "auspex" not in ways:
        return ""
    return f"Auspex is {min(bare) / ways['auspex']:.2f} times as fast as the faster of both bare copies."


def failures(direction: dict) -> str:
    ways = direction["ways"].values()
    failed = [f"- {way['title']} could not be measured: `{way['error']}`" for way in ways if "error" in way]
    failed += [f"- {way['title']}, memory: `{way['no_memory']}`" for way in ways if "no_memory" in way]
    return "\n".join(failed)


INTRODUCTION = """
## Other databases

{rows:,} rows of {columns} columns (integers, doubles, decimals, text, dates, timestamps, booleans; seven of them
with NULLs) out of a PostgreSQL {server} on the same machine into a table of a DuckDB file, and back.
`./auspex-bench --only S1,S2` measures this part alone, in {minutes} minutes here, at a load average of {load} over the
last 15 minutes, the measuring included.

All ways take turns, {rounds} times, with {runs} runs each after a first one that does not count: median seconds, in
brackets how many times as long as Auspex. The server's tables are in its memory, its log is not synced
(`fsync = off`), and it has written its pages before each run that writes. Memory is the largest resident size
of a process of the client that does it once, CPU seconds are that process's own with all rows; DuckDB's
memory_limit is {memory} there. For Auspex the statements are `CREATE TABLE t AS SELECT * FROM pg.public.wide` and `CREATE TABLE pg.public.copied AS SELECT * FROM wide`; in
Python Arrow goes from driver to DuckDB and back, as a stream where the driver has one, with the settings (size of
batches, stream or table, partitions) that were fastest on {few:,} rows; decimals, which come as text or floats, are
cast on the way. The bare copies send a file in PostgreSQL's own format to a table that is there. Peers: {packages},
psql {psql}.
"""
