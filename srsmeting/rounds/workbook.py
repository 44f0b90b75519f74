"""The workbook of a round for one unit: how it is done, what is asked, and hidden whose it is.

Only what is to be filled in can be written in, without a password: it keeps from mistakes, not from intent. Cells are
checked as they are filled in; what gets past that is found when the workbook is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from srsmeting.goals import GoalsMonitor, Moment, Unit
from srsmeting.rounds.asking import ask
from srsmeting.rounds.layout import COVER, FIRST_ROW, HEADER_ROW, HOW_ROW, IDENTITY, TITLE_ROW, Column, Form, Identity
from srsmeting.workbooks import column_letter, finish_sheet, put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: Words that may stand in place of a number.
WORDS: Final = {
    "count": ("onbekend", "n.v.t.", "nog n.v.t.", "-"),
    "dropout": ("geen uitval", "onbekend", "n.v.t.", "nog n.v.t."),
    "goal": ("vervallen", "n.v.t.", "-"),
    "number": ("onbekend",),
}

_COUNT: Final = "Een heel aantal, geen percentage. Niet precies bekend? Schrijf: circa 40."
#: What is said beside a cell that is filled in, and when something else was.
_PROMPTS: Final = {
    "count": f"{_COUNT} Geen aantal? Schrijf: onbekend, n.v.t., of nog n.v.t.",
    "dropout": "Een heel aantal, geen percentage. Geen aantal? Schrijf: geen uitval, onbekend, n.v.t., of nog n.v.t.",
    "goal": f"{_COUNT} Geldt het doel niet meer? Schrijf: vervallen. Zeg bij Reden waarom.",
    "number": "Een heel aantal: hoeveel deelnemers er in deze fase waren. Niet bekend? Schrijf: onbekend.",
}

_MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_HEAD_HEIGHT, _ROW_HEIGHT = 48, 20
_DO: Final = "Wat u doet"
_MIND: Final = "Waar u op let"
_SHEETS: Final = "Tabbladen"


def make_workbook(monitor: GoalsMonitor, unit: Unit, moment: Moment) -> Any:
    """Make the workbook in which a unit tells how it stands.

    Parameters
    ----------
    monitor
        The measurement.
    unit
        Who is asked.
    moment
        How it stands when.

    Returns
    -------
    openpyxl.Workbook
        A sheet with the instruction, one for every kind of figures that is asked, and a hidden one that says whose it
        is.
    """
    from openpyxl import Workbook
    from openpyxl.workbook.protection import WorkbookProtection

    book = Workbook()
    del book["Sheet"]
    book.properties.title = f"{monitor.config.title}: {unit.label}, {moment.label}"
    book.properties.creator, book.properties.language = "srsmeting", "nl-NL"
    forms = ask(monitor, unit.id, moment)
    _cover(book.create_sheet(COVER), _instruction(monitor, unit, moment, forms))
    for form in forms:
        _form(book, book.create_sheet(form.title), form, f"{unit.label}, {moment.label}")
    _identity(book.create_sheet(IDENTITY), Identity(monitor.meting, unit.id, moment.id), forms)
    book.security = WorkbookProtection(lockStructure=True)
    return book


def _instruction(monitor: GoalsMonitor, unit: Unit, moment: Moment, forms: Sequence[Form]) -> list[str]:
    month = f"{_MONTHS[moment.month.month - 1]} {moment.month.year}"
    return [
        monitor.config.title,
        f"{monitor.config.units.label}: {unit.label}",
        f"Ronde: {moment.label} (stand in {month})",
        "",
        _DO,
        "1. Vul op elk tabblad de gele vakken in. De andere vakken zijn om te lezen: het doel, en wat u eerder meldde.",
        "2. Tel vanaf de start, niet alleen vanaf de vorige ronde.",
        "3. Schrijf hele aantallen, geen percentages: 12, en niet 35%. Percentages rekenen wij uit.",
        "4. Weet u een aantal niet precies? Schrijf dan bijvoorbeeld: circa 40. Nul is ook een aantal: schrijf 0.",
        "5. Is er geen aantal? Schrijf waarom: onbekend, n.v.t. (niet van toepassing) of nog n.v.t. (nog niet zover).",
        "6. Sla het bestand op als Excel-werkmap (.xlsx), en stuur het terug. De naam van het bestand mag veranderen.",
        "",
        _MIND,
        "Voeg geen rijen, kolommen of tabbladen toe, voeg geen cellen samen, en gebruik geen formules.",
        "Gebruik voor uitleg de kolom Toelichting, geen notitie bij een cel.",
        "Noem geen namen van personen.",
        "Klopt iets niet dat u niet kunt veranderen? Schrijf het op het tabblad Opmerkingen.",
        "",
        _SHEETS,
        *(f"{form.title}: {form.question}" for form in forms),
    ]


def _cover(sheet: Worksheet, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines, start=1):
        put_text(sheet, number, 1, line, bold=number <= 3 or line in (_DO, _MIND, _SHEETS), wrap=True)
    sheet.column_dimensions["A"].width = 110
    finish_sheet(sheet)


def _form(book: Any, sheet: Worksheet, form: Form, whose: str) -> None:
    from openpyxl.utils import quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    put_text(sheet, TITLE_ROW, 2, f"{form.question} ({whose})", bold=True)
    put_text(sheet, HOW_ROW, 2, form.how)
    last = FIRST_ROW + max(len(form.lines), 1) - 1
    for number, column in enumerate(form.columns, start=2):
        put_text(sheet, HEADER_ROW, number, column.heading, bold=True, wrap=True)
        letter = column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        place = f"${letter}${FIRST_ROW}:${letter}${last}"
        name = f"{form.name}_{column.name}"
        book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(form.title)}!{place}")
        if column.asks and column.asks != "text":
            where = f"{letter}{FIRST_ROW}:{letter}{last}"
            sheet.add_data_validation(_validation(column.asks, f"{letter}{FIRST_ROW}", where))
    for row, line in enumerate(form.lines, start=FIRST_ROW):
        put_text(sheet, row, 1, line.key)
        for number, (column, text) in enumerate(zip(form.columns, form.texts(line), strict=True), start=2):
            _put(sheet, row, number, text, column, locked=not column.asks or bool(line.known))
    sheet.column_dimensions["A"].hidden, sheet.column_dimensions["A"].width = True, 60
    sheet.freeze_panes = f"C{FIRST_ROW}"
    first = next((n for n, column in enumerate(form.columns, start=2) if column.asks), 2)
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = f"{column_letter(first)}{FIRST_ROW}"
    finish_sheet(sheet, HEADER_ROW)
    # Headings run over more lines, and what is to be filled in needs room to point at.
    sheet.row_dimensions[HEADER_ROW].height = _HEAD_HEIGHT
    for row in range(FIRST_ROW, last + 1):
        sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or 0, _ROW_HEIGHT)


def _put(sheet: Worksheet, row: int, number: int, text: str, column: Column, *, locked: bool) -> None:
    from openpyxl.styles import Alignment, Border, Side

    cell = put_text(sheet, row, number, text, wrap=True, locked=locked)
    if text.isdecimal():
        cell.value = int(text)
        cell.alignment = Alignment(horizontal="left", vertical="top")
    if column.asks != "text":
        # In a cell that is formatted as text a number would be one.
        cell.number_format = "General"
    if not locked:
        # Not by its colour alone.
        edge = Side("thin", "FF595959")
        cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)


def _validation(asks: str, cell: str, where: str) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    allowed = [f'{cell}="{word}"' for word in WORDS[asks]]
    number = f'SUBSTITUTE(LOWER({cell}),"circa ","")'
    # A range such as 50/60 is a number without its stroke. A rule of more than 255 signs breaks the workbook.
    number = f'SUBSTITUTE({number},"/","")' if asks == "goal" else number
    # With a nought behind it 35% is no number.
    allowed += [f'ISNUMBER(VALUE({number}&"0"))'] if asks in ("count", "goal") else []
    words = f"OR({','.join(allowed)})"
    rule = f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),{words})"
    made = DataValidation(type="custom", formula1=rule, allow_blank=True, showErrorMessage=True, showInputMessage=True)
    made.promptTitle, made.prompt = "Invullen", _PROMPTS[asks]
    made.errorTitle, made.error = "Dit kan hier niet staan", _PROMPTS[asks]
    made.add(where)
    return made


def _identity(sheet: Worksheet, identity: Identity, forms: Sequence[Form]) -> None:
    rows: list[tuple[str, ...]] = [
        ("meting", identity.meting),
        ("unit", identity.unit),
        ("moment", identity.moment),
        ("version", identity.version),
    ]
    for form in forms:
        rows.append(("form", form.name, form.title, *(column.heading for column in form.columns)))
        for line in form.lines:
            rows.append(("known" if line.known else "line", form.name, line.key, *form.texts(line)))
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            put_text(sheet, number, column, text)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
