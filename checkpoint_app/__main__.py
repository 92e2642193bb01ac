"""The command line: `checkpoint desk`, `read`, `screen`, `register` and the rest."""

from __future__ import annotations

import argparse
import logging
import os
import sys

from checkpoint_app import __version__
from checkpoint_app.commands import (
    case,
    duty,
    hub,
    keeping,
    lists,
    paper,
    policy,
    reading,
    rights,
    screening,
    syncing,
    trust,
    window,
)
from checkpoint_app.commands.console import Console, Refused
from checkpoint_app.devices.ports import DeviceFault
from checkpoint_app.i18n.reasons import fault_text, system_fault_text
from checkpoint_app.i18n.rules import policy_fault_text
from checkpoint_app.shipped_rules import RulesFault
from checkpoint_app.store.station import StoreFault
from checkpoint_app.sync.faults import SyncFault


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser("checkpoint", description="Checkpoint Desk 卡点查验台")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for group in (
        window,
        reading,
        screening,
        keeping,
        duty,
        paper,
        rights,
        case,
        lists,
        policy,
        trust,
        syncing,
        hub,
    ):
        group.add(commands)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0 done, 1 refused (one line on standard error), 2 wrong usage."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    console = Console.of(parser().parse_args(arguments))
    try:
        return int(console.arguments.run(console))
    except Refused as refused:
        return _refuse(str(refused))
    except (StoreFault, DeviceFault, SyncFault) as fault:
        return _refuse(fault_text(fault.code, console.translate))
    except RulesFault as fault:
        return _refuse(f"{fault.file.name}: {policy_fault_text(fault.fault, console.translate)}")
    except BrokenPipeError:
        # The reader of our output has gone; nothing more can be said to anyone.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        return _refuse(system_fault_text(fault, console.translate))
    except KeyboardInterrupt:
        return 1


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
