"""The commands that make documents: what they hand on, and what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main
from srsmeting.render.housestyle import STYLES, write_reference
from srsmeting.render.wordfile import rewrite


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    return write_reference(tmp_path / "huisstijl.docx")


def test_a_house_style_that_has_everything(reference: Path) -> None:
    result = run("render", "--check-style", reference)

    assert result.exit_code == 0
    assert result.output == f"{reference}: has all of the styles that a report uses.\n"


def test_a_house_style_that_lacks_something(reference: Path) -> None:
    rewrite(reference, {"word/styles.xml": lambda content: content.replace(b'"Kader"', b'"Box"')})
    result = run("render", "--check-style", reference)

    assert result.exit_code == 1
    assert result.output == f"Kader (paragraph): boxes\n{reference}: lacks 1 of the styles that a report uses.\n"


def test_a_house_style_that_is_no_word_file(tmp_path: Path) -> None:
    result = run("render", "--check-style", tmp_path / "weg.docx")

    assert result.exit_code == 2
    assert result.stderr == f"srsmeting: {tmp_path / 'weg.docx'}: does not exist. Check its name and folder.\n"


def test_every_style_has_a_name_and_a_use_of_its_own() -> None:
    assert len({style.name for style in STYLES}) == len({style.use for style in STYLES}) == len(STYLES)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Keep what the renderer is asked, and make an empty page."""
    kept: list[dict[str, Any]] = []

    def render_report(project: Path, **options: Any) -> list[Path]:
        kept.append({"project": project, **options})
        page: Path = options["out"] / "boek.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text("<body></body>")
        return [page]

    monkeypatch.setattr("srsmeting.render.render_report", render_report)
    return kept


def test_the_options_reach_the_renderer(
    mini: Path, tmp_path: Path, reference: Path, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, appauthor: tmp_path / "cache")
    common = ["render", "boek", "--meting", mini, "-o", tmp_path / "uit"]
    run(*common)
    run(*common, "--provenance", "--no-freeze", "--reference-doc", reference, "--to", "docx, pdf")

    names = ("project", "to", "freeze", "provenance", "reference_doc")
    assert [{name: one[name] for name in names} for one in asked] == [
        {
            "project": Path("boek"),
            "to": ("html",),
            "freeze": tmp_path / "cache" / "chapters",
            "provenance": False,
            "reference_doc": None,
        },
        {
            "project": Path("boek"),
            "to": ("docx", "pdf"),
            "freeze": None,
            "provenance": True,
            "reference_doc": reference,
        },
    ]
    # What the cells read is a folder that the environment names; what counts is what is in it.
    assert all([str(path) for path in one["data"]] == [one["env"]["SRSMETING_REPORT"]] for one in asked)


def test_a_preview_watches_the_report_and_the_measurement(
    mini: Path, tmp_path: Path, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: dict[str, Any] = {}

    def preview(build: Any, watched: list[Path], **options: Any) -> None:
        shown.update(options, watched=watched, page=build(tmp_path / "uit").name)

    monkeypatch.setattr("srsmeting.render.preview.preview", preview)
    result = run("preview", "boek", "--meting", mini, "--no-browser")

    assert result.exit_code == 0, result.output
    assert (shown["page"], shown["port"], shown["browser"]) == ("boek.html", 0, False)
    assert [path.resolve() for path in shown["watched"]] == [Path("boek").resolve(), mini.resolve()]
    assert [(one["to"], one["engine"]) for one in asked] == [(("html",), "embedded")]


@pytest.mark.parametrize(("only", "label"), [((), "Noord"), (("--only", "zuid"), "Zuid")])
def test_a_report_on_one_group_can_be_previewed(
    mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only: tuple[str, ...], label: str
) -> None:
    rendered: list[Any] = []

    def render_variants(project: Path, variants: list[Any], **options: Any) -> list[Path]:
        rendered.extend((one.label, one.env["SRSMETING_FORMATS"]) for one in variants)
        return [tmp_path / "blad.html"]

    monkeypatch.setattr("srsmeting.render.render_variants", render_variants)
    monkeypatch.setattr(
        "srsmeting.render.preview.preview", lambda build, watched, **options: build(tmp_path / "uit") and None
    )
    result = run("preview", "blad", "--meting", mini, "--per", "wgo", *only, "--no-browser")

    assert result.exit_code == 0, result.output
    assert rendered == [(label, "html")]


def test_a_group_to_preview_needs_its_breakdown(mini: Path) -> None:
    result = run("preview", "blad", "--meting", mini, "--only", "zuid")
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: --only needs --per: the breakdown that the group is of.\n")
