"""The two doors beside what people would use instead; see `python -m benchmarks --help`."""
