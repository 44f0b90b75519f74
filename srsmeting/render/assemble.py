"""From the trees of the chapters to the tree of the book, for one format: what is true for every format alike."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from srsmeting.render.book import Book
from srsmeting.render.crossref import Numbers
from srsmeting.render.exhibits import normalise
from srsmeting.render.parts import Faults, Part
from srsmeting.render.provenance import appendix, is_number, take_sources
from srsmeting.render.tree import Node, attribute, div, nodes, walk, words

#: Callouts, with the title that they get when the author gives none.
CALLOUTS = {
    "callout-note": "Opmerking",
    "callout-tip": "Tip",
    "callout-warning": "Waarschuwing",
    "callout-important": "Belangrijk",
    "callout-caution": "Opgelet",
}

#: Names by which `when-format` may mean a format.
ALIASES = {
    "html": ("html", "html:js"),
    "docx": ("docx",),
    "pdf": ("pdf", "typst"),
}
#: The formats that Quarto knows by name, as far as a condition may name them.
FORMAT_NAMES = frozenset(("html", "html:js", "docx", "pdf", "latex", "typst", "epub", "odt", "pptx", "revealjs"))
_CONDITIONS = "when-profile, unless-profile; when-format and unless-format with " + ", ".join(sorted(FORMAT_NAMES))
#: Classes and attributes with which Quarto lays out a page, and which would be passed over here.
_LAYOUT_CLASS = re.compile(r"(?:column|panel|g-col)-.+|columns?|grid|aside|landscape|lightbox|(?:page|screen)-inset")
_LAYOUT_ATTRIBUTE = re.compile(
    r"layout(?:-.+)?|(?:fig|tbl)-subcap|(?:fig|tbl)-pos|fig-env|tbl-colwidths|collapse|appearance"
)
_REMOTE = re.compile(
    r"""<(?:img|script|link|iframe|source|video|audio)\b[^>]*\b(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", re.I
)
_STRAY = re.compile(r"^(?::{3,}|\{[#.])")
_RAW_ID = re.compile(r"""\bid\s*=\s*["']([^"']+)["']""")


def assemble(book: Book, parts: Sequence[Part], format_: str, root: Path, *, provenance: bool = False) -> list[Part]:
    """Return the chapters of the book with their numbers, references and links, ready to be dressed for a format.

    Parameters
    ----------
    provenance
        Whether to add an appendix with the estimates behind the numbers in the text.

    Raises
    ------
    RenderError
        For everything that is wrong in the book, at once.
    """
    faults = Faults(book.shown)
    numbers = Numbers(book, faults)
    # A copy: the chapters may be assembled for another format, too.
    made = [Part(part.chapter, part.appendix, walk(part.blocks, lambda _: None)) for part in parts]
    for part in made:
        part.blocks = _visible(part, format_, book.profile, faults)
        _supported(part, faults)
        part.blocks = walk(part.blocks, _callout)
        if book.is_document:
            _sections(part, faults)
        else:
            _title(part, faults)
        normalise(part, faults)
        _rebase(part, root, faults)
    sources = take_sources(made)
    if provenance:
        made.append(appendix(sources))
    for part in made:
        numbers.number(part)
    for part in made:
        numbers.resolve(part)
    _link(made, faults)
    faults.check()
    return made


def differs(parts: Sequence[Part]) -> bool:
    """Say whether chapters have content for one format only; where they have none, they are assembled once for all."""
    return any(_is_conditional(node) for part in parts for node in nodes(part.blocks))


def _is_conditional(node: Node) -> bool:
    return node["t"] in ("Div", "Span") and bool({"content-visible", "content-hidden"} & set(node["c"][0][1]))


def _visible(part: Part, format_: str, profile: str, faults: Faults) -> list[Node]:
    """Leave out what was written for another format, or for another variant of the project."""

    def change(node: Node) -> list[Node] | None:
        if not _is_conditional(node):
            return None
        attr, content = node["c"]
        for name, value in attr[2]:
            known = name in ("when-format", "unless-format") and value in FORMAT_NAMES
            if not known and name not in ("when-profile", "unless-profile"):
                message = f"the built-in renderer does not know the condition {name}={value!r}. Known: {_CONDITIONS}."
                faults.add(part, message, near=(value,), rule="unknown")
        when, unless = attribute(attr, "when-format"), attribute(attr, "unless-format")
        applies = (not when or when in ALIASES[format_]) and (not unless or unless not in ALIASES[format_])
        when, unless = attribute(attr, "when-profile"), attribute(attr, "unless-profile")
        # Several profiles are separated by commas, as Quarto takes them.
        active = profile.split(",")
        applies = applies and (not when or when in active) and (not unless or unless not in active)
        return list(content) if applies == ("content-visible" in attr[1]) else []

    visible: list[Node] = walk(part.blocks, change)
    return visible


def _callout(node: Node) -> Node | None:
    """Bring a callout into one form: its first block is its title. A heading in it is that title, not a section."""
    if node["t"] != "Div":
        return None
    attr, blocks = node["c"]
    kind = next((name for name in CALLOUTS if name in attr[1]), "")
    if not kind:
        return None
    title = words(attribute(attr, "title") or CALLOUTS[kind])
    if blocks and blocks[0]["t"] == "Header":
        title, blocks = blocks[0]["c"][2], blocks[1:]
    heading = div([{"t": "Plain", "c": title}], classes=["callout-title"])
    return div([heading, *blocks], id=attr[0], classes=["callout", kind])


def _title(part: Part, faults: Faults) -> None:
    """Give the chapter one heading of level 1, from its front matter or its text."""
    title = part.chapter.front.get("title")
    headings = [node for node in nodes(part.blocks) if node["t"] == "Header" and node["c"][0] == 1]
    if title:
        part.blocks.insert(0, {"t": "Header", "c": [1, [_slug(title), [], []], words(title)]})
    if not title and not headings:
        faults.add(part, "the chapter has no title. Begin it with '# Title'.", rule="title")
    for heading in headings[0 if title else 1 :]:
        name = heading["c"][1][0]
        message = f"a second heading of level 1 ({name!r}) in one chapter. Make it level 2 ('##'), or a chapter."
        faults.add(part, message, near=(f"#{name}",), rule="title")


def _sections(part: Part, faults: Faults) -> None:
    """See to it that the title of a document is its one heading of level 1."""
    for node in nodes(part.blocks):
        if node["t"] == "Header" and node["c"][0] == 1:
            name = node["c"][1][0]
            message = f"a heading of level 1 ({name!r}) below the title of the document. Make it level 2 ('##')."
            faults.add(part, message, near=(f"#{name}",), rule="title")


def _slug(title: str) -> str:
    return re.sub(r"[^\w-]+", "-", title.lower()).strip("-")


def _supported(part: Part, faults: Faults) -> None:
    # What was computed may look like anything; it was escaped.
    computed = {id(node) for node in nodes(part.blocks) if is_number(node) for node in nodes(node["c"][1])}
    for node in nodes(part.blocks):
        if node["t"] in ("Div", "Span", "Image", "Figure", "Table"):
            attr = node["c"][0]
            used = [name for name in attr[1] if _LAYOUT_CLASS.fullmatch(name)]
            used += [name for name, _ in attr[2] if _LAYOUT_ATTRIBUTE.fullmatch(name)]
            for name in used:
                message = (
                    f"the built-in renderer does not know the layout {name!r}. Write the blocks one after another."
                )
                faults.add(part, message, near=(name,), rule="unknown")
        elif node["t"] == "Str" and _STRAY.match(node["c"]) and id(node) not in computed:
            if part.chapter.find(node["c"]) is None:
                continue
            message = f"{node['c']!r} would be printed as text. Put an empty line before it, or no space before '{{'."
            faults.add(part, message, near=(node["c"],), rule="markdown")
        elif node["t"] in ("RawBlock", "RawInline") and node["c"][0] == "html" and _REMOTE.search(node["c"][1]):
            message = "raw HTML loads something from the internet. Put the file in the project."
            faults.add(part, message, near=(node["c"][1].strip().split("\n")[0],), rule="remote")


def _rebase(part: Part, root: Path, faults: Faults) -> None:
    """Let the paths of pictures start at the project; a chapter writes them from its own folder."""
    folder = PurePosixPath(part.chapter.path).parent
    for node in nodes(part.blocks):
        if node["t"] != "Image":
            continue
        source = node["c"][2][0]
        if re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", source, re.IGNORECASE):
            message = f"the picture {source!r} is on the internet. Put the file in the project."
            faults.add(part, message, near=(source,), rule="remote")
            continue
        path = source.lstrip("/") if source.startswith("/") else posixpath.normpath(folder / source)
        if not source.startswith("data:"):
            node["c"][2][0] = path
            if not (root / path).is_file():
                message = f"the picture {source!r} does not exist. Check its name and folder."
                faults.add(part, message, near=(source,), rule="picture")


def _link(parts: Sequence[Part], faults: Faults) -> None:
    """Let links between chapters stay inside the one document, and refuse those that lead nowhere."""
    first = {part.chapter.path: _first_id(part) for part in parts}
    known = {name for part in parts for name in _ids(part) if name}
    for part in parts:
        folder = PurePosixPath(part.chapter.path).parent
        for node in nodes(part.blocks):
            if node["t"] != "Link":
                continue
            written = node["c"][2][0]
            path, _, fragment = written.partition("#")
            if path.endswith(".qmd") and ":" not in path:
                chapter = posixpath.normpath(folder / path)
                node["c"][2][0] = f"#{fragment or first.get(chapter, '')}"
                fragment = fragment or first.get(chapter, "")
            elif path:
                continue
            if fragment not in known:
                message = f"the link to {written!r} leads nowhere. Check the file and the label."
                faults.add(part, message, near=(f"({written}",), rule="link")


def _first_id(part: Part) -> str:
    return next((node["c"][1][0] for node in nodes(part.blocks) if node["t"] == "Header"), "")


def _ids(part: Part) -> list[str]:
    found = []
    for node in nodes(part.blocks):
        if node["t"] == "Header":
            found.append(node["c"][1][0])
        elif node["t"] in ("Div", "Span", "Figure", "Table", "Link", "Image", "Code", "CodeBlock"):
            found.append(node["c"][0][0])
        elif node["t"] in ("RawBlock", "RawInline"):
            found += _RAW_ID.findall(node["c"][1])
    return found
