import pytest

from srsmeting.intake.formats.qualtrics.headers import read_headers, which_model


def test_an_import_id_is_read_however_it_is_quoted() -> None:
    below = [
        ["a", "b", "c"],
        ['{"ImportId":"QID1"}', "{'ImportId': 'QID2-1'}", '{"ImportId":"QID\\u00e9","timeZone":"Z"}'],
    ]
    headers = read_headers(["Q1", "Q2_1", "Q3"], below, "export.csv")
    assert headers.identities == ("QID1", "QID2-1", "QIDé")
    assert headers.zone == "Z"
    assert headers.faults == ()


@pytest.mark.parametrize("cell", ["", "[]", "{}", '{"ImportId":1}', '{"ImportId"', "[" * 5000])
def test_a_column_without_import_id_is_a_fault(cell: str) -> None:
    below = [["a", "b", "c"], ['{"ImportId":"QID1"}', cell, '{"ImportId":"QID3"}']]
    (fault,) = read_headers(["Q1", "Q2", "Q3"], below, "export.csv").faults
    assert str(fault) == (
        f"export.csv:3: column 'Q2' has no ImportId in row 3, but {cell[:60]!r}. "
        "Export the data of Qualtrics as CSV again and leave its header rows as they are."
    )


def test_names_that_are_double_many_times_are_not_all_listed() -> None:
    below = [["t"] * 7, [f'{{"ImportId":"QID{n}"}}' for n in range(7)]]
    headers = read_headers(["Q1"] * 7, below, "export.csv")
    assert headers.names == ("QID0", "QID1", "QID2", "QID3", "QID4", "QID5", "QID6")
    assert headers.notes == (
        "De naam ‘Q1’ staat 7 keer in rij 1; die kolommen heten hier ‘QID0’, ‘QID1’, ‘QID2’, ‘QID3’, ‘QID4’, ….",
    )


def test_double_names_of_one_import_id_stay_apart_and_are_a_fault() -> None:
    below = [["t", "t"], ['{"ImportId":"QID1"}', '{"ImportId":"QID1"}']]
    headers = read_headers(["Q1", "Q1"], below, "export.csv")
    assert headers.names == ("QID1", "QID1 (2)")
    assert [fault.rule for fault in headers.faults] == ["double_column"]


@pytest.mark.parametrize(
    ("header", "below"),
    [
        (["id", "submitdate"], [["1", ""], ["2", ""]]),
        (["V1", "V2"], [["3", "4"]]),
        (["ID", "Begintijd", "Status"], [["1", "2", "3"]]),
        (["StartDate", "EndDate", "Status", "Finished"], [["1", "2", "3", "4"]]),  # nothing tells responses apart
    ],
)
def test_other_tables_are_not_of_qualtrics(header: list[str], below: list[list[str]]) -> None:
    assert which_model(header, below) is None
