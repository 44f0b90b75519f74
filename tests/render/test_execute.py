from __future__ import annotations

from collections.abc import Callable

import pytest

from srsmeting.errors import RenderError, UnknownNameError
from srsmeting.render.book import Book
from srsmeting.render.execute import check_parameters

Run = Callable[..., str]

PICTURE = """
class Picture:
    def _repr_png_(self):
        import base64
        return base64.b64decode("iVBORw0KGgo=")
Picture()
"""


def cell(code: str, *options: str) -> str:
    head = "".join(f"#| {option}\n" for option in options)
    return f"```{{python}}\n{head}{code.strip()}\n```\n"


def fails(run: Run, text: str, settings: str = "") -> str:
    with pytest.raises(RenderError) as caught:
        run(text, settings)
    return str(caught.value)


def test_a_value_is_shown_as_the_best_thing_it_can_be(run: Run) -> None:
    code = """
class Shown:
    def __init__(self, *kinds): self.kinds = kinds
    def _repr_mimebundle_(self, **_): return {kind: f"<{kind}>" for kind in self.kinds}
display(Shown("text/plain", "text/html", "text/markdown"), Shown("text/plain", "text/html"), Shown("text/plain"))
"""
    assert run(cell(code, "echo: false")) == (
        "<text/markdown>\n``` {=html}\n<text/html>\n```\n``` {.cell-output}\n<text/plain>\n```"
    )


def test_code_and_what_it_prints(run: Run) -> None:
    text = cell("print('een')\nprint('twee')\n3")
    assert run(text) == (
        "``` {.python .cell-code}\nprint('een')\nprint('twee')\n3\n```\n"
        "``` {.cell-output-stdout}\neen\ntwee\n```\n``` {.cell-output}\n3\n```"
    )


@pytest.mark.parametrize(
    ("option", "shown"),
    [
        ("include: false", "gerekend: 7"),
        ("output: false", "``` {.python .cell-code}\nx = 7\nprint(x)\n```\ngerekend: 7"),
        ("output: asis", "``` {.python .cell-code}\nx = 7\nprint(x)\n```\n7\ngerekend: 7"),
    ],
)
def test_what_is_shown_of_a_cell_that_runs(run: Run, option: str, shown: str) -> None:
    assert run(cell("x = 7\nprint(x)", option) + "\ngerekend: `{python} x`\n") == shown


def test_a_cell_that_is_not_run(run: Run) -> None:
    assert run(cell("1/0", "eval: false")) == "``` {.python .cell-code}\n1/0\n```"


def test_settings_of_the_cell_come_before_those_of_the_chapter_and_the_book(run: Run) -> None:
    text = "---\nexecute:\n  output: false\n---\n" + cell("1") + cell("2", "output: true", "echo: true")
    assert run(text, "execute:\n  echo: false\n") == "``` {.python .cell-code}\n2\n```\n``` {.cell-output}\n2\n```"


def test_an_inline_value_is_text_unless_it_is_markdown(run: Run) -> None:
    text = cell(
        "from IPython.display import Markdown\nnaam = 'A*b_c [d]'\nwoord = Markdown('**vet**')", "include: false"
    )
    assert run(text + "\nZie `{python} naam`, `{python} woord`, `{python} 12.5` en `{python} '23%'`.\n") == (
        r"Zie A\*b\_c \[d\], **vet**, 12\.5 en 23%."
    )


def test_an_inline_value_is_that_of_its_place(run: Run) -> None:
    assert (
        run(f"{cell('x = 1', 'include: false')}\n`{{python}} x`\n\n{cell('x = 2', 'include: false')}\n`{{python}} x`\n")
        == "1\n2"
    )


def test_a_cell_with_a_label_and_a_caption_becomes_an_exhibit(run: Run) -> None:
    text = cell(
        "from IPython.display import HTML\nHTML('<table></table>')", "label: tbl-a", "tbl-cap: Bereik", "echo: false"
    )
    assert run(text) == "::: {#tbl-a}\n``` {=html}\n<table></table>\n```\nBereik\n:::"


def test_a_picture_is_kept_in_a_file_with_its_alt_text(run: Run) -> None:
    options = ("label: fig-a", "fig-cap: Bereik", 'fig-alt: Een "punt"', "echo: false")
    assert run(cell(PICTURE, *options)) == (
        '::: {#fig-a}\n![](_cellen/h1-fig-a-1.png){fig-alt="Een \\"punt\\""}\nBereik\n:::'
    )


def test_variables_do_not_reach_the_next_chapter(run: Run) -> None:
    run(cell("geheim = 1"))
    assert fails(run, "# A\n\n`{python} geheim`\n") == (
        "boek/h1.qmd:3 (inline 'geheim'): NameError: name 'geheim' is not defined"
    )


def test_a_warning_says_where_it_arose_in_the_chapter(run: Run) -> None:
    text = cell("import warnings\nwarnings.warn('let op')", "echo: false")
    assert run(text) == ("``` {.cell-output-stderr}\nh1.qmd:4: UserWarning: let op\n  warnings.warn('let op')\n```")
    assert run(text, "execute:\n  warning: false\n") == ""


def test_parameters_replace_the_values_of_the_tagged_cell(run: Run) -> None:
    text = cell("wgo = 'alle'\njaar = 2021", "tags: [parameters]", "include: false")
    assert run(text + "\n`{python} wgo` in `{python} jaar`\n", wgo="noord") == "noord in 2021"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "# A\n\n" + cell("a = 1\n\nb = a / 0", "label: tbl-x", "tbl-cap: c"),
            "boek/h1.qmd:8 (cell 'tbl-x'): ZeroDivisionError: division by zero",
        ),
        (
            "# A\n\n```{python}\n\n\nraise ValueError('fout')\n```\n",
            "boek/h1.qmd:6: ValueError: fout",
        ),
        ("# A\n\n" + cell("x = (1,\ny = 2"), "boek/h1.qmd:4: SyntaxError: '(' was never closed"),
        (
            "# A\n\nEen\n`{python} 1 +`\n",
            "boek/h1.qmd:4 (inline '1 +'): SyntaxError: invalid syntax",
        ),
        (
            "# A\n\n" + cell("input()"),
            "boek/h1.qmd:4: StdinNotImplementedError: raw_input was called, "
            "but this frontend does not support input requests.",
        ),
        (
            cell(PICTURE, "label: fig-a", "fig-cap: c"),
            "boek/h1.qmd:4: the cell shows a picture without alt text. Add '#| fig-alt: what the picture says'.",
        ),
        (
            cell("1", "label: fig-a"),
            "boek/h1.qmd:2: the cell 'fig-a' has no caption. Add '#| fig-cap: …', or change the label.",
        ),
        (
            cell("1", "label: a", "tbl-cap: c"),
            "boek/h1.qmd:3: 'tbl-cap' needs a label that begins with 'tbl-'. Add '#| label: tbl-…'.",
        ),
        (
            cell("1", "output: ja"),
            "boek/h1.qmd:2: 'output' must be true, false or 'asis', not 'ja'.",
        ),
    ],
)
def test_a_fault_is_told_with_file_line_and_cell(run: Run, text: str, message: str) -> None:
    assert fails(run, text) == message


def test_the_traceback_travels_with_the_error(run: Run) -> None:
    with pytest.raises(RenderError) as caught:
        run(cell("def f():\n    raise KeyError('x')\n\nf()"))
    assert str(caught.value) == "boek/h1.qmd:5: KeyError: 'x'"
    assert "raise KeyError('x')" in caught.value.__notes__[0]


def test_an_unknown_parameter_and_one_that_is_no_plain_data(read: Callable[..., Book]) -> None:
    book = read({"h1.qmd": cell("wgo = 'alle'", "tags: [parameters]")})
    with pytest.raises(UnknownNameError) as unknown:
        check_parameters(book, {"wg": "noord"})
    assert str(unknown.value) == "boek: no parameter 'wg'. Did you mean 'wgo'? Known: 'wgo'."
    with pytest.raises(RenderError) as wrong:
        check_parameters(book, {"wgo": {1}})
    assert str(wrong.value) == "boek: the parameter 'wgo' is {1}. Give text, a number, true, false or a list."
