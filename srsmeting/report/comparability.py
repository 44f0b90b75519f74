"""What a report says of the years that may not be compared, and of one group through the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from srsmeting.presentation.exhibit import escape_text, exhibit_id
from srsmeting.presentation.words import aantal, agree, opsomming, sentence_start
from srsmeting.presentation.years import Noted, Series, read_series
from srsmeting.presentation.years.history import OTHERS, Apart
from srsmeting.presentation.years.moment import Moment
from srsmeting.presentation.years.naming import apart_name, noted_name
from srsmeting.presentation.years.tables import years_table
from srsmeting.report.block import Block
from srsmeting.report.years import Years


class Comparability(Years):
    """The part of a report that tells which years may be compared."""

    def not_comparable(self, *, others: bool = False) -> Block:
        """Return a list of what may not be compared between two years, each with the reason.

        Where everything may, a sentence says so; where there was no measurement before, there is nothing. What changed
        and is compared all the same is listed behind it, with the reason.

        Parameters
        ----------
        others
            Whether measurements of others are listed too, where the chapter does not tell of them itself.
        """
        if not self.is_repeat:
            return Block("")
        listed: dict[tuple[Moment, Moment], list[str]] = {pair: [] for pair in self._history.pairs}
        foreign: list[str] = []
        for one in self._history.all_apart:
            lines = foreign if one.level == OTHERS else listed.setdefault((one.earlier, one.later), [])
            lines.append(self._line(one))
        kept: dict[tuple[Moment, Moment], list[str]] = {}
        for note in self._history.noted:
            # What was split is compared together, and none of its parts is.
            lists = listed if note.kind == "split" else kept
            lists.setdefault((note.earlier, note.later), []).append(self._noted(note))
        blocks = []
        for (earlier, later), lines in listed.items():
            between = f"Tussen {earlier.period} en {later.period} is"
            what = "het volgende niet te vergelijken:" if lines else "alles te vergelijken wat beide keren is gevraagd."
            told = f"{between} {what}"
            blocks += [escape_text(told), *(["\n".join(dict.fromkeys(lines))] if lines else [])]
        for (earlier, later), lines in kept.items():
            told = f"Wel vergeleken tussen {earlier.period} en {later.period}, al veranderde er iets:"
            blocks += [told, "\n".join(lines)]
        if others and foreign:
            blocks += ["Met metingen van anderen zijn deze uitkomsten niet te vergelijken:", "\n".join(foreign)]
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

        Only what may be compared and is published of both years is in it; where nothing is, there is no table.

        Parameters
        ----------
        shares
            As of :meth:`changes`.
        """
        if not self.is_repeat:
            return Block("")
        _, code = self._chosen()
        kept = self._compared(shares)
        if not kept:
            return Block("")
        table = years_table(
            kept,
            self.questionnaire,
            id=exhibit_id("tbl-jaren", code) if code.isascii() else "tbl-jaren",
            caption=f"Vergeleken met {self.earlier_period}",
            compact=True,
            notes=(*([f"{self.earlier_period}: {self._parts()[0]}."] if self._parts() else []), *self._weighted_note()),
        )
        return Block(table.unnumbered())

    def group_changes(self, shares: Sequence[str] | str) -> str:
        """Return sentences that say which outcomes of the group changed significantly since the year before.

        Parameters
        ----------
        shares
            As of :meth:`changes`.
        """
        if not self.is_repeat:
            return ""
        by, code = self._chosen()
        kept, all_ = self._compared(shares), len(self._wanted(shares))
        if not kept:
            told = f"Van {self.group} is geen van deze uitkomsten met {self.earlier_period} te vergelijken."
            return " ".join([told, *self._split_off(by, code)])
        what = agree(len(kept), "staat één uitkomst", f"staan {aantal(len(kept))} uitkomsten")
        beside = f"Hieronder {what}"
        told = f"{beside} naast die over {self.earlier_period}."
        if parts := self._parts():
            told += " ".join([f" De uitkomsten over {self.earlier_period} zijn die van {parts[0]}.", *parts[1:]])
        told += f" {self._changes_of(kept, by, code)}"
        left = all_ - len(kept)
        if not left:
            return told
        what = agree(left, "uitkomst is", "uitkomsten zijn")
        rest = f"{aantal(left)} {what} niet te vergelijken met {self.earlier_period}"
        return f"{told} {sentence_start(rest)}, of niet van beide jaren gepubliceerd."

    def _split_off(self, by: str, code: str) -> list[str]:
        """Return what the group was a part of the year before; nothing where it was itself."""
        places = (self.questionnaire.breakdown(by).question, "", code, "", ""), ("", "", "", by, code)
        noted = (one for one in self._history.noted if one.later == self._history.moments[-1])
        return [one.told for one in noted if one.kind == "split" and one.place in places]

    def _parts(self) -> tuple[str, ...]:
        """Return which groups the group was the year before, and why; nothing where it was itself."""
        by, code = self._chosen()
        for one in self.texts.joined:
            if (one.by, one.group) == (by, code):
                reason = one.reason.strip().rstrip(".")
                return (f"{opsomming(one.of)} samen", *([f"{reason}."] if reason else []))
        return ()

    def _compared(self, shares: Sequence[str] | str) -> tuple[Series, ...]:
        """Return the outcomes of the group of which the last two years may be compared and are published."""
        by, code = self._chosen()
        two = replace(self._history, moments=self._history.moments[-2:])
        read = read_series(two, self.questionnaire, self._wanted(shares), by=by, group=code)
        return tuple(one for one in read if one.steps[-1].number is not None)

    def _noted(self, one: Noted) -> str:
        return f"- **{escape_text(noted_name(one, self.questionnaire))}**. {escape_text(one.told)}"

    def _line(self, one: Apart) -> str:
        how = " (trendbreuk)" if one.comparable == "break" else ""
        return f"- **{escape_text(apart_name(one, self.questionnaire))}**{how}. {escape_text(one.why)}"
