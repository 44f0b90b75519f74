"""Files that cannot be read as one mapping: each with its whole message."""

from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError, QuestionnaireError
from srsmeting.yamlfile import read_yaml


def test_data_are_plain_and_every_value_knows_its_line(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text("# first\ntitle: T\nlist:\n  - {id: a}\n\n  - id: b\n    no: 1\n", encoding="utf-8")
    read = read_yaml(file)
    assert read.data == {"title": "T", "list": [{"id": "a"}, {"id": "b", "no": 1}]}
    assert [read.line(loc) for loc in [("title",), ("list",), ("list", 0, "id"), ("list", 1), ("list", 1, "no")]] == [
        2,
        3,
        4,
        6,
        7,
    ]


def test_the_line_of_what_is_not_there_is_the_line_of_what_is_around_it(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text("a: 1\nb:\n  c: 2\n", encoding="utf-8")
    assert read_yaml(file).line(("b", "missing", 3)) == 2


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: caf\xc3\xa9\r\nb: 2\r\n")
    read = read_yaml(file)
    assert read.data == {"a": "café", "b": 2}
    assert read.line(("b",)) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: 1\n\tb: 2\n", "m.yaml:2: indented with a tab. Use spaces."),
        (
            b"a: b: c\n",
            "m.yaml:1: cannot be read as YAML: mapping values are not allowed in this context. "
            "Check the indentation, and put a text that holds ': ' in quotes.",
        ),
        (
            b"a: 1\nb\nc: 2\n",
            "m.yaml:3: cannot be read as YAML: could not find expected ':'. "
            "A key ends in ': '; look here and on the line above.",
        ),
        (
            b"a: [1, 2\nb: 3\n",
            "m.yaml:2: cannot be read as YAML: did not find expected ',' or ']'. "
            "A list or mapping in brackets is not closed.",
        ),
        (
            b"a: 1\n- b\n",
            "m.yaml:2: cannot be read as YAML: did not find expected key. "
            "Check the indentation of this line and the one above it.",
        ),
        (
            b"a: @x\n",
            "m.yaml:1: cannot be read as YAML: found character that cannot start any token. "
            "Put a text that starts with this character in quotes.",
        ),
        (
            b'a: "x\nb: 1\n',
            "m.yaml:3: cannot be read as YAML: found unexpected end of stream. A quote is opened and not closed.",
        ),
        (
            b"a: 1\n---\nb: 1\n",
            "m.yaml:2: cannot be read as YAML: found another document. Keep one document: remove the line '---'.",
        ),
        (
            b"a: 1\nb: 2\na: 3\nc: {x: 1, x: 2}\n",
            "m.yaml:3: key 'a' stands here twice, first on line 1. Keep one.\n"
            "m.yaml:4: key 'x' stands here twice, first on line 4. Keep one.",
        ),
        (
            b"a: 1\nb: caf\xe9\n",
            "m.yaml:2: byte 0xe9, which is 'é' in Windows-1252, is not UTF-8. Save the file as UTF-8.",
        ),
        (
            b"\xef\xbb\xbfa: 1\nb: \xe9\n",
            "m.yaml:2: byte 0xe9, which is 'é' in Windows-1252, is not UTF-8. Save the file as UTF-8.",
        ),
        (b"a: \x81\n", "m.yaml:1: byte 0x81 is not UTF-8. Save the file as UTF-8."),
        (b"a: x\x00y\n", "m.yaml:1: holds the unprintable character U+0000. Remove it."),
        (b"- a\n", "m.yaml:1: must hold 'key: value' lines, but holds a list."),
        (b"text\n", "m.yaml:1: must hold 'key: value' lines, but holds the text 'text'."),
        (b"# only a remark\n", "m.yaml:1: must hold 'key: value' lines, but holds nothing."),
        (b"a: &x [1]\nb: *x\n", "m.yaml:2: uses an alias (*name). Write the value out."),
        (b"a: &x [*x]\n", "m.yaml:1: uses an alias (*name). Write the value out."),
        (b"? [a]\n: b\n", "m.yaml:1: a key must be a word, not a list or a mapping."),
        (
            b"a: !!python/name:os.system x\n",
            "m.yaml:1: 'x' has the tag 'tag:yaml.org,2002:python/name:os.system', which is not used here. "
            "Remove the tag.",
        ),
        (
            b"a: " + b"[" * 3000 + b"]" * 3000,
            "m.yaml:1: is nested too deeply. A file of ours has less than ten levels.",
        ),
    ],
)
def test_a_file_that_cannot_be_read(content: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_bytes(content)
    with pytest.raises(QuestionnaireError) as caught:
        read_yaml(file, QuestionnaireError)
    assert str(caught.value) == message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_yaml(tmp_path / "m.yaml")
    assert str(caught.value) == f"{tmp_path / 'm.yaml'}: cannot be read: No such file or directory."


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"cannot be read: Is a directory\.$"):
        read_yaml(tmp_path)
