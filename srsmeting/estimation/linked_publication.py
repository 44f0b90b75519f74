"""What a publication says of the counts behind it: each number shown is an equation or a limit."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from srsmeting.estimation.attack import System, Terms, add_terms, minus
from srsmeting.estimation.known_weights import KnownWeights, known_weights, within
from srsmeting.estimation.linked_counts import LinkedCounts, domains_of, group_domains, in_words
from srsmeting.estimation.published_tables import ADJUSTED
from srsmeting.questionnaire import Questionnaire

_NUMBERED: Final = ("numerator", "denominator", "estimate")


def link_counts(frame: pd.DataFrame, questionnaire: Questionnaire, system: System | None = None) -> LinkedCounts:
    """Write down what a publication says of the counts behind it.

    Parameters
    ----------
    frame
        Estimate frame of one measurement, as it would be published.
    questionnaire
        Its questionnaire.
    system
        Where to write; by default a new one.

    Raises
    ------
    UnknownNameError
        For a question, group or answer that the questionnaire does not have.
    """
    weighted = bool(frame["method"].str.endswith("_weighted").any())
    linked = LinkedCounts(questionnaire, system or System(), weighted)
    shares = frame[(frame["question"] != "") & (frame["measure"].isin(["share", "mean"]))]
    tables = shares[["question", "item", "by"]].drop_duplicates()
    weights = known_weights(frame, questionnaire)
    if weights is not None:
        # Weighted shares are about the groups that were weighted to, whether there are tables of them or not.
        margins = tables.assign(by=weights.by)[tables["question"] != weights.source]
        tables = pd.concat([tables, margins]).drop_duplicates()
    for question, item, by in tables.itertuples(index=False):
        asked = questionnaire.question(question)
        sources = _sources(questionnaire, by)
        # All that lies between the total and the finest groups: of a pair also the two breakdowns by themselves.
        for some in [each for size in range(len(sources) + 1) for each in _subsets(sources, size)]:
            for domain in domains_of(questionnaire, some):
                linked.make(asked, item, domain)
                for source, _, _ in domain:
                    rest = frozenset(answer for answer in domain if answer[0] != source)
                    linked.make(questionnaire.question(source), "", rest)
            linked.add_up(asked, item, some)
        if len(sources) == 1:
            linked.merge(asked, item, by)
    for row in frame[frame["measure"].isin(["share", "mean", "response_rate"])].to_dict("records"):
        _publish(linked, row)
        if weights is not None and str(row["method"]).endswith("_weighted"):
            _publish_weighted(linked, row, weights)
    for row in frame[(frame["measure"] == ADJUSTED) & frame["denominator"].notna()].to_dict("records"):
        _publish_adjusted(linked, row)
    return linked


def _sources(questionnaire: Questionnaire, by: str) -> tuple[str, ...]:
    return tuple(questionnaire.breakdown(name).question for name in by.split("*")) if by else ()


def _subsets(sources: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    if size == 0:
        return [()]
    return [(source,) for source in sources] if size == 1 else [sources]


def _publish(linked: LinkedCounts, row: dict[Any, Any]) -> None:
    """Write down what one row says."""
    count, base, estimate = (float("nan") if pd.isna(row[name]) else float(row[name]) for name in _NUMBERED)
    by, group, measure = row["by"], row["group"], row["measure"]
    if (by and not group) or "/" in group or "-" in group:
        return
    about = " ".join(str(row[n]) for n in ("question", "item", "category", "by", "group", "measure") if row[n])
    if measure == "response_rate":
        if not np.isnan(count):
            domains = group_domains(linked.questionnaire, by, group)
            linked.system.equate(add_terms(linked.people(domain) for domain in domains), count, about)
        return
    question, item = linked.questionnaire.question(row["question"]), row["item"]
    whole = linked.group_base(question, item, by, group)
    if not np.isnan(base) and (measure == "share" or question.kind == "number"):
        linked.system.equate(whole, base, f"the base of {about}")
    if measure == "mean":
        if question.kind == "number" and not linked.weighted and not np.isnan(estimate):
            total = linked.group(question, item, by, group)["sum"]
            linked.system.equate(minus(total, {at: v * estimate for at, v in whole.items()}), 0, about)
        return
    cell = linked.group_cell(question, item, row["category"], by, group)
    if not np.isnan(count):
        linked.system.equate(cell, count, about)
        if question.kind == "multiple" and not np.isnan(base):
            linked.system.equate(
                linked.group(question, item, by, group)[f"unticked {row['category']}"], base - count, about
            )
    elif not np.isnan(estimate) and "weighted" not in str(row["method"]) and row["method"] != "margin":
        # A percentage of a base is a count, to within how far it was rounded.
        _is_part(linked, cell, whole, estimate, about)


def _publish_weighted(linked: LinkedCounts, row: dict[Any, Any], weights: KnownWeights) -> None:
    """Write down what a weighted share says of counts whose weights are known."""
    by, group, estimate = row["by"], row["group"], row["estimate"]
    questionnaire = linked.questionnaire
    question, item = questionnaire.question(row["question"]), row["item"]
    if row["measure"] != "share" or pd.isna(estimate) or question.id == weights.source:
        return
    if by and not within(by, weights, questionnaire):
        return
    domains = group_domains(questionnaire, by, group) if by else domains_of(questionnaire, (weights.source,))
    known, cells, bases = weights.of(question.id), [], []
    for domain in domains:
        ((_, _, answer),) = domain
        if answer in known:
            cells.append(add_terms([linked.cell(question, item, row["category"], domain)], known[answer]))
            bases.append(add_terms([linked.base(question, item, domain)], known[answer]))
        else:
            linked.system.equate(linked.people(domain), 0, f"nobody in {in_words(domain)}")
    about = f"the weighted share of {question.id} {row['category']} {group}"
    _is_part(linked, add_terms(cells), add_terms(bases), float(estimate), about)


def _publish_adjusted(linked: LinkedCounts, row: dict[Any, Any]) -> None:
    """Write down what an adjusted share says: who is in the regression, and without anything to correct for a share."""
    question, item, by, group = (row[name] for name in ("question", "item", "by", "group"))
    asked, left_out = linked.questionnaire.question(question), str(row["method"]).split("-")[1:]
    gone = [linked.group_cell(asked, item, code, by, group) for code in left_out]
    base = minus(linked.group_base(asked, item, by, group), add_terms(gone))
    about = f"the adjusted share of {question} {row['category']} {by} {group}"
    linked.system.limit(add_terms([base], -1.0), -float(row["denominator"]), about)
    # Who gave one of several options that are left out may have given another as well.
    if is_share(row["method"]) and not linked.weighted and not (gone and asked.kind == "multiple"):
        linked.system.limit(base, float(row["denominator"]), about)
        if not pd.isna(row["estimate"]):
            cell = linked.group_cell(asked, item, row["category"], by, group)
            linked.system.equate(cell, round(row["estimate"] * row["denominator"]), about)


def is_share(method: str) -> bool:
    """Say whether an adjusted share is the share itself: nothing is corrected for, and each answer has its own odds."""
    return "(" not in method and method.split("-")[0] in ("logit", "multinomial")


def _is_part(linked: LinkedCounts, some: Terms, whole: Terms, share: float, about: str) -> None:
    """Write down that some are this share of the whole, to within how far it was rounded."""
    slack = next((0.5 * 10.0**-d for d in (2, 3, 4) if abs(share - round(share, d)) < 1e-12), 0.0) + 1e-9
    linked.system.limit(minus(some, {at: v * (share + slack) for at, v in whole.items()}), 0, about)
    linked.system.limit(minus({at: v * (share - slack) for at, v in whole.items()}, some), 0, about)
