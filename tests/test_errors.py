import pytest

from srsmeting import errors
from srsmeting.errors import Fault, IntakeError, SrsmetingError, suggest, unknown_name


def test_every_error_is_an_srsmeting_error_and_a_fitting_builtin() -> None:
    classes = [
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, SrsmetingError)
    ]

    assert len(classes) == 16
    for cls in classes:
        if cls is not SrsmetingError:
            assert issubclass(cls, LookupError | ValueError | RuntimeError | AttributeError)
            assert cls.__name__ in (errors.__doc__ or "")


def test_faults_are_told_one_by_one_and_kept_as_a_frame() -> None:
    error = IntakeError(
        faults=[
            Fault("export.csv", "no column 'G01'.", line=1, column="G01", value="G01", rule="unknown_column"),
            Fault("export.csv", "no rows."),
        ]
    )

    assert str(error) == "export.csv:1: no column 'G01'.\nexport.csv: no rows."
    assert error.frame()["rule"].tolist() == ["unknown_column", ""]
    assert error.frame()["line"].tolist()[0] == 1
    assert list(error.frame().columns) == ["file", "line", "column", "value", "rule", "message"]


def test_a_long_list_of_faults_is_cut_in_the_message_only() -> None:
    error = IntakeError(faults=[Fault("e.csv", "wrong.", line=n) for n in range(1, 31)])

    assert str(error).splitlines()[-1] == "… and 10 more."
    assert len(error.faults) == 30


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        ("brance", ["bekend", "branche"], "Did you mean 'branche'? Known: 'bekend', 'branche'."),
        ("zzz", ["a", "b"], "Known: 'a', 'b'."),
        ("zzz", [], "Known: none."),
    ],
)
def test_suggest(value: str, known: list[str], expected: str) -> None:
    assert suggest(value, known) == expected


def test_unknown_name_says_where_what_and_what_there_is() -> None:
    error = unknown_name("estimate_shares()", "breakdown", "brance", ["branche"])

    assert isinstance(error, LookupError)
    assert str(error) == "estimate_shares(): no breakdown 'brance'. Did you mean 'branche'? Known: 'branche'."


def test_a_long_list_of_known_names_is_cut_and_the_repair_stays() -> None:
    names = [f"column{n}" for n in range(1, 43)]

    listed = ", ".join(f"'column{n}'" for n in range(1, 41))
    assert suggest("colum42", names) == f"Did you mean 'column42'? Known: {listed} and 2 more."
