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
    """What a command left on the terminal."""

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
    """Runs a command in this process; in the folder `tmp_path` unless another is named."""

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
    """Runs a command as a process of its own, with a pipe for a terminal."""

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
    """The sample, prepared for today by the command that a person would type."""
    folder: Path = tmp_path_factory.mktemp("demo") / "sample"
    assert main(["demo", "--prepare", "--folder", str(folder)]) == 0
    return folder


@pytest.fixture
def demo(prepared_sample, tmp_path) -> Path:
    """A copy of the prepared sample, to do anything with."""
    return Path(shutil.copytree(prepared_sample, tmp_path / "demo"))
