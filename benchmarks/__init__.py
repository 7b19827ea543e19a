"""What the project costs, as ratios of one run: ``python -m benchmarks.cycle``, ``... .judge``."""
