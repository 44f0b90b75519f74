"""Rendering a report: a Quarto book project in, finished documents out.

Where Quarto is installed it does the work. Where it is not, the built-in renderer does: it runs the cells through a
Jupyter kernel, lets pandoc parse and write, and numbers and refers as Quarto does. The sources are plain Quarto.

What the built-in renderer knows:

* book projects: `index.qmd`, numbered chapters, lettered appendices, `{.unnumbered}`; `{{< include … >}}` and
  `{{< pagebreak >}}`
* projects of type `default`, of which one document is rendered at a time: a title in its front matter, sections from
  level 2 on, no table of contents
* in `_quarto.yml`: `book` (title, subtitle, author, date, chapters, appendices), `execute`, `crossref` (title-delim,
  appendix-title, appendix-delim), `toc-depth`, `number-depth`, `project: execute-dir`, and of `format` the depths and
  `docx: reference-doc`
* `{python}` cells with `#|` label, echo, eval, include, output, warning, fig-cap, fig-alt, tbl-cap and
  `tags: [parameters]`; inline `{python} expression`, also between the quotes of an attribute such as fig-alt
* `#fig-` and `#tbl-` exhibits as a div, a picture or a table with a caption; `@fig-`, `@tbl-`, `@sec-` references
* a profile, named in the environment as ``QUARTO_PROFILE``: ``_quarto-<profile>.yml`` with `book` (title, subtitle,
  more chapters and appendices), and `{.content-visible when-profile="…"}` or `unless-profile`
* callouts of five kinds with a title, content for one format only, everything that pandoc's markdown has

What it does not know it refuses, with file and line: a difference between the two should never be silent. Refused are:

* other settings, cell options, front matter, shortcodes, languages of cells; parts of a book; a language but `nl`
* layout: tabsets, columns, margins, grids, sub-captions, widths of columns, lightboxes, callouts that fold
* references of other kinds (`@eq-`, `@lst-` …), a bibliography
* what would come out wrong: a figure or table without caption, alt text or content, a label twice, a reference or link
  to nowhere, a picture that is missing or on the internet, markup that would be printed

Known differences: one kernel serves the book, so that state inside imported modules outlives a chapter; HTML is one
file instead of a page per chapter; themes and other settings of the look are Quarto's; Word captions count themselves.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from srsmeting.errors import RenderError, unknown_name
from srsmeting.render.housestyle import missing_styles

if TYPE_CHECKING:
    from srsmeting.render.variants import Variant

__all__ = ["ENGINES", "FORMATS", "missing_styles", "render_report", "render_variants"]

#: What a report can be rendered to.
FORMATS = ("html", "docx", "pdf")
#: Who can render it.
ENGINES = ("auto", "quarto", "embedded")


def render_report(
    project: Path,
    *,
    to: Sequence[str] = ("html",),
    out: Path,
    engine: str = "auto",
    env: Mapping[str, str] | None = None,
    parameters: Mapping[str, object] | None = None,
    data: Sequence[Path] = (),
    freeze: Path | None = None,
    provenance: bool = False,
    reference_doc: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    r"""Render a Quarto project: a book, or a document.

    The project itself is never written to, and `out` gets finished files or nothing.

    Parameters
    ----------
    project
        Folder with a `_quarto.yml` of project type `book` or `default`.
    to
        Formats to make: `html`, `docx`, `pdf`.
    out
        Folder for the results; made where it does not exist. Results are called after the project folder, and replace
        those of an earlier run.
    engine
        `quarto`, `embedded` (the built-in renderer), or `auto`: Quarto where it is on the PATH, else the built-in one.
    env
        Environment variables for the cells, beside those of this process.
    parameters
        Values that replace those set in cells tagged `parameters`; what JSON can hold.
    data
        Files and folders that the cells read. Where a value in `env` is one of them, it is its contents that count.
    freeze
        Folder in which chapters are kept. A chapter is run again only when its text, the parameters, the data, the
        other files of the project or the code changed since. None runs every chapter. Quarto has a way of its own.
    provenance
        Whether to add an appendix with the estimates behind every number in the text; the built-in renderer only.
    reference_doc
        Word file whose styles, page and footer the Word document takes; default the one that the book names, else one
        made by code. :func:`missing_styles` says what it lacks. The built-in renderer only.
    progress
        Gets short texts while the work goes on, such as ``chapter 2 of 4: h2.qmd``.

    Returns
    -------
    list of Path
        What was written, in the order of `to`. The built-in renderer makes one self-contained HTML file; Quarto makes
        a folder with a page per chapter, of which the first page is returned.

    Raises
    ------
    UnknownNameError
        For a format, engine or parameter that does not exist.
    RenderError
        When the book cannot be rendered: a cell that fails, a reference that points nowhere, a figure without caption
        or alt text, a setting that the built-in renderer does not know. All faults of one stage are raised together.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "_quarto.yml").write_text("project: {type: book}\nbook: {title: T, chapters: [index.qmd]}")
    >>> _ = (folder / "index.qmd").write_text("# Vooraf")
    >>> [path.suffix for path in render_report(folder, out=folder / "klaar", engine="embedded")]
    ['.html']
    """
    # Imported here, so that a program that renders nothing does not wait for it.
    from srsmeting.render.variants import Variant

    return render_variants(
        project,
        [Variant(project.resolve().name, env=env or {}, data=tuple(data))],
        to=to,
        out=out,
        engine=engine,
        parameters=parameters,
        freeze=freeze,
        provenance=provenance,
        reference_doc=reference_doc,
        progress=progress,
    )


def render_variants(
    project: Path,
    variants: Sequence[Variant],
    *,
    to: Sequence[str] = ("html",),
    out: Path,
    engine: str = "auto",
    parameters: Mapping[str, object] | None = None,
    freeze: Path | None = None,
    provenance: bool = False,
    reference_doc: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Render several documents from one project, such as one for each region; `out` gets all of them or none.

    Parameters
    ----------
    variants
        What differs: name, subtitle, which document, environment variables and data. As many are made at a time as
        there are processors. The other parameters are those of :func:`render_report`.

    Returns
    -------
    list of Path
        What was written: per variant in the order of `to`.

    Raises
    ------
    UnknownNameError, RenderError
        As :func:`render_report`, with the label of the variant first where there is more than one.
    """
    shown = project.as_posix()
    for kind, values, known in (("format", to, FORMATS), ("engine", [engine], ENGINES)):
        for value in values:
            if value not in known:
                raise unknown_name("render_report()", kind, value, known)
    if not to:
        raise RenderError(f"render_report(): no format asked for. Choose from {', '.join(FORMATS)}.")
    if not (project / "_quarto.yml").is_file():
        raise RenderError(f"{shown}: no '_quarto.yml' here. Give the folder of a Quarto project.")
    ours = provenance or reference_doc is not None
    if ours and engine == "quarto":
        what = "appendix of provenance" if provenance else "use of a reference document that is named here"
        raise RenderError(f"quarto: it makes no {what}. Use the built-in renderer: engine 'embedded'.")
    if reference_doc is not None:
        missing_styles(reference_doc)
    quarto = shutil.which("quarto") if engine != "embedded" and not ours else None
    if engine == "quarto" and quarto is None:
        raise RenderError("quarto: it is not on the PATH. Install it, or use the built-in renderer: engine 'embedded'.")

    from srsmeting.render.engine import render_embedded
    from srsmeting.render.job import Job
    from srsmeting.render.quarto import render_quarto
    from srsmeting.render.variants import render_all

    with tempfile.TemporaryDirectory(prefix="srsmeting-") as temporary:
        staging = Path(temporary) / "staging"
        staging.mkdir()
        job = Job(
            copy=project,
            shown=shown,
            formats=tuple(dict.fromkeys(to)),
            staging=staging,
            name="",
            env={},
            parameters=parameters or {},
            data=(),
            freeze=freeze,
            provenance=provenance,
            reference_doc=reference_doc,
            progress=progress or (lambda _: None),
        )
        make = render_embedded if quarto is None else partial(render_quarto, quarto)
        return _move(render_all(project, job, variants, Path(temporary), make), staging, out)


def _move(made: Sequence[Path], staging: Path, out: Path) -> list[Path]:
    """Move results into place: first to the disk where they must be, then by renaming, which cannot stop half-way."""
    from srsmeting.render.variants import reason

    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".srsmeting-", dir=out) as waiting:
            new, old = Path(waiting) / "new", Path(waiting) / "old"
            shutil.copytree(staging, new)
            old.mkdir()
            for item in sorted(new.iterdir()):
                target = out / item.name
                if target.is_dir():
                    target.rename(old / item.name)
                item.replace(target)
    except OSError as error:
        raise RenderError(f"{out.as_posix()}: cannot be written ({reason(error)}). Choose another folder.") from None
    return [out / path.relative_to(staging) for path in made]
