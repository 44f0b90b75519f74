"""Presentation: the estimate frame in Dutch numbers, words, tables and figures.

It reads the estimate frame and the questionnaire, computes no statistic, and never imports estimation. Figures are not
imported here: ``srsmeting.presentation.figures`` loads seaborn.
"""

from srsmeting.presentation.annex_tables import coverage_table, pijlers_table, response_table
from srsmeting.presentation.exhibit import Exhibit
from srsmeting.presentation.formats import (
    format_change,
    format_count,
    format_counted,
    format_decimals,
    format_estimate,
    format_percentage,
    format_procent,
)
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell, legend
from srsmeting.presentation.tables import distribution_table, means_table
from srsmeting.presentation.words import aantal, agree, opsomming, sentence_start, share_of, share_verb, share_words

__all__ = [
    "format_percentage",
    "format_procent",
    "format_change",
    "format_decimals",
    "format_count",
    "format_estimate",
    "format_counted",
    "Cell",
    "legend",
    "share_words",
    "share_of",
    "share_verb",
    "aantal",
    "agree",
    "opsomming",
    "sentence_start",
    "Exhibit",
    "Table",
    "Column",
    "Row",
    "distribution_table",
    "means_table",
    "response_table",
    "coverage_table",
    "pijlers_table",
]
