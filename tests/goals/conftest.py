"""A monitor small enough to count on paper: three projects, two tracks, three moments."""

from collections.abc import Callable
from pathlib import Path

import pytest

METING = """\
kind: goals
meting: klein
title: Een klein programma

units:
  label: Project
  plural: projecten
  by: project
  list:
    - {id: noord, label: Noord, aliases: [Groningen]}
    - {id: midden, label: Midden}
    - {id: zuid, label: Zuid-West}

tracks:
  - {id: werven, label: Werven}
  - {id: plaatsen, label: Plaatsen, parts: [{id: leren, label: Opleiding}, {id: werken, label: Baan}]}

moments:
  - {id: start, label: Start, date: 2024-01}
  - {id: halverwege, label: Halverwege, date: 2024-06}
  - {id: einde, label: Einde, date: 2024-12}

phases: [{id: fase1, label: Werving}, {id: fase2, label: Plaatsing}]
participants: [{id: werkgevers, label: Werkgevers}]
figures: [{id: gevraagd, label: Gevraagd}, {id: actief, label: Actief, share_of: gevraagd}]
topics: [{id: stages, label: Te weinig stages}]
portrait: [{id: aanvrager, label: Aanvrager}]
"""

#: The heads of the files.
HEADS = {
    "goals": "unit,track,part,from_moment,value,note",
    "results": "unit,track,part,moment,value,note",
    "dropout": "unit,phase,moment,numerator,denominator,value,note",
    "durations": "unit,start,end,extension,note",
    "participants": "unit,kind,moment,value,names,note",
    "figures": "figure,unit,moment,value,note",
    "topics": "unit,topic,note",
    "portraits": "unit,aspect,text",
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a monitor: its configuration, and the rows of its files without their heads."""

    def made(meting: str = METING, **files: str) -> Path:
        named = "".join(f"  {key}: {key}.csv\n" for key in files)
        (tmp_path / "meting.yaml").write_text(meting + (f"files:\n{named}" if files else ""), encoding="utf-8")
        for key, rows in files.items():
            (tmp_path / f"{key}.csv").write_text(f"{HEADS[key]}\n{rows}", encoding="utf-8")
        return tmp_path

    return made
