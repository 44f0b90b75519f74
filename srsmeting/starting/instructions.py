"""The README of a new measurement: what to fill in, and which commands to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from srsmeting.questionnaire import Questionnaire


@dataclass(frozen=True)
class Earlier:
    """The measurement that a new one starts from.

    Parameters
    ----------
    id, place
        What it is called, and where it stands, as the user named it.
    named_year
        Questions in whose texts its year stands.
    left_out
        Keys of its ``meting.yaml`` that are not taken over.
    """

    id: str
    place: str
    named_year: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def readme(
    id: str,
    title: str,
    folder: str,
    questionnaire: Questionnaire,
    *,
    known: Sequence[str],
    files: Sequence[str],
    earlier: Earlier | None = None,
    example: bool = False,
) -> str:
    """Return the README of a measurement.

    Parameters
    ----------
    id, title, folder
        What it is called, and its folder as the user named it.
    questionnaire
        What is asked.
    known
        The columns of its frame, beside the token.
    files
        Keys of ``meting.yaml`` whose files there are or have to be.
    earlier
        The measurement that it starts from.
    example
        Whether everything in it is invented.
    """
    parts = [f"# {title}\n\nThe measurement `{id}`, in the folder `{folder}`."]
    if example:
        parts.append(_EXAMPLE)
    parts.append(_fill_in(known, files, example=example))
    if earlier is not None:
        parts.append(_check(earlier, folder))
    parts.append(_commands(folder, example=example, earlier=earlier))
    codes = "\n".join(f"| `{name}` | {_codes(questionnaire, name)} |" for name in known)
    if codes:
        parts.append(f"## The codes of frame.csv\n\n| column | codes |\n|---|---|\n{codes}")
    return "\n\n".join(parts) + "\n"


_EXAMPLE = (
    "**Everything in it is invented**: nobody answered, and no organisation was invited. It is there to see how a "
    "measurement works. Change a file, and run the commands again. Start a measurement of your own in another folder."
)

_PLACES = {
    "export": "`export.csv`: the export of the survey tool, as the tool gave it. Another name or kind is fine: name it "
    "in `meting.yaml`. Never open and save it in a spreadsheet program first.",
    "coverage": "`coverage.csv`: per moment and branche the employees at members and in the sector. Is it not counted? "
    "Then take `coverage` out of `meting.yaml`.",
    "programme": "`programme.yaml`: facts of the programme for the report, with their source. It is a comment in "
    "`meting.yaml` until you take the `#` away.",
    "voices": "`voices.yaml`: quotations and examples, with who agreed to them. It is a comment in `meting.yaml` until "
    "you take the `#` away.",
}


def _fill_in(known: Sequence[str], files: Sequence[str], *, example: bool) -> str:
    named = f", and {', '.join(f'`{name}`' for name in known)} in the codes below" if known else ""
    frame = f"`frame.csv`: a row for every organisation that was invited, with its `token`{named}. A cell may be empty."
    places = [_PLACES[key] if key != "frame" else frame for key in ("export", "frame", *_PLACES) if key in files]
    heading = "## What there is" if example else "## What to fill in"
    asked = [
        "`questionnaire.yaml`: every question as it is asked. It is final before fieldwork begins.",
        "`meting.yaml`: the source line of the report, breakdowns and publication rules.",
        *dict.fromkeys(places),
        "`report/`: chapters drafted from the questionnaire, to be rewritten. Numbers stay calls.",
    ]
    # Git is told to leave out what belongs to persons, but a folder that git never sees is safer.
    kept = "`.gitignore` keeps answers and names out of git. A folder outside any repository is safer still."
    return f"{heading}\n\n" + "\n".join(f"- {line}" for line in asked) + ("" if example else f"\n\n{kept}")


def _check(earlier: Earlier, folder: str) -> str:
    lines = [
        f"Every question is still that of `{earlier.id}`. Does the wording still hold, are there new answers, were "
        "groups merged or split? A question that changes its meaning gets a new id, so that nobody compares the two.",
    ]
    if earlier.named_year:
        named = ", ".join(f"`{name}`" for name in earlier.named_year)
        lines.append(f"The year of `{earlier.id}` stands in the texts of {named}.")
    if earlier.left_out:
        named = ", ".join(f"`{name}`" for name in earlier.left_out)
        lines.append(f"Not taken over from its `meting.yaml`, because it is of that measurement: {named}.")
    lines.append("The source line, the period and the title in `meting.yaml` had their year moved on; read them.")
    lines.append(
        "When the questionnaire is final, say per question and answer how it compares with the one before. "
        f"`srsmeting crosswalk propose {earlier.place} {folder}/questionnaire.yaml -o {folder}/crosswalk.csv` fills in "
        "what is certain. Once the rest is decided, take the `#` away before `earlier` and `crosswalk` in "
        "`meting.yaml`: then the years stand beside each other in the report, the tables and the factsheets."
    )
    lines.append(
        f"`report/` is a fresh draft. The chapters of `{earlier.id}` may serve too: `srsmeting dry-run` tells."
    )
    return f"## What to check: it was copied from `{earlier.place}`\n\n" + "\n".join(f"- {line}" for line in lines)


def _commands(folder: str, *, example: bool, earlier: Earlier | None = None) -> str:
    before = [
        ("what the report will look like, on invented answers", f"srsmeting dry-run {folder} -o {folder}/proef"),
        ("the survey, for LimeSurvey", f"srsmeting questionnaire to {folder}/questionnaire.yaml -o survey.lss"),
    ]
    after = [
        ("is the export as it should be?", f"srsmeting check {folder}"),
        ("the figures", f"srsmeting estimate {folder} -o figures.csv"),
        *([("what changed since the year before", f"srsmeting compare {folder} -o years.csv")] if earlier else []),
        ("do they give away what is hidden?", f"srsmeting audit {folder}"),
        ("all tables", f"srsmeting tables {folder} -o tables.xlsx"),
        ("the report", f"srsmeting render {folder}/report --meting {folder} -o {folder}/out"),
        ("what in it could be untrue?", f"srsmeting proof {folder}/report --meting {folder}"),
        ("on the day of publication", f"srsmeting record {folder}"),
    ]
    told = after if example else [*before, *after]
    width = max(len(command) for _, command in told)
    text = "\n".join(f"{command:<{width}}  # {why}" for why, command in told)
    return f"## Which commands to run\n\n```sh\n{text}\n```"


def _codes(questionnaire: Questionnaire, name: str) -> str:
    return ", ".join(f"`{code}`" for code in questionnaire.question(name).codes)
