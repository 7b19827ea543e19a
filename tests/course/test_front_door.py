"""`python3 -m course` from a bare checkout: real interpreters, real environments, a tiny wheel."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

VERB = """
import os, shutil, sys
import tiny

def add_arguments(parser):
    parser.add_argument("words", nargs="*")

def run(arguments):
    first = os.environ["PATH"].split(os.pathsep)[0]
    print(sys.prefix, os.environ["VIRTUAL_ENV"], first, tiny.version, *arguments.words, sep="|")
    return 3
"""
NO_NETWORK = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_NO_INDEX": "0"}

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="these tests signal processes and look into bin/, as on POSIX"
)


class Bare:
    """A bare checkout whose only requirement is a wheel that lies beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        (root / "course" / "check.py").write_text(VERB)
        self.require("1.0")

    def require(self, version: str) -> None:
        """Make a wheel of the tiny package, and require it."""
        wheels = self.root / "wheels"
        wheels.mkdir(exist_ok=True)
        info = f"tiny-{version}.dist-info"
        with zipfile.ZipFile(wheels / f"tiny-{version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr("tiny.py", f'version = "{version}"\n')
            name = f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n"
            wheel.writestr(f"{info}/METADATA", name)
            tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            wheel.writestr(f"{info}/WHEEL", tag)
            wheel.writestr(f"{info}/RECORD", f"tiny.py,,\n{info}/METADATA,,\n{info}/RECORD,,\n")
        absent = 'absent==1.0 ; sys_platform == "nowhere"\n'
        (self.root / "requirements.txt").write_text(f"tiny=={version}\n{absent}")

    def start(self, *words: str, **variables: str) -> "subprocess.Popen[str]":
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PIP_")},
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": "wheels",
            **variables,
        }
        return subprocess.Popen(
            [sys.executable, "-m", "course", *words],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, **variables: str) -> tuple[int, str, str]:
        process = self.start(*words, **variables)
        out, err = process.communicate()
        return process.returncode, out, err


@pytest.fixture
def bare(checkout: Path) -> Bare:
    return Bare(checkout)


def test_help_and_a_mistyped_verb_are_answered_without_making_anything(bare: Bare) -> None:
    for words in ([], ["--help"], ["lab", "--help"], ["test", "--help"]):
        status, out, err = bare.run(*words)
        assert (status, err) == (0, "")
        assert "course" in out
    status, _, err = bare.run("chekc")
    assert status == 2
    assert 'did you mean "python3 -m course check"' in err
    assert not bare.venv.exists()


def test_it_makes_an_environment_once_goes_on_inside_it_and_refreshes_it(bare: Bare) -> None:
    status, out, err = bare.run("check", "one", "two words")
    inside = [str(bare.venv), str(bare.venv), str(bare.venv / "bin")]
    assert (status, out.strip().split("|")) == (3, [*inside, "1.0", "one", "two words"]), err
    assert "Fetching 1 packages" in err

    log = bare.venv / "install.log"
    log.unlink()
    assert bare.run("check", **NO_NETWORK) == (3, "|".join([*inside, "1.0"]) + "\n", "")
    assert not log.exists()  # no pip

    bare.require("2.0")
    status, out, err = bare.run("check")
    assert (status, out.strip().split("|")) == (3, [*inside, "2.0"]), err
    assert "Making" not in err

    (bare.venv / "bin" / "python").unlink()
    (bare.venv / "bin" / "python").symlink_to("/nowhere/python")
    status, out, err = bare.run("check")
    assert (status, out.strip().split("|")) == (3, [*inside, "2.0"]), err
    assert "The Python that .venv was made with is gone: making it afresh." in err


def test_an_environment_that_was_moved_is_made_afresh(bare: Bare, tmp_path: Path) -> None:
    assert bare.run("check")[0] == 3
    bare.root.rename(tmp_path / "moved")
    moved = Bare(tmp_path / "moved")
    status, out, err = moved.run("check")
    assert (status, out.split("|")[0]) == (3, str(moved.venv))
    assert ".venv has been moved here from another folder: making it afresh." in err


def test_without_a_network_it_says_so_and_the_next_run_recovers(bare: Bare) -> None:
    status, out, err = bare.run("check", **{**NO_NETWORK, "PIP_FIND_LINKS": ""})
    assert (status, out) == (1, "")
    assert "check the network" in err.splitlines()[-1]
    assert str(bare.venv / "install.log") in err.splitlines()[-1]
    status, _, err = bare.run("check")
    assert status == 3
    assert "Making" not in err


def test_without_ensurepip_the_mend_is_named_and_nothing_is_left(
    bare: Bare, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util\nfind = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name: None if name == 'ensurepip' else find(name)\n"
    )
    status, _, err = bare.run("check", PYTHONPATH=str(tmp_path))
    assert status == 1
    assert re.fullmatch(r"This Python \(.+\) comes without ensurepip; .*install .+\.\n", err)
    assert not bare.venv.exists()


def test_ctrl_c_leaves_no_process_and_the_next_run_recovers(bare: Bare) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections, never answers
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        process = bare.start("check", PIP_INDEX_URL=index, PIP_NO_INDEX="0", PIP_FIND_LINKS="")
        silent.settimeout(60)
        connection, _ = silent.accept()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
        connection.settimeout(10)
        while connection.recv(4096):
            pass  # pip is gone when its end is closed
    assert process.returncode == 130
    assert err.splitlines()[-1] == "Stopped; nothing is lost, the same command goes on from here."
    status, _, err = bare.run("check")
    assert status == 3
    assert ".venv was left half-made: making it afresh." in err


def test_two_runs_at_once_make_one_environment(bare: Bare) -> None:
    first = bare.start("check")
    while not (bare.venv / "pyvenv.cfg").exists():
        assert first.poll() is None
        time.sleep(0.01)
    status, _, err = bare.run("check")
    assert (status, first.wait()) == (3, 3)
    assert "Another run is making .venv: waiting for it" in err
    assert "Installing" not in err
    first.communicate()


@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0,
    reason="root may write anywhere; run the tests as an ordinary user",
)
def test_a_read_only_folder_is_named(bare: Bare) -> None:
    bare.root.chmod(0o555)
    try:
        status, _, err = bare.run("check")
    finally:
        bare.root.chmod(0o755)
    assert status == 1
    assert err.startswith(f"This folder may not be written ({bare.root}")
