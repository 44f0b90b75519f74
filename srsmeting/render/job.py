"""What one rendering is asked to do; the same for Quarto and for the built-in renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from srsmeting.render.kernel import SharedKernel

#: The environment variable in which Quarto finds the profile of a project: the variant of it to make.
PROFILE: Final = "QUARTO_PROFILE"
#: Gets short texts such as "chapter 2 of 4: h2.qmd".
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """One rendering.

    Parameters
    ----------
    copy
        A copy of the project, in which everything may write.
    shown
        The project folder as the user knows it, for messages.
    formats
        What to make, each once.
    staging
        Gets one file per format (for HTML by Quarto: one folder).
    name
        What the results are called, without suffix.
    env
        Environment variables for the cells, beside those of this process.
    parameters
        Values that replace those of the cells tagged `parameters`.
    provenance
        Whether to add an appendix with the estimates behind the numbers in the text.
    reference_doc
        Word file with the house style, or None for the one of the book.
    data
        Files and folders that the cells read; what is frozen is used only while their contents are the same.
    freeze
        Folder in which chapters are kept, or None to run everything.
    progress
        Told what is going on.
    document, subtitle
        Of a project that is no book: which document, and what it is about. Empty: the only one or ``index.qmd``, and
        its own subtitle.
    kernel
        A kernel that serves several renderings, one after another; None for one of its own.
    """

    copy: Path
    shown: str
    formats: tuple[str, ...]
    staging: Path
    name: str
    env: Mapping[str, str]
    parameters: Mapping[str, object]
    provenance: bool
    reference_doc: Path | None
    data: tuple[Path, ...]
    freeze: Path | None
    progress: Progress
    document: str = ""
    subtitle: str = ""
    kernel: SharedKernel | None = None

    @property
    def profile(self) -> str:
        """The variant of the project to make, named where Quarto finds it."""
        return self.env.get(PROFILE, "")
