"""Numbers and references: "Hoofdstuk 2", "Paragraaf 2.1", "Figuur 2.4", "Tabel A.1", over all chapters of a book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from srsmeting.errors import suggest
from srsmeting.render.book import Book
from srsmeting.render.exhibits import kind_of
from srsmeting.render.parts import Faults, Part
from srsmeting.render.tree import Node, nodes, space, span, text, walk, words

#: What the kinds are called in Dutch, in a caption and in a reference.
WORDS = {"fig": "Figuur", "tbl": "Tabel", "sec": "Paragraaf"}
CHAPTER, APPENDIX = "Hoofdstuk", "Bijlage"
NO_BREAK = "\u00a0"

#: Kinds of reference that Quarto has and the built-in renderer has not.
OTHER_KINDS = frozenset(
    [
        *("lst", "eq", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem", "alg"),
        *("tip", "nte", "wrn", "imp", "cau"),
    ]
)


@dataclass(frozen=True)
class Target:
    """What a reference can point at: how it is called, and where it was written."""

    name: str
    place: str


class Numbers:
    """Gives numbers to the headings and exhibits of a book, and turns references into links.

    Parameters
    ----------
    book
        The book, for its words and the depth of its numbers.
    faults
        Gets what is wrong.
    """

    def __init__(self, book: Book, faults: Faults) -> None:
        self._book, self._faults = book, faults
        self._targets: dict[str, Target] = {}
        self._ids: dict[str, str] = {}
        self._chapters = {"chapter": 0, "appendix": 0}
        self._loose = {"fig": 0, "tbl": 0}  # exhibits in chapters without a number

    def number(self, part: Part) -> None:
        """Give numbers to the headings and exhibits of the next chapter, in place."""
        prefix = self._chapter_number(part)
        counts = dict.fromkeys(("fig", "tbl"), 0) if prefix else self._loose
        levels: list[int] = []
        silent = 0  # the level of the heading without a number that we are below
        renamed: dict[str, str] = {}
        for node in nodes(part.blocks):
            if node["t"] == "Header":
                level, attr, _ = node["c"]
                old, attr[0] = attr[0], self._unique(part, attr[0])
                if old != attr[0]:
                    renamed[f"#{old}"] = f"#{attr[0]}"
                silent = 0 if level <= silent else silent
                if not silent and (not prefix or "unnumbered" in attr[1]):
                    silent = level
                if silent:
                    self._add(part, attr[0], "", "sec")
                    attr[1][:] = [*dict.fromkeys([*attr[1], "unnumbered"])]
                    continue
                levels = [*levels, *[0] * level][:level]
                levels[-1] += level > 1
                self._heading(part, node, ".".join([prefix, *map(str, levels[1:])]))
            elif node["t"] == "Figure" and (kind := kind_of(node["c"][0][0])):
                counts[kind] += 1
                self._exhibit(part, node, kind, f"{prefix}.{counts[kind]}" if prefix else str(counts[kind]))
        part.blocks = walk(part.blocks, lambda node: _relink(node, renamed))

    def _chapter_number(self, part: Part) -> str:
        title = next((node for node in nodes(part.blocks) if node["t"] == "Header"), None)
        if (
            self._book.is_document
            or part.chapter.path == "index.qmd"
            or title is None
            or "unnumbered" in title["c"][1][1]
        ):
            return ""
        kind = "appendix" if part.appendix else "chapter"
        self._chapters[kind] += 1
        return chr(ord("A") + self._chapters[kind] - 1) if part.appendix else str(self._chapters[kind])

    def _heading(self, part: Part, node: Node, number: str) -> None:
        level, attr, inlines = node["c"]
        chapter = level == 1
        if chapter and part.appendix:
            word = self._book.crossref.get("appendix-title", APPENDIX)
            number_shown = f"{word} {number}{self._book.crossref.get('appendix-delim', ' —')}"
        else:
            number_shown = number if level <= self._book.number_depth else ""
        if number_shown:
            node["c"][2] = [span(words(number_shown), classes=["header-section-number"]), space(), *inlines]
        word = (APPENDIX if part.appendix else CHAPTER) if chapter else WORDS["sec"]
        self._add(part, attr[0], f"{word}{NO_BREAK}{number}", "sec")

    def _exhibit(self, part: Part, node: Node, kind: str, number: str) -> None:
        name = f"{WORDS[kind]}{NO_BREAK}{number}"
        label, caption = node["c"][0][0], node["c"][1][1][0]
        delimiter = self._book.crossref.get("title-delim", ":")
        caption["c"] = [span([text(name + delimiter)], classes=["exhibit-number"]), space(), *caption["c"]]
        self._unique(part, label)
        self._add(part, label, name, kind)

    def _add(self, part: Part, label: str, name: str, kind: str) -> None:
        if label.startswith(f"{kind}-"):
            place = self._faults.place(part, f"#{label}", f"label: {label}")
            self._targets.setdefault(label, Target(name, place))

    def _unique(self, part: Part, name: str) -> str:
        """Return an id that is free; labels must be free as they are, the others are made by pandoc from the text."""
        place = self._faults.place(part, f"#{name}", f"label: {name}")
        if name not in self._ids:
            self._ids[name] = place
            return name
        if name.partition("-")[0] in WORDS:
            message = f"the label {name!r} exists already ({self._ids[name]}). Rename one of them."
            self._faults.add(part, message, near=(f"#{name}", f"label: {name}"), rule="double")
            return name
        count = 2
        while f"{name}-{count}" in self._ids:
            count += 1
        self._ids[f"{name}-{count}"] = place
        return f"{name}-{count}"

    def resolve(self, part: Part) -> None:
        """Replace the references in a chapter by links; call it when every chapter has its numbers."""
        part.blocks = walk(part.blocks, lambda node: self._cite(part, node) if node["t"] == "Cite" else None)

    def _cite(self, part: Part, node: Node) -> list[Node]:
        links: list[Node] = []
        for citation in node["c"][0]:
            label = citation["citationId"]
            label = label[:1].lower() + label[1:]
            target = self._targets.get(label)
            if target is None or not target.name:
                self._faults.add(part, self._unresolved(label, target), near=(f"@{label}",), rule="reference")
                continue
            prefix, number = citation["citationPrefix"], target.name.split(NO_BREAK)[1]
            shown: Iterable[Node] = [text(target.name)]
            if prefix:
                shown = [*prefix, text(NO_BREAK + number)]
            elif citation["citationMode"]["t"] == "SuppressAuthor":
                shown = [text(number)]
            links += [text(","), space()] if links else []
            links.append({"t": "Link", "c": [["", ["quarto-xref"], []], list(shown), [f"#{label}", ""]]})
            links += citation["citationSuffix"]
        return links

    def _unresolved(self, label: str, target: Target | None) -> str:
        kind = label.partition("-")[0]
        if target is not None:
            return f"'@{label}' points at a heading without a number. Refer to it with a link: [text](#{label})."
        if kind in OTHER_KINDS:
            return (
                f"'@{label}': the built-in renderer has no references of the kind {kind!r}. Known: 'fig', 'tbl', 'sec'."
            )
        if kind not in WORDS:
            return f"'@{label}' is no label, and the built-in renderer has no bibliography. Write \\@ for a plain @."
        known = [name for name, target in self._targets.items() if name.startswith(f"{kind}-") and target.name]
        return f"'@{label}' points at nothing. {suggest(label, known)}"


def _relink(node: Node, renamed: dict[str, str]) -> None:
    if node["t"] == "Link" and node["c"][2][0] in renamed:
        node["c"][2][0] = renamed[node["c"][2][0]]
