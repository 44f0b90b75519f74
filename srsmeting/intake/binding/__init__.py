"""Columns of an export to questions, by code or through a mapping."""
