"""The tables of a LimeSurvey structure: XML in, rows of text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from srsmeting.questionnaire.structures.faults import unreadable

Row = Mapping[str, str]

#: A table of a very large survey; more is not a survey.
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Tables:
    """The tables of a structure by name.

    Parameters
    ----------
    version
        Number of the database layout: below 400 texts stand in the tables themselves, above it in tables per language.
    languages
        Languages of the survey, the base language first.
    tables
        Rows by the name of their table; a field without content is not in its row, or "".
    """

    version: int
    languages: tuple[str, ...]
    tables: Mapping[str, Sequence[Row]]

    def rows(self, name: str) -> Sequence[Row]:
        """Return the rows of a table; none where the file does not have it."""
        return self.tables.get(name, ())

    @property
    def language(self) -> str:
        """The language to read: Dutch where the survey has it, otherwise its base language."""
        dutch = (language for language in self.languages if language.split("-")[0] == "nl")
        return next(dutch, self.languages[0] if self.languages else "")


def parse_tables(raw: bytes, name: str) -> Tables:
    """Read the XML of a LimeSurvey structure; external entities and entity definitions are refused.

    Raises
    ------
    QuestionnaireError
        The XML is damaged, defines entities, or is not the structure of a whole survey.
    """
    try:
        root = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException:
        message = "defines entities or a document type, which LimeSurvey does not write. It was not read."
        raise unreadable(name, message, "xml_entities") from None
    except ParseError as problem:
        line = getattr(problem, "position", (0, 0))[0]
        message = f"is damaged XML from line {line} on. Export the survey structure again."
        raise unreadable(name, message, "damaged_xml", str(line)) from None
    except (ValueError, LookupError, RecursionError, MemoryError):
        # An encoding that nobody has, nesting that no file has.
        raise unreadable(
            name, "is XML that cannot be read. Export the survey structure again.", "damaged_xml"
        ) from None
    sort = (root.findtext("LimeSurveyDocType") or "").strip()
    if root.tag != "document" or not sort:
        message = "is XML, but not of LimeSurvey. Known: the structure of a survey (.lss)."
        raise unreadable(name, message, "not_lss", str(root.tag)[:60])
    if sort != "Survey":
        message = f"is a LimeSurvey file of a {sort[:30]!r}. Export the structure of the whole survey (.lss)."
        raise unreadable(name, message, "not_lss", sort[:60])
    tables: dict[str, list[Row]] = {}
    for table in root:
        rows = table.find("rows")
        if rows is None:
            continue
        if len(rows) > MOST_ROWS:
            message = f"table {table.tag!r} has {len(rows)} rows, which no survey has. It was not read."
            raise unreadable(name, message, "too_large", str(len(rows)))
        tables[str(table.tag)] = [{str(field.tag): field.text or "" for field in row} for row in rows]
    listed = root.find("languages")
    languages = [(language.text or "").strip() for language in listed] if listed is not None else []
    base = [row.get("language", "") for row in tables.get("surveys", [])]
    return Tables(
        version=number(root.findtext("DBVersion") or ""),
        languages=tuple(dict.fromkeys(language for language in (*base, *languages) if language)),
        tables=tables,
    )


def number(text: str) -> int:
    """Return a whole number written as text; 0 where it is none.

    Examples
    --------
    >>> number("12"), number(""), number("1e5")
    (12, 0, 0)
    """
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
