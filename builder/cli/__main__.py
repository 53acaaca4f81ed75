"""Lets `python -m builder.cli` be the command `casebook`."""

from builder.cli.main import main

main()
