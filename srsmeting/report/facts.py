"""What the survey does not measure, in running text: budgets, interviews, sessions, and voices of practice."""

from __future__ import annotations

from decimal import Decimal

from srsmeting.errors import ReportError, unknown_name
from srsmeting.presentation.exhibit import escape_text
from srsmeting.presentation.formats import format_written
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import aantal, agree, opsomming
from srsmeting.programme import Fact, Part
from srsmeting.report.block import Block
from srsmeting.report.numbers import Numbers


class Facts(Numbers):
    """The part of a report that gives facts of the programme, and lets others speak."""

    def fact(self, name: str, part: str = "") -> str:
        """Return a fact as it stands in a sentence: "14,4 miljoen euro"; of its parts together, or of one of them.

        Parameters
        ----------
        name, part
            As in the programme's file.

        Raises
        ------
        UnknownNameError
            For a fact or part that the file does not have.
        """
        fact = self.programme.fact(name)
        if fact.text:
            return fact.text
        value = self.programme.part(name, part).value if part else self._number(name)
        return f"{'circa ' if fact.approximate else ''}{_with_unit(value, fact)}"

    def fact_words(self, name: str, part: str = "") -> str:
        """Return a count of the programme in words up to twenty: "elf"."""
        return aantal(float(self.programme.part(name, part).value if part else self._number(name)))

    def fact_counted(self, name: str, singular: str, plural: str) -> str:
        """Return a count of the programme with what it counts: "elf sessies", "één sessie"."""
        count = float(self._number(name))
        return f"{aantal(count)} {agree(count, singular, plural)}"

    def fact_range(self, least: str, most: str, *, words: bool = False) -> str:
        """Return two facts as a range: "circa 17 tot 25", or "17" where they are alike.

        Parameters
        ----------
        least, most
            Facts of the programme, in the same unit.
        words
            Whether they are counts, in words up to twenty: "drie tot tien".
        """
        low, high = (self.fact_words(name) if words else self.fact(name) for name in (least, most))
        return low if self._number(least) == self._number(most) else f"{low} tot {high}"

    def fact_parts(self, name: str) -> str:
        """Return the parts of a fact with their numbers, largest first, without those of 0: "onderwijs (16) en …"."""
        fact = self.programme.fact(name)
        parts = [part for part in _largest_first(fact) if part.value] or _largest_first(fact)
        return opsomming(f"{inside(part.label)} ({_with_unit(part.value, fact)})" for part in parts)

    def fact_extremes(self, name: str, most: str, least: str, alike: str = "Alle delen zijn even groot") -> str:
        """Return a sentence on the largest and the smallest part of a fact.

        Parameters
        ----------
        name
            A fact with parts.
        most, least
            What the sentence says of them, with the verb: "Het meeste ging naar", "het minste naar".
        alike
            What it says of parts that are all as large.

        Returns
        -------
        str
            "Het meeste ging naar a (41 procent), het minste naar b en c (elk 5 procent)."; where all parts are as
            large, that they are.
        """
        fact = self.programme.fact(name)
        values = [part.value for part in fact.parts.values()]
        if not values:
            raise ReportError(f"fact_extremes(): fact {name!r} has no parts. Add them to {self.programme.name}.")
        if min(values) == max(values):
            return f"{alike} ({_with_unit(values[0], fact)})."

        def named(value: Decimal) -> str:
            names = [inside(part.label) for part in fact.parts.values() if part.value == value]
            return f"{opsomming(names)} ({'elk ' if len(names) > 1 else ''}{_with_unit(value, fact)})"

        return f"{most} {named(max(values))}, {least} {named(min(values))}."

    def has_voices(self, place: str) -> bool:
        """Tell whether there are quotations or examples for a section; as :meth:`voices`."""
        self._check_place("has_voices()", place)
        quoted = any(quotation.place == place for quotation in self.spoken.quotations)
        return quoted or any(box.place == place for box in self.spoken.boxes)

    def voices(self, place: str) -> Block:
        """Return the quotations and examples for a section; nothing where there are none.

        Parameters
        ----------
        place
            What ``place`` says of them in the file.

        Raises
        ------
        UnknownNameError
            For a place that the file does not know.
        """
        self._check_place("voices()", place)
        said = [quotation for quotation in self.spoken.quotations if quotation.place == place]
        boxes = [box for box in self.spoken.boxes if box.place == place]
        lines = [f"> {escape_text(f'“{one.text}”')}\n>\n> {escape_text(f'({one.role})')}" for one in said]
        for box in boxes:
            whose = f" ({box.organisation})" if box.organisation else ""
            lines.append(
                f'::: {{.callout-note icon="false"}}\n\n## {escape_text(box.title + whose)}\n\n'
                f"{escape_text(box.text)}\n\n:::"
            )
        if lines and self.spoken.notice:
            lines.append(f"::: {{.bron}}\n\n{escape_text(self.spoken.notice)}\n\n:::")
        return Block("\n" + "\n\n".join(lines) + "\n" if lines else "")

    def _check_place(self, where: str, place: str) -> None:
        # A measurement of which nobody was quoted has none of its sections filled, whatever they are called.
        known = self.spoken.known_places
        if known and place not in known:
            raise unknown_name(where, "place of quotations", place, known)

    def _number(self, name: str) -> Decimal:
        value = self.programme.total(name)
        if value is None:
            raise ReportError(f"fact {name!r} is a text, not a number. Take it with r.fact({name!r}).")
        return value


def _largest_first(fact: Fact) -> list[Part]:
    return sorted(fact.parts.values(), key=lambda part: -part.value)


def _with_unit(value: Decimal, fact: Fact) -> str:
    number = format_written(value)
    return f"{number}\u00a0{fact.unit}" if fact.unit else number
