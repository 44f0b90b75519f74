"""Calling libraries that warn: what they have to say becomes a reason, and nothing reaches the reader."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TypeVar

import numpy as np

Found = TypeVar("Found")


def quietly(call: Callable[[], Found]) -> tuple[Found | None, bool]:
    """Return what a call gives, or None when it fails on the numbers, and whether it had something to complain of.

    Only for calls to libraries with input that has been checked: what is left to go wrong is in the numbers.

    Examples
    --------
    >>> quietly(lambda: 1)
    (1, False)
    >>> quietly(lambda: [1][2])
    (None, True)
    """
    with warnings.catch_warnings(record=True) as said, np.errstate(all="ignore"):
        warnings.simplefilter("always")
        try:
            found = call()
        except (ArithmeticError, LookupError, RuntimeError, ValueError, np.linalg.LinAlgError):
            return None, True
    # How a library is built or imported is not about the numbers.
    about = [one for one in said if not issubclass(one.category, (DeprecationWarning, FutureWarning, ImportWarning))]
    return found, bool(about)
