"""Response and cooperation rates, by the Standard Definitions of AAPOR (10th edition, 2023)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from srsmeting.dispositions import DISPOSITIONS


@dataclass(frozen=True)
class Rate:
    """A rate, and the whole numbers that it is made of.

    Parameters
    ----------
    estimate
        Fraction; NaN where there is nothing to divide by.
    numerator
        Who is counted.
    denominator
        Of how many; None where it is not a whole number.
    """

    estimate: float
    numerator: int
    denominator: int | None


def aapor_rates(counts: Mapping[str, int]) -> dict[str, Rate]:
    r"""Return the rates that follow from a disposition report.

    Parameters
    ----------
    counts
        Organisations per disposition; 0 for what is left out.

    Returns
    -------
    dict
        ``response_rate_1`` and ``response_rate_2``, ``cooperation_rate_1``, and ``response_rate_3`` to
        ``response_rate_6`` where of some organisations it is unknown whether they are eligible. Elsewhere these would
        repeat the first two.

    Notes
    -----
    I complete, P partial, R refused or broken off, NC not heard of, O other, U unknown eligibility, NE not eligible.
    With E = I + P + R + NC + O and :math:`e = E / (E + NE)`, the share eligible of those of whom that is known:

    ======================  =====================
    RR1, RR2                I, I + P over E + U
    RR3, RR4                I, I + P over E + e U
    RR5, RR6                I, I + P over E
    COOP1                   I over I + P + R + O
    ======================  =====================

    Raises
    ------
    KeyError
        For a disposition that does not exist.

    Examples
    --------
    >>> for name, rate in aapor_rates({"complete": 40, "partial": 10, "refusal": 20, "non_contact": 30, "unknown": 50,
    ...                                "not_eligible": 25}).items():
    ...     print(name, round(rate.estimate, 4), rate.numerator, rate.denominator)
    response_rate_1 0.2667 40 150
    response_rate_2 0.3333 50 150
    cooperation_rate_1 0.5714 40 70
    response_rate_3 0.2857 40 None
    response_rate_4 0.3571 50 None
    response_rate_5 0.4 40 100
    response_rate_6 0.5 50 100
    """
    number = dict.fromkeys(DISPOSITIONS, 0)
    for name, count in counts.items():
        number[name] += count
    complete, responded = number["complete"], number["complete"] + number["partial"]
    refused = number["break_off"] + number["refusal"]
    eligible = responded + refused + number["non_contact"] + number["other"]
    unknown = number["unknown"]
    found = {
        "response_rate_1": _rate(complete, eligible + unknown),
        "response_rate_2": _rate(responded, eligible + unknown),
        "cooperation_rate_1": _rate(complete, responded + refused + number["other"]),
    }
    if unknown:
        # Of nobody known to be eligible or not, the share that is eligible is not known either.
        known = eligible + number["not_eligible"]
        base = eligible + eligible / known * unknown if known else 0.0
        found |= {
            "response_rate_3": Rate(complete / base if base else float("nan"), complete, None),
            "response_rate_4": Rate(responded / base if base else float("nan"), responded, None),
            "response_rate_5": _rate(complete, eligible),
            "response_rate_6": _rate(responded, eligible),
        }
    return found


def _rate(numerator: int, denominator: int) -> Rate:
    return Rate(numerator / denominator if denominator else float("nan"), numerator, denominator)
