"""The chapters of the bundled report, and estimates to put under them that are easy to tell apart."""

import json
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.bundled import bundled
from srsmeting.estimates import estimate_frame
from srsmeting.frames import write_frame
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.render.document import Chapter, read_chapter
from srsmeting.report import Report, open_report

REPORT = bundled("reports/nulmeting")
CHAPTERS = sorted(path.name for path in REPORT.glob("*.qmd"))
BASE = 200

#: The count out of BASE of the category (or group) at a position; None when suppressed.
Rule = Callable[[int], int | None]

#: Answers to put under the chapters; in each of them other sentences are true.
SCENARIOS: dict[str, Rule] = {
    "falling": lambda at: 160 - 10 * at,
    "rising": lambda at: 10 + 10 * at,
    "equal": lambda at: 90,
    "nobody": lambda at: 0,
    "everybody": lambda at: BASE,
    "hidden": lambda at: None,
}


def invent(questionnaire: Questionnaire, rule: Rule) -> pd.DataFrame:
    """Return an estimate frame with every number that the chapters may ask for."""
    rows = list(chain(_shares(questionnaire, rule), _means(questionnaire, rule), _rates(questionnaire, rule)))
    return estimate_frame({name: [row[name] for row in rows] for name in rows[0]})


def _row(count: int | None, base: int | None = BASE, **address: str) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(("question", "item", "category", "by", "group"), "")
    hidden = count is None
    row |= {"meting": "srs-2021", "measure": "share", **address}
    row |= {"estimate": float("nan") if count is None else count / BASE, "numerator": pd.NA if hidden else count}
    row |= {"denominator": pd.NA if hidden else base, "status": "Q" if hidden else "A"}
    return row | {"reason": "small_base" if hidden else ""}


def _shares(questionnaire: Questionnaire, rule: Rule) -> Iterator[dict[str, object]]:
    groups = [("", ""), *(("wgo", group.code) for group in questionnaire.breakdown("wgo").groups)]
    for question in questionnaire.questions:
        codes = [*question.codes, *(declared.code for declared in question.sums)] or ["answered"]
        items = [item.id for item in question.items] or [""]
        for by, group in groups:
            for shift, item in enumerate(items):
                for at, code in enumerate(codes):
                    count = rule(at + shift)
                    yield _row(count, question=question.id, item=item, category=code, by=by, group=group)


def _means(questionnaire: Questionnaire, rule: Rule) -> Iterator[dict[str, object]]:
    for by in ("", "branche_samengevoegd", "betrokkenheid"):
        groups = [group.code for group in questionnaire.breakdown(by).groups] if by else [""]
        for at, group in enumerate(groups):
            count = rule(at)
            row = _row(count, question="cijfer_wgo", by=by, group=group, measure="mean")
            yield row | {"estimate": 10 * float(str(row["estimate"])), "numerator": pd.NA}


def _rates(questionnaire: Questionnaire, rule: Rule) -> Iterator[dict[str, object]]:
    for at, group in enumerate([None, *questionnaire.breakdown("wgo").groups]):
        # Response and coverage are never suppressed.
        count = rule(at)
        by = {"by": "wgo", "group": group.code} if group else {}
        yield _row(50 if count is None else count, measure="response_rate", **by)
    for at, branche in enumerate([None, *questionnaire.coverage_branches]):
        by = {"by": "branche", "group": branche.code} if branche else {}
        before, after = (rule(place) for place in (at, at + 1))
        for moment, count in (("2019", before), ("2021", after)):
            yield _row(50 if count is None else count, item=moment, measure="coverage", **by)
        yield _row((after or 0) - (before or 0), item="2021", measure="coverage_change", **by) | {
            "numerator": pd.NA,
            "denominator": pd.NA,
        }


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    """Return the bundled questionnaire."""
    return load_questionnaire(bundled("questionnaires/srs_2021.yaml"))


@pytest.fixture(scope="session")
def reports(questionnaire: Questionnaire, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Open a report on each of the scenarios."""
    opened = {}
    for name, rule in SCENARIOS.items():
        folder = tmp_path_factory.mktemp(name)
        source = bundled("questionnaires/srs_2021.yaml")
        (folder / "questionnaire.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
        rules = {"wgo": {"min_respondents": 10, "min_response": 0.2}}
        texts = {
            "meting": "srs-2021",
            "title": "Een meting",
            "source": "Verzonnen",
            "period": "dit jaar",
            "rules": rules,
        }
        (folder / "report.json").write_text(json.dumps(texts), encoding="utf-8")
        write_frame(invent(questionnaire, rule), folder / "estimates.csv")
        opened[name] = open_report(folder)
    return opened


@pytest.fixture(params=CHAPTERS)
def chapter(request: pytest.FixtureRequest) -> Chapter:
    """Read each chapter in turn."""
    return read_chapter(REPORT, request.param, "reports/nulmeting")


@pytest.fixture
def book() -> list[Chapter]:
    """Read the whole book."""
    return [read_chapter(Path(REPORT), name, "reports/nulmeting") for name in CHAPTERS]
