"""The library that reads files of SPSS and Stata runs in a process of its own: what becomes of it is one error."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export
from srsmeting.intake.formats import readstat as module

CRASHED = (
    "a.sav: cannot be read as a file of SPSS: the file is damaged, in a way that made the program that reads it crash. "
    "Save it again with SPSS."
)


@pytest.fixture
def sav(tmp_path: Path) -> Path:
    """Write a file of which a text has a label, in compressed rows."""
    frame = pd.DataFrame({"id": ["1", "2"], "idee": ["Meer tijd", ""]})
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, path, row_compress=True, variable_value_labels={"id": {"1": "een"}})  # type: ignore[dict-item]
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", CRASHED),
        ("import os; print('answers', flush=True); os.abort()", CRASHED),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            "a.sav: cannot be read: the system stopped the reading of it, as it does where memory runs out.",
        ),
        (
            "import pyreadstat_that_is_not_there",
            "a.sav: cannot be read: the process that reads it did not start. Install srsmeting again.",
        ),
        ("""print('{"memory": true}')""", "a.sav: cannot be read: it needs more memory than there is."),
        (
            "import time; time.sleep(60)",
            "a.sav: cannot be read as a file of SPSS: it is damaged: reading it did not end in 0 seconds. "
            "Save it again with SPSS.",
        ),
    ],
    ids=["crash", "abort", "killed", "not started", "memory", "hang"],
)
def test_a_process_that_ends_otherwise_is_one_error(
    sav: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, message: str
) -> None:
    child = tmp_path / "child.py"
    child.write_text(program, encoding="utf-8")
    monkeypatch.setattr(module, "_CHILD", child)
    if "sleep" in program:
        monkeypatch.setattr(module, "_SECONDS", 0)
    with pytest.raises(IntakeError) as caught:
        read_export(sav)
    assert str(caught.value) == message


def test_no_process_at_all_is_one_error(sav: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(IntakeError) as caught:
        read_export(sav)
    assert str(caught.value) == (
        "a.sav: cannot be read: the process that reads it did not start (No such file or directory)."
    )


def test_a_damaged_file_that_makes_the_library_crash(sav: Path) -> None:
    raw = sav.read_bytes()
    padded = b"1       \x03een"
    assert padded in raw
    # One bit of the padding of a value with a label; pyreadstat 1.3.7 ends with a segmentation fault.
    sav.write_bytes(raw.replace(padded, b"1      \xa0\x03een"))
    with pytest.raises(IntakeError) as caught:
        read_export(sav)
    assert str(caught.value) in (
        CRASHED,  # a later one may be right about what is wrong
        "a.sav: cannot be read as a file of SPSS: its texts are not in the encoding that it names. "
        "Save it again with SPSS.",
    )


def test_what_the_library_prints_is_no_part_of_what_was_read() -> None:
    code = (
        "import os, runpy, sys, pyreadstat; plain = pyreadstat.read_sav\n"
        "def loud(*a, **k): os.write(1, b'invalid'); return plain(*a, **k)\n"
        f"pyreadstat.read_sav = loud; sys.argv = ['', 'read_sav', '9', '9']; runpy.run_path({str(module._CHILD)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"$FL2", capture_output=True, check=True)

    assert done.stdout == b'{"problem": "Unable to read from file"}\n'
    assert done.stderr == b"invalid"


def test_the_process_loads_nothing_slow() -> None:
    code = (
        f"import runpy, sys; sys.argv = ['', 'read_sav', '9', '9']; runpy.run_path({str(module._CHILD)!r}, run_name='__main__')\n"
        "print([name for name in ('pandas', 'pyarrow', 'polars', 'srsmeting') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"$FL2", capture_output=True, check=True)

    assert done.stderr == b"[]\n"
