"""House rules that a machine can check."""

import ast
import os
import re
import subprocess
import sys

import pytest

from domain.buttons.coding import Action
from domain.buttons.dialogs import Back, Cancel, HandIn, Skip
from domain.deliveries import KINDS
from handlers.routes import ButtonPress, Command, DialogInput, FollowUp
from handlers.table import FLOWS, ROUTES
from services.renderers import RENDERERS
from tests.domain.test_buttons import ALL as ALL_ACTIONS
from tests.house.source import PACKAGES, ROOT, dotted, files, parsed, place

CLOCKS = re.compile(
    r"(datetime|dt)\.(now|utcnow|today)|date\.today"
    r"|time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|localtime|gmtime|sleep)"
)
ENVIRONMENT = re.compile(r"os\.(environ|getenv|environb|putenv)(\..*)?")

MOST_LINES = 60

FINISHED = {"reply", "toast", "menu", "chat_call", "channel_call", "file"}
"""Kinds of deliveries that are owed with their whole payload."""


def calls_of(pattern: re.Pattern[str], *folders: str) -> list[str]:
    """Where something with such a name is used."""
    return [
        place(path, node)
        for path in files(*folders)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and pattern.fullmatch(dotted(node))
    ]


def test_the_locks_name_no_index() -> None:
    locks = sorted((ROOT / "locks").glob("*.txt"))

    assert [path.name for path in locks] == ["dev.txt", "run.txt"]
    assert [path.name for path in locks if "://" in path.read_text()] == []


def test_only_the_edges_read_the_clock() -> None:
    assert calls_of(CLOCKS, "domain", "handlers", "messages", "programme", "services", "storage") == []


def test_at_the_gateway_one_file_reads_the_clock() -> None:
    assert {where.split(":")[0] for where in calls_of(CLOCKS, "gateway")} <= {"gateway/clocks.py"}


def test_only_the_settings_read_the_environment() -> None:
    everywhere_else = [name for name in PACKAGES if name != "bot"]

    assert calls_of(ENVIRONMENT, *everywhere_else) == []


def test_nothing_is_mocked_or_patched() -> None:
    forbidden = re.compile(
        r"unittest|\bMock\b|MagicMock|AsyncMock|monkeypatch\.(setattr|setitem|delattr)|\bpatch\(|mocker"
    )
    this = "test_guards.py"
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files("tests")
        if path.name != this
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if forbidden.search(line)
    ]

    assert found == []


def test_nothing_is_swallowed_left_open_or_left_for_later() -> None:
    forbidden = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|breakpoint\(\)|pytest\.mark\.xfail")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files(*PACKAGES, "tests", "benchmarks")
        if path.name != "test_guards.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if forbidden.search(line)
    ]

    assert found == []


def test_no_function_is_longer_than_a_screen() -> None:
    found = {
        place(path, node): length
        for path in files(*PACKAGES)
        if "migrations/versions" not in path.as_posix()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES
    }

    assert found == {}


def test_every_button_has_exactly_one_route() -> None:
    routed = [route.action for route in ROUTES if isinstance(route, ButtonPress | FollowUp)]

    assert len(routed) == len(set(routed))
    assert {action.__name__ for action in ALL_ACTIONS} == {action.__name__ for action in routed}


def test_every_command_and_every_dialog_has_exactly_one_route() -> None:
    commands = [route.name for route in ROUTES if isinstance(route, Command)]
    inputs = [route.dialog for route in ROUTES if isinstance(route, DialogInput)]

    assert len(commands) == len(set(commands))
    assert len(inputs) == len(set(inputs))
    assert set(FLOWS) <= set(inputs)


def test_the_shared_buttons_are_routed_once_for_all_dialogs() -> None:
    shared: set[type[Action]] = {Back, Skip, HandIn, Cancel}

    assert shared <= {route.action for route in ROUTES if isinstance(route, ButtonPress)}


def test_every_kind_that_is_worded_at_the_claim_has_a_renderer() -> None:
    assert set(RENDERERS) == set(KINDS) - FINISHED


def test_every_kind_that_is_owed_is_in_the_table() -> None:
    owed = {
        node.args[0].value
        for path in files("bot", "gateway", "services", "handlers")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and dotted(node.func) == "owe"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert owed <= set(KINDS)


@pytest.mark.parametrize(
    ("address", "code"),
    [("https://api.telegram.org", 4), ("http://10.0.0.1:8081", 4), ("http://127.0.0.1:8081", 5), ("http://[::1]:1", 5)],
)
def test_tests_refuse_to_run_against_a_real_telegram(address: str, code: int) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/house/source.py"]
    environment = {**os.environ, "BOT_API_URL": address}

    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert said.returncode == code
    assert ("tests never speak to a real Telegram" in said.stdout + said.stderr) is (code == 4)
