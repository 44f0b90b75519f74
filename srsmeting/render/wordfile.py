"""What pandoc's tree cannot say of a Word file is put right in the file itself: rows that stay whole and together."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring

#: The namespace of a Word document, as ElementTree writes it.
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: A table of no more rows than this stays on one page; of a longer one the first and last rows stay together.
_WHOLE, _TOGETHER = 25, 3
#: The first date that a zip file can hold: the same file every time.
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_PREFIXES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
    "w10": "urn:schemas-microsoft-com:office:word",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "sl": "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
}
#: What comes before `keepNext` in the properties of a paragraph, whose order is fixed.
_BEFORE_KEEP: Final = frozenset({f"{W}pStyle"})
#: And what comes before `numPr`.
_BEFORE_NUMBERING: Final = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_BEFORE_SPACING: Final = _BEFORE_NUMBERING | {
    f"{W}{name}" for name in ("numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens")
}
#: The style of what stands below a table or figure.
NOTE_STYLE: Final = "Bron"


def finish(file: Path) -> None:
    """Let the tables of a Word file stay whole, and its headings have no number but the one that is typed."""
    rewrite(file, {"word/document.xml": _finished})


def rewrite(
    file: Path, changes: Mapping[str, Callable[[bytes], bytes]], add: Mapping[str, bytes] | None = None
) -> None:
    """Change parts of a Word file, and add some; the same contents give the same bytes."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts = {name: changes[name](content) if name in changes else content for name, content in parts.items()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**parts, **(add or {})}.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def serialise(root: ET.Element) -> bytes:
    """Return XML with the prefixes that Word knows."""
    for prefix, name in _PREFIXES.items():
        ET.register_namespace(prefix, name)
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _finished(content: bytes) -> bytes:
    root: ET.Element = fromstring(content)
    for table in root.iter(f"{W}tbl"):
        _keep_together(table)
    for paragraph in root.iter(f"{W}p"):
        _number_once(paragraph)
    for body in root.iter(f"{W}body"):
        _follow([child for child in body if child.tag in (f"{W}p", f"{W}tbl")])
    return serialise(root)


def _keep_together(table: ET.Element) -> None:
    """Let no row be cut in two, and let the rows that make no sense alone stand on the page of what follows."""
    rows = table.findall(f"{W}tr")
    for position, row in enumerate(rows):
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = ET.Element(f"{W}trPr")
            row.insert(0, properties)
        properties.insert(0, ET.Element(f"{W}cantSplit"))
        inside = _TOGETHER <= position < len(rows) - _TOGETHER
        if len(rows) <= _WHOLE or not inside:
            for paragraph in row.iter(f"{W}p"):
                _insert(paragraph, ET.Element(f"{W}keepNext"), _BEFORE_KEEP)


def _follow(blocks: list[ET.Element]) -> None:
    """Keep the lines of a note together, and give the text behind a table without a note some room."""
    for block, following in pairwise(blocks):
        if following.tag != f"{W}p":
            continue
        note = _style(following) == NOTE_STYLE
        if block.tag == f"{W}p" and note and _style(block) == NOTE_STYLE:
            _insert(block, ET.Element(f"{W}keepNext"), _BEFORE_KEEP)
        elif block.tag == f"{W}tbl" and not note and not _style(following).startswith("Heading"):
            _insert(following, ET.Element(f"{W}spacing", {f"{W}before": "240"}), _BEFORE_SPACING)


def _style(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _number_once(paragraph: ET.Element) -> None:
    """Take the number of a house style from a heading: here it is typed, as references need it."""
    if not _style(paragraph).startswith("Heading"):
        return
    numbering = ET.Element(f"{W}numPr")
    ET.SubElement(numbering, f"{W}numId", {f"{W}val": "0"})
    _insert(paragraph, numbering, _BEFORE_NUMBERING)


def _insert(paragraph: ET.Element, element: ET.Element, before: frozenset[str]) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = ET.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    properties.insert(sum(child.tag in before for child in properties), element)
