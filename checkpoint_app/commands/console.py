"""What all commands share: where the data is, how to answer, how to refuse."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from checkpoint_app.i18n import Translate, translator
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.settings import Settings, data_folder, load
from checkpoint_app.store.station import Station, StoreFault, Use

T = TypeVar("T")


class Refused(Exception):
    """The command can't be done; the message is one translated line for the user."""


@dataclass(frozen=True, slots=True)
class Console:
    """One call of the command line."""

    arguments: argparse.Namespace
    folder: Path
    settings: Settings
    translate: Translate
    now: datetime
    fault: str | None = None  # what was wrong with the settings

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Console:
        """The console for parsed arguments."""
        folder = data_folder(arguments.data)
        settings, fault = load(folder)
        return cls(
            arguments,
            folder,
            settings,
            translator(settings.language),
            datetime.now().astimezone(),
            fault,
        )

    def tell(self, answer: dict[str, Any], sentence: str) -> None:
        """Answer with one JSON object, or with a sentence for people."""
        print(json.dumps(answer, ensure_ascii=False) if self.arguments.json else sentence)
        sys.stdout.flush()

    def refuse(self, code: str) -> Refused:
        """The exception for a fault code."""
        return Refused(fault_text(code, self.translate))

    def open(self, use: Use) -> Station:
        """The station's store, asking for the passphrase where one is set. Raises StoreFault."""
        return self.with_passphrase(
            lambda given: Station.open(self.folder, passphrase=given, now=self.now, use=use)
        )

    def open_kept(self) -> Station:
        """The store of a station that exists, beside its desk. Raises StoreFault."""
        if not self.has_store:
            raise StoreFault("no_station")
        return self.open(Use.COMMAND)

    @property
    def has_store(self) -> bool:
        """Whether a station was ever begun in the data folder."""
        return (self.folder / "keys.json").exists()

    def secret(self, file: str) -> str:
        """What a file of a passphrase, a password or a PIN holds, without its line end."""
        try:
            return Path(file).read_text("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError:
            raise Refused(f"{fault_text('file_no_text', self.translate)}: {file}") from None

    def with_passphrase(self, job: Callable[[str | None], T]) -> T:
        """Do what may need the passphrase: from its file, else asked for at the terminal."""
        file = self.arguments.passphrase_file
        if file:
            return job(self.secret(file))
        try:
            return job(None)
        except StoreFault as fault:
            if fault.code != "passphrase_needed" or not sys.stdin.isatty():
                raise
        return job(getpass.getpass(self.translate("Passphrase: ")))


def add_common(parser: argparse.ArgumentParser) -> None:
    """`--json`, `--data` and `--passphrase-file`, accepted after the subcommand."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--data", metavar="DIR", help="the station's data folder")
    parser.add_argument("--passphrase-file", metavar="FILE", help="read the passphrase from here")
