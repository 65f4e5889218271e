"""Measures Auspex beside other ways to score a table. `./auspex-bench` runs it."""
