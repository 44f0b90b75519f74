"""What holds of weights whatever the sample: margins met or refused, and nothing depends on an order or a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from srsmeting.errors import DesignError
from srsmeting.estimation import Margin, Weighting, rake
from srsmeting.estimation.numeric import Numbers


@dataclass(frozen=True)
class Sample:
    """A sample out of a population, and the margins of that population."""

    margins: list[Margin]
    base: Numbers


@st.composite
def samples(draw: st.DrawFn, *, uneven: bool = True) -> Sample:
    """Draw a population over two or three variables, and some of it with base weights of their own."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    variables, size = draw(st.integers(2, 3)), draw(st.integers(20, 120))
    groups = [draw(st.integers(2, 4)) for _ in range(variables)]
    codes = [random.choice(k, size, p=random.dirichlet(np.full(k, 3.0))) for k in groups]
    chosen = random.random(size) < random.uniform(0.2, 0.9)
    assume(chosen.sum() >= 2)
    margins = [
        Margin(f"m{number}", tuple("abcd"[:k]), place[chosen], np.bincount(place, minlength=k).astype(np.float64))
        for number, (k, place) in enumerate(zip(groups, codes, strict=True))
    ]
    base = random.uniform(0.2, 5, chosen.sum()) if uneven else np.ones(chosen.sum())
    return Sample(margins, base)


def raked(sample: Sample, **limits: object) -> Weighting:
    """Rake, or leave the example where that is refused."""
    try:
        return rake(sample.margins, sample.base, **limits)  # type: ignore[arg-type]
    except DesignError:
        assume(False)
        raise


def exists(sample: Sample, low: float, high: float, trim: float) -> bool:
    """Ask linear programming whether any weights meet the margins with room to spare within the limits."""
    total = sample.margins[0].total
    base = sample.base * total / sample.base.sum()
    least = np.maximum(low, 1e-3) * base * (1 + 1e-6)
    most = np.minimum(high * base, trim * base.mean()) * (1 - 1e-6)
    if (least > most).any():
        return False
    groups = np.hstack([np.eye(len(m.groups))[m.place] for m in sample.margins])
    sizes = np.concatenate([m.population for m in sample.margins])
    found = linprog(  # type: ignore[call-overload]
        np.zeros(len(base)), A_eq=groups.T, b_eq=sizes, bounds=np.column_stack([least, most])
    )
    return bool(found.status == 0)


LIMITS = st.fixed_dictionaries(
    {
        "bounds": st.none() | st.tuples(st.floats(0, 0.8), st.floats(1.2, 6)),
        "trim": st.none() | st.floats(1.5, 6),
    }
)


@given(sample=samples(), limits=LIMITS)
@settings(max_examples=150, deadline=None)
def test_margins_are_met_within_the_limits_or_it_is_refused(sample: Sample, limits: dict[str, object]) -> None:
    bounds: Any = limits["bounds"]
    low, high = bounds or (0.0, np.inf)
    trim = float(limits["trim"] or np.inf)  # type: ignore[arg-type]
    try:
        weighting = rake(sample.margins, sample.base, **limits)  # type: ignore[arg-type]
    except DesignError:
        assert not exists(sample, low, high, trim)
        return
    for margin in sample.margins:
        sums = np.bincount(margin.place, weighting.final, minlength=len(margin.groups))
        np.testing.assert_allclose(sums, margin.population, rtol=1e-10)
    ratio = weighting.final / weighting.base
    assert (ratio >= low - 1e-12).all()
    assert (ratio <= high + 1e-12).all()
    assert weighting.final.max() <= trim * weighting.final.mean() * (1 + 1e-9)
    assert (weighting.final > 0).all()
    assert weighting.deff >= 1 - 1e-12
    assert weighting.n_eff <= len(sample.base) * (1 + 1e-12)


@given(sample=samples(), limits=LIMITS, seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_no_order_changes_anything(sample: Sample, limits: dict[str, object], seed: int) -> None:
    weighting = raked(sample, **limits)
    random = np.random.default_rng(seed)
    rows = random.permutation(len(sample.base))
    turned = []
    for margin in sample.margins:
        order = random.permutation(len(margin.groups))
        place = np.argsort(order)[margin.place[rows]]
        groups = tuple(margin.groups[number] + "_" for number in order)
        turned.append(Margin(f"other {margin.name}", groups, place, margin.population[order]))
    random.shuffle(turned)
    again = rake(turned, sample.base[rows], **limits)  # type: ignore[arg-type]
    np.testing.assert_allclose(again.final, weighting.final[rows], rtol=1e-8)


@given(sample=samples(), factor=st.floats(0.01, 100), limits=LIMITS)
@settings(max_examples=60, deadline=None)
def test_the_scale_of_base_weights_does_not_matter_and_that_of_margins_is_the_scale_of_weights(
    sample: Sample, factor: float, limits: dict[str, object]
) -> None:
    weighting = raked(sample, **limits)
    same = rake(sample.margins, sample.base * factor, **limits)  # type: ignore[arg-type]
    np.testing.assert_allclose(same.final, weighting.final, rtol=1e-8)
    larger = [Margin(m.name, m.groups, m.place, m.population * factor) for m in sample.margins]
    scaled = rake(larger, sample.base, **limits)  # type: ignore[arg-type]
    np.testing.assert_allclose(scaled.final, weighting.final * factor, rtol=1e-8)
    np.testing.assert_allclose(scaled.deff, weighting.deff, rtol=1e-7)


@given(sample=samples())
@settings(max_examples=60, deadline=None)
def test_raked_weights_are_a_product_of_factors(sample: Sample) -> None:
    """Respondents in the same groups get the same ratio, and ratios multiply over margins: that is what raking is."""
    weighting = raked(sample)
    columns = [np.eye(len(m.groups))[m.place] for m in sample.margins]
    groups = np.hstack(columns)
    ratio = np.log(weighting.final / weighting.base)
    factors, *_ = np.linalg.lstsq(groups, ratio, rcond=None)
    np.testing.assert_allclose(groups @ factors, ratio, atol=1e-8)


@given(sample=samples())
@settings(max_examples=40, deadline=None)
def test_weights_that_meet_the_margins_stay_as_they_are(sample: Sample) -> None:
    weighting = raked(sample)
    again = rake(sample.margins, weighting.final)
    np.testing.assert_allclose(again.final, weighting.final, rtol=1e-10)
