"""A frozen chapter is used while nothing changed that it was made of, and never when it is damaged or strange."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srsmeting.render import engine, freeze, render_report

MakeBook = Callable[..., Path]
#: A chapter that leaves a mark outside the project every time it is run, and shows what the data say.
CHAPTER = """# Een

```{{python}}
#| include: false
import os, pathlib
with open({mark!r}, "a") as file:
    file.write("x")
pathlib.Path("figuren").mkdir(exist_ok=True)
pathlib.Path("figuren/a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
```

Er zijn `{{python}} pathlib.Path(os.environ["GEGEVENS"]).joinpath("n.txt").read_text()` leden.

![](figuren/a.svg){{fig-alt="Een vlak"}}
"""


@pytest.fixture
def rig(make_book: MakeBook, tmp_path: Path) -> Any:
    return Rig(make_book, tmp_path)


class Rig:
    def __init__(self, make_book: MakeBook, folder: Path) -> None:
        self.make_book, self.folder = make_book, folder
        self.mark, self.data, self.kept = folder / "mark", folder / "gegevens", folder / "bewaard"
        self.book = ""
        self.data.mkdir()
        self.say("12")
        self.files = {"h1.qmd": CHAPTER.format(mark=str(self.mark)), "h2.qmd": "# Twee\n"}

    def say(self, number: str) -> None:
        (self.data / "n.txt").write_text(number)

    def render(self, **options: Any) -> str:
        project = self.make_book(self.files, book=self.book)
        options = {"freeze": self.kept, "data": [self.data], **options}
        env = {"GEGEVENS": str(self.data)}
        (written,) = render_report(project, out=self.folder / "uit", engine="embedded", env=env, **options)
        return written.read_text(encoding="utf-8")

    @property
    def runs(self) -> int:
        return len(self.mark.read_text())

    @property
    def entries(self) -> list[Path]:
        chapters = (path for path in self.kept.iterdir() if ".document." not in path.name)
        return sorted(chapters, key=lambda path: path.stat().st_size)

    @property
    def document(self) -> Path:
        (document,) = (path for path in self.kept.iterdir() if ".document." in path.name)
        return document


def test_an_unchanged_chapter_is_not_run_again_and_comes_out_the_same(rig: Rig) -> None:
    first, second = rig.render(), rig.render()

    assert rig.runs == 1
    assert "Er zijn 12 leden." in first
    assert first == second


def test_it_is_run_again_when_the_data_change_and_not_when_they_change_back(rig: Rig) -> None:
    rig.render()
    rig.say("13")
    assert "Er zijn 13 leden." in rig.render()
    rig.say("12")
    assert "Er zijn 12 leden." in rig.render()

    assert rig.runs == 2


def test_where_the_data_stand_does_not_matter(rig: Rig) -> None:
    rig.render()
    rig.data = rig.data.rename(rig.folder / "elders")
    rig.render()

    assert rig.runs == 1


@pytest.mark.parametrize(
    ("name", "text", "runs"),
    [
        ("h1.qmd", "anders", 2),
        ("h2.qmd", "anders", 1),
        ("hulp.csv", "1", 2),
    ],
)
def test_it_is_run_again_when_its_own_text_or_another_file_changes(rig: Rig, name: str, text: str, runs: int) -> None:
    rig.render()
    rig.files[name] = f"{rig.files.get(name, '')}\n{text}\n"
    rig.render()

    assert rig.runs == runs


def test_it_is_run_again_when_the_package_changed(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.render()
    monkeypatch.setattr(freeze, "_code", lambda: "another version")
    rig.render()

    assert rig.runs == 2


def test_without_a_folder_everything_is_run(rig: Rig) -> None:
    rig.render(freeze=None)
    rig.render(freeze=None)

    assert rig.runs == 2
    assert not rig.kept.exists()


def _flip(entry: Path) -> None:
    content = bytearray(entry.read_bytes())
    content[-30] ^= 1
    entry.write_bytes(content)


def _replace(entry: Path, others: list[Path]) -> None:
    entry.write_bytes(next(other for other in others if other != entry).read_bytes())


@pytest.mark.parametrize(
    "harm",
    [
        lambda rig: rig.entries[-1].write_bytes(rig.entries[-1].read_bytes()[:-1]),
        lambda rig: rig.entries[-1].write_bytes(b""),
        lambda rig: rig.entries[-1].write_text("iets anders"),
        lambda rig: _flip(rig.entries[-1]),
        lambda rig: _replace(rig.entries[-1], rig.entries),
    ],
    ids=["cut off", "empty", "foreign", "a bit flipped", "of another chapter"],
)
def test_an_entry_that_is_damaged_or_strange_is_not_used(rig: Rig, harm: Callable[[Rig], None]) -> None:
    first = rig.render()
    harm(rig)
    rig.document.unlink()

    assert rig.render() == first
    assert rig.runs == 2
    assert rig.render() == first
    assert rig.runs == 2


@pytest.mark.parametrize("content", [b"", b"iets anders", None], ids=["empty", "foreign", "a bit flipped"])
def test_a_document_that_is_damaged_is_made_again_of_what_its_chapters_came_to(rig: Rig, content: bytes | None) -> None:
    first = rig.render()
    if content is None:
        _flip(rig.document)
    else:
        rig.document.write_bytes(content)

    assert rig.render() == first
    assert rig.runs == 1


def test_a_document_is_used_again_as_it_is(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rig.render()
    monkeypatch.setattr(engine, "_run", None)

    assert rig.render() == first


def test_a_document_is_made_again_when_the_title_page_changes(rig: Rig) -> None:
    rig.render()
    rig.book = "  subtitle: Een andere ondertitel\n"

    assert "Een andere ondertitel" in rig.render()


@pytest.mark.parametrize("name", ["../weg.txt", "/weg.txt", "C:weg.txt", "a\\weg.txt", ""])
def test_an_entry_cannot_write_outside_the_project(name: str) -> None:
    content = freeze._pack([{"t": "Para", "c": []}], {name: b"x"}, "sleutel")

    with pytest.raises(ValueError, match=r"^a file outside the project$"):
        freeze._unpack(content, "sleutel")


def test_an_entry_that_holds_no_tree_is_strange() -> None:
    with pytest.raises(ValueError, match=r"^no document tree$"):
        freeze._unpack(freeze._pack([1], {}, "sleutel"), "sleutel")  # type: ignore[list-item]


def test_a_folder_that_cannot_be_written_to_costs_nothing_but_time(rig: Rig) -> None:
    rig.kept.write_text("een bestand")

    assert "Er zijn 12 leden." in rig.render()


def test_a_full_disk_leaves_nothing_half_written(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(freeze.Path, "replace", full)
        project = rig.make_book(rig.files)
        job_entry = rig.kept / "a.frozen"
        rig.kept.mkdir()
        with pytest.raises(OSError, match="No space left"):
            freeze._write(job_entry, b"x")
    assert project.is_dir()
    assert list(rig.kept.iterdir()) == []


def test_what_nobody_asked_for_in_a_month_is_removed(rig: Rig) -> None:
    rig.kept.mkdir()
    old, other = rig.kept / "oud.frozen", rig.kept / "van-een-ander.txt"
    for path in (old, other):
        path.write_text("x")
        os.utime(path, (0, 0))
    rig.render()

    assert not old.exists()
    assert other.exists()


def test_pictures_come_back_with_the_chapter(rig: Rig) -> None:
    rig.render()
    with zipfile.ZipFile(rig.entries[-1]) as entry:
        assert sorted(entry.namelist()) == ["files/figuren/a.svg", "tree.json"]


def test_a_picture_that_another_chapter_made_comes_along(rig: Rig) -> None:
    """When the other chapter makes another picture next time, this one still has its own."""
    shows = "# Twee\n\n![](figuren/a.svg){fig-alt='Een vlak'}\n"
    rig.files["h2.qmd"] = shows
    rig.render()
    rig.files["h1.qmd"] = "# Een\n"

    assert 'alt="Een vlak"' in rig.render()


def test_there_is_room_for_so_much_and_what_was_used_last_stays(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.kept.mkdir()
    for age, name in enumerate(("nieuw", "ouder", "oudst")):
        (rig.kept / f"{name}.frozen").write_bytes(b"x" * 40)
        os.utime(rig.kept / f"{name}.frozen", (time.time() - age - 1, time.time() - age - 1))
    monkeypatch.setattr(freeze, "_ROOM", 100)
    freeze._tidy(rig.kept)

    assert sorted(path.name for path in rig.kept.iterdir()) == ["nieuw.frozen", "ouder.frozen"]
