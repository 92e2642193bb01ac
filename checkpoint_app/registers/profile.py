"""The sRGB colour profile (IEC 61966-2-1) that an archival PDF carries, made here: always the same
bytes, in version 2 of the format (ICC.1:2001-04), which every reader knows."""

from __future__ import annotations

import struct

_D50 = (0.9642, 1.0, 0.82491)
# The colourants of sRGB, adapted to D50.
_COLOURANTS = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.7141),
}
_STEPS = 256
_HEADER = 128
_NAME = b"sRGB IEC61966-2.1"


def srgb_profile() -> bytes:
    """The profile's bytes."""
    curve = _curve()
    tags = {
        b"desc": _description(_NAME),
        b"cprt": b"text\0\0\0\0Public domain\0",
        b"wtpt": _xyz(_D50),
        **{tag: _xyz(values) for tag, values in _COLOURANTS.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    start = _HEADER + 4 + 12 * len(tags)
    table, body, places = [struct.pack(">I", len(tags))], b"", dict[bytes, int]()
    for tag, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table.append(tag + struct.pack(">II", places[data], len(data)))
    return _header(start + len(body)) + b"".join(table) + body


def _header(size: int) -> bytes:
    """For a display, RGB to XYZ, made on 1 January 2022."""
    made = struct.pack(">6H", 2022, 1, 1, 0, 0, 0)
    kind = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head = kind + made + b"acsp" + bytes(28) + _numbers(_D50)
    return head + bytes(_HEADER - len(head))


def _numbers(values: tuple[float, ...]) -> bytes:
    """As s15Fixed16."""
    return struct.pack(f">{len(values)}i", *(round(each * 65536) for each in values))


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + _numbers(values)


def _curve() -> bytes:
    steps = (_linear(step / (_STEPS - 1)) for step in range(_STEPS))
    values = [round(each * 65535) for each in steps]
    return b"curv\0\0\0\0" + struct.pack(f">I{_STEPS}H", _STEPS, *values)


def _linear(shade: float) -> float:
    return shade / 12.92 if shade <= 0.04045 else float(((shade + 0.055) / 1.055) ** 2.4)


def _description(name: bytes) -> bytes:
    """textDescriptionType: the name once in ASCII; no Unicode, no Macintosh text."""
    ascii_part = struct.pack(">I", len(name) + 1) + name + b"\0"
    return b"desc\0\0\0\0" + ascii_part + bytes(8) + bytes(3) + bytes(67)
