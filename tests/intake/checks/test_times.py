"""When responses were given, and how long that took: fieldwork, too fast, and ends before beginnings."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.checks.times import time_responses
from srsmeting.questionnaire import Questionnaire, load_questionnaire

FULL = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}
COLUMNS = (
    *("startdate", "interviewtime", "G01Q01", "G01Q01[other]", "G01Q02", "G01Q03[SQ001]", "G01Q03[other]"),
    *("G01Q03[SQ003]", "G01Q04[SQ001]", "G01Q04[SQ002]", "G01Q05", "G01Q06", "G01Q07"),
)
DATA = Path(__file__).parents[1] / "data"
TIMES = ["too_fast", "end_before_start", "moment_unreadable"]

TakeIn = Callable[..., Intake]


@pytest.fixture
def taken(kort: Questionnaire, write_export: Callable[..., Path]) -> TakeIn:
    def take(rows: Sequence[tuple[str, str] | tuple[str, str, str]], **options: Any) -> Intake:
        cells = [FULL | dict(zip(("startdate", "submitdate", "interviewtime"), row)) for row in rows]  # noqa: B905
        return take_in(write_export(cells, columns=COLUMNS), kort, **options)

    return take


def findings(intake: Intake) -> list[tuple[object, ...]]:
    found = intake.report.findings
    return list(found[found["check"].isin(TIMES)].itertuples(index=False, name=None))


def checks(intake: Intake) -> dict[str, object]:
    table = intake.report.checks.set_index("check")
    return {name: table.loc[name, "not_made"] or table.loc[name, "count"] for name in TIMES}


def minutes(*lengths: int) -> list[tuple[str, str]]:
    start = dt.datetime(2022, 3, 14, 9)
    return [(str(start), str(start + dt.timedelta(minutes=length))) for length in lengths]


def test_the_period_of_fieldwork_is_that_of_the_responses_that_count(taken: TakeIn) -> None:
    rows = [("", "2022-03-16 12:00:00"), ("", "2022-03-14"), ("2022-01-01 09:00:00", ""), ("", "1980-01-01 00:00:00")]
    intake = taken(rows)
    assert intake.report.fieldwork == (dt.date(2022, 3, 14), dt.date(2022, 3, 16))
    assert findings(intake) == []


def test_t54_days_are_those_of_the_zone_that_is_declared(taken: TakeIn) -> None:
    # In UTC this is 23:30 the day before; in Amsterdam half an hour past midnight.
    assert taken([("", "2022-03-14 00:30:00")]).report.fieldwork == (dt.date(2022, 3, 14), dt.date(2022, 3, 14))
    intake = taken([("", "2022-03-14 00:30:00")], timezone="America/New_York")
    assert intake.report.fieldwork == (dt.date(2022, 3, 14), dt.date(2022, 3, 14))


def test_too_fast_is_less_than_three_tenths_of_the_median(taken: TakeIn) -> None:
    # The median of twenty durations is ten minutes: 0.3 of it is three, and three is not less.
    intake = taken(minutes(*[10] * 17, 3, 2, 1))
    assert findings(intake) == [
        (
            *("too_fast", "note", "", 2),
            "2 respondenten deden over de vragenlijst minder dan 30% van de mediane duur (10 min 0 s). Regels 20, 21.",
        )
    ]
    assert not intake.report.has_findings


def test_fewer_than_twenty_durations_say_too_little(taken: TakeIn) -> None:
    intake = taken(minutes(*[10] * 18, 1))
    assert findings(intake) == []
    assert checks(intake) == {
        "too_fast": "minder dan twintig voltooide responsen hebben een tijdsduur",
        "end_before_start": 0,
        "moment_unreadable": 0,
    }


def test_the_time_that_the_tool_measured_goes_before_the_clock(taken: TakeIn) -> None:
    # Whoever came back the next day was not at it all night.
    rows = [("2022-03-14 09:00:00", "2022-03-15 09:00:00", "600.5")] * 19
    intake = taken([*rows, ("2022-03-14 09:00:00", "2022-03-14 09:20:00", "90")])
    assert [finding[-1] for finding in findings(intake)] == [
        "1 respondent deed over de vragenlijst minder dan 30% van de mediane duur (10 min 0 s). Regel 21."
    ]


def test_who_did_not_finish_has_no_duration(taken: TakeIn, kort: Questionnaire) -> None:
    rows = [*minutes(*[10] * 20), ("2022-03-14 09:00:00", "", "5")]
    intake = taken(rows, partial=0.5)
    assert intake.responses.n == 21
    assert findings(intake) == []


def test_dates_without_a_time_of_the_day_have_no_duration(taken: TakeIn) -> None:
    intake = taken([("2022-03-14", "2022-03-14")] * 20)
    assert findings(intake) == []
    assert checks(intake)["too_fast"] == "minder dan twintig voltooide responsen hebben een tijdsduur"


def test_an_end_before_the_beginning_is_a_warning(taken: TakeIn) -> None:
    intake = taken([*minutes(10), ("2022-03-14 09:00:00", "2022-03-14 08:59:59")])
    assert findings(intake) == [
        (
            *("end_before_start", "warning", "", 1),
            "1 respondent is volgens de tijdstippen eerder klaar dan begonnen. Regel 3.",
        )
    ]
    assert intake.report.has_findings


def test_the_change_of_the_clock_is_no_end_before_the_beginning(taken: TakeIn) -> None:
    # On 25 October 2026 it was 2:50 twice, and 2:10 ten minutes after 2:59 of the first time round.
    intake = taken([("2026-10-25 02:50:00", "2026-10-25 02:10:00")])
    assert findings(intake) == []
    intake = taken([("2026-10-25 02:50:00", "2026-10-25 02:10:00")], timezone="UTC")
    assert [finding[0] for finding in findings(intake)] == ["end_before_start"]


def test_the_night_of_the_change_does_not_make_anyone_fast(taken: TakeIn) -> None:
    # From 1:55 to 3:05 is ten minutes when the clock goes forward, as the others took.
    intake = taken([*minutes(*[10] * 19), ("2026-03-29 01:55:00", "2026-03-29 03:05:00")])
    assert findings(intake) == []


def test_a_moment_that_cannot_be_read_is_told(taken: TakeIn) -> None:
    intake = taken(
        [("maandag", "2022-03-14 09:00:00"), ("0000-00-00 00:00:00", "2022-03-14 09:00:00"), ("", "2022-03-14")]
    )
    assert findings(intake) == [
        (
            *("moment_unreadable", "note", "", 1),
            "1 respondent heeft een begin- of eindtijd die niet te lezen is. Regel 2.",
        )
    ]


def test_t53_one_file_with_three_ways_to_tell_the_time(kort: Questionnaire, tmp_path: Path) -> None:
    """Kobo: a zone at `start` and `end`, none at `_submission_time`, which is in UTC."""
    answers = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}
    columns = [*COLUMNS[2:]]
    header = ["start", "_uuid", "_submission_time", "_id", *columns]
    lines = [
        ["2026-09-21 10:01:00+02:00", "u1", "2026-09-20T22:30:00", "1", *(answers.get(name, "") for name in columns)],
        ["2026-09-22 10:01:00+02:00", "u2", "2026-09-22T08:09:00", "2", *(answers.get(name, "") for name in columns)],
    ]
    path = tmp_path / "kobo.csv"
    path.write_text(
        "".join(";".join(f'"{cell}"' for cell in line) + "\n" for line in [header, *lines]), encoding="utf-8"
    )
    intake = take_in(path, kort)
    # 22:30 in UTC is half past midnight in the Netherlands; the first began after it was sent in.
    assert intake.report.fieldwork == (dt.date(2026, 9, 21), dt.date(2026, 9, 22))
    assert [finding[0] for finding in findings(intake)] == ["end_before_start"]


def test_a_question_can_have_the_name_of_a_time(tmp_path: Path) -> None:
    text = (DATA / "kort.yaml").read_text(encoding="utf-8").replace("export: G01Q05", "export: start")
    (tmp_path / "kort.yaml").write_text(text, encoding="utf-8")
    header = ["respondent", "end", *COLUMNS[2:]]
    header[header.index("G01Q05")] = "start"
    cells = ["1", "2022-03-14 10:00:00", "A1", "", "A2", "", "", "", "", "", "7", "10", ""]
    lines = [";".join(f'"{cell}"' for cell in line) for line in (header, cells)]
    (tmp_path / "tabel.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    intake = take_in(tmp_path / "tabel.csv", load_questionnaire(tmp_path / "kort.yaml"))
    assert intake.responses.answers["cijfer"].tolist() == ["7"]
    assert intake.report.fieldwork == (dt.date(2022, 3, 14), dt.date(2022, 3, 14))
    assert findings(intake) == []
    assert checks(intake)["end_before_start"] == "de export heeft geen begin- en eindtijden"


def test_qualtrics_tells_its_zone_once(tmp_path: Path) -> None:
    names = ["StartDate", "EndDate", "Status", "Finished", "Duration (in seconds)", "ResponseId"]
    ids = ["startDate", "endDate", "status", "finished", "duration", "_recordId"]
    columns = ["G01Q01", "G01Q02", "G01Q03_SQ001", "G01Q03_SQ003", "G01Q04_SQ001", "G01Q04_SQ002", "G01Q05", "G01Q06"]
    zone = '"timeZone":"America/Denver"'
    zoned = [f'{{"ImportId":"{id}",{zone}}}' if "Date" in id else f'{{"ImportId":"{id}"}}' for id in ids]
    third = [*zoned, *(f'{{"ImportId":"QID{n}"}}' for n in range(len(columns)))]
    row = ["2026-09-20 22:01:00", "2026-09-20 22:30:00", "0", "1", "1740", "R_1", "A1", "A2", "", "", "", "", "7", "10"]
    frame = pd.DataFrame([[*names[:-1], "Response ID", *columns], third, row], columns=[*names, *columns])
    frame.to_csv(tmp_path / "q.csv", index=False)
    raw = read_export(tmp_path / "q.csv")
    assert (raw.times.start, raw.times.end, raw.times.seconds) == ("StartDate", "EndDate", "Duration (in seconds)")
    assert dict(raw.times.zones) == {"StartDate": "America/Denver", "EndDate": "America/Denver"}
    everyone = (raw.set_aside == "").to_numpy(dtype=bool)
    # 22:30 in Denver is 6:30 the next morning in Amsterdam.
    assert time_responses(raw, everyone, everyone).fieldwork == (dt.date(2026, 9, 21), dt.date(2026, 9, 21))
