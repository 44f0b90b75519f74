"""The files of a measurement: which they are, where they stand, and that nothing is written over them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from srsmeting.configuration import FILE_NAME, INPUTS, MetingConfig, measurement_file, read_config
from srsmeting.errors import SrsmetingError
from srsmeting.places import refuse_over


@dataclass(frozen=True)
class MetingFiles:
    """A configuration, and the files that it names.

    Parameters
    ----------
    file
        The ``meting.yaml``.
    config
        What it says.
    """

    file: Path
    config: MetingConfig

    def path(self, name: str) -> Path:
        """Return where a file that the configuration names stands."""
        return (self.file.parent / name).resolve()

    @property
    def inputs(self) -> dict[str, str]:
        """The files that a check takes in, by their key: the configuration, what it names, and what belongs to that."""
        found = {"configuration": self.file.name}
        found |= {key: name for key in INPUTS if (name := getattr(self.config, key))}
        if self.config.export.lower().endswith(".dat"):
            from srsmeting.intake.formats.limesurvey.spss import syntax_beside

            syntax = syntax_beside(self.file.parent / self.config.export)
            found |= {"syntax": Path(self.config.export).with_name(syntax.name).as_posix()} if syntax else {}
        return found

    @property
    def manifest(self) -> Path:
        """Where the hashes of those files are sealed."""
        return self._own("manifest.yaml")

    @property
    def record(self) -> Path:
        """The folder with the records of what was published."""
        return self._own("record")

    def _own(self, name: str) -> Path:
        # Two measurements can share a folder.
        return self.file.with_name(name if self.file.name == FILE_NAME else f"{self.file.stem}.{name}")

    def refuse_input(self, target: str | os.PathLike[str]) -> None:
        """Refuse to write where a file of the measurement stands, or one of a measurement that it leads to.

        Raises
        ------
        ConfigurationError
            When `target` is one of them.
        """
        refuse_over(target, self._taken(), {"record": self.record}, "this measurement")
        for before in self._before():
            whose = f"{before.config.meting!r}, an earlier measurement"
            refuse_over(target, before._taken(), {"record": before.record}, whose)

    def _taken(self) -> dict[str, Path]:
        others = ("published", "estimates", "crosswalk", "programme", "voices")
        named = self.inputs | {key: getattr(self.config, key) for key in others}
        return {"manifest": self.manifest} | {key: self.path(name) for key, name in named.items() if name}

    def _before(self) -> Iterator[MetingFiles]:
        """Yield the measurements that ``earlier`` leads to, as far as they can be read; the last one first."""
        one, seen = self, {self.file.resolve()}
        while one.config.earlier:
            place = measurement_file(one.path(one.config.earlier)).resolve()
            if place in seen:
                return
            seen.add(place)
            try:
                file, config, _ = read_config(place)
            except SrsmetingError:
                # Told where years are compared; a fault of another year is not in the way of this one.
                return
            one = MetingFiles(file, config)
            yield one
