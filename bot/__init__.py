"""The wiring: settings, composition root, command line, the clock."""
