"""Rebuild the invented microdata of the SRS 2021 reconstruction: export.csv, coded.csv and frame.csv.

``python reconstruct.py`` writes them here, ``python reconstruct.py FOLDER`` elsewhere. Everything is synthetic;
README.md says what is fixed by the publication and what was chosen freely.
"""

import datetime as dt
import sys
from pathlib import Path

from srsmeting.questionnaire import load_questionnaire
from srsmeting.responses import Responses
from srsmeting.synthesis import (
    invent_tokens,
    read_targets,
    read_text_themes,
    read_texts,
    synthesise,
    write_invented_codes,
    write_limesurvey_export,
    write_sampling_frame,
)

HERE = Path(__file__).parent
TARGET = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
SEED = 2021
FIELDWORK = dt.date(2022, 3, 14), dt.date(2022, 4, 15)
INVITED, RESPONDED, STOPPED = 985, 301, 7
BACKGROUND = ["wgo", "branche", "grootteklasse"]

questionnaire = load_questionnaire(HERE.parents[1] / "questionnaires" / "srs_2021.yaml")
respondents = synthesise(
    questionnaire, RESPONDED, targets=read_targets(HERE / "targets.yaml", questionnaire), seed=SEED
)
others = synthesise(
    questionnaire, INVITED - RESPONDED, targets=read_targets(HERE / "frame_targets.yaml", questionnaire), seed=SEED
)
# Of those who did not take part, the first few opened the survey and stopped.
stopped = Responses(questionnaire, others.answers.head(STOPPED), others.status.head(STOPPED))
tokens = invent_tokens(INVITED, seed=SEED)

write_limesurvey_export(
    respondents,
    TARGET / "export.csv",
    tokens=tokens[: RESPONDED + STOPPED],
    fieldwork=FIELDWORK,
    seed=SEED,
    incomplete=stopped,
    texts=read_texts(HERE / "open_answers.yaml", questionnaire),
)
write_invented_codes(
    TARGET / "coded.csv",
    TARGET / "export.csv",
    questionnaire,
    read_text_themes(HERE / "open_answers.yaml", questionnaire),
)
write_sampling_frame(TARGET / "frame.csv", [respondents, others], tokens=tokens, variables=BACKGROUND)
