"""Quantiles of Student's t: against the printed table, closed forms and scipy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from srsmeting.estimation.intervals.quantiles import t_quantile
from srsmeting.estimation.intervals.student import HIGHEST, MOST, student_quantile


def test_the_table_that_every_textbook_prints() -> None:
    df = np.array([1.0, 2, 3, 4, 5, 10, 20, 30, 60, 120])
    table = [12.706, 4.303, 3.182, 2.776, 2.571, 2.228, 2.086, 2.042, 2.000, 1.980]
    assert student_quantile(df, 0.95).round(3).tolist() == table


def test_one_and_two_degrees_of_freedom_have_closed_forms() -> None:
    one, two = student_quantile(np.array([1.0, 2.0]), 0.9)
    assert one == pytest.approx(math.tan(math.pi / 2 * 0.9), rel=1e-13)
    assert two == pytest.approx(0.9 / math.sqrt(2 * 0.95 * 0.05), rel=1e-13)


@given(level=st.floats(0.01, HIGHEST))
def test_it_is_the_quantile_of_the_library(level: float) -> None:
    df = np.array([1.0, 2, 3, 4, 7, 12, 93, 300, MOST])
    np.testing.assert_allclose(student_quantile(df, level), stdtrit(df, (1 + level) / 2), rtol=5e-12)


def test_what_has_no_closed_sum_is_asked_of_the_library() -> None:
    df = np.array([MOST + 1.0, 12.5, np.inf, 0.5, 9.0])
    found = t_quantile(df, 0.95)
    np.testing.assert_allclose(found[[0, 1, 2, 4]], stdtrit(df[[0, 1, 2, 4]], 0.975), rtol=1e-12)
    assert np.isnan(found[3])
    assert t_quantile(np.array([5.0]), 1 - 1e-9)[0] == pytest.approx(float(stdtrit(5.0, 1 - 5e-10)))
