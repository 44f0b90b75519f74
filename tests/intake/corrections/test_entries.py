"""`corrections.yaml` as a file: what is refused before an export is looked at."""

from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.intake.corrections.entries import read_corrections

ENTRY = 'respondent: 12, question: cijfer, old: "1", new: "10", reason: typefout, date: 2026-03-03'


def refusal(tmp_path: Path, text: str) -> str:
    (tmp_path / "corrections.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_corrections(tmp_path / "corrections.yaml")
    return str(caught.value)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    aside = "respondent: r-0123456789, reason: dubbel, date: 2026-03-04, line: 9"
    text = f"corrections:\n  - {{{ENTRY}}}\nset_aside:\n  - {{{aside}}}\n"
    (tmp_path / "corrections.yaml").write_text(text, encoding="utf-8")
    corrections = read_corrections(tmp_path / "corrections.yaml")

    (one,), (other,) = corrections.config.corrections, corrections.config.set_aside
    assert (one.respondent, one.name, one.old, one.new, one.reason, one.date) == (
        *("12", "cijfer", "1", "10", "typefout", "2026-03-03"),
    )
    assert (other.respondent, other.line) == ("r-0123456789", 9)
    assert corrections.has_pseudonyms
    assert list(corrections.own_faults()) == []


@pytest.mark.parametrize("text", ["corrections: []\n", "set_aside: []\n", "{}\n"])
def test_none_is_said_in_so_many_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "corrections.yaml").write_text(text, encoding="utf-8")

    assert list(read_corrections(tmp_path / "corrections.yaml").entries) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [("", "nothing"), ("# later\n", "nothing"), (f"- {{{ENTRY}}}\n", "a list"), ("geen", "the text 'geen'")],
)
def test_a_file_that_may_have_been_cut_off_is_not_one_without_corrections(
    tmp_path: Path, text: str, holds: str
) -> None:
    assert refusal(tmp_path, text) == (
        f"corrections.yaml:1: must hold 'key: value' lines, but holds {holds}. "
        "Begin with 'corrections:' or 'set_aside:', and the entries below it; 'corrections: []' for none."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corrections:\n", "corrections.yaml:1: 'corrections' must be a list, not nothing."),
        (
            "correctons: []\n",
            "corrections.yaml:1: unknown key 'correctons'. Did you mean 'corrections'? Known: 'corrections', 'set_aside'.",
        ),
        (
            f"corrections:\n  - {{{ENTRY.replace('old', 'odl')}}}\n",
            "corrections.yaml:2: correction 1: unknown key 'odl'. Did you mean 'old'? Known: 'respondent', 'reason', "
            "'date', 'line', 'question', 'item', 'option', 'old', 'new'.",
        ),
        (
            "set_aside:\n  - {respondent: 3, reason: dubbel}\n",
            "corrections.yaml:2: response 1: key 'date' is missing.",
        ),
        (
            f"corrections:\n  - {{{ENTRY.replace('10', '10').replace(chr(34) + '10' + chr(34), '')}}}\n",
            "corrections.yaml:2: correction 1: 'new': is left open. Write \"\" for an empty cell.",
        ),
        (
            f"corrections:\n  - {{{ENTRY.replace(chr(34) + '10' + chr(34), '10.50')}}}\n",
            "corrections.yaml:2: correction 1: 'new' must be text, not 10.5. Put it in quotes: '10.5'.",
        ),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_repair(tmp_path: Path, text: str, message: str) -> None:
    assert refusal(tmp_path, text) == message


def test_what_can_be_seen_without_the_export_is_told_together(tmp_path: Path) -> None:
    entry = 'respondent: 12, question: cijfer, old: 1, new: "1", reason: " ", date: 2026-02-30'
    text = f"corrections:\n  - {{{entry}}}\nset_aside:\n  - {{respondent: 3, reason: dubbel, date: 3 maart}}\n"
    (tmp_path / "corrections.yaml").write_text(text, encoding="utf-8")

    assert [str(fault) for fault in read_corrections(tmp_path / "corrections.yaml").own_faults()] == [
        "corrections.yaml:2: respondent '12', question 'cijfer': no reason is given. "
        "Say why, so that it can be understood next year.",
        "corrections.yaml:2: respondent '12', question 'cijfer': date '2026-02-30' is no day. "
        "Write one of the calendar, as 2026-03-31.",
        "corrections.yaml:2: respondent '12', question 'cijfer': old and new are both '1'. "
        "Correct one of them, or leave the correction out.",
        "corrections.yaml:4: respondent '3': date '3 maart' is no day. Write one of the calendar, as 2026-03-31.",
    ]


@pytest.mark.parametrize("date", ["20260303", "2026-W10-2", "2026-3-3", "26-03-03"])
def test_a_day_is_written_in_one_way(tmp_path: Path, date: str) -> None:
    text = f"set_aside:\n  - {{respondent: 3, reason: dubbel, date: '{date}'}}\n"
    (tmp_path / "corrections.yaml").write_text(text, encoding="utf-8")

    (fault,) = read_corrections(tmp_path / "corrections.yaml").own_faults()
    assert fault.rule == "no_date"
