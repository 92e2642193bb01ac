"""Prepare everything and open the desk: `python3 start.py` (Windows: `py start.py`).

    start.py                 open the desk
    start.py COMMAND [...]   any command of the program: screen, read, register, trust, ...
    start.py test [...]      the whole test suite; further words go to pytest
    start.py bench [...]     the measurements: [AREA ...] [--codes DIR] [--pages DIR] [--json]
    start.py soak [...]      the long trials of hub and stations: [--share 0.1] [--into FILE]
    start.py build [--try]   a folder in dist/ that runs with no Python; --try runs it

The first run installs what is missing: system libraries (apt, on Debian and Ubuntu), a Python
environment in `.venv`, the pinned packages in it. Later runs only look whether that still holds,
need no network, and start at once. Standard library only: nothing is installed yet.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import io
import json
import locale
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "prepared.json"  # what the environment was prepared from; absent while it is not
UNFINISHED = VENV / "unfinished"  # stands while packages are being installed

OLDEST = (3, 11)
VERSION = "import sys; print('%d.%d' % sys.version_info[:2], sys.maxsize)"

# Shared library that must load -> Debian package that brings it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzbar.so.0": "libzbar0",
}

# Command that must be found -> Debian package that brings it.
COMMANDS = {"lp": "cups-client"}
TEST_COMMANDS = {
    "cupsd": "cups",
    "ippeveprinter": "cups-ipp-utils",
    "dbus-daemon": "dbus",
    "avahi-daemon": "avahi-daemon",
    "chromium": "chromium",
}
BUILD_COMMANDS = {"objdump": "binutils", "objcopy": "binutils"}


class Stopped(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def main(words: list[str]) -> int:
    """Prepare what the command needs, then become the command. Returns its exit code."""
    _speak_safely()
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    command, rest = (words[0], words[1:]) if words else ("desk", [])
    try:
        _check_python(words)
        with _one_at_a_time():
            prepare(command)
    except Stopped as why:
        print(f"\n{why}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n" + _say("Stopped; run it again to go on.", "已中断；再运行一次即可继续。"))
        return 130
    return _become(command, rest)


def prepare(command: str) -> None:
    """Bring system libraries, environment and packages to what `command` needs."""
    _system_libraries(command)
    wanted = _wanted(developing=command in ("test", "bench", "soak", "build"))
    if _prepared(wanted):
        return
    _environment()
    _packages(wanted)
    _launcher()
    STAMP.write_text(json.dumps(wanted | {"python": _ask_venv(VERSION)}), "utf-8")
    UNFINISHED.unlink()


def _wanted(developing: bool) -> dict[str, str]:
    """The pinned files to install, each with its digest."""
    files = ["requirements.txt", "requirements-dev.txt"] if developing else ["requirements.txt"]
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}


def _prepared(wanted: dict[str, str]) -> bool:
    """Whether `.venv` was finished with these very pins, under the Python that it runs on now."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    if UNFINISHED.exists() or not isinstance(stamp, dict) or not stamp.items() >= wanted.items():
        return False
    return stamp.get("python") == _ask_venv(VERSION)


# --- System libraries ---------------------------------------------------------------------------


def _system_libraries(command: str) -> None:
    """On Linux: install what is missing with apt, or say which it is where there is no apt."""
    if not sys.platform.startswith("linux"):
        return
    missing = {name: package for name, package in LIBRARIES.items() if not _loads(name)}
    commands = COMMANDS | {"test": TEST_COMMANDS, "build": BUILD_COMMANDS}.get(command, {})
    missing |= {name: package for name, package in commands.items() if not _found(name)}
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing["ensurepip"] = f"python3.{sys.version_info.minor}-venv"
    if command == "build" and not _shared_python():
        missing["libpython"] = f"libpython3.{sys.version_info.minor}"
    if missing:
        _install(sorted(set(missing.values())))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _found(command: str) -> bool:
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    return shutil.which(command, path=places) is not None


def _shared_python() -> bool:
    """A folder built by PyInstaller carries Python as a shared library."""
    version = f"libpython3.{sys.version_info.minor}.so.1.0"
    return _loads(version) or (Path(sys.base_prefix) / "lib" / version).exists()


def _install(packages: list[str]) -> None:
    listed = " ".join(packages)
    if shutil.which("apt-get") is None:
        _report(
            _say("These system packages seem to be missing: ", "似乎缺少这些系统软件包：") + listed
        )
        return
    _report(_say("Installing system packages: ", "正在安装系统软件包：") + listed)
    apt = [*_as_root(listed), "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    # Old lists may do: what counts is the next step.
    subprocess.call([*apt, "update", "-q"], stdout=sys.stderr)
    line = [*apt, "install", "-q", "-y", "--no-install-recommends", *packages]
    done = subprocess.call(line, stdout=sys.stderr)
    if done != 0:
        raise Stopped(
            _say(
                "The system packages could not be installed: the lines above say why. Run this "
                "again when it is mended, or ask an administrator to run:",
                "系统软件包安装失败，原因见上面的提示。处理后再运行一次，或请管理员运行：",
            )
            + f"\n    apt-get install {listed}"
        )


def _as_root(listed: str) -> list[str]:
    """What goes before apt-get so that it runs as root and asks nothing itself."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo") is None:
        raise Stopped(
            _say(
                "Not root, and there is no sudo here. Ask an administrator to run:",
                "当前不是管理员，也没有 sudo。请管理员运行：",
            )
            + f"\n    apt-get install {listed}"
        )
    asking = [] if sys.stdin is not None and sys.stdin.isatty() else ["-n"]
    return ["sudo", *asking, *quiet]


# --- Environment and packages -------------------------------------------------------------------


def _environment() -> None:
    """Make `.venv`; anew when it is broken or was left half made."""
    usable = not UNFINISHED.exists() and _ask_venv("import pip, sys; print(sys.version_info[1])")
    if usable and int(usable) >= OLDEST[1]:
        UNFINISHED.touch()
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    _report(_say("Making the environment .venv", "正在建立运行环境 .venv"))
    line = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.call(line, env=_clean(), stdout=sys.stderr) != 0:
        raise Stopped(_say("The environment could not be made.", "运行环境建立失败。"))


def _ask_venv(program: str) -> str:
    """What a short program prints in the environment; nothing when that Python does not run."""
    try:
        asked = subprocess.run([str(PYTHON), "-c", program], capture_output=True, env=_clean())
    except OSError:
        return ""
    return asked.stdout.decode("ascii", "replace").strip() if asked.returncode == 0 else ""


def _packages(wanted: dict[str, str]) -> None:
    """Install what is pinned; what the packages depend on is pinned with them."""
    _report(
        _say(
            "Installing packages (the first time some 300 MB, a few minutes)",
            "正在安装软件包（首次约 300 MB，需要几分钟）",
        )
    )
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
    pip += ["--no-warn-script-location", "--require-hashes", "--only-binary", ":all:"]
    for name in wanted:
        pip += ["-r", str(ROOT / name)] if name.endswith(".txt") else []
    if subprocess.call(pip, env=_clean(), stdout=sys.stderr) != 0:
        raise Stopped(
            _say(
                "The packages could not be installed. Look at the lines above; check the network "
                "and the free disk space, then run this again.",
                "软件包安装失败。请查看上面的提示，检查网络和磁盘空间后再运行一次。",
            )
        )


def _launcher() -> None:
    """`.venv/bin/checkpoint`, and the program importable. Relative, so any path and a move do."""
    packages = next(iter(VENV.glob("[Ll]ib/**/site-packages")))
    up = os.path.relpath(ROOT, packages.resolve())
    (packages / "checkpoint_desk.pth").write_text(up + "\n", "ascii")
    if WINDOWS:
        text = '@"%~dp0python.exe" -P -m checkpoint_app %*\r\n'
        (SCRIPTS / "checkpoint.cmd").write_bytes(text.encode("ascii"))
        return
    text = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P -m checkpoint_app "$@"\n'
    script = SCRIPTS / "checkpoint"
    script.write_text(text, "ascii")
    script.chmod(0o755)


# --- Running ------------------------------------------------------------------------------------


def _become(command: str, rest: list[str]) -> int:
    module = {
        "test": ["-m", "pytest"],
        "bench": ["-P", "-m", "tools.bench"],
        "soak": ["-P", "-m", "tools.soak"],
        "build": ["-m", "tools.build"],
    }.get(command, ["-P", "-m", "checkpoint_app", command])
    if command in ("test", "build"):
        os.chdir(ROOT)
    line = [str(PYTHON), *module, *rest]
    if WINDOWS:
        with contextlib.suppress(KeyboardInterrupt):
            return subprocess.call(line, env=_clean())
        return 130
    sys.stdout.flush()
    os.execve(line[0], line, _clean())


def _check_python(words: list[str]) -> None:
    """Go on under a newer Python of this machine when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        newer = shutil.which(name)
        if newer:
            os.execv(newer, [newer, str(ROOT / "start.py"), *words])
    raise Stopped(
        _say(
            f"Python 3.11 or newer is needed; this is {platform.python_version()}.",
            f"需要 Python 3.11 或更新版本；当前是 {platform.python_version()}。",
        )
    )


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let a second start wait for the first one's set-up. The lock is on this very file."""
    with Path(__file__).open("rb") as lock:
        _lock(lock.fileno())
        yield


def _lock(file: int) -> None:
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
        return
    import msvcrt

    os.lseek(file, 1 << 30, os.SEEK_SET)  # a byte far behind the end, which nobody reads
    while True:
        with contextlib.suppress(OSError):  # it gives up after ten seconds
            msvcrt.locking(file, msvcrt.LK_LOCK, 1)
            return


def _clean() -> dict[str, str]:
    """Our environment without what would lead Python to packages outside `.venv`."""
    leading_away = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_USER")
    return {key: value for key, value in os.environ.items() if key not in leading_away}


def _report(sentence: str) -> None:
    """Say what is being prepared; standard output is the command's own."""
    print(sentence, file=sys.stderr, flush=True)


def _say(english: str, chinese: str) -> str:
    language = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return chinese if language.lower().startswith(("zh", "chinese")) else english


def _speak_safely() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
