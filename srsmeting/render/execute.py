"""Running a chapter: its cells and inline expressions become markdown, and every line remembers where it came from."""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from srsmeting.errors import FAULTS_SHOWN, Fault, RenderError, SrsmetingError, UnknownNameError, unknown_name
from srsmeting.render.book import Book
from srsmeting.render.document import Cell, Chapter, Prose
from srsmeting.render.kernel import CellError, Kernel, Output, literal
from srsmeting.render.lines import Line
from srsmeting.render.provenance import located

#: Errors whose message needs no name before it.
_OURS = frozenset(kind.__name__ for kind in SrsmetingError.__subclasses__())
#: Where the pictures that a cell shows are kept, inside the copy of the project.
PICTURES = "_cellen"

_IMAGES = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~^$@])")
_TEMPORARY = re.compile(r"\S*ipykernel_\d+/\d+\.py:(\d+)")


class Runner:
    """Runs the chapters of a book, one after another, through one kernel.

    Parameters
    ----------
    book
        The book, read.
    root
        The folder in which it may work: a copy of the project.
    kernel
        A running kernel, or None where nothing has to be run.
    parameters
        Values that replace those of the cells tagged `parameters`.
    """

    def __init__(self, book: Book, root: Path, kernel: Kernel | None, parameters: Mapping[str, object]) -> None:
        self._book, self._root, self._kernel, self._parameters = book, root, kernel, parameters
        self._unknown: list[RenderError] = []

    def check(self) -> None:
        """Raise for all places in the chapters that were run that name what does not exist.

        Raises
        ------
        RenderError
            With every one of them: who dropped a question mends them all at once.
        """
        if not self._unknown:
            return
        told = [str(error) for error in self._unknown[:FAULTS_SHOWN]]
        if len(self._unknown) > len(told):
            told.append(f"… and {len(self._unknown) - len(told)} more.")
        failure = RenderError("\n".join(told), faults=[fault for error in self._unknown for fault in error.faults])
        for note in getattr(self._unknown[0], "__notes__", []):
            failure.add_note(note)
        raise failure

    def _note(self, failure: RenderError, error: CellError) -> None:
        """Keep a name that does not exist for later; raise anything else, which may come of it."""
        if error.name == UnknownNameError.__name__:
            self._unknown.append(failure)
            return
        self.check()
        raise failure from None

    def run(self, chapter: Chapter) -> list[Line]:
        """Return the markdown of a chapter, with everything computed.

        Raises
        ------
        RenderError
            When code fails, or what it shows cannot be printed; the message has the file, line and label of the cell.
            A name that does not exist is told by :meth:`check`.
        """
        folder = PurePosixPath(chapter.path).parent
        if self._kernel is not None and chapter.runs:
            self._kernel.forget(self._root if self._book.runs_in_project else self._root / folder)
        lines: list[Line] = []
        for position, part in enumerate(chapter.parts):
            if isinstance(part, Cell):
                shown = _Shown(self._book, chapter, part, self._root / folder, position)
                blocks = self._cell(part, shown)
                lines += [Line(text, part.file, part.line) for block in blocks for text in ("", *block.split("\n"), "")]
            elif isinstance(part, Prose):
                results = self._values(part)
                lines += part.filled([markdown for markdown, _ in results], [text for _, text in results])
            else:
                lines += part.lines
        return lines

    def _cell(self, cell: Cell, shown: _Shown) -> list[str]:
        outputs: list[Output] = []
        if shown.setting("eval", True) and self._kernel is not None:
            blank = len(cell.code) - len(cell.code.lstrip("\n"))  # IPython does not count these
            try:
                outputs = self._kernel.run(cell.code[blank:])
                if "parameters" in cell.options.get("tags", []):
                    self._kernel.run(self._injected(cell))
            except CellError as error:
                line = cell.line + blank + error.line - 1 if error.line else cell.line
                self._note(_failed(cell.file, line, f"(cell {cell.label!r})" if cell.label else "", error), error)
        if not shown.setting("include", True):
            return []
        code = [_fence(cell.code, "{.python .cell-code}")] if shown.setting("echo", True) and cell.code else []
        return code + shown.output(outputs)

    def _injected(self, cell: Cell) -> str:
        names = parameter_names(cell)
        return "\n".join(f"{name} = {literal(value)}" for name, value in self._parameters.items() if name in names)

    def _values(self, prose: Prose) -> list[tuple[str, str]]:
        """Return every inline value of a text, as markdown and as the text of an attribute."""
        expressions = list(prose.expressions())
        if not expressions or self._kernel is None:
            return []
        values = []
        for (code, line), result in zip(
            expressions, self._kernel.evaluate([code for code, _ in expressions]), strict=True
        ):
            if isinstance(result, CellError):
                self._note(_failed(line.file, line.number, f"(inline {code!r})", result), result)
                values.append(("", ""))
                continue
            values.append((located(inline_markdown(result), line, self._book.shown), attribute_text(result)))
        return values


class _Shown:
    """How the output of one cell is put in the chapter, given its options."""

    def __init__(self, book: Book, chapter: Chapter, cell: Cell, folder: Path, position: int) -> None:
        self._book = book
        self._defaults = (cell.options, chapter.execute, book.execute)
        self._cell, self._folder = cell, folder
        self._stem = f"{PurePosixPath(chapter.path).stem}-{cell.label or f'cell-{position}'}"
        self._pictures = 0

    def setting(self, name: str, default: Any) -> Any:
        """Return a setting of the cell, else of the chapter, else of the book, else the default."""
        return next((source.get(name) for source in self._defaults if source.get(name) is not None), default)

    def output(self, outputs: list[Output]) -> list[str]:
        """Return the blocks of markdown for what the cell showed."""
        how = self.setting("output", True)
        if how not in (True, False, "asis"):
            raise self._fault("output", f"'output' must be true, false or 'asis', not {how!r}.")
        blocks = [] if how is False else list(self._blocks(outputs, asis=how == "asis"))
        return self._captioned(blocks)

    def _blocks(self, outputs: list[Output], *, asis: bool) -> Iterator[str]:
        for output in outputs:
            text = str(output.data.get("text/plain", ""))
            if output.stream == "stderr":
                if self.setting("warning", True):
                    yield _fence(_TEMPORARY.sub(self._place, text).strip("\n"), "{.cell-output-stderr}")
            elif output.stream:
                yield text if asis else _fence(text.rstrip("\n"), "{.cell-output-stdout}")
            elif "text/markdown" in output.data:
                yield output.data["text/markdown"]
            elif "text/html" in output.data:
                yield _fence(output.data["text/html"], "{=html}")
            elif kinds := [kind for kind in _IMAGES if kind in output.data]:
                yield self._picture(kinds[0], output.data[kinds[0]])
            elif text:
                yield text if asis else _fence(text, "{.cell-output}")

    def _place(self, match: re.Match[str]) -> str:
        """Say where a warning arose in the chapter: the kernel's own file name is a new one every time."""
        file = self._cell.file.removeprefix(f"{self._book.shown}/")
        return f"{file}:{self._cell.line + int(match[1]) - 1}"

    def _picture(self, kind: str, data: str) -> str:
        alt = self._cell.options.get("fig-alt", "")
        if not alt:
            message = "the cell shows a picture without alt text. Add '#| fig-alt: what the picture says'."
            raise self._fault("fig-alt", message)
        self._pictures += 1
        name = f"{self._stem}-{self._pictures}{_IMAGES[kind]}"
        target = self._folder / PICTURES / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data.encode() if kind == "image/svg+xml" else base64.b64decode(data))
        quoted = alt.replace("\\", "\\\\").replace('"', '\\"')
        return f'![]({PICTURES}/{name}){{fig-alt="{quoted}"}}'

    def _captioned(self, blocks: list[str]) -> list[str]:
        label = self._cell.label
        for kind in ("fig", "tbl"):
            caption = self._cell.options.get(f"{kind}-cap", "")
            if label.startswith(f"{kind}-"):
                if not caption:
                    message = f"the cell {label!r} has no caption. Add '#| {kind}-cap: …', or change the label."
                    raise self._fault("label", message)
                return [f"::: {{#{label}}}", *blocks, caption, ":::"] if blocks else []
            if caption:
                message = f"'{kind}-cap' needs a label that begins with '{kind}-'. Add '#| label: {kind}-…'."
                raise self._fault(f"{kind}-cap", message)
        return blocks

    def _fault(self, option: str, message: str) -> RenderError:
        line = self._cell.options.lines.get(option, self._cell.line)
        return RenderError(faults=[Fault(self._cell.file, message, line=line, column=option, rule="output")])


def parameter_names(cell: Cell) -> list[str]:
    """Return the names that a cell assigns at its top level.

    Examples
    --------
    >>> from srsmeting.render.options import Options
    >>> parameter_names(Cell(Options("h2.qmd"), "wgo = 'alle'; jaar: int = 2021", "h2.qmd", 3))
    ['wgo', 'jaar']
    """
    try:
        body = ast.parse(cell.code).body
    except SyntaxError:
        return []  # running the cell gives the better message
    targets = [
        target
        for node in body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
    ]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def check_parameters(book: Book, parameters: Mapping[str, object]) -> None:
    """Refuse a parameter that no cell tagged `parameters` sets, or whose value is not plain data."""
    cells = [part for chapter in (*book.chapters, *book.appendices) for part in chapter.parts if isinstance(part, Cell)]
    known = [name for cell in cells if "parameters" in cell.options.get("tags", []) for name in parameter_names(cell)]
    for name, value in parameters.items():
        if name not in known:
            raise unknown_name(book.shown, "parameter", name, known)
        try:
            literal(value)
        except (TypeError, ValueError):
            message = f"{book.shown}: the parameter {name!r} is {value!r}. Give text, a number, true, false or a list."
            raise RenderError(message) from None


def inline_markdown(bundle: Mapping[str, Any]) -> str:
    r"""Return the markdown of an inline value: markdown as it is, anything else as text without special meaning.

    Examples
    --------
    >>> inline_markdown({"text/markdown": "**ja**", "text/plain": "<Markdown>"})
    '**ja**'
    >>> inline_markdown({"text/plain": "'a*b'"})
    'a\\*b'
    """
    if "text/markdown" in bundle:
        return " ".join(str(bundle["text/markdown"]).split("\n"))
    if "text/html" in bundle:
        return f"`{bundle['text/html']}`{{=html}}"
    return _SPECIAL.sub(r"\\\1", _plain(bundle))


def attribute_text(bundle: Mapping[str, Any]) -> str:
    r"""Return an inline value as it stands between the quotes of an attribute.

    Examples
    --------
    >>> print(attribute_text({"text/markdown": "[de \"helft\"]{.getal}", "text/plain": repr('de "helft"')}))
    de \"helft\"
    """
    text = _plain(bundle)
    # What is no text itself may have its text as markdown only.
    shown = text if str(bundle.get("text/plain", ""))[:1] in ("'", '"') else bundle.get("text/markdown", text)
    return re.sub(r"[\\\"&{}<>]", r"\\\g<0>", " ".join(str(shown).split("\n")))


def _plain(bundle: Mapping[str, Any]) -> str:
    text = str(bundle.get("text/plain", ""))
    if text[:1] in ("'", '"'):
        text = str(ast.literal_eval(text))
    return " ".join(text.split("\n"))


def _fence(text: str, attributes: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks} {attributes}\n{text}\n{ticks}"


def _failed(file: str, line: int, where: str, error: CellError) -> RenderError:
    # Our own messages say all there is to say; of another error its class tells a part.
    message = error.value if error.name in _OURS else str(error)
    told = f"{file}:{line}{f' {where}' if where else ''}: {message}"
    failure = RenderError(told, faults=[Fault(file, message, line=line, column=where, rule="cell")])
    if error.traceback:
        failure.add_note(error.traceback)
    return failure
