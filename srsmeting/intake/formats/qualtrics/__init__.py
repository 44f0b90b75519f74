"""Qualtrics: its dialect, what it adds, its header rows, and the readers of its exports."""
