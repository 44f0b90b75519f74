"""What a report says of the years that may not be compared, and of one group through the years."""

from __future__ import annotations

from collections.abc import Sequence

from srsmeting.presentation.exhibit import escape_text, exhibit_id
from srsmeting.presentation.words import opsomming
from srsmeting.presentation.years.history import Apart
from srsmeting.presentation.years.naming import apart_name
from srsmeting.presentation.years.tables import years_table
from srsmeting.report.block import Block
from srsmeting.report.years import Years


class Comparability(Years):
    """The part of a report that tells which years may be compared."""

    def not_comparable(self) -> Block:
        """Return a list of what may not be compared between two years, each with the reason.

        Where everything may, a sentence says so; where there was no measurement before, there is nothing.
        """
        if not self.is_repeat:
            return Block("")
        pairs = self._history.pairs
        blocks = []
        for earlier, later in pairs:
            lines = [self._line(one) for one in self._history.all_apart if one.later == later]
            between = f"Tussen {earlier.period} en {later.period}"
            if not lines:
                blocks.append(escape_text(f"{between} is alles te vergelijken wat beide keren is gevraagd."))
                continue
            blocks.append(escape_text(f"{between} is het volgende niet te vergelijken:"))
            blocks.append("\n".join(dict.fromkeys(lines)))
        return Block("\n" + "\n\n".join(blocks) + "\n")

    @property
    def comparable_span(self) -> str:
        """A sentence that says since when each question of this measurement can be followed without a break."""
        if not self.is_repeat:
            return ""
        first = self._history.moments[0]
        asked = self.questionnaire.questions
        whole = [
            question.id
            for question in asked
            if not any(one.holds_for((question.id, "", "", "", "")) for one in self._history.all_apart)
        ]
        if len(whole) == len(asked):
            return f"Elke vraag is sinds {first.period} zonder onderbreking te volgen."
        titles = opsomming([f"‘{question.title}’" for question in asked if question.id not in whole])
        return f"Behalve bij {titles} is elke vraag sinds {first.period} zonder onderbreking te volgen."

    def group_years(self, shares: Sequence[str] | str) -> Block:
        """Return a table without a number of outcomes of the group beside those of the year before.

        Only what may be compared and is published of both years is in it; where nothing is, a sentence says so.

        Parameters
        ----------
        shares
            As of :meth:`changes`.
        """
        if not self.is_repeat:
            return Block("")
        by, code = self._chosen()
        read = self._read(self._wanted(shares), by, code)
        kept = [one for one in read if one.steps[-1].number is not None]
        if not kept:
            told = f"Van {self.group} is geen van deze uitkomsten met {self.earlier_period} te vergelijken."
            return Block(f"\n{escape_text(told)}\n")
        left = len(read) - len(kept)
        note = "Uitkomsten die niet te vergelijken of niet gepubliceerd zijn, staan er niet bij." if left else ""
        table = years_table(
            kept,
            self.questionnaire,
            id=exhibit_id("tbl-jaren", code) if code.isascii() else "tbl-jaren",
            caption=f"Vergeleken met {self.earlier_period}",
            notes=(*((note,) if note else ()), *self._weighted_note()),
            source=self.source,
        )
        return Block(table.unnumbered())

    def _line(self, one: Apart) -> str:
        how = " (trendbreuk)" if one.comparable == "break" else ""
        return f"- **{escape_text(apart_name(one, self.questionnaire))}**{how}. {escape_text(one.why)}"
