"""An attack on the whole set of numbers that would be published: what is suppressed and can still be worked out."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from srsmeting.errors import EstimateError
from srsmeting.estimation.attack import solve
from srsmeting.estimation.auditor import COLUMNS, Auditor
from srsmeting.estimation.linked_publication import link_counts
from srsmeting.estimation.mentions import attack_mentions
from srsmeting.estimation.rules import PublicationRules
from srsmeting.questionnaire import Questionnaire

Progress = Callable[[str], None]


def audit_estimates(
    frame: pd.DataFrame,
    questionnaire: Questionnaire,
    rules: PublicationRules | None = None,
    *,
    protection: float = 0.10,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Find what could be worked out of the numbers that are suppressed, from those that are shown.

    Parameters
    ----------
    frame
        Estimate frame of one measurement as it would be published, publication rules applied. The number of respondents
        is that of its total ``response_rate``; without it, everyone may have left any question open.
    questionnaire
        Its questionnaire, which says how the numbers are linked.
    rules
        Of publication: ``min_base``, the rules of groups, and (made with :meth:`PublicationRules.linked`) the questions
        behind the breakdowns. By default those of every breakdown in the frame, with a base of at least 10.
    protection
        Of a group below ``min_base`` no share may be known to within less than this, a fraction of its base.
    progress
        Called with a short text for every table.

    Returns
    -------
    pd.DataFrame
        A row per finding: ``question, item, category, by, group`` (str) as in the estimate frame; ``low`` and ``high``
        (float64), the fewest and most respondents that fit what is shown (of a question for a number: the mean); and
        ``how`` (str):

        ==============  ================================================================================================
        ``shown``       the number is there, with a base below ``min_base``; of a theme, with too few mentions
        ``exact``       a single number fits
        ``range``       the numbers that fit lie closer together than ``protection``
        ``unanimous``   all that is hidden gave one and the same answer, which a shown number does not say itself
        ``together``    what hidden groups say together follows, and they are fewer than ``min_base``: ``group`` names
                        them with ``+`` between; of themes, if every answer has exactly one: ``category`` names them
        ==============  ================================================================================================

        No rows: nothing was found.

    Raises
    ------
    UnknownNameError
        For a question, breakdown, group or answer that the questionnaire does not have.
    EstimateError
        When the frame has more than one measurement, or its numbers contradict each other.

    Notes
    -----
    Unknowns are counts of respondents by answer; every shown number, and every way in which numbers hang together, is a
    linear equation or inequality on them: the answers to a question add up to its base, sums to their parts, groups and
    who is in none to the total, merged groups to their parts; options of a multiple choice lie between bounds; a table
    and its transpose are the same counts; the base of a follow-up question is at most the count of answers that lead to
    it; a response gives the size of a group; a percentage of a base is a count. What an equation with one unknown gives
    is filled in; the rest is cut into blocks, and the extremes of each suppressed count are found by linear programming
    (HiGHS), rounded inwards to whole numbers. The bounds are those of the auditing problem of suppressed tables
    (Fischetti and Salazar 2001; Hundepool et al. 2012, *Statistical Disclosure Control*, ch. 4).

    Two findings are not made. That *nobody* of a set of respondents gave an answer is true of every part of the set,
    and a shown or left-over 0 of a set that is large enough says it outright: such zeros are listed only in a group of
    which something else is found. And in a table of one breakdown's question by another, a count is no secret when the
    transposed table shows it and both of its groups may be shown.

    ``protection`` is meant as in Hundepool et al.: an interval too narrow is as good as the number. In a base below 10
    one respondent is more than 10 points, so that by default there only exact numbers count.

    Not looked for: what whole numbers rule out and fractions do not; what three two-way tables say together of the
    three-way table; means of marks, quantiles and comparisons (they go with their group); other years, which
    :func:`srsmeting.disclosure.audit_years` attacks together. A weighted share
    is an equation, or two limits as far as it was rounded, where the weights follow from one margin and are told by
    rows ``weight``: of all, and of groups that the margin is made of. Of the rest,
    :func:`srsmeting.estimation.known_weights.unexamined` says what it is.

    Examples
    --------
    The total less the shown region: 3 of 4 say yes.

    >>> from srsmeting.estimates import estimate_frame
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> def single(name, *codes):
    ...     return {"id": name, "kind": "single", "title": name, "text": "?", "pijler": "basis", "fase": "bereik",
    ...             "categories": [{"code": code, "label": code} for code in codes]}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}],
    ...     "questions": [single("regio", "a", "b"), single("lid", "ja", "nee")]})
    >>> frame = estimate_frame({
    ...     "meting": "m-1", "question": "lid", "category": ["ja", "nee"] * 3, "measure": "share",
    ...     "by": ["", "", "regio", "regio", "regio", "regio"], "group": ["", "", "a", "a", "b", "b"],
    ...     "numerator": [23, 11, 20, 10, None, None], "denominator": [34, 34, 30, 30, None, None],
    ...     "status": ["A"] * 4 + ["Q"] * 2})
    >>> sizes = estimate_frame({"meting": "m-1", "question": "regio", "category": ["a", "b"], "measure": "share",
    ...                         "numerator": [30, 4], "denominator": 34})
    >>> response = estimate_frame({"meting": "m-1", "measure": "response_rate", "numerator": 34, "denominator": 80})
    >>> found = audit_estimates(pd.concat([response, sizes, frame]), questionnaire)
    >>> found[["category", "group", "low", "high", "how"]]
      category group  low  high       how
    0       ja     b  3.0   3.0     exact
    1      nee     b  1.0   1.0     exact
    2       ja     b  3.0   3.0  together
    3      nee     b  1.0   1.0  together
    """
    metingen = frame["meting"].unique()
    if len(metingen) > 1:
        raise EstimateError(f"audit_estimates(): the frame has {len(metingen)} measurements. Give them one by one.")
    if rules is None:
        rules = PublicationRules.linked(questionnaire, _breakdowns(frame))
    tell = progress or (lambda text: None)
    tell("linking the tables")
    linked = link_counts(frame, questionnaire)
    auditor = Auditor(frame, linked, solve(linked.system), rules, protection)
    tell("looking for all that is suppressed")
    auditor.look_around()
    found: list[dict[str, object]] = []
    for number, table in enumerate(auditor.tables, start=1):
        tell(f"attacking table {number} of {len(auditor.tables)}: {table.address[1]}")
        found += auditor.attack(table)
    for question, category, low, high, how in attack_mentions(frame, rules):
        found.append(dict(zip(COLUMNS, (question, "", category, "", "", low, high, how), strict=True)))
    types = {name: "float64" if name in ("low", "high") else "str" for name in COLUMNS}
    return pd.DataFrame(found, columns=[*COLUMNS]).astype(types)


def _breakdowns(frame: pd.DataFrame) -> list[str]:
    about = frame.loc[(frame["question"] != "") & (frame["by"] != ""), "by"]
    return list(dict.fromkeys(about))
