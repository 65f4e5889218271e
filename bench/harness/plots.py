"""The pictures of the page, as SVG files that come out the same for the same results."""
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

from .python import PEERS

COLOURS = {"auspex": "#d1495b", "a1": "#00798c", "a2": "#66a182", "b": "#edae49", "c": "#2e4057", "d": "#8d96a3",
           "e": "#a26769", "f": "#5f4bb6"}
NAMES = {"auspex": "Auspex"} | PEERS
MARK = "benchmarks"


def draw(results: dict, folder: Path) -> dict:
    """Returns the Markdown of each picture."""
    plt.rcParams |= {"svg.hashsalt": MARK, "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}
    pictures = {"ratios": ratios(results, folder)}
    for grows in ("rows", "features", "threads"):
        points = [p for p in results["scaling"] if p["grows"] == grows and "error" not in p]
        if points:
            pictures[grows] = growth(grows, points, folder)
    return pictures


def save(figure, folder: Path, name: str, words: str) -> str:
    file = folder / f"benchmark-{name}.svg"
    figure.savefig(file, metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    plt.close(figure)
    # No spaces at the ends of lines.
    file.write_text("\n".join(line.rstrip() for line in file.read_text().splitlines()) + "\n")
    return f"![{words}](images/{file.name})"


def ratios(results: dict, folder: Path) -> str:
    """A group of bars a workload: how many times as long as Auspex each way takes."""
    workloads = [w for w in results["workloads"] if "median" in w["ways"]["auspex"]]
    ways = [way for way in PEERS if any("median" in w["ways"].get(way, {}) for w in workloads)]
    if not ways:
        return ""
    figure, axes = plt.subplots(figsize=(9, 4))
    width = 0.85 / len(ways)
    for i, way in enumerate(ways):
        places, heights = [], []
        for place, w in enumerate(workloads):
            if "median" in w["ways"].get(way, {}):
                places.append(place + (i - (len(ways) - 1) / 2) * width)
                heights.append(w["ways"][way]["median"] / w["ways"]["auspex"]["median"])
        axes.bar(places, heights, width, color=COLOURS[way], label=NAMES[way])
    axes.axhline(1, color=COLOURS["auspex"], linewidth=1.5, label="Auspex")
    axes.set_yscale("log")
    axes.set_xticks(range(len(workloads)), [w["name"] for w in workloads])
    axes.set_ylabel("times as long as Auspex")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, 1.22))
    return save(figure, folder, "ratios", "How many times as long as Auspex each way takes, by workload")


def growth(grows: str, points: list, folder: Path) -> str:
    """Time a row on the left, memory on the right."""
    figure, (time, memory) = plt.subplots(1, 2, figsize=(9, 3))
    for way in dict.fromkeys(p["way"] for p in points):
        mine = [p for p in points if p["way"] == way]
        amounts = [p["amount"] for p in mine]
        for axes, values in ((time, [p["median"] / p["rows"] * 1e6 for p in mine]),
                             (memory, [p["peak"] / 2**20 for p in mine])):
            axes.plot(amounts, values, marker="o", markersize=4, color=COLOURS[way], label=NAMES[way])
    for axes, title in ((time, "microseconds a row"), (memory, "peak of memory, MiB")):
        axes.set_xlabel(grows)
        axes.set_title(title, fontsize=9)
        axes.spines[["top", "right"]].set_visible(False)
        if grows == "threads":
            axes.set_xticks(sorted({p["amount"] for p in points}))
        else:
            axes.set_xscale("log")
    time.set_yscale("log")
    memory.set_ylim(bottom=0)
    time.legend(frameon=False)
    return save(figure, folder, grows, f"Time a row and memory, by {grows}")
