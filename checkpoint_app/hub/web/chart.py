"""The map: stations where they stand, drawn from their coordinates alone; no tile is fetched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Elsewhere, Frame
from checkpoint_app.hub.web.rail import OFFICE, WATCHING
from checkpoint_app.hub.web.wall import state_of
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.values import Device

WIDE, HIGH, EDGE = 1000.0, 640.0, 70.0  # of the drawing
_KM_PER_DEGREE = 111.32
_SCALES = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)  # kilometres

Point = tuple[float, float]


class Chart:
    """The page of the map."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [
            self._frame.show("/map", self.show, WATCHING),
            self._frame.take("/map", self.place, OFFICE),
        ]

    def show(self, asked: Asked) -> Answer:
        """The stations with coordinates, and a form to give one its place."""
        devices = [each for each in self._frame.store.devices() if each.status != "revoked"]
        placed = [each for each in devices if each.latitude is not None]
        drawing = Drawing(placed)
        spots = []
        for each in placed:
            tone, state = state_of(each, asked.now, asked.words)
            x, y = drawing.at(each)
            spots.append({"x": x, "y": y, "name": each.name, "tone": tone, "state": state})
        values = {
            "spots": spots,
            "outline": drawing.outline,
            "scale": drawing.scale,
            "wide": WIDE,
            "high": HIGH,
            "devices": devices,
            "here": "map",
        }
        return Drawn("map.html", values)

    def place(self, asked: Asked) -> Answer:
        """Give a station its place. Raises `StoreFault`: not_storable."""
        device = str(asked.form.get("device", ""))
        try:
            latitude = float(str(asked.form.get("latitude", "")))
            longitude = float(str(asked.form.get("longitude", "")))
        except ValueError:
            raise StoreFault("not_storable") from None
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # false for nan too
            raise StoreFault("not_storable")
        if self._frame.store.device(device) is None:
            raise StoreFault("not_found")
        self._frame.store.users.note(asked.who.name, "place", device, "", asked.now)
        self._frame.store.place(device, latitude, longitude)
        return Elsewhere("/map")


class Drawing:
    """From degrees to the drawing: an equirectangular view of the stations' own region."""

    def __init__(self, devices: Sequence[Device]) -> None:
        places = [(each.longitude or 0.0, each.latitude or 0.0) for each in devices] or [(0.0, 0.0)]
        east, north = [x for x, _ in places], [y for _, y in places]
        self._middle = ((min(east) + max(east)) / 2, (min(north) + max(north)) / 2)
        self._narrow = max(math.cos(math.radians(self._middle[1])), 0.05)
        across = max((max(east) - min(east)) * self._narrow, 0.02)
        down = max(max(north) - min(north), 0.02)
        self._zoom = min((WIDE - 2 * EDGE) / across, (HIGH - 2 * EDGE) / down)
        hull = _hull([self._point(x, y) for x, y in places])
        self.outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in _grown(hull))

    def at(self, device: Device) -> Point:
        """Where a station stands in the drawing."""
        return self._point(device.longitude or 0.0, device.latitude or 0.0)

    @property
    def scale(self) -> tuple[float, float]:
        """Kilometres of a bar, and its length in the drawing."""
        per_km = self._zoom / _KM_PER_DEGREE
        kilometres = max([each for each in _SCALES if each * per_km <= 180] or [_SCALES[0]])
        return kilometres, round(kilometres * per_km, 1)

    def _point(self, longitude: float, latitude: float) -> Point:
        x = WIDE / 2 + (longitude - self._middle[0]) * self._narrow * self._zoom
        y = HIGH / 2 - (latitude - self._middle[1]) * self._zoom
        return round(x, 1), round(y, 1)


def _hull(points: Sequence[Point]) -> list[Point]:
    """The convex outline of points (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(some: Sequence[Point]) -> list[Point]:
        chain: list[Point] = []
        for point in some:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _grown(hull: Sequence[Point], by: float = 44.0) -> list[Point]:
    """The outline moved outward a little, rounded at the corners."""
    around = [(math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)) for turn in range(16)]
    return _hull([(x + by * dx, y + by * dy) for x, y in hull for dx, dy in around])
