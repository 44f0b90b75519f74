from __future__ import annotations

import pytest

from srsmeting.errors import RenderError
from srsmeting.render.options import FLAG, MAPPING, TEXT, WORDS, read_options

KNOWN = {"echo": FLAG, "label": TEXT, "tags": WORDS, "execute": MAPPING}


def fails(text: str) -> str:
    with pytest.raises(RenderError) as caught:
        read_options(text, file="h1.qmd", line=10, known=KNOWN, kind="cell option")
    return str(caught.value)


def test_every_unknown_or_wrong_option_is_named_with_its_line() -> None:
    assert fails("echo: ja\nlable: fig-x\ntags: parameters") == (
        "h1.qmd:10: 'echo' must be true or false, not 'ja'.\n"
        "h1.qmd:11: the built-in renderer does not know the cell option 'lable'. Did you mean 'label'? "
        "Known: 'echo', 'label', 'tags', 'execute'.\n"
        "h1.qmd:12: 'tags' must be a list, not 'parameters'."
    )


def test_an_option_that_is_written_twice() -> None:
    assert fails("echo: true\nlabel: a\necho: false") == (
        "h1.qmd:12: 'echo' is written twice (also on line 10). Keep one."
    )


def test_text_that_is_no_yaml() -> None:
    assert fails("label: a\necho: [true") == (
        "h1.qmd:12: not valid YAML: did not find expected ',' or ']'. Check indentation, colons and quotes."
    )


def test_text_that_is_no_mapping() -> None:
    assert fails("echo=false") == "h1.qmd:10: expected settings ('name: value'), found 'echo=false'."


def test_a_section_keeps_its_lines() -> None:
    options = read_options("label: a\nexecute:\n  echo: nee", file="h1.qmd", line=1, known=KNOWN, kind="setting")
    with pytest.raises(RenderError) as caught:
        options.section("execute", {"echo": FLAG}, "execute setting")
    assert str(caught.value) == "h1.qmd:3: 'echo' must be true or false, not 'nee'."
