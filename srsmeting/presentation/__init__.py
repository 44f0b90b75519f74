"""Presentation: the estimate frame in Dutch numbers, words, tables and figures."""
