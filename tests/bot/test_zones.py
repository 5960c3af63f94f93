"""Which rules of time zones hold: those that come with the program."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from tests.bot.prework import environment

ASKED = """
from datetime import datetime
from zoneinfo import ZoneInfo
from bot.main import use_own_zones
moment = datetime(2022, 3, 22, 15, tzinfo=ZoneInfo("UTC"))
print(moment.astimezone(ZoneInfo("Asia/Kolkata")).hour)
use_own_zones()
print(moment.astimezone(ZoneInfo("Asia/Kolkata")).hour)
"""


def test_zones_of_the_system_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "Asia").mkdir()
    (tmp_path / "Asia" / "Kolkata").write_bytes(files("tzdata").joinpath("zoneinfo", "UTC").read_bytes())

    hours = subprocess.run(
        [sys.executable, "-c", ASKED],
        env=environment() | {"PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert hours.stdout.split() == ["15", "20"]
