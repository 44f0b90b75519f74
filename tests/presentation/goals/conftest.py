from pathlib import Path

import pytest

from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.presentation.goals import Outcomes


@pytest.fixture
def outcomes(programme: Path) -> Outcomes:
    monitor = load_monitor(programme)
    return Outcomes(estimate_goals(monitor), monitor)
