"""The coding of open answers as a round trip: a workbook out to coders, and their codes back in."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from srsmeting.checking import take_in_answers
from srsmeting.errors import CodingError, ConfigurationError, SrsmetingError
from srsmeting.frames import check_target, write_frame
from srsmeting.intake.checks.masking import mask_traces
from srsmeting.intake.pseudonyms import VARIABLE, Pseudonyms, is_pseudonym, need_salt, read_salt, salt_path
from srsmeting.meting import Meting
from srsmeting.themes import read_coded
from srsmeting.themes.reading import Answers, FilledIn, read_filled_in
from srsmeting.workbooks import save_workbook
from srsmeting.worktree import refuse_inside_git

if TYPE_CHECKING:
    from srsmeting.themes.meeting import Codes, Outcome

Progress = Callable[[str], None]

#: Where codes are written, unless the measurement names a file.
FILE_NAME = "coded.csv"


@dataclass(frozen=True)
class Imported:
    """What came of the workbooks of coders.

    Parameters
    ----------
    outcome
        What is settled, and what is not.
    coders
        The workbooks.
    written
        Where the codes were written; None while something is not settled.
    meeting
        Where the answers to talk about were written; None where there are none, or nobody asked.
    """

    outcome: Outcome
    coders: tuple[FilledIn, ...]
    written: Path | None = None
    meeting: Path | None = None


def open_answers(
    meting: Meting, pseudonyms: Pseudonyms, questions: Sequence[str] = (), progress: Progress | None = None
) -> Answers:
    """Return the open answers of a measurement that count, by pseudonym, by question; of questions with a codebook.

    What looks like an address or a number of a person is taken out of them.

    Parameters
    ----------
    meting
        The measurement.
    pseudonyms
        What respondents are called.
    questions
        Which ones; default all that have a codebook.
    progress
        Called with a short text at every step.

    Raises
    ------
    UnknownNameError
        For a question that does not exist.
    CodingError
        For a question without a codebook, or when no question has one.
    """
    asked = meting.questionnaire
    known = [question.id for question in asked.questions if question.themes]
    for name in questions:
        if not asked.question(name).themes:
            raise CodingError(f"question {name!r}: has no themes to code with. Add 'themes' in the questionnaire.")
    if not known:
        raise CodingError(f"questionnaire {asked.meting!r}: no open question has 'themes'. Add them, then export.")
    found = take_in_answers(meting, progress)
    return {
        question: dict(zip(pseudonyms.of_all(rows["respondent"]), map(mask_traces, rows["text"]), strict=True))
        for question in (questions or known)
        for rows in (found[found["question"] == question],)
    }


def export_answers(
    meting: Meting,
    target: str | os.PathLike[str],
    *,
    questions: Sequence[str] = (),
    codes: int | None = None,
    suggestions: bool = True,
    new: bool = False,
    inside_git: bool = False,
    progress: Progress | None = None,
) -> Mapping[str, int]:
    """Write the workbook for coders.

    Parameters
    ----------
    meting
        The measurement.
    target
        A new ``.xlsx`` file, outside any git work tree.
    questions
        Which open questions; default all that have a codebook.
    codes
        How many codes an answer can be given; default 3.
    suggestions
        Whether themes are suggested.
    new
        Whether answers that have codes already are left out.
    inside_git
        Whether it may be written inside a git work tree all the same.
    progress
        Called with a short text at every step.

    Returns
    -------
    dict of int
        Number of answers by question.

    Raises
    ------
    SrsmetingError
        When the file is there already, is to stand in a git work tree, or the answers cannot be taken in.
    """
    from srsmeting.themes.workbook import CODES, Answer, make_workbook

    path = _new_workbook(target, inside_git)
    names = Pseudonyms(need_salt(), meting.config.meting)
    answers = open_answers(meting, names, questions, progress)
    if new:
        known = earlier_codes(meting, names, answers)
        left = {q: {id: text for id, text in rows.items() if id not in known.get(q, {})} for q, rows in answers.items()}
        answers = {question: rows for question, rows in left.items() if rows}
        if not answers:
            raise CodingError(f"{meting.config.coded}: every answer has its codes already. Nothing was written.")
    entries = {name: [Answer(id, text) for id, text in rows.items()] for name, rows in answers.items()}
    book = make_workbook(meting.questionnaire, entries, codes=codes or CODES, suggestions=suggestions)
    save_workbook(book, path)
    return {name: len(rows) for name, rows in answers.items()}


def earlier_codes(meting: Meting, pseudonyms: Pseudonyms, answers: Answers) -> Codes:
    """Return the codes that answers have from before, by pseudonym, by question.

    Raises
    ------
    ConfigurationError
        When the measurement names no file with codes.
    CodingError
        With every fault of that file, or when it was made with another salt.
    """
    if not meting.config.coded:
        raise ConfigurationError(f"{meting.file.name}: names no 'coded', so nothing was coded before. Add it.")
    coded = read_coded(meting.path(meting.config.coded), meting.questionnaire)
    found: dict[str, dict[str, frozenset[str]]] = {}
    for respondent, question, theme in coded.rows.itertuples(index=False):
        name = respondent if is_pseudonym(respondent) else pseudonyms.of(respondent)
        codes = found.setdefault(question, {})
        codes[name] = codes.get(name, frozenset()) | {theme}
    if coded.has_pseudonyms and not any(name in answers.get(q, {}) for q, codes in found.items() for name in codes):
        raise CodingError(
            f"{coded.name}: none of its pseudonyms is of a respondent in {Path(meting.config.export).name}: they were "
            f"made with another salt. Name the file with that salt in {VARIABLE}."
        )
    return found


def import_codes(
    meting: Meting,
    files: Sequence[str | os.PathLike[str]],
    *,
    agreed: str | os.PathLike[str] | None = None,
    meeting: str | os.PathLike[str] | None = None,
    target: str | os.PathLike[str] | None = None,
    add: bool = False,
    inside_git: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Read what one or two coders filled in, and write the codes when nothing is left to talk about.

    Parameters
    ----------
    meting
        The measurement.
    files
        Their workbooks, one or two.
    agreed
        The workbook of the meeting, filled in: what the coders made of the answers together.
    meeting
        A new workbook with the answers on which they differ.
    target
        Where the codes go; default the file that the measurement names under ``coded``, else ``coded.csv`` beside its
        configuration.
    add
        Whether the workbooks have new answers only; codes that there are already stay.
    inside_git
        Whether codes and answers may be written inside a git work tree all the same.
    progress
        Called with a short text at every step.

    Raises
    ------
    CodingError
        With every fault of a workbook, each with its sheet and cell.
    SrsmetingError
        When there is no salt, a file cannot be written where it should, or the answers cannot be taken in.
    """
    from srsmeting.themes.meeting import coded_frame, disputed_answers, settle
    from srsmeting.themes.workbook import make_workbook

    path = Path(target) if target is not None else meting.path(meting.config.coded or FILE_NAME)
    if not meting.config.coded or os.path.realpath(path) != os.path.realpath(meting.path(meting.config.coded)):
        meting.refuse_input(path)
    check_target(path)
    if not inside_git:
        refuse_inside_git(path, "what persons answered")
    talk = _new_workbook(meeting, inside_git) if meeting is not None else None
    if len({os.path.realpath(file) for file in files}) < len(files):
        raise CodingError(f"{files[0]}: is given twice. Give the workbooks of two coders, or one.")
    salt = read_salt()
    if salt is None:
        raise ConfigurationError(
            f"there is no salt at {salt_path()}, and without the one of the export nobody can tell which answer is "
            f"whose. Name its file in {VARIABLE}."
        )
    names = Pseudonyms(salt, meting.config.meting)
    answers = open_answers(meting, names, (), progress)
    earlier = earlier_codes(meting, names, answers) if add else None
    export = Path(meting.config.export).name
    coders = tuple(read_filled_in(file, meting.questionnaire, answers, export, whole=not add) for file in files)
    together = None
    if agreed is not None:
        together = read_filled_in(agreed, meting.questionnaire, answers, export, whole=False)
    outcome = settle(meting.questionnaire, answers, coders, together, earlier)
    disputed = disputed_answers(answers, outcome)
    if talk is not None and disputed:
        save_workbook(make_workbook(meting.questionnaire, disputed, suggestions=False), talk)
    if not outcome.is_settled:
        return Imported(outcome, coders, None, talk if disputed else None)
    write_frame(coded_frame(meting.questionnaire, outcome), path)
    return Imported(outcome, coders, path)


def _new_workbook(target: str | os.PathLike[str], inside_git: bool) -> Path:
    path = Path(target)
    if path.suffix.lower() != ".xlsx":
        raise SrsmetingError(f"{path}: a workbook is written as .xlsx. Name the file so.")
    if not inside_git:
        refuse_inside_git(path)
    if path.exists():
        raise SrsmetingError(f"{path}: is there already, and someone may have worked in it. Name another file.")
    if not path.parent.is_dir():
        raise SrsmetingError(f"{path}: the folder {str(path.parent)!r} does not exist. Make it first.")
    return path
