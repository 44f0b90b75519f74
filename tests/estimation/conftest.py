"""Reference numbers computed with R's survey package, and the invented survey they were computed on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srsmeting.estimation import SimpleRandomSample

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """Read what R 4.2.2 with survey 4.5 gives for a simple random sample of 301 out of 985."""
    loaded: dict[str, Any] = json.loads((DATA / "r_reference.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def synth() -> pd.DataFrame:
    """Read the invented survey; m1 to m5 are filtered, s1 and mark have gaps."""
    return pd.read_csv(DATA / "synth301.csv")


@pytest.fixture(scope="session")
def design() -> SimpleRandomSample:
    return SimpleRandomSample(sample_size=301, population_size=985)
