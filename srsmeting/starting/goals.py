"""The folder of a programme whose goals are followed: what to fill in, or an example on invented figures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from srsmeting.bundled import bundled
from srsmeting.starting.names import choose_id, refuse_known, title_of, year_in
from srsmeting.starting.place import Started, made_whole, put, refuse_full
from srsmeting.starting.resource import resource
from srsmeting.yamlfile import quoted

#: The chapters that a new report starts from.
_REPORT: Final = "reports/zorgpilots"
#: The year of a programme that does not say one.
_ANY_YEAR: Final = "2026"

_FILES: Final = ("goals", "results", "dropout", "participants", "durations", "portraits")
_UNITS: Final = {
    "empty": {"noord": "Noord", "zuid": "Zuid"},
    "example": {"duinen": "Duinen", "heide": "Heide", "polder": "Polder"},
}
_NOTICE: Final = (
    "Alle pilots, doelen en resultaten in dit rapport zijn verzonnen. Het is een voorbeeld om te zien hoe het volgen "
    "van doelen werkt; over niemand volgt er iets uit."
)
_EXAMPLE: Final = (
    "**Everything in it is invented**: there are no such pilots. It is there to see how goals are followed. Change a\n"
    "file, and run the commands again. Start a programme of your own in another folder.\n\n## What there is\n"
)


def new_programme(folder: Path, *, id: str = "", example: bool = False) -> Started:
    """Make the folder of a programme whose goals are followed.

    Parameters
    ----------
    folder
        Where to; it is not there yet, or empty.
    id
        Of the measurement; default told from the folder.
    example
        Whether goals and results are invented, so that it can be rendered at once.

    Returns
    -------
    Started

    Raises
    ------
    ConfigurationError
        When the folder is not empty or cannot be written, or the id is none or is taken.
    """
    refuse_full(folder)
    id = choose_id(folder, id)
    refuse_known(id, [folder.resolve().parent])
    kind = "example" if example else "empty"
    year = year_in(id) or _ANY_YEAR
    with made_whole(folder) as draft:
        put(draft / "meting.yaml", _settings(id, year, kind))
        for name in _FILES:
            put(draft / f"{name}.csv", resource(f"goals/{kind}/{name}.csv").replace("YEAR", year))
        put(draft / "README.md", _readme(id, folder.as_posix(), example=example))
        put(draft / ".gitignore", resource("goals/gitignore"))
        for path in sorted(bundled(_REPORT).glob("*.*")):
            put(draft / "report" / path.name, _titled(path.read_text(encoding="utf-8"), title_of(id)))
        files = tuple(sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()))
    return Started(folder, id, files)


def _settings(id: str, year: str, kind: str) -> str:
    title = title_of(id)
    source = f"{title}; verzonnen cijfers" if kind == "example" else f"{title}, opgave van de projectleiders"
    report = {"period": year, "source": source} | ({"notice": _NOTICE} if kind == "example" else {})
    filled = {
        "ID": quoted(id),
        "TITLE": quoted(title),
        "YEAR": year,
        "UNITS": "\n".join(f"    - {{id: {unit}, label: {label}}}" for unit, label in _UNITS[kind].items()),
        "REPORT": "\n".join(f"  {key}: {quoted(text)}" for key, text in report.items()),
    }
    return re.sub(rf"\b({'|'.join(filled)})\b", lambda found: filled[found[0]], resource("goals/meting.yaml"))


def _readme(id: str, folder: str, *, example: bool) -> str:
    told = [
        (f"check {folder}", "do the figures agree with each other?"),
        (f"round new {folder} --moment {'eindmeting' if example else 'ronde_1'}", "ask how it stands"),
        (f"round read {folder} returned/*.xlsx", "take in what came back"),
        (f"estimate {folder} -o figures.csv", "the figures"),
        (f"tables {folder} -o tables.xlsx", "all tables"),
        (f"render {folder}/report --meting {folder} -o {folder}/out", "the report"),
    ]
    width = max(len(command) for command, _ in told)
    filled = {
        "ID": id,
        "TITLE": title_of(id),
        "FOLDER": folder,
        "KIND": _EXAMPLE if example else "## What to fill in\n",
        "COMMANDS": "\n".join(f"srsmeting {command:<{width}}  # {why}" for command, why in told),
    }
    return re.sub(rf"\b({'|'.join(filled)})\b", lambda found: filled[found[0]], resource("goals/README.md"))


def _titled(text: str, title: str) -> str:
    """Return the text of a chapter, or of the settings of a book with its title."""
    named = re.sub(r"^(  title: ).*$", lambda found: found[1] + quoted(title), text, count=1, flags=re.MULTILINE)
    return re.sub(r"^  subtitle: .*\n", "", named, count=1, flags=re.MULTILINE)
