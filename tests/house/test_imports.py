"""Who may import whom."""

from importlib.metadata import packages_distributions

import pytest
from importlinter.cli import lint_imports

from tests.house.source import PACKAGES, ROOT, files, imported, place


def test_the_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert outcome == 0, capsys.readouterr().out


def test_of_the_wiring_only_its_root_builds_with_telegrams_library() -> None:
    """The other files of `bot/` may name its errors, to tell people what is wrong."""
    found = [
        place(path, node)
        for path in files("bot")
        for module, node in imported(path)
        if module.split(".")[0] == "telegram" and module != "telegram.error" and path.name != "wiring.py"
    ]

    assert found == []


def test_our_folders_have_names_that_no_installed_distribution_uses() -> None:
    taken = packages_distributions()

    assert {name: taken[name] for name in PACKAGES if set(taken.get(name, [])) - {"prework"}} == {}


def test_every_folder_with_code_is_packaged_and_linted() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"benchmarks", "tests"}

    assert folders == set(PACKAGES)
    configured = (ROOT / "pyproject.toml").read_text()
    assert all(configured.count(f'"{name}"') >= 4 for name in PACKAGES)


@pytest.mark.parametrize("name", ["utils", "util", "helpers", "helper", "common", "manager", "base", "misc"])
def test_no_module_is_named_for_nothing(name: str) -> None:
    assert [path for path in files(*PACKAGES, "tests", "benchmarks") if path.stem == name] == []


def test_nobody_imports_a_test() -> None:
    found = [
        place(path, node)
        for path in files(*PACKAGES)
        for module, node in imported(path)
        if module.split(".")[0] in {"tests", "benchmarks"}
    ]

    assert found == []
