"""The order in which Qualtrics asks: blocks of questions in a flow that can branch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

Payload = Mapping[str, Any]

#: Flows inside flows; more is not made by hand.
_DEEPEST = 30


def questions_in_flow(elements: Sequence[Payload], qids: Collection[str]) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield every question once, in the order of the flow: its id, the name of its block, the branches it is behind.

    Questions in the bin are left out; what the flow does not name comes at the end. A block that the flow names twice
    is asked where the flow names it first, and its branches are then not told: they are alternatives.
    """
    blocks = dict(_blocks(elements))
    flows = [element.get("Payload") for element in elements if element.get("Element") == "FL"]
    walked = [entry for flow in flows if isinstance(flow, dict) for entry in _walk(flow, [], 0)]
    named: dict[str, list[list[Any]]] = {}
    for block, branches in walked:
        named.setdefault(block, []).append(branches)
    trash = {qid for kind, _, listed in blocks.values() if kind == "Trash" for qid in listed}
    seen: set[str] = set()
    for block in dict.fromkeys([*named, *blocks]):
        kind, title, listed = blocks.get(block, ("", "", []))
        if kind == "Trash":
            continue
        ways = named.get(block, [[]])
        for qid in listed:
            if qid in qids and qid not in seen:
                seen.add(qid)
                yield qid, title, ways[0] if len(ways) == 1 else []
    yield from ((qid, "", []) for qid in qids if qid not in seen and qid not in trash)


def _blocks(elements: Sequence[Payload]) -> Iterator[tuple[str, tuple[str, str, list[str]]]]:
    for element in elements:
        payload = element.get("Payload")
        if element.get("Element") != "BL":
            continue
        # A list, or an object with numbers for keys, by version.
        listed = payload.values() if isinstance(payload, dict) else payload if isinstance(payload, list) else ()
        for block in listed:
            if isinstance(block, dict):
                parts = block.get("BlockElements")
                qids = [
                    str(part.get("QuestionID", ""))
                    for part in (parts if isinstance(parts, list) else ())
                    if isinstance(part, dict) and part.get("Type") == "Question"
                ]
                yield str(block.get("ID", "")), (str(block.get("Type", "")), str(block.get("Description", "")), qids)


def _walk(flow: Payload, branches: list[Any], depth: int) -> Iterator[tuple[str, list[Any]]]:
    if depth > _DEEPEST:
        return
    if flow.get("Type") in ("Block", "Standard") and flow.get("ID"):
        yield str(flow["ID"]), branches
    if flow.get("Type") == "Branch":
        branches = [*branches, flow.get("BranchLogic")]
    inside = flow.get("Flow")
    for part in inside if isinstance(inside, list) else ():
        if isinstance(part, dict):
            yield from _walk(part, branches, depth + 1)
