"""Make what is left of a faulty file readable, so that its other faults can be told in the same breath.

A question that cannot be understood is replaced by a stub that keeps its id: what refers to it is not a second fault.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from srsmeting.yamlfile import Loc, ModelFault, YamlFile

#: Keys whose value no rule looks at: any text will do in their place.
_PROSE = frozenset({"label", "title", "text", "aim", "respondents", "definition"})


class Salvaged(NamedTuple):
    """A file in which every fault has been taken away, and the questions and lists that must not be looked at again."""

    file: YamlFile
    broken_questions: frozenset[int]
    pijlers_known: bool


def salvage(file: YamlFile, faults: Sequence[ModelFault]) -> Salvaged:
    """Take the faults that were found out of the data of a file."""
    data = copy.deepcopy(file.data)
    lines = dict(file.lines)
    broken: set[int] = set()
    dropped: set[Loc] = set()
    for loc, fault, meant in faults:
        parent, key = _parent(data, loc), loc[-1]
        if fault.rule == "unknown_key":
            value = parent.pop(key)
            if meant:
                parent[meant] = value
                lines[(*loc[:-1], meant)] = lines.get(loc, fault.line or 0)
        elif fault.rule in ("unknown_kind", "unknown_fase") and (meant or key == "fase"):
            parent[key] = meant or "algemeen"
        elif key in _PROSE and isinstance(parent, dict):
            parent[key] = "?"
        elif loc[0] == "questions" and len(loc) > 1 and isinstance(loc[1], int):
            broken.add(loc[1])
        elif loc == ("meting",):
            data["meting"] = "unknown"
        else:
            # One scale can be missed; of what else stands above the questions, the whole list.
            dropped.add(loc[:2] if loc[0] == "scales" else loc[:1])
    # Last, because every fault is looked up by its place.
    for loc in dropped:
        if loc[0] == "scales":
            asked = _get(data, "questions")
            used = [_get(question, "scale") for question in asked] if isinstance(asked, list) else []
            broken |= {n for n, scale in enumerate(used) if scale and loc in (("scales",), ("scales", scale))}
        _parent(data, loc).pop(loc[-1], None)
    if ("pijlers",) in dropped:
        data["pijlers"] = [{"id": "unknown", "label": "?"}]
    for n in broken:
        data["questions"][n] = _stub(data["questions"][n], n)
    return Salvaged(replace(file, data=data, lines=lines), frozenset(broken), ("pijlers",) not in dropped)


def _stub(question: Any, n: int) -> dict[str, str]:
    name = _get(question, "id")
    name = name if isinstance(name, str | int) and not isinstance(name, bool) else f"question_{n + 1}"
    return {"id": str(name), "kind": "open", "title": "?", "text": "?", "pijler": "?", "fase": "algemeen"}


def _parent(data: Any, loc: Loc) -> Any:
    for step in loc[:-1]:
        data = data[step] if isinstance(data, list) and isinstance(step, int) else _get(data, step)
    return data


def _get(data: Any, key: str | int) -> Any:
    return data.get(key) if isinstance(data, dict) else None
