"""The look of a Word file: a reference document made by code, and what another one must have to take its place.

A house style counts by the *names* of its styles alone. The reference document here is pandoc's own with the styles of
:data:`STYLES` put over it; a file of an agency replaces it as a whole.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from srsmeting.errors import RenderError
from srsmeting.render.pandoc import default_reference
from srsmeting.render.wordfile import W, rewrite, serialise

_FONT, _ACCENT, _INK, _SOFT, _LINE, _GROUND = "Arial", "0B5A72", "1D2733", "52606D", "D3DAE1", "F5F7F9"
#: A4 with margins of 2.5 cm, in twentieths of a point.
_PAGE: Final = (
    '<w:footerReference w:type="default" r:id="rIdFooter" /><w:pgSz w:w="11906" w:h="16838" />'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" w:footer="709" w:gutter="0" />'
)
_NAMES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_FOOTER: Final = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<w:ftr {_NAMES}><w:p><w:pPr><w:jc w:val="right" /></w:pPr>'
    f'<w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:color w:val="{_SOFT}" /></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
    "</w:p></w:ftr>"
)


@dataclass(frozen=True)
class Style:
    """A style of Word.

    Parameters
    ----------
    name
        What counts in a reference document; upper and lower case are the same.
    use
        What the report uses it for.
    kind
        `paragraph`, `character` or `table`.
    based_on
        Id of the style that it differs from.
    paragraph, run, more
        Its settings of paragraphs and of text, and what only a table has, as WordprocessingML; None to leave the
        style of pandoc as it is.
    """

    name: str
    use: str
    kind: str = "paragraph"
    based_on: str = "Normal"
    paragraph: str | None = None
    run: str | None = None
    more: str = ""

    @property
    def id(self) -> str:
        """What paragraphs call it."""
        return "".join(part[:1].upper() + part[1:] for part in self.name.split())


def _space(before: int, after: int, line: int = 0) -> str:
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines} />'


def _text(size: float, color: str = "", *, bold: bool = False) -> str:
    weight = "<w:b /><w:bCs />" if bold else '<w:b w:val="0" /><w:bCs w:val="0" />'
    half = round(size * 2)
    shade = f'<w:color w:val="{color}" />' if color else ""
    return f'{weight}<w:i w:val="0" /><w:iCs w:val="0" />{shade}<w:sz w:val="{half}" /><w:szCs w:val="{half}" />'


def _heading(level: int, before: int, after: int, size: float, page: str = "") -> Style:
    keep = f"<w:keepNext /><w:keepLines />{page}"
    outline = f'<w:outlineLvl w:val="{level - 1}" />'
    use = "chapters" if level == 1 else f"sections of level {level}"
    paragraph = f"{keep}{_space(before, after)}{outline}"
    return Style(f"heading {level}", use, paragraph=paragraph, run=_text(size, _ACCENT, bold=True))


def _contents(level: int) -> Style:
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9060" /></w:tabs>'
    paragraph = f'{tabs}{_space(80 if level == 1 else 0, 20)}<w:ind w:left="{(level - 1) * 284}" w:right="567" />'
    return Style(f"toc {level}", f"table of contents, level {level}", paragraph=paragraph, run=_text(10.5))


_FRAME: Final = "".join(
    f'<w:{side} w:val="single" w:sz="{24 if side == "left" else 4}" w:space="6" '
    f'w:color="{_ACCENT if side == "left" else _LINE}" />'
    for side in ("top", "left", "bottom", "right")
)
_RULES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}" />' for side in ("top", "bottom", "insideH")
)
_CELLS: Final = "".join(
    f'<w:{side} w:w="{room}" w:type="dxa" />'
    for side, room in (("top", 30), ("left", 80), ("bottom", 30), ("right", 80))
)
#: What the report uses. The last of them is the table of pandoc, which every table of the report has.
STYLES: Final[Sequence[Style]] = (
    Style("Title", "title of the book", paragraph=_space(2400, 120), run=_text(30, _ACCENT, bold=True)),
    Style("Subtitle", "subtitle", paragraph=_space(0, 360), run=_text(16, _SOFT)),
    Style("Author", "authors", paragraph=_space(0, 60), run=_text(12, _SOFT)),
    Style("Date", "date", paragraph=_space(0, 60), run=_text(12, _SOFT)),
    _heading(1, 0, 240, 20, "<w:pageBreakBefore />"),
    _heading(2, 360, 120, 15),
    _heading(3, 280, 80, 12.5),
    _heading(4, 220, 60, 11),
    Style("Body Text", "running text", paragraph=_space(0, 140, 288), run=""),
    Style("First Paragraph", "running text below a heading", based_on="BodyText", paragraph="", run=""),
    Style("Compact", "lists and cells of tables", based_on="BodyText", paragraph=_space(20, 20, 252), run=""),
    Style(
        "Block Text",
        "quotations",
        based_on="BodyText",
        paragraph=f'{_space(60, 140, 288)}<w:ind w:left="425" w:right="425" />',
        run=_text(10.5, _SOFT),
    ),
    Style("Footnote Text", "footnotes", paragraph=_space(0, 40), run=_text(9)),
    Style("Table Caption", "captions of tables", paragraph=f"<w:keepNext />{_space(280, 100)}", run=_text(9.5, _INK)),
    Style("Image Caption", "captions of figures", paragraph=f"<w:keepNext />{_space(60, 60)}", run=_text(9.5, _INK)),
    Style("Captioned Figure", "pictures with a caption", paragraph=f"<w:keepNext />{_space(240, 0)}", run=""),
    Style(
        "Bron",
        "base, notes and source below a table or figure",
        paragraph=f"{_space(60, 240)}<w:contextualSpacing />",
        run=_text(8.5, _SOFT),
    ),
    Style(
        "Kader",
        "boxes",
        paragraph=f"<w:keepNext /><w:keepLines /><w:pBdr>{_FRAME}</w:pBdr>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{_GROUND}" />'
        f'{_space(0, 100, 276)}<w:ind w:left="227" w:right="227" />',
        run="",
    ),
    Style(
        "TOC Heading",
        "title of the contents",
        paragraph=f"<w:pageBreakBefore />{_space(0, 240)}",
        run=_text(15, _ACCENT, bold=True),
    ),
    *(_contents(level) for level in (1, 2, 3)),
    Style("Hyperlink", "links, references", "character", "DefaultParagraphFont", run=f'<w:color w:val="{_ACCENT}" />'),
    Style(
        "Table",
        "tables",
        "table",
        "TableNormal",
        paragraph=_space(0, 0),
        run='<w:sz w:val="19" /><w:szCs w:val="19" />',
        more=f"<w:tblPr><w:tblBorders>{_RULES}</w:tblBorders><w:tblCellMar>{_CELLS}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b /></w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_ACCENT}" /></w:tcBorders>'
        '<w:vAlign w:val="bottom" /></w:tcPr></w:tblStylePr>',
    ),
)  # fmt: skip


def write_reference(target: Path) -> Path:
    """Write the reference document of the house style.

    Parameters
    ----------
    target
        A `.docx`; an agency may edit it and name it as its own.
    """
    default_reference(target)
    rewrite(
        target,
        {
            "word/styles.xml": _with_styles,
            "word/document.xml": _with_page,
            "word/settings.xml": _dutch_settings,
            "word/_rels/document.xml.rels": _with_footer_relation,
            "[Content_Types].xml": _with_footer_type,
        },
        add={"word/footer1.xml": _FOOTER.encode()},
    )
    return target


def missing_styles(file: Path) -> list[Style]:
    """Return the styles that a Word file lacks, as far as the report uses them.

    Raises
    ------
    RenderError
        When it is no Word file.
    """
    root = read_styles(file)
    found = {
        (style.get(f"{W}type", ""), name.get(f"{W}val", "").lower())
        for style in root.iter(f"{W}style")
        if (name := style.find(f"{W}name")) is not None
    }
    return [style for style in STYLES if (style.kind, style.name.lower()) not in found]


def read_styles(file: Path) -> ET.Element:
    """Return the styles of a Word file.

    Raises
    ------
    RenderError
        When it is no Word file.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if {"word/document.xml", "word/styles.xml"} <= names:
                root: ET.Element = fromstring(archive.read("word/styles.xml"))
                return root
        what = "is a zip file without the parts of a Word file"
    except FileNotFoundError:
        raise RenderError(f"{file.as_posix()}: does not exist. Check its name and folder.") from None
    except OSError as error:
        raise RenderError(f"{file.as_posix()}: cannot be read ({error.strerror or error}). Name a file.") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError):
        what = "is no Word file"
    except (ET.ParseError, DefusedXmlException):
        what = "has styles that cannot be read"
    raise RenderError(f"{file.as_posix()}: {what}. Save it in Word as 'Word-document (*.docx)'.")


def _with_styles(content: bytes) -> bytes:
    root: ET.Element = fromstring(content)
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is not None:
        _fill(defaults, f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}" w:eastAsia="{_FONT}" />'
              '<w:sz w:val="21" /><w:szCs w:val="21" /><w:lang w:val="nl-NL" />')  # fmt: skip
    # One font: what the theme says of headings must not win.
    for properties in root.iter(f"{W}rPr"):
        for fonts in properties.findall(f"{W}rFonts"):
            if fonts.get(f"{W}ascii") is None:
                properties.remove(fonts)
    known = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
    for style in STYLES:
        element = known.get(style.id)
        if element is None:
            element = _new(style)
            root.append(element)
        _define(element, style)
    return serialise(root)


def _new(style: Style) -> ET.Element:
    own = "" if style.name.lower().startswith("toc") else ' w:customStyle="1"'
    made: ET.Element = fromstring(
        f'<w:style {_NAMES} w:type="{style.kind}"{own} w:styleId="{style.id}"><w:name w:val="{style.name}" />'
        f'<w:basedOn w:val="{style.based_on}" /><w:qFormat /></w:style>'
    )
    return made


def _define(element: ET.Element, style: Style) -> None:
    drop = [f"{W}pPr", f"{W}rPr", *([f"{W}tblPr", f"{W}tblStylePr"] if style.more else [])]
    for child in [child for child in element if child.tag in drop]:
        element.remove(child)
    based = element.find(f"{W}basedOn")
    if based is not None and style.kind == "paragraph":
        based.set(f"{W}val", style.based_on)
    source = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    source += f"<w:rPr>{style.run}</w:rPr>" if style.run else ""
    for child in fromstring(f"<w:x {_NAMES}>{source}{style.more}</w:x>"):
        element.append(child)


def _fill(element: ET.Element, source: str) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(fromstring(f"<w:x {_NAMES}>{source}</w:x>"))


def _with_page(content: bytes) -> bytes:
    root: ET.Element = fromstring(content)
    for section in root.iter(f"{W}sectPr"):
        _fill(section, _PAGE)
    return serialise(root)


def _dutch_settings(content: bytes) -> bytes:
    root: ET.Element = fromstring(content)
    for name, value in (("themeFontLang", "nl-NL"), ("decimalSymbol", ","), ("listSeparator", ";")):
        for element in root.iter(f"{W}{name}"):
            element.set(f"{W}val", value)
    return serialise(root)


def _with_footer_relation(content: bytes) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
    relation = f'<Relationship Type="{kind}" Id="rIdFooter" Target="footer1.xml" />'
    return content.replace(b"</Relationships>", relation.encode() + b"</Relationships>")


def _with_footer_type(content: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    override = f'<Override PartName="/word/footer1.xml" ContentType="{kind}" />'
    return content.replace(b"</Types>", override.encode() + b"</Types>")
