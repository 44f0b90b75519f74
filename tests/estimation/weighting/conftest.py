"""The margins of the reference: what the frame of 985 has, and where the 301 are."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from srsmeting.estimation import Margin


@pytest.fixture(scope="session")
def margins(synth: pd.DataFrame, reference: dict[str, Any]) -> list[Margin]:
    sizes = reference["margins_synth"]
    return [
        Margin(name, tuple(sizes[name]), synth[name].to_numpy() - 1, list(sizes[name].values()))  # type: ignore[arg-type]
        for name in ("region", "branch", "size")
    ]
