"""The simulation of changes draws what it says it draws."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


bench = load("bench_change")


@pytest.fixture
def stratum() -> Any:
    first, second = bench.invent(np.random.default_rng(1), 60, 20, 10, 0.0)
    return bench.Stratum(first, second, 60, 24, 20, 6)


def test_samples_are_as_large_as_they_should_be(stratum: Any) -> None:
    first, second = bench.draw(np.random.default_rng(2), stratum, 300)

    assert set(first.sum(axis=1)) == {24}
    assert set(second.sum(axis=1)) == {20}
    assert set((first[:, :60] & second[:, :60]).sum(axis=1)) == {6}
    # Everyone has the same chance: 24 of 70, and 20 of 80.
    assert first.mean(axis=0) == pytest.approx(24 / 70, abs=0.12)
    assert second.mean(axis=0) == pytest.approx(20 / 80, abs=0.12)


def test_the_formula_gives_what_is_drawn(stratum: Any) -> None:
    """2000 pairs tell a variance to about 3%."""
    found = bench.simulate([stratum], 2000, 2)

    assert found["formula"] == pytest.approx(found["simulated"], rel=0.12)
    assert found["formula"] == pytest.approx(bench.formula([stratum], np.array([6.0])))
