"""Cells to coded answers."""
