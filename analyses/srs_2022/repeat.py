"""Invent the repeat over 2022 out of the reconstruction of 2021: export.csv, frame.csv and coded.csv.

``python repeat.py`` writes them here, ``python repeat.py FOLDER`` elsewhere. Everything is synthetic: half of the
respondents answered in 2021 too, two WGO's have merged, and what leads to training is known better than it was.
"""

import datetime as dt
import sys
from pathlib import Path

import pandas as pd

from srsmeting.questionnaire import load_questionnaire
from srsmeting.synthesis import Repeat, read_text_themes, repeat_survey, write_invented_codes

HERE = Path(__file__).parent
TARGET = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
BEFORE = HERE.parent / "srs_2021"
TEXT = {"dtype": "str", "keep_default_na": False}

before = load_questionnaire(HERE.parents[1] / "questionnaires" / "srs_2021.yaml")
questionnaire = load_questionnaire(HERE.parents[1] / "questionnaires" / "srs_2022.yaml")
wanted = Repeat(
    respondents=298,
    returning=150,
    leaving=24,
    joining=31,
    keeping=0.65,
    # Who knows the content of learning activities is likelier to be copied.
    odds={("G04Q01", "A1"): 2.0},
    fieldwork=(dt.date(2023, 3, 13), dt.date(2023, 4, 14)),
)
export, frame = repeat_survey(
    pd.read_csv(BEFORE / "export.csv", sep=";", encoding="utf-8-sig", **TEXT),
    pd.read_csv(BEFORE / "frame.csv", **TEXT),
    before,
    wanted,
    seed=2022,
)
export["G00Q01"] = export["G00Q01"].replace({"W07": "W14", "W10": "W14"})
frame["wgo"] = frame["wgo"].replace({"viazorg": "fusie_zuid", "wzw": "fusie_zuid"})

export.to_csv(TARGET / "export.csv", sep=";", encoding="utf-8-sig", index=False, quoting=1, lineterminator="\n")
frame.to_csv(TARGET / "frame.csv", index=False, lineterminator="\n")
themes = read_text_themes(BEFORE / "open_answers.yaml", questionnaire)
write_invented_codes(TARGET / "coded.csv", TARGET / "export.csv", questionnaire, themes)
