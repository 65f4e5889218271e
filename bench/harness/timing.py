"""How often a way is run, and which of its runs count: as Timing.java has it. Imports nothing heavy."""

# So many runs may take the budget each. One run of a slow way says little.
LEAST = 3


def allowed(runs: int, budget: float) -> float:
    """The seconds that so many runs and one more may take."""
    return LEAST * budget if runs < LEAST else budget


def counted(result: dict) -> list:
    """The later half of the runs: the earlier warms caches and compilers. The first run where there are no others."""
    runs = result.get("runs") or [result["first"]]
    return runs[len(runs) // 2:]
