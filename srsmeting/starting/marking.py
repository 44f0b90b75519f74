"""A copy of a report that says on every page that it is a dry run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from srsmeting.errors import ConfigurationError
from srsmeting.presentation.exhibit import escape_text

#: On paper a chapter has pages that its beginning is not on.
_ON_PAPER: Final = """```{=typst}
#set page(header: align(right, text(size: 0.8em)[Proefdraai: verzonnen antwoorden]))
```

"""
_HEADING: Final = re.compile(r"^# .*$", re.M)
_FRONT: Final = re.compile(r"---\n.*?\n---$", re.S | re.M)
#: Would say it twice; as many lines stand in its place.
_NOTICE: Final = re.compile(r"^```\{python\}\nr\.notice\(\)\n```$", re.M)


@dataclass(frozen=True)
class MarkedReport:
    """A marked report, and where its lines come from.

    Parameters
    ----------
    folder
        The copy.
    written
        The report as its author knows it; None for one that was drafted.
    added
        By chapter: lines added above it, the line behind which more were added, and how many.
    """

    folder: Path
    written: Path | None
    added: Mapping[str, tuple[int, int, int]]

    def as_written(self, text: str) -> str:
        """Return a message with files and lines as they are in the report that was copied."""
        shown = "the drafted report" if self.written is None else self.written.as_posix()

        def moved(found: re.Match[str]) -> str:
            name, line = found["name"], int(found["line"] or 0)
            above, at, more = self.added.get(name, (0, 0, 0))
            line -= above + (more if line > above + at else 0)
            return f"{shown}/{name}" + (f":{max(line, 1)}" if found["line"] else "")

        pattern = rf"{re.escape(self.folder.as_posix())}/(?P<name>[^:\s]+)(?::(?P<line>\d+))?"
        return re.sub(pattern, moved, text).replace(self.folder.as_posix(), shown)


def mark_report(folder: Path, notice: str, written: Path | None = None) -> MarkedReport:
    """Let every chapter of a copy, and its title, say that it is a dry run.

    Parameters
    ----------
    folder
        The copy; it is changed.
    notice
        What every chapter begins with.
    written
        The report that it is a copy of.

    Raises
    ------
    ConfigurationError
        When a chapter is not UTF-8, or ``_quarto.yml`` not YAML.
    """
    callout = f"\n\n::: {{.callout-important}}\n\n{escape_text(notice)}\n\n:::\n"
    added = {}
    for path in sorted(folder.rglob("*.qmd")):
        name = path.relative_to(folder).as_posix()
        if path.name.startswith("_"):
            continue  # a part of a chapter, which says it
        text = _NOTICE.sub("```{python}\nNone\n```", _read(path, name).replace("\r\n", "\n"))
        found = _HEADING.search(text) or _FRONT.match(text)
        at = found.end() if found else 0
        above = _ON_PAPER if name == "index.qmd" and not text.startswith("---") else ""
        added[name] = (above.count("\n"), text[:at].count("\n") + 1, callout.count("\n"))
        path.write_text(f"{above}{text[:at]}{callout}{text[at:]}", encoding="utf-8")
    project = folder / "_quarto.yml"
    try:
        data = yaml.safe_load(_read(project, project.name))
    except yaml.YAMLError:
        raise ConfigurationError(f"{project.name}: cannot be read as YAML. Render the report to see why.") from None
    if isinstance(data, dict) and isinstance(book := data.get("book"), dict):
        book["title"] = f"Proefdraai: {book.get('title', '')}"
        project.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return MarkedReport(folder, written, added)


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{name}: is not UTF-8. Save it as UTF-8.") from None
