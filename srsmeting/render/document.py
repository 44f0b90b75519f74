"""What a chapter file says: front matter, prose, verbatim blocks and cells, each with its file and line.

The line numbers survive includes, so that a message points at what the author typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from srsmeting.errors import Fault, RenderError
from srsmeting.render.lines import FENCE, Line, fence_after, read_lines
from srsmeting.render.options import ANYTHING, FLAG, MAPPING, TEXT, WORDS, Known, Options, read_options

#: What a cell may say behind `#|`.
CELL_OPTIONS: Known = {
    "label": TEXT,
    "echo": FLAG,
    "eval": FLAG,
    "include": FLAG,
    "output": (bool, str),
    "warning": FLAG,
    "fig-cap": TEXT,
    "fig-alt": TEXT,
    "tbl-cap": TEXT,
    "tags": WORDS,
}

#: What `execute:` may say, in `_quarto.yml` or in front matter.
EXECUTE_OPTIONS: Known = {"echo": FLAG, "eval": FLAG, "include": FLAG, "output": (bool, str), "warning": FLAG}

#: What the front matter of a chapter may say. `format` and `lang` are for Quarto; the book decides here.
FRONT_MATTER: Known = {
    "title": TEXT,
    "subtitle": TEXT,
    "jupyter": ANYTHING,
    "engine": TEXT,
    "execute": MAPPING,
    "format": ANYTHING,
    "lang": TEXT,
    "description": TEXT,
}

_SHORTCODE = re.compile(r"\{\{<\s*(?P<name>[\w-]+).*?>\}\}")
#: A new page, and what becomes of it: every format finds it by its class.
_PAGEBREAK = re.compile(r"^\s*\{\{<\s*pagebreak\s*>\}\}\s*$")
_NEW_PAGE = '<div class="pagebreak"></div>'
_ENGINE = re.compile(r"^\{(?P<language>[A-Za-z]\w*)(?P<rest>[^}]*)\}")
#: The text in front of something that stands inside the quotes of an attribute.
_QUOTED = re.compile(r"""\{[^{}]*=(?:"(?:[^"\\]|\\.)*|'[^']*)$""")
_INLINE = re.compile(r"(?<!`)`\{python\}[ \t]+(?P<code>[^`]+?)[ \t]*`(?!`)")


@dataclass(frozen=True)
class Prose:
    """Markdown outside fences, in which `{python}` expressions are replaced by their values."""

    lines: tuple[Line, ...]

    def expressions(self) -> Iterator[tuple[str, Line]]:
        """Yield every inline expression with its line, in the order in which they stand."""
        for line in self.lines:
            for match in _INLINE.finditer(line.text):
                yield match["code"], line

    def filled(self, values: Sequence[str], quoted: Sequence[str] = ()) -> list[Line]:
        """Return the lines with each expression replaced by the next of `values`.

        Inside the quotes of an attribute, such as an alt text, the next of `quoted` is taken instead.
        """
        rest = iter(zip(values, quoted or values, strict=True))

        def value(match: re.Match[str]) -> str:
            markdown, text = next(rest)
            return text if _QUOTED.search(_INLINE.sub("", match.string[: match.start()])) else markdown

        return [Line(_INLINE.sub(value, line.text), line.file, line.number) for line in self.lines]


@dataclass(frozen=True)
class Verbatim:
    """A fenced block that is not executed."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Cell:
    """A fenced block that is executed: its options, its code, and the line of the first line of code."""

    options: Options
    code: str
    file: str
    line: int

    @property
    def label(self) -> str:
        """The label, or nothing."""
        return str(self.options.get("label", ""))


@dataclass(frozen=True)
class Chapter:
    """A chapter file, read."""

    path: str
    front: Options
    execute: Options
    parts: tuple[Prose | Verbatim | Cell, ...]
    lines: tuple[Line, ...]

    @property
    def runs(self) -> bool:
        """Whether there is anything to execute."""
        return any(
            isinstance(part, Cell) or (isinstance(part, Prose) and any(part.expressions())) for part in self.parts
        )

    def find(self, text: str) -> Line | None:
        """Return the first line on which `text` stands, if it was typed and not computed."""
        return next((line for line in self.lines if text in line.text), None)


def read_chapter(root: Path, path: str, shown: str) -> Chapter:
    """Read a chapter with everything it includes.

    Parameters
    ----------
    root
        The project folder.
    path
        The chapter file, relative to `root`.
    shown
        The project folder as the user knows it, for messages.

    Raises
    ------
    RenderError
        When a file is missing, includes itself, or says something that the built-in renderer does not know.
    """
    lines = list(read_lines(root, path, shown))
    front, body = _front_matter(lines, f"{shown}/{path}")
    if front.get("engine", "jupyter") != "jupyter":
        message = f"'engine' is {front.get('engine')!r}. The built-in renderer has 'jupyter' only."
        raise RenderError(faults=[front.fault("engine", message, "only")])
    execute = front.section("execute", EXECUTE_OPTIONS, "execute setting")
    parts = tuple(_parts(body))
    _check_labels([part for part in parts if isinstance(part, Cell) and part.label])
    return Chapter(path, front, execute, parts, tuple(lines))


def _check_labels(cells: Sequence[Cell]) -> None:
    seen, faults = dict[str, Cell](), []
    for cell in cells:
        first = seen.setdefault(cell.label, cell)
        if first is not cell:
            place = f"{first.file}:{first.options.lines['label']}"
            message = f"the label {cell.label!r} exists already ({place}). Rename one of them."
            faults.append(cell.options.fault("label", message, "double"))
    if faults:
        raise RenderError(faults=faults)


def _front_matter(lines: list[Line], file: str) -> tuple[Options, list[Line]]:
    if not lines or lines[0].text.rstrip() != "---":
        return Options(file), lines
    for end, line in enumerate(lines[1:], start=1):
        if line.text.rstrip() in ("---", "..."):
            text = "\n".join(line.text for line in lines[1:end])
            return read_options(text, file=file, line=2, known=FRONT_MATTER, kind="front matter key"), lines[end + 1 :]
    raise RenderError(faults=[Fault(file, "the front matter is not closed. Close it with '---'.", line=1, rule="yaml")])


def _parts(lines: Sequence[Line]) -> Iterator[Prose | Verbatim | Cell]:
    fence, block = "", list[Line]()
    for line in lines:
        before, fence = fence, fence_after(fence, line.text)
        if not before and fence:
            if block:
                yield _prose(block)
            block = [line]
        elif before and not fence:
            yield _fenced([*block, line])
            block = []
        else:
            block.append(line)
    if fence:
        first = block[0]
        message = f"the block is not closed. Close it with {fence!r}."
        raise RenderError(faults=[Fault(first.file, message, line=first.number, rule="fence")])
    if block:
        yield _prose(block)


def _prose(lines: Sequence[Line]) -> Prose:
    faults = []
    lines = [Line(_PAGEBREAK.sub(_NEW_PAGE, line.text), line.file, line.number) for line in lines]
    for line in lines:
        if shortcode := _SHORTCODE.search(line.text):
            known = "Known: 'include' and 'pagebreak', alone on their line."
            message = f"the built-in renderer does not know the shortcode {shortcode['name']!r} here. {known}"
            faults.append(Fault(line.file, message, line=line.number, value=shortcode["name"], rule="unknown"))
        if "`{python}" in _INLINE.sub("", line.text):
            message = "an inline expression is not closed. Write `{python} expression` on one line."
            faults.append(Fault(line.file, message, line=line.number, rule="inline"))
    if faults:
        raise RenderError(faults=faults)
    return Prose(tuple(lines))


def _fenced(lines: Sequence[Line]) -> Verbatim | Cell:
    first = lines[0]
    opening = FENCE.match(first.text)
    engine = None if opening is None else _ENGINE.match(opening["info"])
    if opening is None or engine is None:
        return Verbatim(tuple(lines))
    message = ""
    if engine["language"] != "python":
        message = f"the built-in renderer does not run cells in {engine['language']!r}. Known: 'python'."
    elif engine["rest"].strip():
        message = f"options stand in the braces: {engine['rest'].strip()!r}. Write them as '#| name: value' lines."
    elif opening["indent"]:
        message = "a cell must begin at the start of its line. Remove the spaces before the fence."
    if message:
        raise RenderError(faults=[Fault(first.file, message, line=first.number, rule="cell")])
    body = lines[1:-1]
    head = list(takewhile(lambda line: line.text.startswith("#|"), body))
    options = read_options(
        "\n".join(line.text[2:].removeprefix(" ") for line in head),
        file=first.file,
        line=first.number + 1,
        known=CELL_OPTIONS,
        kind="cell option",
    )
    code = "\n".join(line.text for line in body[len(head) :])
    return Cell(options, code, first.file, first.number + 1 + len(head))
