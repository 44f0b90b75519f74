"""The styles of an OpenDocument table book: of numbers, cells, columns, rows and pages, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

from srsmeting.presentation.tablebook import layout
from srsmeting.presentation.tablebook.model import Cell

#: Width of a character of a column, and the room beside its text, in centimetres.
_CHARACTER, _BESIDE = 0.185, 0.13
_RULE: Final = f"0.5pt solid {layout.RULE}"
_DIGITS: Final = {"percentage": 0, "percentage_1": 1, "count": 0, "decimal": 1, "indicator": 2}


@dataclass
class Styles:
    """What has been asked for so far, as XML by key."""

    _names: dict[tuple[object, ...], str] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)

    def xml(self) -> str:
        """Return all styles."""
        return "".join(self._parts)

    def column(self, width: int) -> str:
        """Return the style of a column of so many characters."""

        def make(name: str) -> str:
            wide = f'style:column-width="{width * _CHARACTER + _BESIDE:.3f}cm"'
            return (
                f'<style:style style:name="{name}" style:family="table-column">'
                f"<style:table-column-properties {wide}/></style:style>"
            )

        return self._name("co", (width,), make)

    def row(self, height: float) -> str:
        """Return the style of a row of this height in points."""

        def make(name: str) -> str:
            tall = f'style:row-height="{height:.2f}pt" style:use-optimal-row-height="false"'
            return (
                f'<style:style style:name="{name}" style:family="table-row">'
                f"<style:table-row-properties {tall}/></style:style>"
            )

        return self._name("ro", (height,), make)

    def sheet(self, paper: str) -> str:
        """Return the style of a sheet that is printed on this paper."""

        def make(name: str) -> str:
            return (
                f'<style:style style:name="{name}" style:family="table" style:master-page-name="{paper}">'
                '<style:table-properties table:display="true"/></style:style>'
            )

        return self._name("ta", (paper,), make)

    def cell(self, cell: Cell, *, begins: bool, ruled: bool, shade: int, wrap: bool, right: bool) -> str:
        """Return the style of a cell: at the start of a block of columns or rows it has a line."""
        key = (cell.kind, cell.mark, bool(cell.link), cell.strong, begins, ruled, shade, wrap, right)

        def make(name: str) -> str:
            data = f' style:data-style-name="{self._number(cell)}"' if cell.is_number and cell.kind != "number" else ""
            return (
                f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{data}>'
                f"{_looks(cell, begins=begins, ruled=ruled, shade=shade, wrap=wrap, right=right)}</style:style>"
            )

        return self._name("ce", key, make)

    def _number(self, cell: Cell) -> str:
        def make(name: str) -> str:
            return _number_style(name, cell)

        return self._name("n", (cell.kind, cell.mark), make)

    def _name(self, prefix: str, key: tuple[object, ...], make: Callable[[str], str]) -> str:
        whole = (prefix, *key)
        if whole not in self._names:
            name = f"{prefix}{len(self._names) + 1}"
            self._names[whole] = name
            self._parts.append(make(name))
        return self._names[whole]


def _looks(cell: Cell, *, begins: bool, ruled: bool, shade: int, wrap: bool, right: bool) -> str:
    box = {"style:vertical-align": "top"}
    text = {"fo:color": layout.INK}
    line = {}
    if begins:
        box["fo:border-left"] = _RULE
    if ruled:
        box["fo:border-top"] = _RULE
    if cell.strong or cell.kind in ("title", "band", "header"):
        text["fo:font-weight"] = "bold"
    if cell.link:
        text |= {"fo:color": layout.LINK, "style:text-underline-style": "solid"}
    if cell.kind == "title":
        text["fo:font-size"] = f"{layout.TITLE_SIZE}pt"
    if cell.kind in ("band", "header"):
        box["fo:background-color"] = layout.HEADER[shade]
    if cell.kind == "band":
        box["fo:border-top"] = _RULE
    if cell.kind == "header":
        box |= {"style:vertical-align": "bottom", "fo:border-bottom": _RULE, "fo:wrap-option": "wrap"}
    if cell.kind in ("stub", "text") or (cell.kind == "line" and wrap):
        box["fo:wrap-option"] = "wrap" if wrap else "no-wrap"
    if cell.is_number or cell.kind == "sign" or right:
        line["fo:text-align"] = "end"
        box["style:text-align-source"] = "fix"
    if cell.kind == "sign":
        line["fo:margin-right"] = "0.25cm"
    found = f"<style:table-cell-properties {_attributes(box)}/>"
    if line:
        found += f"<style:paragraph-properties {_attributes(line)}/>"
    return found + f"<style:text-properties {_attributes(text)}/>"


def _attributes(of: dict[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in of.items())


def _number_style(name: str, cell: Cell) -> str:
    """Return how a number is shown, in Dutch whatever the language of the program."""
    nl = 'number:language="nl" number:country="NL"'
    behind = f"<number:text> {escape(cell.mark)}</number:text>" if cell.mark else ""
    if not behind and cell.kind in layout.MARKED:
        behind = "<number:text>  </number:text>"
    if cell.kind in ("percentage", "percentage_1"):
        digits = _digits(_DIGITS[cell.kind])
        behind = f"<number:text>%</number:text>{behind}"
        return f'<number:percentage-style style:name="{name}" {nl}>{digits}{behind}</number:percentage-style>'
    if cell.kind == "points":
        return _conditional(name, nl, _digits(0) + behind, [
            ("gt0", "value()&gt;0", f"<number:text>+</number:text>{_digits(0)}{behind}"),
            ("lt0", "value()&lt;0", f"<number:text>-</number:text>{_digits(0)}{behind}"),
        ])  # fmt: skip
    if cell.kind == "points_none":
        return _conditional(name, nl, _digits(0) + behind, [("lt0", "value()&lt;0", _digits(0) + behind)])
    if cell.kind == "chance":
        least = [("low", "value()&lt;0.0005", "<number:text>&lt;0,001</number:text>")]
        return _conditional(name, nl, _digits(3) + behind, least)
    group = ' number:grouping="true"' if cell.kind == "count" else ""
    digits = _digits(_DIGITS[cell.kind], group)
    return f'<number:number-style style:name="{name}" {nl}>{digits}{behind}</number:number-style>'


def _digits(places: int, more: str = "") -> str:
    return (
        f'<number:number number:decimal-places="{places}" number:min-decimal-places="{places}" '
        f'number:min-integer-digits="1"{more}/>'
    )


def _conditional(name: str, nl: str, otherwise: str, parts: list[tuple[str, str, str]]) -> str:
    """Return a number style with others for values that meet a condition."""
    styles = [
        f'<number:number-style style:name="{name}{key}" style:volatile="true" {nl}>{text}</number:number-style>'
        for key, _, text in parts
    ]
    maps = "".join(
        f'<style:map style:condition="{condition}" style:apply-style-name="{name}{key}"/>'
        for key, condition, _ in parts
    )
    return "".join(styles) + f'<number:number-style style:name="{name}" {nl}>{otherwise}{maps}</number:number-style>'


def style_sheet(spaces: str, language: str, country: str, papers: Iterable[str]) -> str:
    """Return the styles of the document: its language, its font, and the pages that it is printed on."""
    pages, masters = [], []
    for paper in sorted(papers):
        fit = 'style:scale-to-X="1" style:scale-to-Y="0"'
        scale = fit if paper == layout.WIDE else f'style:scale-to="{paper.removeprefix("at")}%"'
        pages.append(
            f'<style:page-layout style:name="L{paper}"><style:page-layout-properties fo:page-width="29.7cm" '
            'fo:page-height="21cm" style:print-orientation="landscape" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" '
            f'fo:margin-left="1.27cm" fo:margin-right="1.27cm" {scale} style:print-page-order="ttb" '
            'style:first-page-number="continue"/><style:header-style/><style:footer-style>'
            '<style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.2cm"/></style:footer-style>'
            "</style:page-layout>"
        )
        masters.append(
            f'<style:master-page style:name="{paper}" style:page-layout-name="L{paper}">'
            '<style:header style:display="false"/><style:footer>'
            "<style:region-left><text:p><text:sheet-name>?</text:sheet-name></text:p></style:region-left>"
            "<style:region-right><text:p>Pagina <text:page-number>1</text:page-number> van "
            "<text:page-count>1</text:page-count></text:p></style:region-right>"
            "</style:footer></style:master-page>"
        )
    speech = f'fo:language="{escape(language)}" fo:country="{escape(country)}"'
    font = f'style:font-name="{layout.FONT}" fo:font-family="{layout.FONT}" fo:font-size="{layout.SIZE}pt"'
    return (
        f'<office:document-styles {spaces} office:version="1.3"><office:font-face-decls>'
        f'<style:font-face style:name="{layout.FONT}" svg:font-family="{layout.FONT}"/></office:font-face-decls>'
        f'<office:styles><style:default-style style:family="table-cell"><style:text-properties {font} {speech}/>'
        '</style:default-style><style:style style:name="Default" style:family="table-cell"/></office:styles>'
        f"<office:automatic-styles>{''.join(pages)}</office:automatic-styles>"
        f"<office:master-styles>{''.join(masters)}</office:master-styles></office:document-styles>"
    )
