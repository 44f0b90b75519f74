"""The gold set: one survey of which the true answers are known, exported by LimeSurvey 6.4.2 along every path."""

from pathlib import Path

import pytest

from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.questionnaire.structures import ToolStructure, read_structure

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def folder() -> Path:
    return DATA / "limesurvey"


@pytest.fixture(scope="session")
def structure() -> ToolStructure:
    return read_structure(DATA / "limesurvey" / "structure.lss")


@pytest.fixture(scope="session")
def survey() -> Questionnaire:
    return load_questionnaire(DATA / "limesurvey.yaml")
