"""Invent the repeat over 2022 out of the reconstruction of 2021: export.csv, frame.csv and coded.csv.

``python repeat.py`` writes them here, ``python repeat.py FOLDER`` elsewhere. Everything is synthetic: half of the
respondents answered in 2021 too, two WGO's have merged, and what leads to training is known better than it was.
"""

import datetime as dt
import sys
from pathlib import Path

from srsmeting.questionnaire import load_questionnaire
from srsmeting.synthesis import (
    Repeat,
    read_invented,
    read_text_themes,
    repeat_survey,
    write_invented,
    write_invented_codes,
)

HERE = Path(__file__).parent
TARGET = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
BEFORE = HERE.parent / "srs_2021"

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
    *read_invented(BEFORE),
    before,
    wanted,
    seed=2022,
)
export["G00Q01"] = export["G00Q01"].replace({"W07": "W14", "W10": "W14"})
frame["wgo"] = frame["wgo"].replace({"viazorg": "fusie_zuid", "wzw": "fusie_zuid"})

write_invented(TARGET, export, frame)
themes = read_text_themes(BEFORE / "open_answers.yaml", questionnaire)
write_invented_codes(TARGET / "coded.csv", TARGET / "export.csv", questionnaire, themes)
