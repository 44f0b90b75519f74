"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from srsmeting.errors import SynthesisError


def write_whole(path: Path | str, content: bytes) -> None:
    """Write a file beside its place and move it there.

    Raises
    ------
    SynthesisError
        When its folder does not exist, or nothing can be written there.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise SynthesisError(
            f"{target}: the folder {str(target.parent)!r} does not exist. Make it first, or write elsewhere."
        )
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=target.suffix)
        os.close(handle)
        draft = Path(name)
        try:
            draft.write_bytes(content)
            draft.chmod(0o644)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise SynthesisError(f"{target}: cannot be written: {error.strerror}. Write elsewhere.") from None
