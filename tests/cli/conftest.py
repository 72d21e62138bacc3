"""Fixtures that run commands in a folder and return what they print."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

import facilitator
from facilitator.cli.main import main
from facilitator.render.language import Language, set_language

REPOSITORY = Path(facilitator.__file__).parent.parent


class Result(Struct, frozen=True):
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _reset_language(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    yield
    set_language(Language())


@pytest.fixture
def run(capsys, monkeypatch, tmp_path) -> Run:
    """Return a function that runs a command in this process, in `tmp_path` by default."""

    def run(*words: object, at: Path = tmp_path) -> Result:
        monkeypatch.chdir(at)
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return Result(code, *capsys.readouterr())

    return run


@pytest.fixture
def shell(tmp_path) -> Run:
    """Return a function that runs a command as a subprocess, with pipes for a terminal."""

    def shell(*words: object, at: Path = tmp_path, **environment: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "facilitator", *map(str, words)],
            cwd=at,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY), "LC_ALL": "C.UTF-8"} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Result(
            done.returncode,
            done.stdout.decode(errors="surrogateescape"),
            done.stderr.decode(errors="surrogateescape"),
        )

    return shell


@pytest.fixture(scope="session")
def prepared_sample(tmp_path_factory) -> Path:
    """Prepare the sample for today, once, by the command for it."""
    folder: Path = tmp_path_factory.mktemp("demo") / "sample"
    assert main(["demo", "--prepare", "--folder", str(folder)]) == 0
    return folder


@pytest.fixture
def demo(prepared_sample, tmp_path) -> Path:
    """Copy the prepared sample for one test."""
    return Path(shutil.copytree(prepared_sample, tmp_path / "demo"))
