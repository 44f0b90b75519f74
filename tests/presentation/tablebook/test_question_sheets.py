"""A sheet per question, with every number where a reader looks for it."""

from __future__ import annotations

from srsmeting.presentation.tablebook.model import Book, Sheet


def _sheet(book: Book, name: str) -> Sheet:
    (found,) = [sheet for sheet in book.sheets if sheet.name == name]
    return found


def _shown(sheet: Sheet) -> list[list[object]]:
    assert sheet.table is not None
    return [
        [f"{cell.value} {cell.mark}".strip() if cell.mark else cell.value for cell in row] for row in sheet.table.rows
    ]


def test_rows_are_answers_and_columns_are_everyone_and_every_group(book: Book) -> None:
    sheet = _sheet(book, "02 Bekendheid met het onderzoek")
    assert sheet.table is not None
    headers = [(column.band, column.header) for column in sheet.table.columns]
    assert headers == [
        ("", "Antwoord"),
        ("", "Gegeven"),
        ("", "Totaal"),
        ("WGO", "Noord"),
        ("", "Zuid"),
        ("Branche (samengevoegd)", "Zorg (A)"),
        ("", "Jeugdzorg (B)"),
    ]
    # 57 of 200 is 28.5%: one step of a computer up, so that every program shows 29%.
    just_over = 0.28500000000000003
    assert just_over > 0.285
    assert _shown(sheet) == [
        ["Alle antwoorden", "Basis (ongewogen)", 200, "x", 20, 100, 100],
        ["Bekend met de inhoud", "Percentage", 0.57, "x", "0.6 u", 0.7, 0.44],
        ["Bekend met de inhoud", "Hoger dan kolom", ".", "x", ".", "B", "–"],
        ["Ervan gehoord, inhoud niet bekend", "Percentage", just_over, "x", "0.25 u", 0.2, 0.37],
        ["Ervan gehoord, inhoud niet bekend", "Hoger dan kolom", ".", "x", ".", "–", "A"],
        ["Niet bekend", "Percentage", 0.14500000000000002, "x", "0.15 u", 0.1, 0.19],
        ["Niet bekend", "Hoger dan kolom", ".", "x", ".", "–", "–"],
        ["Samen: Bekend", "Percentage", 0.8550000000000001, "x", "0.85 u", 0.9, 0.81],
        ["Samen: Bekend", "Hoger dan kolom", ".", "x", ".", "–", "–"],
        ["Bekend met de inhoud", "Aantal (ongewogen)", 114, "x", 12, 70, 44],
        ["Ervan gehoord, inhoud niet bekend", "Aantal (ongewogen)", 57, "x", 5, 20, 37],
        ["Niet bekend", "Aantal (ongewogen)", 29, "x", 3, 10, 19],
        ["Samen: Bekend", "Aantal (ongewogen)", 171, "x", 17, 90, 81],
        ["Bekend met de inhoud", "Ondergrens (95%)", 0.5, "x", ".", ".", "."],
        ["Bekend met de inhoud", "Bovengrens (95%)", 0.63, "x", ".", ".", "."],
        ["Ervan gehoord, inhoud niet bekend", "Ondergrens (95%)", 0.22, "x", ".", ".", "."],
        ["Ervan gehoord, inhoud niet bekend", "Bovengrens (95%)", 0.35, "x", ".", ".", "."],
        ["Niet bekend", "Ondergrens (95%)", 0.1, "x", ".", ".", "."],
        ["Niet bekend", "Bovengrens (95%)", 0.2, "x", ".", ".", "."],
        ["Samen: Bekend", "Ondergrens (95%)", 0.8, "x", ".", ".", "."],
        ["Samen: Bekend", "Bovengrens (95%)", 0.9, "x", ".", ".", "."],
    ]
    # A line above percentages, numbers and bounds.
    assert sheet.table.rules == {1, 9, 13}


def test_above_the_table_stands_who_was_asked_and_what_signs_mean(book: Book) -> None:
    sheet = _sheet(book, "02 Bekendheid met het onderzoek")
    assert sheet.title == "02 Bekendheid met het onderzoek"
    assert [(line.value, line.link) for line in sheet.lines] == [
        ("Terug naar de inhoud", "Inhoud"),
        ("Vraag: Bent u bekend?", ""),
        ("Basis: alle respondenten, voor zover zij de vraag hebben beantwoord.", ""),
        ("Tekens: u = minder betrouwbaar; x = niet gepubliceerd. Zie Toelichting.", ""),
    ]


def test_a_breakdown_of_which_nothing_is_published_has_no_columns_but_a_line(book: Book) -> None:
    sheet = _sheet(book, "01 Rapportcijfer voor de WGO")
    assert sheet.table is not None
    assert [column.header for column in sheet.table.columns] == ["Antwoord", "Gegeven", "Totaal"]
    assert "Niet gepubliceerd naar: WGO." in [line.value for line in sheet.lines]
    assert _shown(sheet) == [
        ["Alle antwoorden", "Basis (ongewogen)", 50],
        # Held just above, so that it shows as 7,3 and never as 7,2.
        ["Alle antwoorden", "Gemiddelde", 7.250000000000001],
        ["Alle antwoorden", "Ondergrens (95%)", 7.0],
        ["Alle antwoorden", "Bovengrens (95%)", 7.5],
    ]


def test_statements_stand_in_a_column_of_their_own_with_a_base_each(book: Book) -> None:
    sheet = _sheet(book, "03 Impact op de instroom")
    assert sheet.table is not None
    assert sheet.table.stubs == 3
    assert _shown(sheet)[:3] == [
        ["De instroom vanuit het onderwijs is hoger", "Alle antwoorden", "Basis (ongewogen)", 200],
        ["Er is meer zij-instroom", "Alle antwoorden", "Basis (ongewogen)", 190],
        ["De instroom vanuit het onderwijs is hoger", "Eens", "Percentage", 0.17],
    ]
