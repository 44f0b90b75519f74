from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from srsmeting.intake import read_export
from srsmeting.intake.binding.bind import bind
from srsmeting.intake.coding.answers import Coded, code_answers
from srsmeting.questionnaire import Questionnaire

Code = Callable[[Sequence[dict[str, str]]], Coded]


@pytest.fixture
def code(kort: Questionnaire, write_export: Callable[..., Path]) -> Code:
    def code_rows(rows: Sequence[dict[str, str]]) -> Coded:
        raw = read_export(write_export(rows))
        return code_answers(raw, bind(raw, kort), kort)

    return code_rows


def told(coded: Coded) -> list[str]:
    return [str(fault) for fault in coded.faults]


def test_a_single_choice_has_the_codes_of_the_questionnaire_in_order(code: Code) -> None:
    coded = code([{"G01Q01": "A2"}, {"G01Q01": "-oth-", "G01Q01[other]": "Buitenland"}, {}])
    assert coded.answers["wgo"].cat.categories.tolist() == ["noord", "zuid", "anders"]
    assert coded.answers["wgo"].cat.codes.tolist() == [1, 2, -1]
    assert coded.given["wgo"].tolist() == [True, True, False]


def test_a_multiple_choice_is_a_column_per_option_and_text_ticks_the_other(code: Code) -> None:
    coded = code([{"G01Q03[SQ001]": "Y"}, {"G01Q03[other]": "Koken"}, {"G01Q03[other]": "  "}])
    assert coded.answers["effect.inzicht"].tolist() == [True, False, False]
    assert coded.answers["effect.anders"].tolist() == [False, True, False]
    assert coded.answers["effect.geen"].tolist() == [False, False, False]
    assert coded.given["effect"].tolist() == [True, True, False]


def test_a_number_has_a_point_and_t35_an_equation_without_input_is_no_answer(code: Code) -> None:
    coded = code([{"G01Q06": "12.5"}, {"G01Q06": "-3"}, {"G01Q06": "NAN"}, {}])
    assert coded.answers["fte"].dtype == np.float64
    np.testing.assert_array_equal(coded.answers["fte"], [12.5, -3.0, np.nan, np.nan])
    assert coded.given["fte"].tolist() == [True, True, False, False]
    assert told(coded) == []


def test_an_open_answer_is_kept_as_something_written(code: Code) -> None:
    coded = code([{"G01Q07": "=1+1"}, {"G01Q07": "\n "}, {"G01Q07": "N/A"}])
    assert coded.answers["idee"].tolist() == [True, False, True]


def test_dont_know_is_an_answer(code: Code) -> None:
    coded = code([{"G01Q02": "A3"}])
    assert coded.answers["bekend"].tolist() == ["weet_niet"]
    assert coded.given["bekend"].tolist() == [True]


def test_an_unknown_code_is_told_once_with_the_first_line(code: Code) -> None:
    assert told(code([{}, {"G01Q02": "A33"}, {"G01Q02": "A33"}, {"G01Q01": "a1"}])) == [
        "export.csv:5: column 'G01Q01': 'a1' is no code of question 'wgo'. Known: 'A1', 'A2', '-oth-'.",
        "export.csv:3: column 'G01Q02': 'A33' is no code of question 'bekend'. Did you mean 'A3'? "
        "Known: 'A1', 'A2', 'A3'. 2 rows have it; this is the first.",
    ]


def test_our_own_code_is_no_code_of_the_tool(code: Code) -> None:
    assert told(code([{"G01Q02": "inhoud"}])) == [
        "export.csv:2: column 'G01Q02': 'inhoud' is no code of question 'bekend'. Known: 'A1', 'A2', 'A3'."
    ]


def test_a_mark_with_a_zero_in_front_is_that_mark(code: Code) -> None:
    coded = code([{"G01Q05": "07"}, {"G01Q05": "7"}, {"G01Q05": "010"}, {"G01Q05": "00"}, {"G01Q05": "011"}])
    assert (coded.answers["cijfer"].cat.codes + 1).tolist() == [7, 7, 10, 0, 0]
    assert told(coded) == [
        "export.csv:5: column 'G01Q05': '00' is outside the range of question 'cijfer', 1 to 10.",
        "export.csv:6: column 'G01Q05': '011' is outside the range of question 'cijfer', 1 to 10.",
    ]


def test_a_mark_outside_its_range(code: Code) -> None:
    assert told(code([{"G01Q05": "11"}, {"G01Q05": "7,5"}, {"G01Q05": "10"}])) == [
        "export.csv:2: column 'G01Q05': '11' is outside the range of question 'cijfer', 1 to 10.",
        "export.csv:3: column 'G01Q05': '7,5' is no mark of question 'cijfer'. Known: whole numbers from 1 to 10.",
    ]


def test_t48_a_decimal_comma_is_no_number(code: Code) -> None:
    assert told(code([{"G01Q06": "12,5"}])) == [
        "export.csv:2: column 'G01Q06': '12,5' is no number. Decimals come after a point: '12.5'."
    ]


def test_a_tick_that_is_none(code: Code) -> None:
    assert told(code([{"G01Q03[SQ001]": "X"}])) == [
        "export.csv:2: column 'G01Q03[SQ001]': 'X' is no tick. Known: 'Y', and empty for not ticked."
    ]


def test_t36_converted_yes_and_no_is_told_once(code: Code) -> None:
    assert told(code([{"G01Q03[SQ001]": "1", "G01Q03[SQ003]": "2"}])) == [
        "export.csv:2: column 'G01Q03[SQ001]': '1' stands for yes or no. "
        "Export again without converting Y and N. 2 columns have such answers."
    ]


def test_texts_among_codes_are_told_once(code: Code) -> None:
    assert told(code([{"G01Q02": "Niet bekend", "G01Q03[SQ001]": "Y", "G01Q03[SQ003]": "Nee", "G01Q05": "0"}])) == [
        "export.csv:2: column 'G01Q02': 'Niet bekend' is the text of an answer. "
        "Export again with 'Answer codes' as answers. 2 columns have such answers.",
        "export.csv:2: column 'G01Q05': '0' is outside the range of question 'cijfer', 1 to 10.",
    ]


def test_a_long_value_is_cut_in_the_message(code: Code) -> None:
    (fault,) = code([{"G01Q02": "x" * 80}]).faults
    assert fault.message.startswith(f"column 'G01Q02': '{'x' * 59}…' is no code")
    assert (fault.value, fault.rule, fault.column) == ("x" * 80, "unknown_code", "G01Q02")


def test_the_lines_of_a_fault_count_line_breaks_in_cells(code: Code) -> None:
    (fault,) = code([{"G01Q07": "een\ntwee\ndrie"}, {"G01Q02": "Z"}]).faults
    assert fault.line == 5
