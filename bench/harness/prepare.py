"""Makes what is missing: tables and models. A process of its own, so that the orchestrator stays small."""
import argparse
import warnings

from . import data, models, rules, scaling
from .places import DEFAULT, QUICK
from .workloads import all_workloads


def main() -> None:
    warnings.simplefilter("ignore")  # a model need not have converged to be scored
    parser = argparse.ArgumentParser()
    parser.add_argument("size", choices=[DEFAULT.name, QUICK.name])
    parser.add_argument("workloads", nargs="*")
    parser.add_argument("--parquet", action="store_true")
    parser.add_argument("--scaling", action="store_true")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--huge", action="store_true")
    asked = parser.parse_args()
    size = {s.name: s for s in (DEFAULT, QUICK)}[asked.size]
    workloads = [w for w in all_workloads(size) if w.name in asked.workloads]
    exported = list(workloads) if asked.parquet else []
    if asked.scaling:
        workloads += [workload for *_, workload, _ in scaling.points(size, asked.huge)]
    if asked.rules:
        workloads += rules.needed(size)
    for workload in workloads:
        data.create(size, workload.warehouse)
        models.create(size, workload)
        if workload.top:
            models.note_threshold(size)
    for workload in exported:
        data.export(size, workload)


if __name__ == "__main__":
    main()
