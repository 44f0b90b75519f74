"""The house style of Word for a document of a few pages: the same styles, smaller and nearer to each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from srsmeting.render.housestyle import write_reference
from srsmeting.render.wordfile import rewrite

#: More space than this (twentieths of a point) is that of a title page.
_TITLE_PAGE: Final = 1000
#: Text is this part of its size, and in half points no smaller than that.
_SMALLER, _SMALLEST = 0.9, 16
#: Lines are no further apart (240 is single).
_LINES: Final = 244
#: Margins are 2 cm at the sides, and 1.4 cm above and below; the number of the page stands in the one below.
_MARGINS: Final = {"top": 794, "right": 1134, "bottom": 794, "left": 1134, "footer": 340}


def write_compact_reference(target: Path) -> Path:
    """Write the reference document of the house style for a document of a few pages.

    Parameters
    ----------
    target
        A `.docx`.
    """
    write_reference(target)
    rewrite(target, {"word/styles.xml": _with_less_space, "word/document.xml": _with_margins})
    return target


def _with_less_space(content: bytes) -> bytes:
    text = re.sub(r'w:(before|after)="(\d+)"', lambda m: f'w:{m[1]}="{_space(int(m[2]))}"', content.decode())
    text = re.sub(r'w:line="(\d+)"', lambda m: f'w:line="{min(int(m[1]), _LINES)}"', text)
    return re.sub(r'w:(sz|szCs) w:val="(\d+)"', lambda m: f'w:{m[1]} w:val="{_size(int(m[2]))}"', text).encode()


def _space(written: int) -> int:
    return 0 if written > _TITLE_PAGE else round(written * 0.55)


def _size(written: int) -> int:
    return max(min(written, _SMALLEST), round(written * _SMALLER))


def _with_margins(content: bytes) -> bytes:
    sides = r'w:(top|right|bottom|left|footer)="(?:1417|709)"'
    return re.sub(sides, lambda m: f'w:{m[1]}="{_MARGINS[m[1]]}"', content.decode()).encode()
