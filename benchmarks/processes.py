"""Processes of a bench: started on a core of their own, waited for, and asked what they have cost."""

import asyncio
import os
import socket
import sys
import time
from pathlib import Path

MEASURED = 0
"""The core on which what is measured runs; whatever it is measured with has the last one."""

PATIENCE_SECONDS = 30.0


def move_aside() -> None:
    """Leave the measured core to others, from now on: this process and all it starts."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def keep_to_measured_core(process_id: int) -> None:
    """Move a process with all its threads to the core for what is measured."""
    for task in Path(f"/proc/{process_id}/task").iterdir():
        os.sched_setaffinity(int(task.name), {MEASURED})


async def start(module: str, *arguments: object, measured: bool = True) -> asyncio.subprocess.Process:
    """Run a module of ours, on the core for what is measured or on that of this process; its output can be read."""
    words = [sys.executable, "-m", module, *map(str, arguments)]
    cores = {MEASURED} if measured else os.sched_getaffinity(0)
    return await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.PIPE, preexec_fn=lambda: os.sched_setaffinity(0, cores)
    )


def cpu_seconds(process_id: int) -> float:
    """Processor time of a process so far, its own and the kernel's for it; counted in hundredths of a second."""
    # Fields 14 and 15 of its stat, in clock ticks.
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def listens(port: int) -> None:
    """Return once somebody listens there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _is_open(port):
        if time.monotonic() > deadline:
            raise RuntimeError("it does not come up")
        await asyncio.sleep(0.05)


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
