"""Every trap has a test that bears its number."""

import re
from pathlib import Path


def test_every_trap_has_a_test_of_its_number() -> None:
    names = [
        name
        for file in Path(__file__).parent.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    found = {int(number) for name in names for number in re.findall(r"_t(\d\d)(?=_)", name)}
    assert sorted(found) == list(range(1, 65))
