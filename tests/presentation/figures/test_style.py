"""The house style can be read: contrast, greyscale, and colour-vision deficiency."""

from __future__ import annotations

import itertools

import pytest

from srsmeting.presentation.figures import style

SCALES = [
    (*before, style.NEUTRAL, *reversed(after))
    for before, after in itertools.product(style.BEFORE.values(), style.AFTER.values())
    if len(before) + len(after) < style.MOST_SEGMENTS
]
PALETTES = [*style.RAMPS.values(), *SCALES]
COLOURS = sorted({colour for palette in PALETTES for colour in palette} | {style.UNKNOWN, style.BAR, style.ASIDE})

# Viénot, Brettel & Mollon (1999), on linear RGB: what is left without the long- or the middle-wave cones.
SIMULATED = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def lab(rgb: list[float]) -> list[float]:
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [sum(m * c for m, c in zip(row, rgb, strict=True)) / w for row, w in zip(matrix, white, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def distance(one: str, other: str, deficiency: str) -> float:
    matrix = SIMULATED[deficiency]
    seen = [
        lab([max(0.0, sum(m * c for m, c in zip(row, linear(colour), strict=True))) for row in matrix])
        for colour in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("colour", COLOURS)
def test_values_on_bars_have_enough_contrast(colour: str) -> None:
    assert style.contrast(style.ink_on(colour), colour) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_neighbours_differ_in_greyscale(palette: tuple[str, ...]) -> None:
    lightness = [lab(linear(colour))[0] for colour in palette]

    assert all(abs(a - b) >= 9 for a, b in itertools.pairwise(lightness))


FIVE_POINTS = (*style.BEFORE[2], style.NEUTRAL, *reversed(style.AFTER[2]))


def test_no_two_of_the_five_points_are_the_same_grey() -> None:
    lightness = [lab(linear(colour))[0] for colour in FIVE_POINTS]

    assert min(abs(a - b) for a, b in itertools.combinations(lightness, 2)) >= 5


@pytest.mark.parametrize("deficiency", SIMULATED)
@pytest.mark.parametrize("palette", PALETTES)
def test_colours_stay_apart_with_colour_vision_deficiency(palette: tuple[str, ...], deficiency: str) -> None:
    assert all(distance(a, b, deficiency) >= 9 for a, b in itertools.combinations(palette, 2))


def test_contrast_is_that_of_wcag() -> None:
    # The grey that is known as the lightest to pass on white.
    assert style.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
    assert style.contrast("#FFFFFF", "#FFFFFF") == 1
