"""Runs a process with a limit of time and of memory, and notes what it took."""
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

MOST_MEMORY = 0.6  # of the machine's
TICK = 0.2


@dataclass
class Ended:
    """`seconds` from its start to its end, `peak` its resident bytes with its children's; `failure` if it failed.

    `cpu` is the seconds of processors that it took, without its children's.
    """

    seconds: float
    peak: int
    failure: str = ""
    cpu: float = 0


def run(command: list, log: Path, limit: float, with_children: bool = False, environment: dict | None = None,
        without: tuple = ()) -> Ended:
    """`environment` adds variables, `without` takes some away."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as output:
        start = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT, start_new_session=True, env=variables(environment, without))
        watch = Watch(process.pid, with_children)
        failure = ""
        try:
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                now = time.monotonic()
                if pid:
                    break
                failure = failure or watch.look(now - start, limit)
                if failure:
                    os.killpg(process.pid, signal.SIGKILL)
                # Within a hundredth of what it took.
                time.sleep(min(0.02, max(0.001, (now - start) / 100)))
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if not failure and process.returncode:
        failure = last_line(log) or f"exit status {process.returncode}"
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Ended(now - start, max(peak, watch.peak), failure, usage.ru_utime + usage.ru_stime)


def variables(environment: dict | None = None, without: tuple = ()) -> dict:
    """This process's variables with others added, and some taken away."""
    return {k: v for k, v in os.environ.items() if k not in without} | (environment or {})


class Watch:
    def __init__(self, pid: int, with_children: bool):
        self.pid = pid
        self.with_children = with_children
        self.most = MOST_MEMORY * psutil.virtual_memory().total
        self.peak = 0
        self.next = 0.0

    def look(self, elapsed: float, limit: float) -> str:
        """Why the process must end, if it must."""
        if elapsed > limit:
            return f"> {limit:.0f} s"
        if elapsed >= self.next:
            self.next = elapsed + TICK
            self.peak = max(self.peak, self.resident())
        return f"> {self.most / 2**30:.0f} GiB of memory" if self.peak > self.most else ""

    def resident(self) -> int:
        try:
            one = psutil.Process(self.pid)
            family = [one, *(one.children(recursive=True) if self.with_children else [])]
            return sum(process.memory_info().rss for process in family)
        except psutil.Error:  # it has just ended
            return 0


def last_line(log: Path) -> str:
    """What an ended process said last; of a stack trace, its reason."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    reasons = [line for line in lines if re.match(r"(Caused by: )?[\w.$]+(Error|Exception): ", line)]
    return (reasons or lines or [""])[-1][:200]
