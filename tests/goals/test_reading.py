"""Every file of a monitor: what its rows mean, and every fault with its row and column, all at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.goals import Cell, Dropout, Duration, Month, Participation, Value, load_monitor

Write = Callable[..., Path]


def faults(folder: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as error:
        load_monitor(folder)
    return [str(fault) for fault in error.value.faults]


def test_units_are_found_by_id_label_or_alias_in_any_case(write: Write) -> None:
    monitor = load_monitor(
        write(goals="noord,werven,,,50,\nZuid-West,WERVEN,,,60,\n", results="groningen,Werven,,Einde,5,\n")
    )

    assert monitor.goals == (
        Cell("noord", "werven", "", "", Value("50", 50, 50), "", 2),
        Cell("zuid", "werven", "", "", Value("60", 60, 60), "", 3),
    )
    assert monitor.results == (Cell("noord", "werven", "", "einde", Value("5", 5, 5), "", 2),)


def test_all_faults_of_all_files_are_told_at_once(write: Write) -> None:
    kinds = (
        "Write a count (50), a range (50/60), a sum (110 + 88), 'circa 90', "
        "'-' (none), 'n.v.t.', 'nog n.v.t.', 'onbekend', 'vervallen', or 'gezegd: …' for what was said in words."
    )
    folder = write(
        goals="nord,werven,,,50,\nnoord,wervn,,,50,\nnoord,werven,,,veel,\nmidden,werven,,,50,\nmidden,werven,,,60,\n"
        "zuid,werven,,,vervallen,\nzuid,plaatsen,leeren,,5,\n,werven,,,5,\n",
        results="noord,werven,,einde,25%,\nnoord,plaatsen,,einde,50/60,\nnoord,werven,,eind,5,\n"
        "zuid,werven,,einde,vervallen,\n",
    )

    assert faults(folder) == [
        "goals.csv:2: column 'unit': no unit 'nord'. Did you mean 'noord'? Known: 'noord', 'midden', 'zuid'.",
        "goals.csv:3: column 'track': no track 'wervn'. Did you mean 'werven'? Known: 'werven', 'plaatsen'.",
        f"goals.csv:4: column 'value': 'veel' is no count. {kinds}",
        "goals.csv:6: unit 'midden', track 'werven' stands twice, first in row 5. Keep one.",
        "goals.csv:7: column 'note': does not tell why the goal was dropped. Write the reason.",
        "goals.csv:8: column 'part': no part 'leeren'. Did you mean 'leren'? Known: 'leren', 'werken'.",
        "goals.csv:9: column 'unit': is empty. Name the unit.",
        "results.csv:2: column 'value': '25%' is a percentage, and a count is asked. Write how many it is; the "
        "percentage is computed.",
        "results.csv:3: column 'value': '50/60' is a range, and what was reached is one count. Write 'circa …' if it is "
        "not exact.",
        "results.csv:4: column 'moment': no moment 'eind'. Did you mean 'einde'? Known: 'start', 'halverwege', 'einde'.",
        "results.csv:5: column 'value': 'vervallen' is about a goal, not about a result. Write '-' or 'n.v.t.'.",
    ]


def test_a_fault_can_be_filtered_on(write: Write) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_monitor(write(goals="noord,werven,,,veel,\n"))
    (fault,) = error.value.faults

    assert (fault.file, fault.line, fault.column, fault.value, fault.rule) == ("goals.csv", 2, "value", "veel", "value")


def test_a_whole_beside_a_part_is_told(write: Write) -> None:
    folder = write(goals="noord,plaatsen,,,50,\nnoord,plaatsen,leren,,20,\n")

    assert faults(folder) == [
        "goals.csv:2: unit 'noord', track 'plaatsen' has a number of its own and one of a part (row 3). Keep the parts; "
        "their sum is computed."
    ]


def test_dropping_out_is_counted_or_said(write: Write) -> None:
    monitor = load_monitor(
        write(
            dropout="noord,fase1,einde,73,92,,\nnoord,fase2,einde,,,zie fase1,\nmidden,fase1,einde,,,Geen uitval,\n"
            "midden,fase2,einde,,,gezegd: weinig,\n"
        )
    )

    assert monitor.dropout == (
        Dropout("noord", "fase1", "einde", 73, 92, None, line=2),
        Dropout("noord", "fase2", "einde", None, None, None, "fase1", line=3),
        Dropout("midden", "fase1", "einde", None, None, Value("Geen uitval", 0, 0), line=4),
        Dropout("midden", "fase2", "einde", None, None, Value("gezegd: weinig", absent="said"), line=5),
    )


def test_the_faults_of_dropping_out_are_told(write: Write) -> None:
    folder = write(
        dropout="noord,fase1,einde,93,92,,\nnoord,fase2,einde,,92,,\nmidden,fase1,einde,,,,\nmidden,fase2,einde,1,9,10%,\n"
        "zuid,fase1,einde,,,zie fase1,\nzuid,fase2,einde,veel,0,,\nnoord,fase2,start,0,0,,\nmidden,fase2,start,,,zie fase9,\n"
    )

    assert faults(folder) == [
        "dropout.csv:2: column 'numerator': 93 is more than the 92 who could drop out.",
        "dropout.csv:3: column 'numerator': is empty beside a denominator. Write how many dropped out.",
        "dropout.csv:4: column 'value': is empty, and there are no counts. Write them, or 'geen uitval', 'circa 50%', "
        "'onbekend'.",
        "dropout.csv:5: column 'value': '10%' stands beside a count. Keep the count; the share is computed.",
        "dropout.csv:6: column 'value': refers to its own phase. Name the other one.",
        "dropout.csv:7: column 'numerator': 'veel' is no count. Write a whole number.",
        "dropout.csv:8: column 'denominator': is 0: nobody could drop out. Write 'n.v.t.' as value.",
        "dropout.csv:9: column 'value': no phase 'fase9'. Did you mean 'fase2'? Known: 'fase1', 'fase2'.",
    ]


@pytest.mark.parametrize("word", ["niemand", "geen"])
def test_that_nobody_dropped_out_has_its_own_words(write: Write, word: str) -> None:
    assert faults(write(dropout=f"noord,fase1,einde,,,{word},\n")) == [
        f"dropout.csv:2: column 'value': '{word}' is no count. Write 'geen uitval' where nobody dropped out, a share "
        "('circa 50%'), 'n.v.t.', 'nog n.v.t.', 'onbekend', or 'gezegd: …' for what was said in words."
    ]


def test_a_count_is_written_as_everywhere(write: Write) -> None:
    (row,) = load_monitor(write(dropout="noord,fase1,einde,1.047,2.000,,\n")).dropout

    assert (row.numerator, row.denominator) == (1047, 2000)


def test_what_contradicts_a_count_of_dropping_out_is_told(write: Write) -> None:
    folder = write(
        dropout="noord,fase1,einde,3,,geen uitval,\nnoord,fase2,einde,-1,5.0,,\nmidden,fase1,einde,,,120%,\n"
        "midden,fase2,einde,circa 5,9,,\n"
    )

    assert faults(folder) == [
        "dropout.csv:2: column 'value': 'geen uitval' stands beside a count. Keep the count; the share is computed.",
        "dropout.csv:3: column 'numerator': '-1' is negative. Write a count of 0 or more.",
        "dropout.csv:3: column 'denominator': '5.0' has decimals. Write it as 5.",
        "dropout.csv:4: column 'value': '120%' is more than everyone.",
        "dropout.csv:5: column 'numerator': 'circa 5' is no count. Write a whole number.",
    ]


def test_phases_that_refer_to_nothing_are_told(write: Write) -> None:
    folder = write(
        dropout="noord,fase1,einde,,,zie fase2,\nnoord,fase2,einde,,,zie fase1,\nzuid,fase2,einde,,,zie fase1,\n"
        "zuid,fase1,start,1,9,,\n"
    )

    assert faults(folder) == [
        "dropout.csv:2: column 'value': refers to 'fase2', which refers to another phase itself for unit 'noord' at "
        "'einde'.",
        "dropout.csv:3: column 'value': refers to 'fase1', which refers to another phase itself for unit 'noord' at "
        "'einde'.",
        "dropout.csv:4: column 'value': refers to 'fase1', which is not in this file for unit 'zuid' at 'einde'.",
    ]


def test_a_duration_counts_its_extension(write: Write) -> None:
    (duration,) = load_monitor(write(durations="noord,2024-01,2024-10,2024-12,Verlengd.\n")).durations

    assert duration == Duration("noord", Month(2024, 1), Month(2024, 10), Month(2024, 12), "Verlengd.", 2)
    assert (duration.months, duration.months_planned) == (12, 10)


def test_the_faults_of_durations_are_told(write: Write) -> None:
    folder = write(durations="noord,2024-05,2024-01,,\nmidden,2024,2024-12,2024-11,\nmidden,2024-01,2024-12,,\n")

    assert faults(folder) == [
        "durations.csv:2: column 'end': 2024-01 lies before 2024-05. Check both.",
        "durations.csv:3: column 'start': '2024' is no month. Write it as 2009-05.",
        "durations.csv:3: column 'extension': 2024-11 lies before 2024-12. Check both.",
        "durations.csv:4: unit 'midden' stands twice, first in row 3. Keep one.",
    ]


def test_participants_have_names(write: Write) -> None:
    monitor = load_monitor(write(participants="noord,werkgevers,einde,2,Alfa; Beta,\nzuid,werkgevers,einde,0,,Geen.\n"))

    assert monitor.participants == (
        Participation("noord", "werkgevers", "einde", Value("2", 2, 2), ("Alfa", "Beta"), "", 2),
        Participation("zuid", "werkgevers", "einde", Value("0", 0, 0), (), "Geen.", 3),
    )


def test_the_faults_of_the_other_files_are_told(write: Write) -> None:
    folder = write(
        participants="noord,werkgever,einde,2,,\n",
        figures="gevraagt,,einde,5,\ngevraagd,,einde,5,\ngevraagd,,einde,6,\n",
        topics="noord,stage,\nnoord,stages,\nnoord,stages,\n",
        portraits="noord,aanvrager,\n",
    )

    assert faults(folder) == [
        "participants.csv:2: column 'kind': no kind 'werkgever'. Did you mean 'werkgevers'? Known: 'werkgevers'.",
        "figures.csv:2: column 'figure': no figure 'gevraagt'. Did you mean 'gevraagd'? Known: 'gevraagd', 'actief'.",
        "figures.csv:4: figure 'gevraagd', moment 'einde' stands twice, first in row 3. Keep one.",
        "topics.csv:2: column 'topic': no topic 'stage'. Did you mean 'stages'? Known: 'stages'.",
        "topics.csv:4: unit 'noord', topic 'stages' stands twice, first in row 3. Keep one.",
        "portraits.csv:2: column 'text': is empty.",
    ]
