"""What a chapter says must be true of whatever data are put under it: nothing counted or compared is typed by hand."""

import ast
import re
from collections.abc import Iterator

import pytest

from srsmeting.questionnaire import Questionnaire
from srsmeting.render.document import Cell, Chapter, Prose
from srsmeting.report import Report

SETUP = "import srsmeting as srs\n\nr = srs.open_report()"
#: Calls whose first words may claim a rank, because the call decides what comes behind them.
RANKING = {"fact_extremes", "themes", "ranked", "ranked_statements", "ranked_topics"}
#: An inline call longer than this belongs in the report object.
LONGEST = 190

_NUMBERS = r"""
    nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
    achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend
    half helft kwart derde vijfde tiende tweede vierde zesde dubbel dubbele tweeledig beide
"""
_COMPARISONS = r"""
    meest meeste minste vaakst hoogst hoogste laagst laagste grootst grootste kleinst kleinste best beste slechtst
    sterkst sterkste bekendst bekendste hoger lager groter kleiner vaker minder evenveel meerderheid minderheid
    merendeel gros ruim bijna vrijwel vooral slechts amper nauwelijks verreweg significant opvallend aanzienlijk
    beperkt weinig veel gestegen gedaald toegenomen afgenomen stijging daling toename afname stijgt daalt
    verschilt verschillen evenals eveneens overgrote iedereen niemand geen
"""
#: Words that would be a claim elsewhere, in phrases that are none.
HARMLESS = (
    # What may differ, not what does.
    "kunnen van elkaar verschillen",
    # What a statement or an answer says, with its percentage computed.
    "minder nieuwe medewerkers", "geen enkel effect",
)  # fmt: skip
CLAIM = re.compile(
    rf"\d|\bmeer dan\b|\been op de\b|\b(?:{'|'.join((_NUMBERS + _COMPARISONS).split())})\b", re.IGNORECASE
)
_DIV = re.compile(
    r'::: \{\.content-visible (?P<when>when|unless)-profile="vervolgmeting"\}\n(?P<text>.*?)\n:::(?=\n|$)', re.DOTALL
)
_SPAN = re.compile(
    r'\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\{\.content-visible (?P<when>when|unless)-profile="vervolgmeting"\}'
)
#: The heading of the chapter that only a repeat has.
_ONLY_IN_A_REPEAT = "# Ontwikkeling {#sec-ontwikkeling}"
_INLINE = re.compile(r"`\{python\}[^`]+`")
_MARKUP = re.compile(r"\{[#.][^}]*\}|@[\w-]+")


def prose(chapter: Chapter) -> Iterator[tuple[int, str]]:
    """Yield what is typed, line by line, with a mark where a call stands."""
    for part in chapter.parts:
        if isinstance(part, Prose):
            for line in part.lines:
                yield line.number, _MARKUP.sub("", _INLINE.sub("□", line.text))


def calls(chapter: Chapter) -> Iterator[str]:
    """Yield every expression in the chapter."""
    for part in chapter.parts:
        if isinstance(part, Prose):
            yield from (code for code, _ in part.expressions())
        elif isinstance(part, Cell) and part.code.strip() != SETUP:
            yield part.code.strip()


def filled(chapter: Chapter, report: Report) -> str:
    """Return the text of a chapter on a report, without its figures and tables."""
    texts = []
    for code in calls(chapter):
        if code.startswith("r.outcomes("):
            eval(code, {"r": report})  # noqa: S307 - our own chapters
    for part in chapter.parts:
        if isinstance(part, Prose):
            values = [str(eval(code, {"r": report})) for code, _ in part.expressions()]  # noqa: S307 - our own chapters
            texts += [line.text for line in part.filled(values)]
    return visible("\n".join(texts), report)


def visible(text: str, report: Report) -> str:
    """Leave out what is written for the other variant of the report."""

    def kept(match: re.Match[str]) -> str:
        return match["text"] if (match["when"] == "when") == report.is_repeat else ""

    if _ONLY_IN_A_REPEAT in text and not report.is_repeat:
        return ""
    return _SPAN.sub(kept, _DIV.sub(kept, text))


def test_the_first_cell_opens_the_report_and_is_not_shown(chapter: Chapter) -> None:
    first = next(part for part in chapter.parts if isinstance(part, Cell))

    assert first.code.strip() == SETUP
    assert first.options.values == {"include": False}


def test_a_cell_is_one_call_and_every_call_is_short(chapter: Chapter) -> None:
    for code in calls(chapter):
        tree = ast.parse(code, mode="eval").body
        target = tree.func if isinstance(tree, ast.Call) else tree
        assert isinstance(target, ast.Attribute), code
        assert isinstance(target.value, ast.Name), code
        assert target.value.id == "r", code
        # What a list names is data.
        assert len(re.sub(r"\[[^\]]*\]", "[]", code)) <= LONGEST, code


def test_a_call_holds_names_and_no_claims(chapter: Chapter) -> None:
    for code in calls(chapter):
        tree = ast.parse(code, mode="eval").body
        name = tree.func.attr if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute) else ""
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant):
                assert isinstance(node.value, str | bool), f"{code}: a typed number"
                text = str(node.value) if " " in str(node.value) else ""
                assert name in RANKING or not CLAIM.search(text), f"{code}: a typed claim"


def test_no_number_and_no_comparison_is_typed(chapter: Chapter) -> None:
    for number, line in prose(chapter):
        text = line.lower()
        for phrase in HARMLESS:
            text = text.replace(phrase, "")
        found = CLAIM.findall(text)

        assert not found, f"{chapter.path}:{number}: {found} typed by hand"


def test_every_exhibit_is_announced_in_the_text_before_it_stands_there(
    chapter: Chapter, reports: dict[str, Report]
) -> None:
    announced: set[str] = set()
    for part in chapter.parts:
        if isinstance(part, Prose):
            announced |= {name for line in part.lines for name in re.findall(r"@((?:fig|tbl)-[\w-]+)", line.text)}
        elif part_id := _exhibit_id(part, reports["falling"]):
            assert part_id in announced, f"{chapter.path}: nothing refers to {part_id} before it"


def test_figures_and_tables_stand_in_the_order_in_which_they_were_published(
    book: list[Chapter], questionnaire: Questionnaire
) -> None:
    names = {chapter.path: [re.findall(r'r\.figure\("(\w+)"', code) for code in calls(chapter)] for chapter in book}
    figures = {path: [name for found in parts for name in found] for path, parts in names.items()}
    published = sorted(
        (tuple(map(int, re.findall(r"\d+", question.exhibit))), question.id)
        for question in questionnaire.questions
        if question.exhibit.startswith("figuur")
    )

    assert [number for number, _ in published] == [(2, n) for n in range(1, 19)]
    assert figures.pop("hoofdstuk-2.qmd") == [name for _, name in published]
    assert not any(figures.values())


def test_the_text_presumes_these_routings(questionnaire: Questionnaire) -> None:
    """Where the prose says in its own words who was asked, the questionnaire must say the same."""
    presumed = {
        "effect_onderzoek": "bekend_onderzoek == bekend_inhoud",
        "impact_instroom": "bekend_werving == gebruikt or bekend_campagnes == bekend_inhoud",
        "effect_leren": "bekend_leren == bekend_inhoud",
        "impact_uitval": "bekend_leren == bekend_inhoud",
        "effect_behoud": "bekend_behoud == bekend_inhoud",
        "impact_behoud": "bekend_behoud == bekend_inhoud",
        "inzichten": "experimenten == ja",
        "soort_inzichten": "inzichten == ja",
    }

    assert {name: questionnaire.question(name).asked_if for name in presumed} == presumed
    merged = questionnaire.breakdown("branche_samengevoegd").group("overige_kinderopvang")
    assert merged.of == ("kinderopvang", "overige")


def test_tables_stand_in_the_order_in_which_they_were_published(
    book: list[Chapter], reports: dict[str, Report]
) -> None:
    ids = {
        chapter.path: [
            name for part in chapter.parts if (name := _exhibit_id(part, reports["falling"])).startswith("tbl")
        ]
        for chapter in book
    }

    assert ids == {
        # The last two were never published, and stand behind those that were.
        "bijlage-respons.qmd": ["tbl-branche", "tbl-grootteklasse", "tbl-uitkomst", "tbl-steekproefkader"],
        "hoofdstuk-1.qmd": ["tbl-dekkingsgraad", "tbl-pijlers", "tbl-respons-wgo"],
        "hoofdstuk-2.qmd": ["tbl-experimenten"],
        "hoofdstuk-3.qmd": ["tbl-thema-komend-jaar", "tbl-rol-transitie"],
        # Only a repeat has these.
        "hoofdstuk-4.qmd": [],
        "index.qmd": [],
        "samenvatting.qmd": [],
    }


@pytest.mark.parametrize("scenario", ["falling", "rising", "equal", "nobody", "everybody", "hidden"])
def test_a_chapter_can_be_written_whatever_the_answers_are(
    chapter: Chapter, reports: dict[str, Report], scenario: str
) -> None:
    text = filled(chapter, reports[scenario])

    assert "`{python}" not in text
    assert not re.search(r"\bnan\b|None|<NA>|  \w|\(\)|\.\.|,,", text)
    for code in calls(chapter):
        if code.startswith(
            ("r.figure", "r.distribution", "r.coverage_t", "r.response_t", "r.means", "r.theme_t", "r.group_")
        ):
            eval(code, {"r": reports[scenario]})  # noqa: S307 - our own chapters


def test_where_all_is_equal_nothing_is_called_larger(book: list[Chapter], reports: dict[str, Report]) -> None:
    text = " ".join(filled(chapter, reports["equal"]) for chapter in book)

    assert not re.findall(r"\b(?:hoogst|laagst|groter dan|kleiner dan|gevolgd door|hoger dan|lager dan)\b", text)
    assert text.count("even groot als") == 3


def test_where_all_is_hidden_no_figure_is_told(book: list[Chapter], reports: dict[str, Report]) -> None:
    chapter = next(chapter for chapter in book if chapter.path == "hoofdstuk-2.qmd")
    text = filled(chapter, reports["hidden"])
    # Answers that are numbers themselves stay.
    for label in ("7 of 8", "9 of 10", "5 of lager"):
        text = text.replace(label, "")

    assert not re.findall(r"\d", text)
    assert not re.findall(r"\b(?:hoogst|laagst|groter dan|kleiner dan|gevolgd door)\b", text)


def test_the_sentences_turn_around_with_the_answers(book: list[Chapter], reports: dict[str, Report]) -> None:
    chapter = next(chapter for chapter in book if chapter.path == "hoofdstuk-2.qmd")
    falling, rising = (filled(chapter, reports[name]) for name in ("falling", "rising"))

    # Of 200: 160, 150, 140, 130 against 10, 20, 30, 40.
    assert (
        "Het vaakst noemen zij meer inzicht in tekorten en overschotten aan personeel (80\u00a0procent), gevolgd door meer "
        "inzet op het behoud van personeel (75\u00a0procent)"
    ) in falling
    assert (
        "Het vaakst noemen zij aanpassing van het instroom- en wervingsbeleid (20\u00a0procent), gevolgd door invoering van "
        "strategische personeelsplanning (15\u00a0procent)"
    ) in rising
    assert "De instemming bij de zij-instroom is kleiner dan die bij het onderwijs." in falling
    assert "De instemming bij de zij-instroom is groter dan die bij het onderwijs." in rising


def _exhibit_id(part: object, report: Report) -> str:
    if not isinstance(part, Cell) or part.code.strip() == SETUP:
        return ""
    return str(getattr(eval(part.code, {"r": report}), "id", ""))  # noqa: S307 - our own chapters


@pytest.mark.parametrize("scenario", ["raised", "lowered", "unsure", "alike", "unpublished"])
def test_a_repeat_can_be_written_whatever_has_changed(
    chapter: Chapter, repeats: dict[str, Report], scenario: str
) -> None:
    text = filled(chapter, repeats[scenario])

    assert "`{python}" not in text
    assert not re.search(r"\bnan\b|None|<NA>|  \w|\(\)|\.\.|,,|\bnulmeting\b", text, re.IGNORECASE)
    for code in calls(chapter):
        if code.startswith(("r.outcomes", "r.years", "r.not_comparable", "r.group_y")):
            eval(code, {"r": repeats[scenario]})  # noqa: S307 - our own chapters


def test_what_changed_is_told_only_where_it_is_significant(book: list[Chapter], repeats: dict[str, Report]) -> None:
    chapter = next(chapter for chapter in book if chapter.path == "hoofdstuk-4.qmd")
    raised, lowered, unsure, alike = (
        filled(chapter, repeats[name]) for name in ("raised", "lowered", "unsure", "alike")
    )

    # Of 200: 20 or 180 or 89 the time before, 90 now.
    what = "Het deel dat actief of regelmatig betrokken is, is sinds vorig jaar"
    assert f"{what} gestegen van 10 naar 45\u00a0procent." in raised
    assert f"{what} gedaald van 90 naar 45\u00a0procent." in lowered
    assert f"{what} niet aantoonbaar veranderd (10 en 45\u00a0procent)." in unsure
    # 44,5 is printed as 45.
    assert f"{what} vrijwel gelijk gebleven (beide keren 45\u00a0procent)." in alike
    for text in (raised, lowered, unsure, alike):
        assert (
            "Het deel dat digitale hulpmiddelen gebruikt, is niet te vergelijken met vorig jaar: anders gevraagd."
            in text
        )
    assert not re.search("Significant|gestegen van|gedaald van", unsure + alike)
