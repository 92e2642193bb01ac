import io
import struct
import sys
import time
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.devices.ports import Sound, Speaker
from checkpoint_app.devices.sound import (
    CommandPlayer,
    DeskSpeaker,
    SpokenSpeaker,
    SystemSpeaker,
    phrases,
    sound_file,
    system_player,
)
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from tools.draw_sounds import DRAWN, drawn


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def noting(notes: Path, then: str = "") -> list[str]:
    """A player that notes what it was given, and how often."""
    program = f"import sys, time; open({str(notes)!r}, 'a').write(sys.argv[1] + '\\n'); {then}"
    return [sys.executable, "-S", "-c", program]


def noted(notes: Path) -> list[str]:
    return notes.read_text("utf-8").splitlines() if notes.exists() else []


def samples(file: bytes) -> tuple[int, ...]:
    with wave.open(io.BytesIO(file)) as read:
        frames = read.readframes(read.getnframes())
    return struct.unpack(f"<{len(frames) // 2}h", frames)


@pytest.mark.parametrize("sound", Sound)
def test_every_sound_is_a_file_as_it_was_drawn(sound: Sound) -> None:
    stored, fresh = sound_file(sound).read_bytes(), drawn(DRAWN[sound.value])
    assert len(stored) == len(fresh)
    assert all(abs(a - b) <= 1 for a, b in zip(samples(stored), samples(fresh), strict=True))
    with wave.open(str(sound_file(sound))) as read:
        assert read.getnframes() / read.getframerate() < 1.5


def test_a_sound_is_played_once(tmp_path: Path) -> None:
    speaker: Speaker = SystemSpeaker(CommandPlayer(noting(tmp_path / "notes")))
    speaker.play(Sound.PASS)
    assert until(lambda: noted(tmp_path / "notes") == [str(sound_file(Sound.PASS))])


def test_a_stop_goes_on_until_acknowledged(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    speaker = SystemSpeaker(CommandPlayer(noting(notes)))
    speaker.play(Sound.STOP)
    assert until(lambda: len(noted(notes)) >= 2)
    speaker.stop()
    time.sleep(0.3)
    before = len(noted(notes))
    time.sleep(1.2)
    assert len(noted(notes)) == before


def test_the_next_sound_ends_the_one_before(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    speaker = SystemSpeaker(CommandPlayer(noting(notes, "time.sleep(60)")))
    speaker.play(Sound.STOP)
    assert until(lambda: len(noted(notes)) == 1)
    speaker.play(Sound.PASS)
    assert until(lambda: len(noted(notes)) == 2)
    speaker.stop()


def test_a_machine_without_a_sound_device_is_silent_not_busy(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    speaker = SystemSpeaker(CommandPlayer(noting(notes, "sys.exit(1)")))
    speaker.play(Sound.STOP)
    assert until(lambda: len(noted(notes)) == 1)
    time.sleep(1.2)
    assert len(noted(notes)) == 1


def test_no_player_or_a_vanished_one_is_no_fault() -> None:
    for player in (None, CommandPlayer(["/there/is/no/such/player"]), system_player()):
        speaker = SystemSpeaker(player)
        speaker.play(Sound.ATTENTION)
        speaker.stop()


def test_a_voice_says_the_phrase_with_the_sound(tmp_path: Path) -> None:
    notes, said = tmp_path / "notes", phrases(translator("zh_CN"))
    speaker = SpokenSpeaker(SystemSpeaker(None), said, noting(notes))
    speaker.play(Sound.SCAN)
    speaker.play(Sound.STOP)
    assert until(lambda: noted(notes) == ["请在此等候"])
    speaker.stop()


def test_no_voice_leaves_the_sounds(tmp_path: Path) -> None:
    speaker = SpokenSpeaker(SystemSpeaker(CommandPlayer(noting(tmp_path / "notes"))), {}, None)
    speaker.play(Sound.PASS)
    assert until(lambda: len(noted(tmp_path / "notes")) == 1)
    speaker.stop()


class SilentPlayer:
    """Knows what is heard."""

    def __init__(self) -> None:
        self.heard: Path | None = None

    def play(self, file: Path, repeated: bool) -> None:
        self.heard = file

    def silence(self) -> None:
        self.heard = None


def test_a_stop_that_sounds_can_be_ended_whatever_was_asked_for_between() -> None:
    players: list[SilentPlayer] = []

    def player() -> SilentPlayer:
        players.append(SilentPlayer())
        return players[-1]

    desk, settings, translate = DeskSpeaker(player), Settings(), translator("en")
    sounding = desk.of(settings, translate)
    assert sounding is not None
    sounding.play(Sound.STOP)
    again = desk.of(replace(settings, site_name="another"), translate)
    assert again is sounding
    again.stop()
    assert [each.heard for each in players] == [None]


@pytest.mark.parametrize("change", [{"sound": False}, {"voice": True}, {"language": "en"}])
def test_another_speaker_ends_what_the_former_one_sounded(change: dict[str, object]) -> None:
    player, translate = SilentPlayer(), translator("en")
    desk, settings = DeskSpeaker(lambda: player), Settings(language="zh_CN")
    sounding = desk.of(settings, translate)
    assert sounding is not None
    sounding.play(Sound.STOP)
    other = desk.of(replace(settings, **change), translate)  # type: ignore[arg-type]
    assert other is not sounding
    assert player.heard is None
