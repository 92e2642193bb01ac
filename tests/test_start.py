"""The set-up for real, offline: a copy of start.py prepares a tiny program of one tiny package."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

START = Path(__file__).resolve().parent.parent / "start.py"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
PROGRAM = """
import sys, tiny
print("running", tiny.VERSION, *sys.argv[1:])
sys.exit(7 if "refuse" in sys.argv else 0)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="set-up on Windows is tried by hand")


def make_wheel(folder: Path, version: str) -> str:
    """A wheel of the package `tiny`; returns its line for the list of pins."""
    file = folder / f"tiny-{version}-py3-none-any.whl"
    about = f"tiny-{version}.dist-info"
    with zipfile.ZipFile(file, "w") as wheel:
        wheel.writestr("tiny.py", f"VERSION = {version!r}\n")
        wheel.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n"
        )
        wheel.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{about}/RECORD", "")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"tiny=={version} --hash=sha256:{digest}\n"


class Checkout:
    """A folder with start.py, a program and its pins, and a package index that is a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "卡点 查验"
        self.wheels = folder / "wheels"
        self.commands = folder / "commands"
        for each in (self.folder / "checkpoint_app", self.wheels, self.commands):
            each.mkdir(parents=True)
        shutil.copy(START, self.folder)
        (self.folder / "checkpoint_app" / "__init__.py").touch()
        (self.folder / "checkpoint_app" / "__main__.py").write_text(PROGRAM, "utf-8")
        self.pin(make_wheel(self.wheels, "1.0"))

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    def pin(self, line: str) -> None:
        (self.folder / "requirements.txt").write_text(line, "utf-8")

    def start(self, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
        return self.run([sys.executable, str(self.folder / "start.py"), *words], **extra)

    def run(self, line: list[str], **extra: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.commands}{os.pathsep}{os.environ['PATH']}"
        fixed = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri(), "PATH": path}
        return subprocess.run(
            line, env={**os.environ, **fixed, **extra}, cwd=self.folder.parent,
            capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Set up once; the tests below leave it prepared."""
    made = Checkout(tmp_path_factory.mktemp("checkout"))
    first = made.start("read", "一 码.png")
    assert first.returncode == 0, first.stderr
    assert "running 1.0 read 一 码.png" in first.stdout
    return made


def test_without_a_command_the_desk_opens(checkout: Checkout) -> None:
    assert checkout.start().stdout == "running 1.0 desk\n"


def test_a_second_run_installs_nothing(checkout: Checkout) -> None:
    again = checkout.start("screen", "demo", PIP_FIND_LINKS="/gone")
    assert again.stdout == "running 1.0 screen demo\n"


def test_the_programs_exit_code_comes_through(checkout: Checkout) -> None:
    assert checkout.start("refuse").returncode == 7


def test_the_launcher_runs_from_anywhere(checkout: Checkout) -> None:
    link = checkout.folder.parent / "link to checkpoint"
    link.symlink_to(checkout.venv / SCRIPTS / "checkpoint")
    assert checkout.run([str(link), "verify"]).stdout == "running 1.0 verify\n"


def test_changed_pins_are_installed(checkout: Checkout) -> None:
    checkout.pin(make_wheel(checkout.wheels, "2.0"))
    assert "running 2.0 desk" in checkout.start().stdout


def test_a_package_that_is_not_the_pinned_one_is_refused(checkout: Checkout) -> None:
    good = make_wheel(checkout.wheels, "3.0")
    checkout.pin(good.replace("sha256:", "sha256:" + "0" * 8)[: len(good) - 1] + "\n")
    refused = checkout.start(LC_ALL="zh_CN.UTF-8")
    assert refused.returncode == 1
    assert "软件包安装失败" in refused.stderr
    checkout.pin(good)
    assert "running 3.0 desk" in checkout.start().stdout


def test_an_interrupted_set_up_begins_anew(checkout: Checkout) -> None:
    (checkout.venv / "unfinished").touch()
    (checkout.venv / "pyvenv.cfg").write_text("broken", "utf-8")
    (checkout.venv / SCRIPTS / "python").unlink()
    assert checkout.start().stdout.endswith("running 3.0 desk\n")


def test_an_environment_whose_python_has_gone_is_made_anew(checkout: Checkout) -> None:
    for name in checkout.venv.glob(f"{SCRIPTS}/python*"):
        name.unlink()
        name.symlink_to("/nowhere/python3")
    assert checkout.start().stdout.endswith("running 3.0 desk\n")


def test_help_needs_no_set_up(tmp_path: Path) -> None:
    shutil.copy(START, tmp_path)
    asked = subprocess.run(
        [sys.executable, str(tmp_path / "start.py"), "--help"], capture_output=True, check=True
    )
    assert b"start.py test" in asked.stdout
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="apt is of Debian")
@pytest.mark.parametrize(("works", "code"), [(True, 0), (False, 1)])
def test_a_missing_system_library_is_installed(checkout: Checkout, works: bool, code: int) -> None:
    start = checkout.folder / "start.py"
    asked = checkout.folder.parent / "asked"
    asked.unlink(missing_ok=True)
    start.write_text(START.read_text("utf-8").replace("libzbar.so.0", "libnothing.so.9"), "utf-8")
    record = f'#!/bin/sh\necho "$@" >> "{asked}"\nexit {0 if works else 1}\n'
    for name in ("apt-get", "sudo"):
        (checkout.commands / name).write_text(record, "utf-8")
        (checkout.commands / name).chmod(0o755)
    done = checkout.start()
    shutil.copy(START, start)
    update, install = asked.read_text("utf-8").splitlines()
    assert "update" in update
    assert "install" in install
    assert install.endswith("libzbar0")
    assert done.returncode == code
    assert ("running" in done.stdout) == works
