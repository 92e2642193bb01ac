"""Draw the desk's sounds into `resources/sounds`: `python -m tools.draw_sounds`.

Five short WAV files made of plain tones, told apart by number and height alone: one short high,
two, three low, a rising question, a tick.
"""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RATE = 22_050  # samples a second
LOUDNESS = 0.6  # of what 16 bits hold
FADE = 0.008  # seconds at both ends of a tone, or it clicks
OVERTONES = (1.0, 0.35, 0.15)  # small loudspeakers hardly sound a low tone without them
SOUNDS = Path(__file__).resolve().parent.parent / "resources" / "sounds"


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone that glides from one height to another (Hz), then silence; times in seconds."""

    start: float
    end: float
    lasts: float
    silence: float = 0.0


DRAWN: dict[str, tuple[Tone, ...]] = {
    "pass": (Tone(1568, 1568, 0.13),),
    "attention": (Tone(880, 880, 0.14, 0.10), Tone(880, 880, 0.14)),
    "stop": (Tone(311, 311, 0.24, 0.11), Tone(311, 311, 0.24, 0.11), Tone(311, 311, 0.24, 0.45)),
    "ask": (Tone(587, 587, 0.11, 0.03), Tone(587, 880, 0.20)),
    "scan": (Tone(2093, 2093, 0.04),),
}


def drawn(tones: tuple[Tone, ...]) -> bytes:
    """The WAV file of some tones: mono, 16 bits."""
    samples = [round(32767 * LOUDNESS * each) for tone in tones for each in _samples(tone)]
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def _samples(tone: Tone) -> Iterator[float]:
    count, phase = round(tone.lasts * RATE), 0.0
    for place in range(count):
        phase += math.tau * (tone.start + (tone.end - tone.start) * place / count) / RATE
        fade = min(1.0, place / (FADE * RATE), (count - place) / (FADE * RATE))
        voices = (part * math.sin(phase * (n + 1)) for n, part in enumerate(OVERTONES))
        yield fade * sum(voices) / sum(OVERTONES)
    yield from (0.0 for _ in range(round(tone.silence * RATE)))


def main() -> None:
    """Write every sound."""
    SOUNDS.mkdir(parents=True, exist_ok=True)
    for name, tones in DRAWN.items():
        (SOUNDS / f"{name}.wav").write_bytes(drawn(tones))


if __name__ == "__main__":
    main()
