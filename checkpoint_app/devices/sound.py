"""What is heard at the desk: short sounds by the system's own player, and spoken prompts.

Nothing here blocks or fails: without a player, a device or a voice the desk is silent. The WAV
files under `resources/sounds` are drawn by `tools/draw_sounds.py`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from checkpoint_app.devices.ports import Sound, Speaker
from checkpoint_app.i18n import Translate
from checkpoint_app.resources import resource
from checkpoint_app.settings import Settings

REPEATED = frozenset({Sound.STOP})  # until acknowledged
BETWEEN = 0.9  # seconds between two repetitions; on Windows the file's own pause does it
WATCHED_EVERY = 0.03  # seconds

_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))


def sound_file(sound: Sound) -> Path:
    """The WAV file of a sound."""
    return resource("sounds", f"{sound.value}.wav")


class Player(Protocol):
    """Plays one file at a time and returns at once."""

    def play(self, file: Path, repeated: bool) -> None: ...
    def silence(self) -> None: ...


class CommandPlayer:
    """A player that is a program of the system, started anew for every sound."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._enough = threading.Event()

    def play(self, file: Path, repeated: bool) -> None:
        """End the sound before this one; starting a program takes time, so a thread does it."""
        self.run(str(file), repeated=repeated)

    def silence(self) -> None:
        """End what is heard."""
        self._enough.set()

    def run(self, *words: str, repeated: bool = False) -> None:
        """Run the program with these words at its end, instead of what it is running."""
        self.silence()
        self._enough = enough = threading.Event()
        line = [*self._command, *words]
        threading.Thread(
            target=_run, args=(line, repeated, enough), name="sound", daemon=True
        ).start()


def _run(line: list[str], repeated: bool, enough: threading.Event) -> None:
    """Once, or until `enough`; a program that fails (no device) isn't tried again."""
    while not enough.is_set():
        try:
            process = subprocess.Popen(
                line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError:
            return
        while process.poll() is None:
            if enough.wait(WATCHED_EVERY):
                process.terminate()
                process.wait()
                return
        if not repeated or process.returncode != 0:
            return
        enough.wait(BETWEEN)


class WindowsPlayer:
    """The player of the Windows system itself."""

    def play(self, file: Path, repeated: bool) -> None:
        """End the sound before this one and start it."""
        if sys.platform == "win32":
            import winsound

            how = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            self._ask(str(file), how | (winsound.SND_LOOP if repeated else 0))

    def silence(self) -> None:
        """End what is heard."""
        self._ask(None, 0)

    def _ask(self, file: str | None, how: int) -> None:
        if sys.platform == "win32":
            import contextlib
            import winsound

            with contextlib.suppress(RuntimeError):  # no device
                winsound.PlaySound(file, how)


def system_player() -> Player | None:
    """This machine's player, None where there is none."""
    if sys.platform == "win32":
        return WindowsPlayer()
    for command in _PLAYERS:
        if shutil.which(command[0]):
            return CommandPlayer(command)
    return None


class SystemSpeaker:
    """The desk's sounds by a player; silent without one."""

    def __init__(self, player: Player | None) -> None:
        self._player = player

    def play(self, sound: Sound) -> None:
        """Play at once, instead of what is heard; a stop goes on until `stop`."""
        if self._player is not None:
            self._player.play(sound_file(sound), sound in REPEATED)

    def stop(self) -> None:
        """Acknowledge: end what is heard."""
        if self._player is not None:
            self._player.silence()


def phrases(translate: Translate) -> dict[Sound, str]:
    """What is said with each sound; a scan alone says nothing."""
    return {
        Sound.PASS: translate("Please go on"),
        Sound.ATTENTION: translate("Please wait to be registered"),
        Sound.STOP: translate("Please stop and wait here"),
        Sound.ASK: translate("Please show your code once more"),
    }


class SpokenSpeaker:
    """A speaker that also says a phrase, where the machine has a voice."""

    def __init__(
        self, inner: Speaker, said: Mapping[Sound, str], command: Sequence[str] | None
    ) -> None:
        self._inner = inner
        self._said = said
        self._voice = CommandPlayer(command) if command else None

    def play(self, sound: Sound) -> None:
        """Play the sound and say its phrase once."""
        self._inner.play(sound)
        if self._voice is not None and sound in self._said:
            self._voice.run(self._said[sound])

    def stop(self) -> None:
        """End both."""
        self._inner.stop()
        if self._voice is not None:
            self._voice.silence()


class DeskSpeaker:
    """The desk's speaker as its settings want it.

    One and the same as long as nothing about it changes: who sounds a stop must also end it.
    """

    def __init__(self, player: Callable[[], Player | None]) -> None:
        self._player = player
        self._wanted: tuple[bool, bool, str] | None = None
        self._speaker: Speaker | None = None

    def of(self, settings: Settings, translate: Translate) -> Speaker | None:
        """The speaker for these settings and this language; a former one ends what is heard."""
        wanted = (settings.sound, settings.voice, settings.language)
        if wanted != self._wanted:
            if self._speaker is not None:
                self._speaker.stop()
            self._wanted, self._speaker = wanted, self._new(settings, translate)
        return self._speaker

    def _new(self, settings: Settings, translate: Translate) -> Speaker | None:
        if not settings.sound:
            return None
        speaker = SystemSpeaker(self._player())
        if not settings.voice:
            return speaker
        return SpokenSpeaker(speaker, phrases(translate), voice_command(settings.language))


def voice_command(language: str) -> list[str] | None:
    """The command that says its last word aloud in "zh_CN" or "en", None where there is none."""
    if shutil.which("espeak-ng"):
        return ["espeak-ng", "-s", "165", "-v", "cmn" if language.startswith("zh") else "en"]
    if sys.platform == "win32" and shutil.which("powershell"):
        say = '(New-Object -ComObject SAPI.SpVoice).Speak("$args")'
        return ["powershell", "-NoProfile", "-Command", f"& {{ {say} }}"]
    return None
