"""Invent the repeat over 2023 out of that over 2022: export.csv, frame.csv and coded.csv.

``python repeat.py`` writes them here, ``python repeat.py FOLDER`` elsewhere. Everything is synthetic: the effects of
learning are asked of more respondents, and the effects of retention have one answer more.
"""

import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from srsmeting.questionnaire import load_questionnaire
from srsmeting.synthesis import Repeat, read_text_themes, repeat_survey, write_invented_codes

HERE = Path(__file__).parent
TARGET = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
BEFORE = HERE.parent / "srs_2022"
TEXT = {"dtype": "str", "keep_default_na": False}

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
    pd.read_csv(BEFORE / "export.csv", sep=";", encoding="utf-8-sig", **TEXT),
    pd.read_csv(BEFORE / "frame.csv", **TEXT),
    before,
    wanted,
    seed=2023,
)
rng = np.random.default_rng(2023)
# Who only heard of learning activities is asked for their effects now, and answers as someone who knows the content.
effects = [column for column in export.columns if column.startswith("G04Q02[")]
heard, known = (np.flatnonzero(export["G04Q01"] == code) for code in ("A2", "A1"))
export.loc[heard, effects] = export.loc[rng.choice(known, len(heard)), effects].to_numpy()
# One of the effects of retention is new; whoever saw none sees none still.
asked = (export["G05Q01"] == "A1") & (export["G05Q02[SQ005]"] != "Y")
export.insert(export.columns.get_loc("G05Q02[SQ005]") + 1, "G05Q02[SQ006]", "")
export.loc[asked & (rng.random(len(export)) < 0.25), "G05Q02[SQ006]"] = "Y"

export.to_csv(TARGET / "export.csv", sep=";", encoding="utf-8-sig", index=False, quoting=1, lineterminator="\n")
frame.to_csv(TARGET / "frame.csv", index=False, lineterminator="\n")
themes = read_text_themes(HERE.parent / "srs_2021" / "open_answers.yaml", questionnaire)
write_invented_codes(TARGET / "coded.csv", TARGET / "export.csv", questionnaire, themes)
