"""The one function of this room: an export in, checked responses and an account of everything out."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srsmeting.dispositions import Outcomes
from srsmeting.errors import IntakeError
from srsmeting.intake.account.conservation import account_of_cells
from srsmeting.intake.account.manifest import Comparison
from srsmeting.intake.account.outcomes import outcomes
from srsmeting.intake.account.quarantine import make_quarantine
from srsmeting.intake.account.report import IntakeReport, make_report
from srsmeting.intake.account.response import response_frame
from srsmeting.intake.binding.bind import Binding, bind
from srsmeting.intake.binding.mapped import apply_mapping
from srsmeting.intake.binding.mapping import AnswerMapping
from srsmeting.intake.checks.answers import (
    answer_findings,
    has_battery,
    inline_findings,
    row_faults,
    shown_findings,
    straight_findings,
    sum_findings,
)
from srsmeting.intake.checks.findings import checks_frame, findings_frame
from srsmeting.intake.checks.matching import double_findings, frame_findings, group_faults, identify
from srsmeting.intake.checks.organisations import Matches, match_faults, with_names
from srsmeting.intake.checks.partials import let_partials_count
from srsmeting.intake.checks.times import TIMEZONE, time_responses
from srsmeting.intake.checks.traces import personal_findings
from srsmeting.intake.coding.answers import Coded, code_answers, written
from srsmeting.intake.coding.formulas import formula_findings, not_of_formulas, split_faults
from srsmeting.intake.coding.routing import settle
from srsmeting.intake.coding.value_labels import label_faults, label_findings, structure_faults, tick_faults
from srsmeting.intake.corrections.corrected import apply_corrections
from srsmeting.intake.corrections.entries import Corrections
from srsmeting.intake.files.beside import WORKERS
from srsmeting.intake.personal import dropped_columns
from srsmeting.intake.pseudonyms import Pseudonyms
from srsmeting.intake.raw import RawExport
from srsmeting.intake.read import read_export
from srsmeting.population import Population
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Mask, Responses

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure


#: Responses whose checking takes so long that one wants to know that it is going on.
_MANY = 50_000


@dataclass(frozen=True)
class Intake:
    """What came of an export.

    Parameters
    ----------
    responses
        The respondents that count: coded answers, and the status of every cell.
    report
        Every row and cell accounted for.
    quarantine
        Every row and cell that does not count: ``line``, ``respondent`` (a pseudonym), ``question``, ``column``,
        ``value``, ``reason``.
    outcomes
        What came in from each organisation of the frame; None without a frame.
    ids
        The id in the export of each respondent that counts, rows as in `responses`.
    ids_aside
        The ids of the rows that do not count.
    open_answers
        What was written at open questions, where that was asked for: ``respondent`` (the id), ``question``, ``text``
        (str), by question and row. Never empty, and only of respondents who count and were asked.
    population
        The frame that respondents were held against; None without one.
    """

    responses: Responses
    report: IntakeReport
    quarantine: pd.DataFrame
    outcomes: Outcomes | None = None
    ids: pd.Series[str] = field(default_factory=lambda: pd.Series([], dtype="str"), repr=False)
    ids_aside: pd.Series[str] = field(default_factory=lambda: pd.Series([], dtype="str"), repr=False)
    open_answers: pd.DataFrame | None = field(default=None, repr=False)
    population: Population | None = field(default=None, repr=False)


def take_in(
    path: str | os.PathLike[str],
    questionnaire: Questionnaire,
    population: Population | None = None,
    *,
    ignore: Collection[str] = (),
    structure: ToolStructure | None = None,
    format: str = "",
    mapping: AnswerMapping | None = None,
    response_by: str = "",
    partial: float | None = None,
    timezone: str = TIMEZONE,
    organisation: str = "",
    matches: Matches | None = None,
    corrections: Corrections | None = None,
    pseudonyms: Pseudonyms | None = None,
    manifest: Comparison | None = None,
    open_answers: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Intake:
    r"""Take in the export of a survey tool.

    Nothing is dropped or repaired unseen: a row that does not count and an answer to a question that was not asked go
    into the quarantine and are counted in the report. The export is only read.

    Parameters
    ----------
    path
        The export.
    questionnaire
        What was asked.
    population
        The sampling frame; with it, tokens and background answers are compared.
    ignore
        Columns of the export (or questions of the tool, with all their columns) that are no part of the measurement.
    structure, format
        The structure file of the survey, and the name of the format; as in :func:`read_export`.
    mapping
        What the columns and texts of the export stand for, as :func:`.binding.mapping.read_mapping` has it.
    response_by
        The breakdown by which the report shows the response, against the frame; empty for all together.
    partial
        A response that was not finished counts when it answered at least this share of what it was asked, open
        questions left out; None when only finished ones count.
    timezone
        Zone in which days are told, and of moments that tell none.
    organisation, matches
        Column with the names of organisations, and what a person confirmed of them: respondents without a token are
        found in the frame by name.
    corrections
        What is to be read otherwise than the export says it, and which responses do not count; as
        :func:`srsmeting.intake.corrections.entries.read_corrections` has it.
    pseudonyms
        What respondents are called in the quarantine, and may be called in the corrections; without it, they have no
        name there.
    manifest
        Whether the files are those that were sealed; None when nobody looked.
    open_answers
        Whether what was written at open questions is handed over. Otherwise it is left behind.
    progress
        Is told how far the work on a large export is.

    Returns
    -------
    Intake

    Raises
    ------
    IntakeError
        With every fault of the file: it cannot be read, has unknown, missing or double columns, values that are no
        code, rows that cannot be told apart, no rows that count; or the frame has no organisation in a group that
        respondents name.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from srsmeting.questionnaire import Question, Questionnaire
    >>> open_question = Question(id="idee", export="G01Q05", kind="open", title="Ideeën", text="Wat kan beter?",
    ...                          pijler="basis", fase="algemeen")
    >>> questionnaire = Questionnaire("mini", "Klein", "respondenten", (), (open_question,))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "export.csv")
    ...     _ = file.write_text('"id";"submitdate";"G01Q05"\n"1";"2021-11-22 09:00:00";"Meer tijd"\n"2";"";""\n')
    ...     intake = take_in(file, questionnaire)
    >>> intake.responses.answers["idee"].tolist(), intake.quarantine[["line", "reason"]].values.tolist()
    ([True], [[3, 'incomplete']])
    """
    raw = apply_mapping(read_export(path, structure, format, progress), mapping, questionnaire)
    if progress and len(raw) > _MANY:
        progress(f"checking {len(raw)} responses")
    raw = with_names(raw, organisation) if organisation else raw
    binding = bind(raw, questionnaire, frozenset((*ignore, *(mapping.config.ignore if mapping else ()))))
    corrected = apply_corrections(raw, binding, questionnaire, corrections, pseudonyms)
    raw, read = corrected.raw, corrected.answers()
    coded = code_answers(read, binding, questionnaire)
    partials = np.zeros(len(raw), dtype=np.bool_)
    if partial is not None and not binding.faults:
        raw, partials = let_partials_count(raw, questionnaire, coded.answers, coded.given, partial)
    used = (raw.set_aside == "").to_numpy(dtype=np.bool_)
    answers = coded.answers.loc[used].reset_index(drop=True)
    unsettled, formulas = split_faults(raw, binding, corrected.cells)
    faults = [*unsettled, *binding.faults, *corrected.faults, *row_faults(raw)]
    faults += corrected.blame(not_of_formulas(coded.faults, unsettled))
    faults += [*label_faults(read, binding, questionnaire), *tick_faults(read, binding, questionnaire)]
    faults += structure_faults(raw.name, structure, questionnaire)
    if population is not None:
        faults += group_faults(answers, population, raw.name)
    names = _used(raw, raw.organisation_column, used)
    if matches is not None and raw.organisation_column and population is not None:
        # Also a name in a row that does not count may have been confirmed: `srsmeting match` proposes those, too.
        faults += match_faults(matches, raw.cells[raw.organisation_column], population)
    if faults:
        raise IntakeError(faults=faults)

    lines = raw.lines[used]
    given = {name: mask[used] for name, mask in coded.given.items()}
    stray_texts = _stray_texts(raw, binding, questionnaire, answers, used)
    with ThreadPoolExecutor(max_workers=WORKERS) as beside:
        traces = beside.submit(lambda: list(personal_findings(raw, _written_in(binding, coded))))
        timed = beside.submit(time_responses, raw, used, ~partials[used], timezone, frozenset(binding.columns.values()))
        responses, rejected = settle(questionnaire, answers, given)
    timing = timed.result()
    findings = [
        *(manifest.findings if manifest else ()),
        *raw.findings,
        *sum_findings(raw),
        *answer_findings(responses, rejected, stray_texts, lines),
    ]
    findings += shown_findings(responses, {name: mask[used] for name, mask in coded.shown.items()}, lines)
    inline = {name: mask[used] for name, mask in coded.inline.items()}
    findings += inline_findings(questionnaire, inline, lines)
    findings += formula_findings(formulas, binding, lines)
    findings += label_findings(raw, binding, questionnaire)
    findings += traces.result()
    findings += straight_findings(responses, lines)
    findings += timing.findings
    identity = identify(_used(raw, raw.token_column, used), names, population, matches)
    if population is not None:
        findings += frame_findings(responses.answers, identity, population, lines)
    findings += double_findings(identity, lines)
    have = {*timing.have, *identity.have} | _have(raw, questionnaire, population)
    have |= {"manifest"} if manifest and manifest.sealed else set()
    fields = structure.persons if structure else ()
    dropped = dropped_columns(raw, binding.texts, binding.ignored, binding.spare, fields)
    quarantine = make_quarantine(raw, binding, questionnaire, rejected, stray_texts, coded.inline, pseudonyms)
    report = make_report(
        replace(raw, notes=(*raw.notes, *identity.note())),
        responses,
        findings_frame(findings),
        dropped,
        cells=account_of_cells(raw, binding, quarantine),
        corrections=corrected.applied,
        manifest=manifest.told if manifest else "",
        fieldwork=timing.fieldwork,
        checks=checks_frame(findings, have),
        partial=None if partial is None else int(partials.sum()),
        response=None if population is None else response_frame(responses, population.eligible, response_by),
    )
    came_in = None if population is None else outcomes(raw, identity, partials[used], population, matches)
    ids = raw.cells[raw.id_column].astype("str")
    texts = _open_answers(raw, binding, responses, used) if open_answers else None
    own = (ids[used].reset_index(drop=True), ids[~used].reset_index(drop=True))
    return Intake(responses, report, quarantine, came_in, *own, texts, population)


def _open_answers(raw: RawExport, binding: Binding, responses: Responses, used: Mask) -> pd.DataFrame:
    found = []
    for question in responses.questionnaire.questions:
        if question.kind == "open":
            rows = np.flatnonzero(used)[responses.answered(question.id)]
            texts = raw.cells[binding.columns[question.id]].iloc[rows].str.strip()
            ids = raw.cells[raw.id_column].iloc[rows]
            found.append(pd.DataFrame({"respondent": ids, "question": question.id, "text": texts}))
    empty = pd.DataFrame({"respondent": [], "question": [], "text": []})
    return pd.concat([empty, *found], ignore_index=True).astype("str")


def _used(raw: RawExport, column: str, used: Mask) -> pd.Series[str] | None:
    return raw.cells.loc[used, column].str.strip().reset_index(drop=True) if column else None


def _have(raw: RawExport, questionnaire: Questionnaire, population: Population | None) -> set[str]:
    found = {
        "frame": population is not None,
        "shown": raw.shown is not None,
        "labels": any(raw.dialect.value_labels_of(str(heading)) for heading in raw.cells.columns),
        "battery": has_battery(questionnaire),
    }
    return {need for need, there in found.items() if there}


def _written_in(binding: Binding, coded: Coded) -> set[str]:
    # Where respondents may have written what they liked.
    among = [question for question, rows in coded.inline.items() if rows.any()]
    several = (binding.several[question][0] for question in among if question in binding.several)
    single = (binding.columns[question] for question in among if question in binding.columns)
    return {*binding.texts, *binding.ignored, *several, *single}


def _stray_texts(
    raw: RawExport, binding: Binding, questionnaire: Questionnaire, answers: pd.DataFrame, used: Mask
) -> dict[str, Mask]:
    # Text at "other, namely" of a single choice counts with the choice only.
    found = {}
    for name, column in binding.other_texts.items():
        question = questionnaire.question(name)
        others = [category.code for category in question.categories if category.is_written_in]
        stray = written(raw.cells[column].loc[used]) & ~answers[name].isin(others).to_numpy(dtype=np.bool_)
        if stray.any():
            found[name] = stray
    return found
