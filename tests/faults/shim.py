"""The library that refuses system calls: compile it, and tell it what to refuse."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
LOADED = "FACILITATOR_FAULTS"
"""Set in the environment of a process in which the library is loaded."""


def compile_shim(folder: Path) -> Path | None:
    """Return the compiled library; None where there is no C compiler, or no LD_PRELOAD."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "shim.so"
    fresh = folder / f"shim.{os.getpid()}.so"
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(fresh), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    fresh.replace(made)
    return made.absolute()


def is_loaded() -> bool:
    """Return whether system calls can be refused in this process."""
    return LOADED in os.environ


def run_again_with(shim: Path) -> None:
    """Run this process again from its beginning, with the library loaded."""
    environment = os.environ | {"LD_PRELOAD": str(shim), LOADED: "1"}
    os.execve(sys.executable, sys.orig_argv, environment)  # noqa: S606


def refuse(under: Path, call: str, place: int, error: int, *, from_there_on: bool) -> None:
    """Refuse a call on files under a folder: the one at a place, from 1, or all from there on."""
    ctypes.CDLL(None).faults_arm(
        bytes(under), call.encode(), ctypes.c_long(place), error, int(from_there_on)
    )


def stop_refusing() -> None:
    """Let every call through."""
    ctypes.CDLL(None).faults_disarm()


def seen(call: str) -> int:
    """Return how many calls of a kind there were since `refuse`."""
    count = ctypes.CDLL(None).faults_seen
    count.restype = ctypes.c_long
    return int(count(call.encode()))
