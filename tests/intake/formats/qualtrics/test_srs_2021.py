"""The respondents of the SRS measurement, as if Qualtrics had asked them: the same estimates come out."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.intake import read_export, take_in
from srsmeting.intake.raw import RawExport
from srsmeting.meting import load_meting
from srsmeting.questionnaire import Question, Questionnaire, load_questionnaire
from srsmeting.responses import Responses
from srsmeting.running import run_meting

TOP = Path(__file__).parents[4]
ANALYSIS = TOP / "analyses" / "srs_2021"
QUESTIONNAIRE = TOP / "questionnaires" / "srs_2021.yaml"

METADATA = {
    "StartDate": "startDate",
    "Status": "status",
    "Finished": "finished",
    "ResponseId": "_recordId",
    "IPAddress": "ipAddress",
    "ExternalReference": "externalDataReference",
}
#: What of a question stands in a column: its heading, and the answer per respondent.
Answers = Iterator[tuple[str, list[str]]]


def as_qualtrics(text: str) -> str:
    """Give a questionnaire the export names of Qualtrics: tags Q201, and numbers for answers and statements."""
    text = re.sub(r"export: G(\d+)Q0*(\d+)", lambda found: f"export: Q{int(found[1])}{int(found[2]):02}", text)
    text = text.replace("export: other", 'export: "9"')
    return re.sub(r"export: [A-Z]+0*(\d+)\b(?<!Q\d{3})", r'export: "\1"', text)


def columns_of(question: Question, responses: Responses, texts: bool) -> Answers:
    """Yield the columns of a question, as codes or as texts of answers."""
    writings = [category.label if texts else category.export for category in question.categories] + [""]
    if question.kind == "multiple":
        ticked = responses.ticked(question.id)
        for place, category in enumerate(question.categories):
            tick = category.label if texts else "1"
            yield f"{question.export}_{category.export}", [tick if row else "" for row in ticked[:, place]]
            if category.kind == "other":
                yield f"{question.export}_{category.export}_TEXT", ["iets" if row else "" for row in ticked[:, place]]
    elif question.kind == "statements":
        for item in question.items:
            yield f"{question.export}_{item.export}", [writings[code] for code in responses.codes(question.id, item.id)]
    elif question.kind == "open":
        yield question.export, ["iets" if written else "" for written in responses.answers[question.id]]
    else:
        yield question.export, [writings[code] for code in responses.codes(question.id)]


def write_qualtrics(
    path: Path, raw: RawExport, responses: Responses, questionnaire: Questionnaire, texts: bool
) -> None:
    """Write responses of whoever finished, in the order of the export; the others have nothing but their token."""
    finished = (raw.set_aside == "").to_numpy()
    tokens = [*raw.cells[raw.token_column][finished], *raw.cells[raw.token_column][~finished]]
    n = len(tokens)
    yes, no = ("True", "False") if texts else ("1", "0")
    columns = {
        "StartDate": ["2022-03-14 09:00:00"] * n,
        "Status": ["IP Address" if texts else "0"] * n,
        "Finished": [yes] * responses.n + [no] * (n - responses.n),
        "ResponseId": [f"R_{number}" for number in range(n)],
        "IPAddress": ["192.0.2.1"] * n,
        "ExternalReference": tokens,
    }
    for question in questionnaire.questions:
        columns |= {
            heading: [*cells, *[""] * (n - responses.n)] for heading, cells in columns_of(question, responses, texts)
        }
    identities = [METADATA.get(heading, f"QID{place}") for place, heading in enumerate(columns)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerow([f"Tekst bij {heading}" for heading in columns])
        writer.writerow([json.dumps({"ImportId": identity}, separators=(",", ":")) for identity in identities])
        writer.writerows(zip(*columns.values(), strict=True))


@pytest.mark.parametrize("texts", [False, True])
def test_the_same_respondents_give_the_same_estimates(tmp_path: Path, texts: bool) -> None:
    folder = tmp_path / "analyses" / "srs_2021"
    shutil.copytree(ANALYSIS, folder)
    (tmp_path / "questionnaires").mkdir()
    questionnaire = tmp_path / "questionnaires" / "srs_2021.yaml"
    questionnaire.write_text(as_qualtrics(QUESTIONNAIRE.read_text(encoding="utf-8")), encoding="utf-8")
    export = ANALYSIS / "export.csv"
    original = take_in(export, load_questionnaire(QUESTIONNAIRE))
    ours = load_questionnaire(questionnaire)
    assert ours.question("functie").category("overig").export == "9"
    raw = read_export(export)
    write_qualtrics(folder / "export.csv", raw, original.responses, ours, texts)
    # The themes of open answers are coded by response, which Qualtrics calls otherwise.
    ids = {id: f"R_{number}" for number, id in enumerate(raw.cells[raw.id_column][raw.set_aside == ""])}
    coded = pd.read_csv(folder / "coded.csv", dtype="str")
    coded.assign(respondent=coded["respondent"].map(ids)).to_csv(folder / "coded.csv", index=False)

    run = run_meting(load_meting(folder))
    assert run.intake is not None
    assert run.intake.report.format == f"Qualtrics, antwoorden als {'teksten' if texts else 'codes'} (drie kopregels)"
    assert run.intake.report.rows_received == original.report.rows_received
    assert run.intake.report.rows_used == original.report.rows_used
    pd.testing.assert_frame_equal(run.intake.responses.answers, original.responses.answers)
    pd.testing.assert_frame_equal(run.intake.responses.status, original.responses.status)
    pd.testing.assert_frame_equal(run.estimates, run_meting(load_meting(ANALYSIS)).estimates)
