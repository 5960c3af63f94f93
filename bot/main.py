"""The command line: `prework run`, `demo`, `check`, `migrate`, `import`, `export`."""


def main() -> None:
    """Run the command line."""
