"""Cells with a formula: an answer to a closed question is then not to be trusted, a text is a text all the same.

A text that begins with "=" becomes a formula in the hands of many a program. Nobody but the respondent knows what was
meant, but something was written, and that is what counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np

from srsmeting.errors import Fault
from srsmeting.intake.binding.bind import Binding
from srsmeting.intake.checks.findings import Finding, where
from srsmeting.intake.raw import BY_HAND, FORMULA, Lines, RawExport

Place = tuple[int, str]


def split_faults(
    raw: RawExport, binding: Binding, corrected: Collection[Place]
) -> tuple[list[Fault], dict[str, list[int]]]:
    """Return the faults of an export, and by column of texts the lines on which one is a formula.

    A formula is no fault in a column that is left out, in a response that was set aside by hand, and where
    ``corrections.yaml`` says what the answer is (`corrected`: the cells, by line and column).
    """
    faults: list[Fault] = []
    texts: dict[str, list[int]] = {}
    aside = frozenset(raw.lines[(raw.set_aside == BY_HAND).to_numpy(dtype=np.bool_)].tolist())
    for fault in raw.faults:
        line = fault.line or 0
        if fault.rule != FORMULA or line not in raw.lines:
            faults.append(fault)
        elif (line, fault.column) in corrected or fault.column in binding.ignored or line in aside:
            continue
        elif fault.column in binding.texts:
            texts.setdefault(fault.column, []).append(line)
        else:
            faults.append(fault)
    return faults, texts


def not_of_formulas(faults: Iterable[Fault], formulas: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the faults of coding that are not of a cell with a formula, of which enough was said."""
    said = {(fault.line, fault.column) for fault in formulas if fault.rule == FORMULA}
    return (fault for fault in faults if (fault.line, fault.column) not in said)


def formula_findings(texts: Mapping[str, Collection[int]], binding: Binding, lines: Lines) -> Iterator[Finding]:
    """Yield per column of texts how many are a formula; `lines` are those of the responses that count."""
    columns = {column: name for names in (binding.columns, binding.other_texts) for name, column in names.items()}
    for column, found in texts.items():
        rows = np.flatnonzero(np.isin(lines, list(found)))
        if len(rows):
            what = "1 tekst is" if len(rows) == 1 else f"{len(rows)} teksten zijn"
            message = (
                f"{what} een formule. Gelezen is wat het werkblad laat zien, of de formule zelf waar het niets laat "
                f"zien. {where(rows, lines)}"
            )
            yield Finding("formula_in_text", columns.get(column, "").partition(".")[0], len(rows), message)
