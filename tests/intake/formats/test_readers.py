import subprocess
import sys
from pathlib import Path

import pytest

from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.readers import LAST_RESORT, READERS, Reader

TOP = Path(__file__).parents[3]
SAMPLES = sorted(path for path in (TOP / "tests").rglob("data/**/*") if path.is_file())


@pytest.mark.parametrize("reader", [*READERS, LAST_RESORT], ids=lambda reader: reader.KEY)
def test_the_list_names_a_reader_as_it_names_itself(reader: Reader) -> None:
    assert reader.KEY == reader.loaded.KEY


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_a_reader_recognises_it_is_asked_for(path: Path) -> None:
    source = Source(path, path.read_bytes())
    for reader in READERS:
        assert reader.may_be(source) or not reader.loaded.recognises(source)


def test_headings_longer_than_the_beginning_are_asked_of_all() -> None:
    raw = b";".join(b"question %d" % number for number in range(60_000)) + b";_submission_time;_uuid\n"
    kobo = next(reader for reader in READERS if reader.KEY == "kobo")
    assert kobo.recognises(Source(Path("export.csv"), raw))


def test_the_readers_of_other_tools_are_not_imported() -> None:
    program = (
        "import sys; from srsmeting.intake import read_export; read_export('analyses/srs_2021/export.csv'); "
        "print(*(name for name in sys.modules if name.startswith('srsmeting.intake.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=TOP, check=True, capture_output=True, text=True)
    imported = set(done.stdout.split())
    asked = {f"srsmeting.intake.formats.{reader.module}" for reader in READERS} & imported
    assert asked == {"srsmeting.intake.formats.limesurvey.csv_file", "srsmeting.intake.formats.limesurvey.vv"}
