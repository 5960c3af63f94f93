"""The command line as a process of its own, with nothing of our environment."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOKEN = "7000000009:canary-token-that-is-printed-nowhere"
PREWORK = [sys.executable, "-W", "error::ResourceWarning", "-c", "from bot.main import main; main()"]
SECONDS = 60

SETTINGS = {
    "BOT_TOKEN": TOKEN,
    "BOT_OWNER_IDS": "5",
    "BOT_API_URL": "http://127.0.0.1:9",  # nobody listens on the port for discarding
    "BOT_WEB_PORT": "0",
}


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str


def environment(**settings: str | None) -> dict[str, str]:
    """What a process finds: a path, and the settings; None takes one away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    changed = SETTINGS | {f"BOT_{name}": value for name, value in settings.items()}
    return kept | {"PYTHONPATH": str(ROOT)} | {name: value for name, value in changed.items() if value is not None}


def prework(folder: Path, *arguments: str, **settings: str | None) -> Ended:
    """Run a command to its end; the token is never in what it says, and never a trace."""
    done = subprocess.run(
        [*PREWORK, *arguments],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    ended = Ended(done.returncode, done.stdout, done.stderr)
    require_no_secret(ended.out + ended.err, settings)
    assert "Traceback" not in ended.out + ended.err
    return ended


def require_no_secret(text: str, settings: Mapping[str, str | None]) -> None:
    """Nothing of the token after its colon stands there, whole or in part."""
    token = settings.get("TOKEN") or TOKEN
    secret = token.partition(":")[2] or token
    assert secret not in text
    assert not re.search(re.escape(secret[:12]), text)
