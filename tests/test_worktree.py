"""Nothing about persons is written where it could be committed."""

from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.worktree import refuse_inside_git, work_tree_of


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path.resolve() / "project"
    (top / ".git").mkdir(parents=True)
    return top


def test_a_path_inside_is_refused_with_a_way_out(tree: Path) -> None:
    path = tree / "analyses" / "q.csv"
    with pytest.raises(ConfigurationError) as caught:
        refuse_inside_git(path)

    assert str(caught.value) == (
        f"{path}: lies in the git work tree {str(tree)!r}, and answers of persons could be committed there. "
        "Write elsewhere, or add --inside-git."
    )


def test_a_work_tree_beside_another_has_a_file(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /elsewhere\n", encoding="utf-8")

    assert work_tree_of(tmp_path / "q.csv") == tmp_path.resolve()


def test_beside_a_work_tree_and_on_standard_output_is_outside(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    refuse_inside_git("-")
    refuse_inside_git("../q.csv")
    refuse_inside_git(tree.parent / "q.csv")

    assert work_tree_of("q.csv") == tree


def test_a_link_counts_where_it_leads(tree: Path) -> None:
    (tree.parent / "link").symlink_to(tree, target_is_directory=True)
    (tree / "away").symlink_to(tree.parent, target_is_directory=True)

    assert work_tree_of(tree.parent / "link" / "q.csv") == tree
    assert work_tree_of(tree / "away" / "q.csv") is None


def test_a_circle_of_links_is_no_traceback(tree: Path) -> None:
    (tree / "q.csv").symlink_to(tree / "q.csv")

    assert work_tree_of(tree / "q.csv") == tree
