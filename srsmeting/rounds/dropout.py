"""Drop-out as a unit tells it: how many, of whom, or a word where nobody counted."""

from __future__ import annotations

from srsmeting.goals import Dropout, Value
from srsmeting.rounds.filled import Answer, Lines
from srsmeting.rounds.told import Old, Told
from srsmeting.rounds.values import NO_DROPOUT, number_of, text_of

#: Why the drop-out of a phase may have no number.
_WORDS = ("not_applicable", "not_yet", "unknown")
#: What may be written there.
_KINDS = f"Write how many dropped out, {NO_DROPOUT!r} where nobody did, or 'n.v.t.', 'nog n.v.t.' or 'onbekend'."


def check_dropout(told: Told, lines: Lines) -> None:
    """Check how many dropped out in every phase."""
    there = {row.phase: row for row in told.monitor.dropout if (row.unit, row.moment) == (told.unit, told.moment.id)}
    phases = [phase.id for phase in told.monitor.config.phases]
    for phase, cells in lines.items():
        first, second = cells["numerator"], cells["denominator"]
        if first.value is None and second.value is None:
            told.leave_open(first, cells["note"])
            continue
        row = _counted(told, first, second)
        if not told.has("phase", phase, phases, first) or row is None:
            continue
        old = there.get(phase)
        was = Old(old.line, _text_of(old), old.note) if old else None
        out, of = row["numerator"], row["denominator"]
        said = row["value"] or (f"{out} van {of}" if of else out)
        told.add("dropout", {"phase": phase, **row, "note": text_of(cells["note"])}, first, said, was)


def _counted(told: Told, first: Answer, second: Answer) -> dict[str, str] | None:
    """Return the counts, or the word in their place; None where that is nothing, or wrong."""
    if first.value is None:
        what = "is empty beside a number of participants. Write how many dropped out, or 'onbekend'."
        told.fault(first, what, "half")
        return None
    nobody = text_of(first).lower() == NO_DROPOUT
    out: int | Value | None = 0 if nobody else number_of(told.filled, first, _WORDS, kinds=_KINDS)
    of = number_of(told.filled, second) if second.value is not None else None
    if out is None:
        return None
    if isinstance(out, Value):
        if second.value is not None:
            what = f"stands beside {out.text!r}. Write how many dropped out, or clear this cell."
            told.fault(second, what, "beside_word")
        return {"numerator": "", "denominator": "", "value": out.text}
    if second.value is None and nobody:
        return {"numerator": "", "denominator": "", "value": NO_DROPOUT}
    if second.value is None:
        what = f"is empty beside the {out} who dropped out. Write of how many, or 'onbekend'."
        told.fault(second, what, "half")
    elif of == 0:
        what = "is 0: nobody could drop out. Write 'nog n.v.t.' or 'n.v.t.' in place of the drop-outs."
        told.fault(second, what, "zero", "0")
    elif isinstance(of, int) and out > of:
        told.fault(first, f"{out} is more than the {of} who could drop out.", "more_than_all", str(out))
    return {"numerator": str(out), "denominator": str(of) if isinstance(of, int) else "", "value": ""}


def _text_of(row: Dropout) -> str:
    if row.numerator is None:
        return row.value.text if row.value else f"zie {row.same_as}"
    return f"{row.numerator} van {row.denominator}" if row.denominator is not None else str(row.numerator)
