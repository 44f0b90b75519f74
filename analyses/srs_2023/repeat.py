"""Invent the repeat over 2023 out of that over 2022: export.csv, frame.csv and coded.csv.

``python repeat.py`` writes them here, ``python repeat.py FOLDER`` elsewhere. Everything is synthetic: the effects of
learning are asked of more respondents, and the effects of retention have one answer more.
"""

import datetime as dt
import sys
from pathlib import Path

from srsmeting.questionnaire import load_questionnaire
from srsmeting.synthesis import (
    Repeat,
    add_option,
    ask_more,
    read_invented,
    read_text_themes,
    repeat_survey,
    write_invented,
    write_invented_codes,
)

HERE = Path(__file__).parent
TARGET = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
BEFORE = HERE.parent / "srs_2022"

before = load_questionnaire(HERE.parents[1] / "questionnaires" / "srs_2022.yaml")
questionnaire = load_questionnaire(HERE.parents[1] / "questionnaires" / "srs_2023.yaml")
wanted = Repeat(
    respondents=310,
    returning=152,
    leaving=20,
    joining=18,
    keeping=0.7,
    # Members that are little involved are likelier to be copied.
    odds={("G01Q02", "A4"): 1.6},
    fieldwork=(dt.date(2024, 3, 11), dt.date(2024, 4, 12)),
)
export, frame = repeat_survey(
    *read_invented(BEFORE),
    before,
    wanted,
    seed=2023,
)
# Who only heard of learning activities is asked for their effects now, and answers as someone who knows the content.
effects = [column for column in export.columns if column.startswith("G04Q02[")]
export = ask_more(export, effects, "G04Q01", new="A2", before="A1", seed=2023)
# One of the effects of retention is new; whoever saw none sees none still.
export = add_option(
    export,
    "G05Q02[SQ006]",
    "G05Q02[SQ005]",
    asked=("G05Q01", "A1"),
    exclusive="G05Q02[SQ005]",
    chance=0.25,
    seed=2023,
)

write_invented(TARGET, export, frame)
themes = read_text_themes(HERE.parent / "srs_2021" / "open_answers.yaml", questionnaire)
write_invented_codes(TARGET / "coded.csv", TARGET / "export.csv", questionnaire, themes)
