"""What the numbers were measured on. No names of hosts, no paths."""
import os
import platform
import re
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from .places import ROOT

PACKAGES = ("duckdb onnxruntime pyarrow numpy pandas scikit-learn lightgbm xgboost skl2onnx onnxmltools orbital"
            " pyspark lleaves adbc-driver-postgresql connectorx").split()


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def describe() -> dict:
    pom = (ROOT / "pom.xml").read_text()
    java = re.search(r'version "([^"]+)"', subprocess.run(["java", "-version"], capture_output=True, text=True).stderr)
    return {
        "processor": processor(),
        "cores": cores(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "system": platform.system(),
        "java": java.group(1) if java else "unknown",
        "python": platform.python_version(),
        "auspex": {"duckdb_jdbc": pom_version(pom, "duckdb"), "onnxruntime": pom_version(pom, "onnxruntime"),
                   "arrow": pom_version(pom, "arrow"), "calcite": pom_version(pom, "calcite")},
        "packages": {name: installed(name) for name in PACKAGES},
    }


def processor() -> str:
    info = Path("/proc/cpuinfo")
    name = re.search(r"model name\s*: (.*)", info.read_text()) if info.exists() else None
    return name.group(1) if name else platform.processor() or platform.machine()


def pom_version(pom: str, name: str) -> str:
    found = re.search(rf"<{name}\.version>([^<]+)<", pom)
    return found.group(1) if found else "unknown"


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
