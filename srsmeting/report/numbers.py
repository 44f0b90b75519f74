"""Single numbers in running text: percentages, fractions in words, marks, counts and labels.

Where a number is suppressed or missing, the sentence says so, in words that stand where the number would: ``een niet
gepubliceerd deel`` for a share, ``niet gepubliceerd cijfer`` for a mark. So a chapter renders whatever is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from srsmeting.errors import ReportError
from srsmeting.estimates import pick
from srsmeting.presentation.formats import format_counted, format_decimals, format_procent
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.signs import SIGNS
from srsmeting.presentation.words import Interval, aantal, sentence_start, share_of, share_verb, share_words
from srsmeting.presentation.words_sizes import size_of
from srsmeting.report.bundle import Bundle
from srsmeting.report.phrase import Traced
from srsmeting.rounding import percentage_decimals

#: What tells the rows of one measurement apart.
_ADDRESS = ("question", "category", "item", "by", "group", "measure")
#: Breakdowns whose labels are names, which keep their capital inside a sentence.
NAMED: Final = frozenset({"wgo"})


#: A row of the estimate frame.
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Value:
    """One number of the estimate frame, or why there is none.

    Parameters
    ----------
    number
        Unrounded; None where it is suppressed or missing.
    why
        In Dutch, why there is none; empty where there is.
    base
        Its denominator, where it has one.
    interval
        Ends of its interval; nan where it has none.
    """

    number: float | None
    why: str = ""
    base: int | None = None
    interval: Interval = (float("nan"), float("nan"))

    @property
    def is_empty(self) -> bool:
        """Whether there is no number because nobody answered, or it is counted elsewhere: nothing was withheld."""
        return self.number is None and self.why != SIGNS["Q"].meaning

    @property
    def absent(self) -> str:
        """What is said of a share or mean that is not there: "niet gepubliceerd", or "onbekend"."""
        return "onbekend" if self.is_empty else SIGNS["Q"].meaning


def read_value(row: Row) -> Value:
    """Read a row of the estimate frame; what its status replaces by a sign has no number."""
    status, number = str(row["status"]), row["estimate"]
    sign = SIGNS.get(status)
    if (sign is not None and sign.replaces) or pd.isna(number):
        return Value(None, (sign if sign is not None and sign.replaces else SIGNS["O"]).meaning)
    base = row.get("denominator")
    ends = (float(row.get("ci_low", float("nan"))), float(row.get("ci_high", float("nan"))))
    return Value(float(number), base=None if pd.isna(base) else int(base), interval=ends)


class Numbers(Traced):
    """The part of a report that gives single numbers.

    Parameters
    ----------
    bundle
        Estimates, questionnaire and texts.
    """

    def __init__(self, bundle: Bundle) -> None:
        super().__init__()
        self.estimates, self.questionnaire, self.texts = bundle.estimates, bundle.questionnaire, bundle.texts
        self.programme, self.spoken = bundle.programme, bundle.voices
        # A chapter asks for hundreds of numbers: look through the frame once.
        records = [{str(name): value for name, value in row.items()} for row in self.estimates.to_dict("records")]
        self._rows = {tuple(row[name] for name in _ADDRESS): row for row in records}

    def percent(self, question: str, category: str, *, item: str = "", by: str = "", group: str = "") -> str:
        """Return a share as a percentage in running text: "66 procent"; with a decimal where its base carries one.

        Parameters
        ----------
        question, category
            Question, and one of its categories or declared sums; `answered` for an open question.
        item
            Statement of a battery.
        by, group
            Breakdown and group; both empty for all respondents.

        Returns
        -------
        str
            "een niet gepubliceerd deel" or "een onbekend deel" where there is no number.

        Raises
        ------
        UnknownNameError
            When the questionnaire or the estimates do not have it.
        """
        value = self._share(question, category, item, by, group)
        if value.number is None:
            return f"een {value.absent} deel"
        return format_procent(value.number, self._decimals(value))

    def words(
        self,
        question: str,
        category: str,
        *,
        item: str = "",
        by: str = "",
        group: str = "",
        start: bool = False,
        sure: bool = False,
    ) -> str:
        """Return a share in words: "twee derde", or "43 procent" where no fraction is near.

        Parameters
        ----------
        start
            Whether it begins a sentence. The other parameters are those of :meth:`percent`.
        sure
            Whether the words must hold for the whole interval; where they do not, the percentage is given.
        """
        value = self._share(question, category, item, by, group)
        interval = value.interval if sure else None
        text = f"een {value.absent} deel" if value.number is None else share_words(value.number, interval)
        return sentence_start(text) if start else text

    def part(
        self,
        question: str,
        category: str,
        singular: str,
        plural: str,
        *,
        item: str = "",
        by: str = "",
        group: str = "",
        start: bool = False,
        sure: bool = False,
    ) -> str:
        """Return a share of the respondents in words with the verb that agrees: "twee derde van de respondenten kent".

        Parameters
        ----------
        singular, plural
            The forms of the verb. The other parameters are those of :meth:`words`.
        """
        value = self._share(question, category, item, by, group)
        whole = self.questionnaire.respondents
        if value.number is None:
            text = f"een {value.absent} deel van de {whole} {singular}"
        else:
            interval = value.interval if sure else None
            verb = share_verb(value.number, singular, plural, interval)
            text = f"{share_of(value.number, whole, interval)} {verb}"
        return sentence_start(text) if start else text

    def size(
        self,
        question: str,
        category: str,
        singular: str,
        plural: str,
        *,
        item: str = "",
        start: bool = False,
        sure: bool = False,
    ) -> str:
        """Say without a number how large a part of the respondents is: "een meerderheid van de respondenten kent".

        Parameters
        ----------
        question, category, item
            As of :meth:`percent`.
        singular, plural, start, sure
            As of :meth:`part`.
        """
        value = self._share(question, category, item)
        whole = self.questionnaire.respondents
        if value.number is None:
            text = f"een {value.absent} deel van de {whole} {singular}"
        else:
            words = size_of(value.number, whole, value.interval if sure else None)
            text = f"{words} {plural if value.number == 1 else singular}"
        return sentence_start(text) if start else text

    def mark(self, question: str, *, by: str = "", group: str = "") -> str:
        """Return a mean with one decimal, as it stands behind "een": "7,3", or "niet gepubliceerd cijfer"."""
        value = read_value(self._row(question, by=by, group=group, measure="mean"))
        return f"{value.absent} cijfer" if value.number is None else format_decimals(value.number)

    def count(self, question: str, category: str, *, item: str = "", by: str = "", group: str = "") -> str:
        """Return how many respondents gave an answer: "199"; parameters as of :meth:`percent`.

        Raises
        ------
        ReportError
            Where answers are weighted: beside weighted percentages only bases are published.
        """
        row = self._row(question, category, item=item, by=by, group=group)
        if pd.isna(row["numerator"]) and not pd.isna(row["estimate"]):
            raise ReportError(
                f"count(): answers to {question!r} are weighted, and beside weighted percentages no numbers of answers "
                "are published. Print percent() or base()."
            )
        return _counted(row, "numerator")

    def base(self, question: str, *, item: str = "", by: str = "", group: str = "") -> str:
        """Return how many respondents a share of this question is of: "301"."""
        asked = self.questionnaire.question(question)
        category = next((code for code in asked.codes if asked.in_base(code)), "answered")
        return _counted(self._row(question, category, item=item, by=by, group=group), "denominator")

    def asked(self, question: str) -> str:
        """Say who was asked a question, from its routing: "respondenten die bekend zijn met …"."""
        return self.questionnaire.explain(question)

    def label(self, question: str, code: str) -> str:
        """Return the label of a category, sum or statement as it stands inside a sentence."""
        asked = self.questionnaire.question(question)
        if code in asked.labels:
            return inside(asked.labels[code])
        return inside(asked.item(code).label if asked.items else asked.category(code).label)

    def quoted(self, question: str, code: str) -> str:
        """Return the label of a category, sum or statement as it was put to respondents: "‘Geen enkel effect’"."""
        asked = self.questionnaire.question(question)
        if code in asked.labels:
            return f"‘{asked.labels[code]}’"
        return f"‘{asked.item(code).label if asked.items else asked.category(code).label}’"

    def title(self, question: str) -> str:
        """Return the title of a question, for a heading."""
        return self.questionnaire.question(question).title

    def wording(self, question: str) -> str:
        """Return a question as it was asked."""
        return self.questionnaire.question(question).text

    @property
    def pijlers(self) -> str:
        """Return how many pijlers the programme has, in words up to twenty: "vijf"."""
        # A pijler without an aim groups questions about the programme as a whole.
        return aantal(sum(bool(pijler.aim) for pijler in self.questionnaire.pijlers))

    @property
    def period(self) -> str:
        """The year or period that the answers are about."""
        return self.texts.period or self.texts.meting

    @property
    def source(self) -> str:
        """The source line, without "Bron:"."""
        return self.texts.source

    def _row(
        self,
        question: str,
        category: str = "",
        *,
        item: str = "",
        by: str = "",
        group: str = "",
        measure: str = "share",
    ) -> Row:
        row = self._rows.get((question, category, item, by, group, measure))
        if row is None:
            # The questionnaire knows more names than the frame, so its suggestions are better.
            asked = self.questionnaire.question(question) if question else None
            if asked is not None and asked.categories and category and category not in asked.labels:
                asked.category(category)
            # A frame of an older version, or of a measurement without what this needs: no name in it is to blame.
            if not any(key[0] == question and key[-1] == measure for key in self._rows):
                what = f"{measure} of question {question!r}" if question else measure
                if asked is not None and measure == "mean" and asked.kind not in ("mark", "number"):
                    raise ReportError(f"question {question!r}: is of kind {asked.kind}, and has no mean. Take a share.")
                raise ReportError(f"estimates: there is no {what}. Estimate again, with this version of srsmeting.")
            found = pick(self.estimates, question, category, item=item, by=by, group=group, measure=measure)
            row = {str(name): value for name, value in found.items()}
        return self._seen(row)

    def _maybe(
        self, question: str, category: str = "", *, item: str = "", by: str = "", group: str = "", measure: str
    ) -> Row | None:
        """Return a row that need not be there."""
        row = self._rows.get((question, category, item, by, group, measure))
        return None if row is None else self._seen(row)

    def _decimals(self, *values: Value) -> int:
        """Return how many decimals the percentages of one sentence have."""
        bases = (value.base for value in values if value.number is not None)
        return percentage_decimals(bases, self.texts.decimals_from)

    def _share(self, question: str, category: str, item: str = "", by: str = "", group: str = "") -> Value:
        return read_value(self._row(question, category, item=item, by=by, group=group))


def _counted(row: Row, column: str) -> str:
    cell = format_counted(row, column)
    return f"({SIGNS[cell.status].meaning})" if cell.status in SIGNS and not cell.text[0].isdigit() else str(cell)
