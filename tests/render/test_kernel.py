from __future__ import annotations

import sys
from pathlib import Path

import pytest

from srsmeting.errors import RenderError
from srsmeting.render.kernel import Kernel


def test_it_is_this_interpreter_with_the_environment_asked_for_and_its_death_is_told() -> None:
    with Kernel({"SRSMETING_PROEF": "ja"}) as kernel:
        shown = kernel.run(
            "import os, sys; print(sys.executable, os.environ['SRSMETING_PROEF'], os.environ['PYTHONHASHSEED'])"
        )
        assert shown[0].data["text/plain"] == f"{sys.executable} ja 0\n"
        with pytest.raises(RenderError) as caught:
            kernel.run("os._exit(3)")
    assert str(caught.value) == (
        f"{sys.executable}: the Python process that runs the cells stopped while it ran a cell."
    )


def test_forgetting_keeps_modules_and_moves_to_the_folder(kernel: Kernel, tmp_path: Path) -> None:
    kernel.run("import sys, colorsys; x = 1")
    kernel.forget(tmp_path)
    shown = kernel.run("import os, sys; print(os.getcwd(), 'colorsys' in sys.modules, 'x' in dir())")
    assert shown[0].data["text/plain"] == f"{tmp_path.resolve()} True False\n"


def test_expressions_are_evaluated_together_and_fail_apart(kernel: Kernel, tmp_path: Path) -> None:
    kernel.forget(tmp_path)
    good, bad, text = kernel.evaluate(["1 + 1", "weg", "'a'"])
    assert good == {"text/plain": "2"}
    assert str(bad) == "NameError: name 'weg' is not defined"
    assert text == {"text/plain": "'a'"}
