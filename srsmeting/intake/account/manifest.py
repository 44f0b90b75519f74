"""``manifest.yaml``: the hash of every file that a measurement takes in, so that a change is noticed.

A person seals the files once they are as they should be (`srsmeting check --seal`); every later run compares.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from srsmeting.errors import ConfigurationError, Fault
from srsmeting.intake.account.words import number
from srsmeting.intake.checks.findings import Finding
from srsmeting.yamlfile import quoted, read_yaml, validate

_HEAD: Final = "# Made by `srsmeting check --seal`: the files as they were then. Every later run compares them."
_AGAIN: Final = "Klopt dit, leg de bestanden dan opnieuw vast: `srsmeting check --seal`."


class SealedFile(BaseModel):
    """One file, as it was."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: As the configuration names it.
    file: str
    size: Annotated[int, Field(ge=0)]
    sha256: str


class Manifest(BaseModel):
    """What a ``manifest.yaml`` says: the files by their key in the configuration."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: dict[str, SealedFile]


@dataclass(frozen=True)
class Comparison:
    """What a manifest says of the files as they are.

    Parameters
    ----------
    told
        The outcome, as a Dutch sentence.
    findings
        One for every file that was changed, added or removed.
    sealed
        Whether there is a manifest.
    """

    told: str
    findings: tuple[Finding, ...] = ()
    sealed: bool = True


def take_stock(files: Mapping[str, str], folder: Path) -> Manifest:
    """Return a manifest of the files as they are.

    Parameters
    ----------
    files
        Names, as the configuration has them, by key.
    folder
        What they are relative to.

    Raises
    ------
    ConfigurationError
        When one of them cannot be read.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "export.csv").write_bytes(b"id;Q1")
    ...     stock = take_stock({"export": "export.csv"}, Path(folder))
    >>> stock.files["export"].size, stock.files["export"].sha256[:8]
    (5, '0d27cc97')
    """
    found = {}
    for key, name in files.items():
        try:
            with (folder / name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                found[key] = SealedFile(file=name, size=file.tell(), sha256=digest)
        except OSError as problem:
            raise ConfigurationError(f"{folder / name}: cannot be read: {problem.strerror}.") from None
    return Manifest(files=found)


def read_manifest(path: Path) -> Manifest | None:
    """Read a manifest; None when there is none.

    Raises
    ------
    ConfigurationError
        When the file is no manifest, or was damaged.
    """
    if not path.exists():
        return None
    try:
        return validate(Manifest, read_yaml(path, ConfigurationError), ConfigurationError, nouns={"files": "file"})
    except ConfigurationError as problem:
        advice = "Take the file back from version control, or remove it and seal again."
        faults = [Fault(f.file, f"{f.message} {advice}", f.line, f.column, f.value, f.rule) for f in problem.faults]
        raise ConfigurationError(faults=faults) from None


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write a manifest; the file appears whole or not at all.

    Raises
    ------
    ConfigurationError
        When it cannot be written.
    """
    lines = [_HEAD, "files:"]
    for key, entry in manifest.files.items():
        lines += [f"  {key}:", f"    file: {quoted(entry.file)}", f"    size: {entry.size}"]
        lines.append(f'    sha256: "{entry.sha256}"')
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
        draft = Path(name)
        try:
            with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - it is open already
                file.write("\n".join(lines) + "\n")
            draft.chmod(0o644)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        raise ConfigurationError(f"{path}: cannot be written: {problem.strerror}.") from None


def compare(sealed: Manifest | None, found: Manifest | None, name: str) -> Comparison:
    """Hold the files as they are (`found`) against a manifest called `name`.

    Without a manifest there is nothing to hold them against, and `found` may be None.

    Examples
    --------
    >>> old = Manifest(files={"export": SealedFile(file="export.csv", size=5, sha256="0" * 64)})
    >>> new = Manifest(files={"export": SealedFile(file="export.csv", size=7, sha256="1" * 64)})
    >>> compare(old, old, "manifest.yaml").told
    'Het bestand is gelijk aan wat in manifest.yaml is vastgelegd.'
    >>> compare(old, new, "manifest.yaml").findings[0].message.partition(". ")[0]
    'export.csv (export) is veranderd sinds het in manifest.yaml is vastgelegd: 7 bytes, dat waren er 5'
    """
    if sealed is None or found is None:
        return Comparison("Niet vastgelegd; doe dat met `srsmeting check --seal`.", sealed=False)
    findings = tuple(
        Finding("file_changed", "", 1, f"{message} {_AGAIN}") for message in _differences(sealed, found, name)
    )
    if findings:
        files = "1 bestand is" if len(findings) == 1 else f"{len(findings)} bestanden zijn"
        return Comparison(f"{files} niet als in {name} vastgelegd; zie de bevindingen.", findings)
    return Comparison(f"{_files(found)} gelijk aan wat in {name} is vastgelegd.")


def sealed_now(found: Manifest, name: str) -> Comparison:
    """Say that the files were sealed in this run."""
    return Comparison(f"{_files(found)} vastgelegd in {name}.")


def _files(manifest: Manifest) -> str:
    return "Het bestand is" if len(manifest.files) == 1 else f"De {len(manifest.files)} bestanden zijn"


def _differences(sealed: Manifest, found: Manifest, name: str) -> Iterator[str]:
    for key, now in found.files.items():
        before = sealed.files.get(key)
        if before is None:
            yield f"{now.file} ({key}) is niet in {name} vastgelegd."
        elif before.file != now.file:
            same = "met dezelfde inhoud" if before.sha256 == now.sha256 else "met een andere inhoud"
            yield f"{now.file} ({key}) is een ander bestand dan in {name} is vastgelegd, {before.file}, {same}."
        elif before.sha256 != now.sha256:
            sizes = f"{number(now.size)} bytes, dat waren er {number(before.size)}"
            sizes = sizes if now.size != before.size else f"evenveel bytes ({number(now.size)}), andere inhoud"
            yield f"{now.file} ({key}) is veranderd sinds het in {name} is vastgelegd: {sizes}."
    for key, before in sealed.files.items():
        if key not in found.files:
            yield f"{before.file} ({key}) is in {name} vastgelegd, en wordt niet meer gebruikt."
