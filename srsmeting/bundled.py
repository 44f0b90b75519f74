"""Where the bundled measurement, questionnaire and report are: in the wheel, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from srsmeting.errors import ConfigurationError


def bundled(name: str) -> Path:
    """Return the path of something that travels with the package.

    Parameters
    ----------
    name
        Path from the top of the project, such as ``analyses/srs_2021``.

    Raises
    ------
    ConfigurationError
        When it is not there.

    Examples
    --------
    >>> bundled("questionnaires/srs_2021.yaml").name
    'srs_2021.yaml'
    """
    here = Path(__file__).parent
    for top in (here / "_bundled", here.parent):
        if (top / name).exists():
            return top / name
    raise ConfigurationError(f"{name}: not in this installation. Install srsmeting anew.")
