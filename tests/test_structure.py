"""The folder listing is the architecture: who may import whom, and what stays thin."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import srsmeting

PACKAGE = Path(srsmeting.__file__).parent
TOP = PACKAGE.parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_bundled" not in path.parts)

#: A room, and the rooms below it that it may lean on.
MAY_IMPORT = {
    "errors": set(),
    "rounding": set(),
    "yamlfile": {"errors"},
    "bundled": {"errors"},
    "questionnaire": {"errors", "yamlfile", "workbooks"},
    "dispositions": set(),
    "population": {"errors", "questionnaire", "dispositions"},
    "frames": {"errors"},
    "places": {"errors"},
    "kinds": {"errors", "yamlfile"},
    "goals": {"errors", "frames", "yamlfile", "places", "kinds"},
    "rounds": {"errors", "frames", "goals", "intake", "kinds", "workbooks"},
    "worktree": {"errors"},
    "workbooks": {"errors"},
    "estimates": {"errors", "frames"},
    "responses": {"errors", "questionnaire"},
    "crosswalk": {"errors", "frames", "questionnaire", "responses"},
    "intake": {
        "errors",
        "workbooks",
        "places",
        "yamlfile",
        "worktree",
        "questionnaire",
        "population",
        "responses",
        "dispositions",
    },
    "themes": {"errors", "rounding", "frames", "workbooks", "questionnaire", "responses", "intake"},
    "synthesis": {"errors", "yamlfile", "questionnaire", "population", "responses"},
    "estimation": {"errors", "goals", "questionnaire", "population", "estimates", "responses", "dispositions"},
    "verification": {"errors", "rounding", "yamlfile", "estimates"},
    "consistency": {"errors", "yamlfile", "goals", "verification"},
    "configuration": {"errors", "kinds", "rounding", "yamlfile", "questionnaire", "intake", "estimation"},
    "contradictions": {"errors", "configuration", "yamlfile", "questionnaire", "intake", "estimation", "rounding"},
    "meting_files": {"errors", "places", "configuration", "intake"},
    "meting": {"errors", "places", "configuration", "contradictions", "meting_files", "questionnaire"},
    "checking": {"errors", "places", "meting", "questionnaire", "population", "intake"},
    "running": {
        "errors",
        "checking",
        "comparing",
        "estimates",
        "estimation",
        "intake",
        "meting",
        "population",
        "sampling",
        "themes",
        "weighing",
    },
    "weighing": {"errors", "configuration", "estimates", "population", "responses", "estimation"},
    "sampling": {"errors", "configuration", "questionnaire", "population", "responses", "estimation", "weighing"},
    "comparing": {"configuration", "estimates", "responses", "estimation", "weighing"},
    "record": {"errors", "yamlfile", "estimates", "intake", "meting"},
    "recording": {
        "errors",
        "auditing",
        "configuration",
        "contradictions",
        "checking",
        "estimates",
        "frames",
        "intake",
        "meting",
        "questionnaire",
        "record",
        "running",
        "verification",
        "worktree",
        "yamlfile",
        "years",
    },
    "auditing": {"estimates", "estimation", "meting"},
    "disclosure": {"errors", "auditing", "crosswalk", "estimation", "meting", "questionnaire", "running", "years"},
    "programme": {"errors", "yamlfile"},
    "voices": {"errors", "yamlfile", "intake"},
    "bundling": {"errors", "frames", "meting", "programme", "voices", "years"},
    "goals_bundling": {"errors", "frames", "goals"},
    "factsheets": {"errors", "bundling", "estimates", "meting", "render", "report", "years"},
    "coding": {"errors", "frames", "workbooks", "worktree", "intake", "themes", "checking", "meting"},
    "years": {
        "errors",
        "configuration",
        "questionnaire",
        "estimates",
        "crosswalk",
        "estimation",
        "intake",
        "meting",
        "checking",
        "population",
        "record",
        "responses",
        "running",
    },
    "proposing": {"errors", "intake", "population", "checking", "meting"},
    "fetching": {"errors", "worktree", "intake", "configuration"},
    "presentation": {"errors", "rounding", "goals", "questionnaire", "estimates"},
    "intake_page": {"errors", "frames", "intake", "presentation"},
    "report": {"errors", "rounding", "goals", "questionnaire", "estimates", "presentation", "programme", "voices"},
    "tabulating": {"errors", "estimates", "frames", "goals", "meting", "presentation", "report", "years"},
    "goals_tabulating": {"frames", "goals", "presentation", "tabulating"},
    "render": {"errors"},
    "proofing": {"errors", "presentation", "report", "render"},
    "starting": {
        "bundled",
        "errors",
        "kinds",
        "yamlfile",
        "places",
        "worktree",
        "questionnaire",
        "population",
        "responses",
        "synthesis",
        "configuration",
        "programme",
        "presentation",
    },
}

#: Heavy or outward libraries, and the only modules that may reach for them.
KEPT_APART = {
    "matplotlib": {"presentation/figures"},
    "seaborn": {"presentation/figures"},
    "pingouin": {"estimation/comparisons", "estimation/change"},
    "statsmodels": {"estimation/comparisons", "estimation/change"},
    "babel": {"presentation/formats"},
    "num2words": {"presentation/words"},
    "jupyter_client": {"render/"},
    "pypandoc": {"render/"},
    "typst": {"render/"},
    "watchfiles": {"render/"},
    "click": {"cli"},
    "xlsxwriter": {"presentation/tablebook/xlsx"},
    "citric": {"intake/formats/limesurvey/remote"},
    "requests": {"intake/formats/limesurvey/remote"},
}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            if node.module == "srsmeting":
                found |= {f"srsmeting.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize(
    "path", [p for p in MODULES if _room(p) not in ("__init__", "__main__", "cli")], ids=lambda p: _name(p)
)
def test_data_run_one_way(path: Path) -> None:
    room = _room(path)
    rooms = {name.split(".")[1] for name in _imports(path) if name.startswith("srsmeting.")}

    assert rooms - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: _name(p))
def test_heavy_libraries_stay_where_they_are_needed(path: Path) -> None:
    name = _name(path)
    for library in {module.split(".")[0] for module in _imports(path)} & set(KEPT_APART):
        assert any(name.startswith(home) for home in KEPT_APART[library]), f"{name} imports {library}"


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ("pandas", "seaborn", "statsmodels", "pingouin")
    code = f"import srsmeting, sys; print([name for name in {heavy} if name in sys.modules])"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_estimate_loads_nothing_slow() -> None:
    slow = (
        "scipy",
        "seaborn",
        "matplotlib",
        "statsmodels",
        "pingouin",
        "babel",
        "jupyter_client",
        "pyreadstat",
        "openpyxl",
        "xlsxwriter",
    )
    code = (
        "import srsmeting as srs, sys; srs.run_meting(srs.load_meting('analyses/srs_2021')); "
        f"print([name for name in {slow} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_the_public_names_are_what_they_say() -> None:
    assert srsmeting.__all__ == sorted(srsmeting.__all__)
    assert set(srsmeting.__all__) <= set(dir(srsmeting))
    for name in srsmeting.__all__:
        assert getattr(srsmeting, name).__name__ == name

    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    typed = {alias.asname for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert typed - {None} == set(srsmeting.__all__)


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'srsmeting' has no attribute 'nope'$"):
        srsmeting.nope  # noqa: B018 - looking is what is tested


@pytest.mark.parametrize("path", sorted(TOP.glob("analyses/*/*.py")), ids=lambda p: p.name)
def test_an_analysis_is_a_thin_script(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    assert not {name for name in _imports(path) if name.split(".")[0] in ("pandas", "numpy", "scipy")}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: _name(p))
def test_a_module_holds_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()
