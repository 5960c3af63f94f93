"""Imports the bot once and forks it as often as asked: a start then costs what the bot costs, not what imports cost.

Says `ready`, then reads commands from standard input, a line each, and answers each with a line:
`start LOG` the new process's id · `pause ID` once it stands still · `resume ID` · `kill ID` once it is gone ·
`poll ID` its exit code, or `running`.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from bot.main import main

STANDARD_STREAMS = (0, 1, 2)


def start(log: str) -> int:
    """Fork; 0 in the new process, whose output goes to the log."""
    pid = os.fork()
    if pid == 0:
        with Path(os.devnull).open() as nothing, Path(log).open("a") as output:
            for stream, file in zip(STANDARD_STREAMS, (nothing, output, output), strict=True):
                os.dup2(file.fileno(), stream)
    return pid


def pause(pid: int) -> str:
    """Stop it where it stands; returns when it does."""
    os.kill(pid, signal.SIGSTOP)
    os.waitpid(pid, os.WUNTRACED)
    return "paused"


def resume(pid: int) -> str:
    os.kill(pid, signal.SIGCONT)
    return "resumed"


def kill(pid: int) -> str:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return "killed"


def poll(pid: int) -> str:
    done, status = os.waitpid(pid, os.WNOHANG)
    return str(os.waitstatus_to_exitcode(status)) if done else "running"


COMMANDS: dict[str, Callable[[int], str]] = {"pause": pause, "resume": resume, "kill": kill, "poll": poll}


def serve() -> bool:
    """Obey until the input ends; True in a process that is to be the bot."""
    print("ready", flush=True)
    for line in sys.stdin:
        word, _, argument = line.strip().partition(" ")
        if word == "start":
            pid = start(argument)
            if pid == 0:
                return True
            print(pid, flush=True)
        else:
            print(COMMANDS[word](int(argument)), flush=True)
    return False


if __name__ == "__main__" and serve():
    sys.argv = ["prework", "run"]
    main()
