"""``python -m srsmeting``."""

from srsmeting.cli import main

main(prog_name="srsmeting")
