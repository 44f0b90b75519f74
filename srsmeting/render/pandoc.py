"""Running pandoc: text in, text out, and its warnings are errors."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from srsmeting.errors import Fault, RenderError
from srsmeting.render.lines import Line

#: Templates and style sheets.
RESOURCES = Path(__file__).parent / "resources"

_WARNING = re.compile(r"^\[WARNING\] (?P<text>.*?)$", re.MULTILINE)
_PLACE = re.compile(r" at (?:chunk )?line (?P<line>\d+) column \d+")


@cache
def pandoc_path() -> str:
    """Return the pandoc that pypandoc_binary brings."""
    import pypandoc

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        repair = "Install it with 'pip install pypandoc_binary'."
        raise RenderError(f"pandoc: it is not installed. {repair}") from None


def run_pandoc(arguments: Sequence[str], text: str, *, cwd: Path) -> tuple[str, list[str]]:
    """Run pandoc on text; return its output and its warnings.

    Raises
    ------
    RenderError
        When pandoc stops with an error.
    """
    # The date in a Word file would make every run different.
    env = {"SOURCE_DATE_EPOCH": "315532800", **os.environ}
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [pandoc_path(), *arguments], input=text.encode(), capture_output=True, cwd=cwd, env=env, check=False
    )
    messages = done.stderr.decode(errors="replace").strip()
    if done.returncode:
        raise RenderError(f"pandoc: stopped with exit status {done.returncode}. It said: {messages}")
    return done.stdout.decode(), _WARNING.findall(messages)


def default_reference(target: Path) -> None:
    """Write the reference document of pandoc: what its Word files look like."""
    run_pandoc([f"--output={target}", "--print-default-data-file=reference.docx"], "", cwd=target.parent)


def parse_markdown(lines: Sequence[Line], *, cwd: Path) -> list[Any]:
    """Parse the markdown of a chapter into the blocks of pandoc's document tree.

    Raises
    ------
    RenderError
        When pandoc warns, for instance about a div that is not closed.
    """
    text = "\n".join(line.text for line in lines) + "\n"
    # A comment is between authors, and not for the readers of the page's source.
    output, warnings = run_pandoc(["--from=markdown", "--to=json", "--strip-comments"], text, cwd=cwd)
    faults = []
    for warning in warnings:
        places = [int(place) for place in _PLACE.findall(warning)]
        line = lines[min(places[0], len(lines)) - 1] if places else lines[0]
        message = f"{_PLACE.sub('', warning).rstrip('.')}. Check the markdown here."
        faults.append(Fault(line.file, message, line=line.number, rule="markdown"))
    if faults:
        raise RenderError(faults=faults)
    blocks: list[Any] = json.loads(output)["blocks"]
    return blocks


def parse_html(pieces: Sequence[str], *, cwd: Path) -> list[list[Any]]:
    """Parse pieces of HTML, all in one run, into a list of blocks each."""
    text = "\n".join(f'<div id="piece-{number}">{piece}</div>' for number, piece in enumerate(pieces))
    output, _ = run_pandoc(["--from=html", "--to=json"], text, cwd=cwd)
    return [block["c"][1] for block in json.loads(output)["blocks"]]


def write_document(blocks: Sequence[Any], meta: Mapping[str, Any], to: str, *arguments: str, cwd: Path) -> str:
    """Write a document tree in a format of pandoc; whatever pandoc warns of is an error.

    Parameters
    ----------
    blocks, meta
        The tree, and its plain metadata.
    to
        The format.
    arguments
        More for pandoc, such as its template.
    cwd
        The folder in which the paths of pictures begin.
    """
    tree = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {name: _meta(value) for name, value in meta.items() if value},
        "blocks": blocks,
    }
    every = ["--from=json", f"--to={to}", "--standalone", "--wrap=none", "--fail-if-warnings", *arguments]
    return run_pandoc(every, json.dumps(tree, ensure_ascii=False), cwd=cwd)[0]


def _meta(value: Any) -> dict[str, Any]:
    if isinstance(value, tuple):
        return {"t": "MetaList", "c": [_meta(item) for item in value]}
    return {"t": "MetaString", "c": value}
