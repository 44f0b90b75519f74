"""The same survey a year later: some organisations return, some of those answer otherwise, others are new."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Questionnaire
from srsmeting.synthesis.fieldwork import invent_tokens
from srsmeting.synthesis.files import write_whole


@dataclass(frozen=True)
class Repeat:
    """What the next year looks like.

    Parameters
    ----------
    respondents
        How many complete responses.
    returning
        How many of them are of organisations that responded before.
    leaving, joining
        How many organisations leave the frame, and how many come in.
    keeping
        Probability that a returning organisation answers as it did; else it answers as another one did.
    odds
        By column and answer of the export: how much likelier an answer is copied from a response that has it.
    fieldwork
        First and last day.
    """

    respondents: int
    returning: int
    leaving: int
    joining: int
    keeping: float
    odds: Mapping[tuple[str, str], float]
    fieldwork: tuple[dt.date, dt.date]


def repeat_survey(
    export: pd.DataFrame, frame: pd.DataFrame, questionnaire: Questionnaire, wanted: Repeat, *, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Invent the export and the frame of the next year out of those of this year.

    Whole responses are copied, so that every route through the questionnaire stays one that exists.

    Parameters
    ----------
    export
        Of LimeSurvey with codes, all columns text; every row has a token.
    frame
        All columns text: ``token`` and background questions.
    questionnaire
        Gives the columns and codes of the background questions.
    wanted
        What the next year looks like.
    seed
        For the same years every time.

    Returns
    -------
    export, frame
        With the same columns, still in the codes of this year. Organisations keep their token.

    Raises
    ------
    SynthesisError
        When there are not so many organisations.
    """
    rng = np.random.default_rng(seed)
    complete = export[export["submitdate"] != ""].reset_index(drop=True)
    kept = frame.drop(frame.index[rng.choice(len(frame), wanted.leaving, replace=False)])
    joining = frame.iloc[rng.choice(len(frame), wanted.joining, replace=False)].copy()
    known = set(frame["token"])
    joining["token"] = [one for one in invent_tokens(wanted.joining, seed=seed) if one not in known]
    organisations = pd.concat([kept, joining], ignore_index=True)
    responded = np.flatnonzero(organisations["token"].isin(complete["token"]))
    others = np.flatnonzero(~organisations["token"].isin(complete["token"]))
    new = wanted.respondents - wanted.returning
    if len(responded) < wanted.returning or len(others) < new:
        raise SynthesisError(
            f"repeat_survey(): {wanted.returning} returning and {new} new respondents, of {len(responded)} and "
            f"{len(others)} organisations. Ask for fewer."
        )
    chosen = np.concatenate(
        [rng.choice(responded, wanted.returning, replace=False), rng.choice(others, new, replace=False)]
    )
    weights = np.ones(len(complete))
    for (column, answer), odds in wanted.odds.items():
        weights *= np.where(complete[column] == answer, odds, 1.0)
    donors = rng.choice(len(complete), wanted.respondents, p=weights / weights.sum())
    own = {token: row for row, token in enumerate(complete["token"])}
    for at in range(wanted.returning):
        if rng.random() < wanted.keeping:
            donors[at] = own[organisations["token"].iloc[chosen[at]]]
    made = complete.iloc[donors].reset_index(drop=True)
    who = organisations.iloc[chosen].reset_index(drop=True)
    made["token"] = who["token"]
    for name in frame.columns.drop("token"):
        question = questionnaire.question(name)
        codes = {category.code: category.export for category in question.categories}
        made[question.export] = who[name].map(codes)
    return _dated(made, wanted.fieldwork, rng), organisations


def read_invented(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read ``export.csv`` (as LimeSurvey writes it) and ``frame.csv`` of invented data, all columns text."""
    export = pd.read_csv(folder / "export.csv", sep=";", encoding="utf-8-sig", dtype="str", keep_default_na=False)
    return export, pd.read_csv(folder / "frame.csv", dtype="str", keep_default_na=False)


def write_invented(folder: Path, export: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Write ``export.csv`` and ``frame.csv`` as :func:`read_invented` reads them."""
    text = export.to_csv(sep=";", index=False, quoting=csv.QUOTE_ALL, lineterminator="\n")
    write_whole(folder / "export.csv", text.encode("utf-8-sig"))
    write_whole(folder / "frame.csv", frame.to_csv(index=False, lineterminator="\n").encode())


def ask_more(
    export: pd.DataFrame, columns: Sequence[str], filter_column: str, *, new: str, before: str, seed: int
) -> pd.DataFrame:
    """Return an export in which a question was put to more respondents, who answer as one of those of before.

    Parameters
    ----------
    export
        Of LimeSurvey with codes, all columns text.
    columns
        Columns of the question.
    filter_column, new, before
        Column that decides who is asked, and its answers of who is asked now and of who was asked before.
    seed
        For the same answers every time.
    """
    rng = np.random.default_rng(seed)
    result = export.copy()
    added, asked = (np.flatnonzero(result[filter_column] == code) for code in (new, before))
    result.loc[added, list(columns)] = result.loc[rng.choice(asked, len(added)), list(columns)].to_numpy()
    return result


def add_option(
    export: pd.DataFrame, column: str, behind: str, *, asked: tuple[str, str], exclusive: str, chance: float, seed: int
) -> pd.DataFrame:
    """Return an export in which a question of several answers has an option more.

    Parameters
    ----------
    export
        Of LimeSurvey with codes, all columns text.
    column, behind
        The new column, and the one that it stands behind.
    asked
        Column and answer of who was asked.
    exclusive
        Column of the option that goes with no other: whoever ticked it does not tick the new one.
    chance
        Probability that one of the others ticks it.
    seed
        For the same answers every time.
    """
    rng = np.random.default_rng(seed)
    result = export.copy()
    result.insert(list(result.columns).index(behind) + 1, column, "")
    able = (result[asked[0]] == asked[1]) & (result[exclusive] != "Y")
    result.loc[able & (rng.random(len(result)) < chance), column] = "Y"
    return result


def _dated(rows: pd.DataFrame, fieldwork: Sequence[dt.date], rng: np.random.Generator) -> pd.DataFrame:
    """Give rows ids, moments in the fieldwork and addresses that nobody has."""
    first, last = (np.datetime64(day, "s") for day in fieldwork)
    room = int((last - first) / np.timedelta64(1, "s"))
    begun = np.sort(first + rng.integers(0, room, len(rows)).astype("timedelta64[s]"))
    took = rng.integers(240, 1500, len(rows)).astype("timedelta64[s]")
    order = rng.permutation(len(rows))
    dated = rows.iloc[order].reset_index(drop=True)
    dated["id"] = [str(number) for number in range(1, len(rows) + 1)]
    for column, moments in (("startdate", begun), ("datestamp", begun + took), ("submitdate", begun + took)):
        dated[column] = pd.Series(moments).dt.strftime("%Y-%m-%d %H:%M:%S")
    dated["seed"] = [str(number) for number in rng.integers(10**8, 10**9, len(rows))]
    dated["ipaddr"] = [f"192.0.2.{number}" for number in rng.integers(1, 255, len(rows))]
    return dated
