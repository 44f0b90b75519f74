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
from srsmeting.voices import read_voices

REPORT = bundled("reports/nulmeting")
CHAPTERS = sorted(path.name for path in REPORT.glob("*.qmd"))
#: Of every report that is bundled.
ALL_CHAPTERS = [
    (name, path.name) for name in ("nulmeting", "regio") for path in sorted(bundled(f"reports/{name}").glob("*.qmd"))
]
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
    makers = (_shares, _themes, _means, _rates, _nonresponse)
    rows = list(chain.from_iterable(maker(questionnaire, rule) for maker in makers))
    return estimate_frame({name: [row[name] for row in rows] for name in rows[0]})


def _row(count: int | None, base: int | None = BASE, **address: str) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(("question", "item", "category", "by", "group"), "")
    hidden = count is None
    row |= {"meting": "srs-2021", "measure": "share", "ci_low": float("nan"), "ci_high": float("nan"), **address}
    row |= {"estimate": float("nan") if count is None else count / BASE, "numerator": pd.NA if hidden else count}
    row |= {"denominator": pd.NA if hidden else base, "status": "Q" if hidden else "A"}
    return row | {"reason": "small_base" if hidden else ""}


def _shares(questionnaire: Questionnaire, rule: Rule) -> Iterator[dict[str, object]]:
    groups = [("", "")]
    for by in ("wgo", "betrokkenheid", "grootteklasse_samengevoegd"):
        groups += [(by, group.code) for group in questionnaire.breakdown(by).groups]
    for question in questionnaire.questions:
        codes = [*question.codes, *(declared.code for declared in question.sums)] or ["answered"]
        items = [item.id for item in question.items] or [""]
        for by, group in groups:
            for shift, item in enumerate(items):
                for at, code in enumerate(codes):
                    count = rule(at + shift)
                    yield _row(count, question=question.id, item=item, category=code, by=by, group=group)


def _themes(questionnaire: Questionnaire, rule: Rule) -> Iterator[dict[str, object]]:
    for question in questionnaire.questions:
        for at, theme in enumerate(question.themes):
            count = rule(at)
            row = _row(count, question=question.id, category=theme.code, measure="count")
            yield row | {"estimate": float("nan") if count is None else count}


def _means(questionnaire: Questionnaire, rule: Rule) -> Iterator[dict[str, object]]:
    for by in ("", "branche_samengevoegd", "betrokkenheid", "wgo"):
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


def _nonresponse(questionnaire: Questionnaire, rule: Rule) -> Iterator[dict[str, object]]:
    def plain(at: int) -> int:
        # Who responded is never suppressed.
        count = rule(at)
        return 50 if count is None else count

    for at, category in enumerate(("complete", "partial", "break_off", "non_contact", "unknown", "not_eligible")):
        yield _row(plain(at), category=category, measure="disposition")
    for number in range(1, 7):
        yield _row(plain(number), measure=f"response_rate_{number}")
    yield _row(plain(2), measure="cooperation_rate_1")
    for by in ("wgo", "branche", "grootteklasse"):
        for at, group in enumerate(questionnaire.breakdown(by).groups):
            address = {"by": by, "group": group.code}
            ours, theirs = plain(at), plain(2)
            yield _row(ours, measure="respondents_share", **address)
            yield _row(theirs, measure="frame_share", **address)
            yield _row(ours, measure="response_rate_2", **address)
            yield _row(ours - theirs, base=None, measure="composition_difference", **address) | {"numerator": pd.NA}
    for at, item in enumerate(("wgo+branche+grootteklasse", "wgo", "branche", "grootteklasse")):
        row = _row(plain(at), item=item, measure="r_indicator")
        yield row | {"ci_low": max(0.0, plain(at) / BASE - 0.1), "ci_high": min(1.0, plain(at) / BASE + 0.1)}


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    """Return the bundled questionnaire."""
    return load_questionnaire(bundled("questionnaires/srs_2021.yaml"))


#: What was found the time before, out of BASE, and how sure the change is; in each of them other sentences are true.
REPEATS: dict[str, tuple[Rule, float]] = {
    "raised": (lambda at: 20, 0.001),
    "lowered": (lambda at: 180, 0.001),
    "unsure": (lambda at: 20, 0.4),
    "alike": (lambda at: 89, 1.0),
    "unpublished": (lambda at: None, 0.5),
}


def invent_years(questionnaire: Questionnaire, rule: Rule, p: float) -> pd.DataFrame:
    """Return the figures of the time before, and the change to 90 of BASE now, with its p-value."""
    rows: list[dict[str, object]] = []
    for now in chain(_shares(questionnaire, rule), _means(questionnaire, rule)):
        rows.append(now | {"meting": "srs-2020"})
        hidden = now["status"] == "Q"
        # A mean stands for ten times the share.
        change = float("nan") if hidden else (90 / BASE) * (10 if now["measure"] == "mean" else 1) - now["estimate"]  # type: ignore[operator]
        for measure, value in (("change", change), ("change_p_holm", p), ("panel_change", change)):
            rows.append(now | {"measure": measure, "estimate": float("nan") if hidden else value, "denominator": 80})
            rows[-1] |= {"numerator": pd.NA} | ({"denominator": pd.NA} if hidden else {})
    return estimate_frame({name: [row[name] for row in rows] for name in rows[0]})


def _opened(questionnaire: Questionnaire, folder: Path, rule: Rule, **more: object) -> Report:
    source = bundled("questionnaires/srs_2021.yaml")
    (folder / "questionnaire.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    rules = {"wgo": {"min_respondents": 10, "min_response": 0.2}}
    texts = {
        "meting": "srs-2021",
        "title": "Een meting",
        "source": "Verzonnen",
        "period": "dit jaar",
        "rules": rules,
        "group": {"by": "wgo", "code": "sigra"},
        "min_base": 10,
    }
    facts = bundled("analyses/srs_2021") / "programme.yaml"
    (folder / "programme.yaml").write_bytes(facts.read_bytes())
    said = read_voices(bundled("analyses/srs_2021") / "voices.yaml").publishable
    (folder / "voices.json").write_text(said.model_dump_json(), encoding="utf-8")
    (folder / "report.json").write_text(json.dumps({**texts, **more}), encoding="utf-8")
    write_frame(invent(questionnaire, rule), folder / "estimates.csv")
    return open_report(folder)


@pytest.fixture(scope="session")
def repeats(questionnaire: Questionnaire, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Open a report with an earlier year on each of the scenarios; one question may not be compared."""
    opened = {}
    for name, (rule, p) in REPEATS.items():
        folder = tmp_path_factory.mktemp(name)
        write_frame(invent_years(questionnaire, rule, p), folder / "years.csv")
        apart = pd.DataFrame(
            [
                [
                    "srs-2020",
                    "srs-2021",
                    "digitale_tools",
                    "",
                    "",
                    "",
                    "",
                    "wording_changed",
                    "break",
                    "Anders gevraagd.",
                ]
            ],
            columns=["earlier", "later", "question", "item", "category", "by", "group", "kind", "comparable", "reason"],
        )
        write_frame(apart, folder / "apart.csv")
        earlier = [{"meting": "srs-2020", "period": "vorig jaar", "title": "Een nulmeting"}]
        opened[name] = _opened(questionnaire, folder, lambda at: 90, earlier=earlier)
    return opened


@pytest.fixture(scope="session")
def reports(questionnaire: Questionnaire, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Open a report on each of the scenarios."""
    opened = {}
    for name, rule in SCENARIOS.items():
        folder = tmp_path_factory.mktemp(name)
        opened[name] = _opened(questionnaire, folder, rule)
    return opened


@pytest.fixture(params=ALL_CHAPTERS, ids="/".join)
def chapter(request: pytest.FixtureRequest) -> Chapter:
    """Read each chapter of each report in turn."""
    report, name = request.param
    return read_chapter(bundled(f"reports/{report}"), name, f"reports/{report}")


@pytest.fixture
def book() -> list[Chapter]:
    """Read the whole book."""
    return [read_chapter(Path(REPORT), name, "reports/nulmeting") for name in CHAPTERS]
