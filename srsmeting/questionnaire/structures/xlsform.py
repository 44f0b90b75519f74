"""Read an XLSForm: the workbook in which KoboToolbox and ODK keep a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from srsmeting.questionnaire.structures.faults import unreadable
from srsmeting.questionnaire.structures.model import Coded, ToolKind, ToolQuestion, ToolStructure
from srsmeting.questionnaire.structures.texts import one_line, plain
from srsmeting.questionnaire.structures.xlsform_sheets import Row, read_sheets

_KINDS: dict[str, ToolKind] = {
    "select_one": "single",
    "select_multiple": "multiple",
    "integer": "number",
    "decimal": "number",
    "text": "open",
}
#: What the device fills in: no question.
_DEVICE = ("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email")
_METADATA = frozenset((*_DEVICE, "audit", "start-geopoint", "background-audio", "csv-external", "xml-external"))


def read_xlsform(raw: bytes, name: str) -> ToolStructure:
    """Read the bytes of an XLSForm.

    Labels are read in Dutch where the form has them, otherwise in its default language. Groups pass their `relevant`
    on to their questions; questions in a repeat are of kind `other`, for their answers stand in a table of their own.

    Raises
    ------
    QuestionnaireError
        The workbook is damaged, has no sheet `survey` with `type` and `name`, or has no question.
    """
    sheets = read_sheets(raw, name)
    survey = sheets.get("survey")
    if not survey or not {"type", "name"} <= set(survey[0]):
        known = ", ".join(repr(title) for title in sheets) or "none"
        message = f"is a workbook, but no XLSForm: it needs a sheet 'survey' with 'type' and 'name'. Sheets: {known}."
        raise unreadable(name, message, "not_xlsform")
    settings = next(iter(sheets.get("settings", ())), {})
    language = _language([*survey[0]], settings.get("default_language", ""))
    form = _Form(_choices(sheets.get("choices", ()), language), language)
    questions = tuple(question for row in survey for question in form.questions(row))
    if not questions:
        raise unreadable(name, "has no question. Name a form that has some.", "no_questions")
    title = settings.get("form_title", "") or settings.get("id_string", "")
    return ToolStructure("XLSForm (.xlsx)", plain(title), questions, language)


@dataclass
class _Form:
    choices: Mapping[str, tuple[Coded, ...]]
    language: str
    #: Groups that are open: their label, their relevance, and whether they are repeated.
    groups: list[tuple[str, str, bool]] = field(default_factory=list)

    def questions(self, row: Row) -> Iterator[ToolQuestion]:
        words = row.get("type", "").split()
        sort = words[0].lower() if words else ""
        if sort in ("begin", "end") and len(words) > 1:
            sort, words = f"{sort}_{words[1].lower()}", words[1:]
        if sort.startswith("begin_"):
            self.groups.append((self._label(row), row.get("relevant", ""), sort == "begin_repeat"))
        elif sort.startswith("end_"):
            del self.groups[-1:]
        elif sort and sort not in _METADATA and row.get("name"):
            yield self._question(row, sort, words[1:])

    def _question(self, row: Row, sort: str, words: Sequence[str]) -> ToolQuestion:
        listed = self.choices.get(words[0], ()) if words and sort in ("select_one", "select_multiple", "rank") else ()
        kind = "other" if any(repeated for _, _, repeated in self.groups) else _KINDS.get(sort, "other")
        if kind in ("single", "multiple") and not listed:
            kind = "other"
        marks = _marks(row.get("parameters", "")) if sort == "range" and kind == "other" else ()
        parts = listed if kind == "multiple" else ()
        if sort == "rank":
            parts = tuple((str(rank), f"Rang {rank}") for rank in range(1, len(listed) + 1))
        relevances = [relevance for _, relevance, _ in self.groups] + [row.get("relevant", "")]
        told = [one_line(relevance) for relevance in relevances if relevance.strip()]
        filtered = row.get("choice_filter", "")
        return ToolQuestion(
            code=row["name"],
            text=self._label(row),
            kind="mark" if marks and not self._repeated else kind,
            parts=parts,
            answers=marks or (listed if kind != "multiple" else ()),
            has_other=kind in ("single", "multiple") and "or_other" in words,
            other_label="Anders" if "or_other" in words else "",
            relevance=told[0] if len(told) == 1 else " and ".join(f"({text})" for text in told),
            type=one_line(" ".join(["repeat:", sort] if self._repeated else [sort])),
            group=next((label for label, _, _ in reversed(self.groups) if label), ""),
            notes=(f"choice_filter: shows only some choices, by {one_line(filtered)[:500]}",) if filtered else (),
        )

    @property
    def _repeated(self) -> bool:
        return any(repeated for _, _, repeated in self.groups)

    def _label(self, row: Row) -> str:
        return _label(row, self.language)


def _choices(rows: Sequence[Row], language: str) -> dict[str, tuple[Coded, ...]]:
    found: dict[str, list[Coded]] = {}
    for row in rows:
        name, code = row.get("list_name") or row.get("list name", ""), row.get("name") or row.get("value", "")
        if name and code:
            found.setdefault(name, []).append((code, _label(row, language)))
    return {name: tuple(listed) for name, listed in found.items()}


def _language(columns: Sequence[str], default: str) -> str:
    """Return the language of the labels as the columns name it, such as "nl" or "Nederlands (nl)"; "" for no column."""
    named = [column.partition("::")[2] for column in columns if column.startswith("label::")]
    dutch = [name for name in named if name.lower() in ("nl", "nederlands", "dutch") or name.lower().endswith("(nl)")]
    asked = [name for name in named if name == default]
    return next(iter([*dutch, *asked]), "" if "label" in columns else next(iter(named), ""))


def _label(row: Row, language: str) -> str:
    return plain((row.get(f"label::{language}", "") if language else "") or row.get("label", ""))


def _marks(parameters: str) -> tuple[Coded, ...]:
    """Return the marks of a `range` that runs over whole numbers; none for any other."""
    given = dict(part.partition("=")[::2] for part in parameters.replace(",", " ").split())
    ends = [given.get(key, default) for key, default in (("start", "1"), ("end", "10"), ("step", "1"))]
    if not all(end.isascii() and end.isdigit() and len(end) < 4 for end in ends) or ends[2] != "1":
        return ()
    low, high = int(ends[0]), int(ends[1])
    return tuple((str(mark), str(mark)) for mark in range(low, high + 1)) if low < high <= low + 100 else ()
