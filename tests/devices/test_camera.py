from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from checkpoint_app.devices.camera import (
    FOOTAGE,
    LiveCamera,
    PlayedCamera,
    is_address,
    open_camera,
    read_all,
)
from checkpoint_app.devices.ports import Camera, Condition, DeviceFault, Frame

PATIENCE = 10.0  # seconds that a test waits at most


def flat(value: int, width: int = 64, height: int = 48) -> Frame:
    return np.full((height, width, 3), value, np.uint8)


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.005)


class Plug:
    """A camera that can be pulled out: stands where OpenCV's capture would."""

    def __init__(self) -> None:
        self.inside = threading.Event()
        self.opened = 0
        self.released = 0

    def open(self, source: int | str) -> PluggedCapture:
        self.opened += 1
        return PluggedCapture(self)


class PluggedCapture:
    def __init__(self, plug: Plug) -> None:
        self.plug = plug

    def isOpened(self) -> bool:  # noqa: N802
        return self.plug.inside.is_set()

    def read(self) -> tuple[bool, Frame | None]:
        time.sleep(0.002)
        return (True, flat(7)) if self.plug.inside.is_set() else (False, None)

    def release(self) -> None:
        self.plug.released += 1


@pytest.fixture
def running() -> Iterator[Callable[[Camera], Camera]]:
    started: list[Camera] = []

    def run(camera: Camera) -> Camera:
        camera.start()
        started.append(camera)
        return camera

    yield run
    for camera in started:
        camera.stop()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Twelve frames at 30 a second, each brighter than the last."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30.0, (64, 48))
    for number in range(12):
        writer.write(flat(number * 20))
    writer.release()
    return path


def test_pulling_the_camera_out_and_putting_it_back(running) -> None:
    plug = Plug()
    camera = running(LiveCamera(0, open_capture=plug.open, retry_after=0.01))
    wait_for(lambda: camera.state.condition is Condition.LOST and camera.state.tries > 2)
    assert camera.state.fault == "no_camera"

    plug.inside.set()
    wait_for(lambda: camera.state.condition is Condition.READY)
    assert camera.state.tries == 0
    first = camera.newest(0, PATIENCE)
    assert first is not None
    assert camera.frames_per_second > 0

    plug.inside.clear()
    wait_for(lambda: camera.state.condition is Condition.LOST)
    assert camera.state.fault == "camera_gone"
    last = camera.newest(0, 0.0)
    assert last is not None
    assert camera.newest(last.number, 0.05) is None

    plug.inside.set()
    again = camera.newest(last.number, PATIENCE)
    assert again is not None
    assert again.number > last.number
    wait_for(lambda: camera.state.condition is Condition.READY)


def test_every_opened_capture_is_released(running) -> None:
    plug = Plug()
    plug.inside.set()
    camera = running(LiveCamera(0, open_capture=plug.open, retry_after=0.01))
    assert camera.newest(0, PATIENCE) is not None
    camera.stop()
    assert plug.released == plug.opened
    assert camera.state.condition is Condition.OFF


def test_a_capture_that_raises_is_a_lost_camera(running) -> None:
    def broken(source: int | str) -> PluggedCapture:
        raise cv2.error("no backend")

    camera = running(LiveCamera(3, open_capture=broken, retry_after=0.01))
    wait_for(lambda: camera.state.condition is Condition.LOST)
    assert camera.state.label == "3"


def test_a_slow_reader_gets_the_newest_picture_only(running) -> None:
    plug = Plug()
    plug.inside.set()
    camera = running(LiveCamera(0, open_capture=plug.open))
    first = camera.newest(0, PATIENCE)
    assert first is not None
    time.sleep(0.1)
    later = camera.newest(first.number, PATIENCE)
    assert later is not None
    assert later.number > first.number + 1
    assert later.taken_at > first.taken_at


def test_a_camera_starts_again_after_stop(running) -> None:
    plug = Plug()
    plug.inside.set()
    camera = running(LiveCamera(0, open_capture=plug.open))
    first = camera.newest(0, PATIENCE)
    assert first is not None
    camera.stop()
    camera.start()
    wait_for(lambda: camera.newest(first.number + 1, 0.1) is not None)


def test_a_film_plays_to_its_end(running, film: Path, tmp_path: Path) -> None:
    camera = running(open_camera(str(film), tmp_path))
    wait_for(lambda: camera.state.condition is Condition.ENDED)
    assert camera.state.fault is None
    last = camera.newest(0, 0.0)
    assert last is not None
    assert last.number == 12
    assert abs(int(last.frame.mean()) - 220) < 6


def test_the_demo_goes_round(running, film: Path, tmp_path: Path) -> None:
    film.rename(tmp_path / FOOTAGE)
    camera = running(open_camera("demo", tmp_path))
    wait_for(lambda: (camera.newest(0, 0.1) or camera.newest(0, PATIENCE)).number > 14)
    assert camera.state.condition is Condition.READY
    assert camera.state.label == "demo"


def test_reading_a_film_leaves_no_frame_out(film: Path, tmp_path: Path) -> None:
    pictures = list(read_all(str(film), tmp_path))
    assert [each.number for each in pictures] == list(range(1, 13))
    assert pictures[-1].taken_at == pytest.approx(11 / 30)
    assert [round(each.frame.mean() / 20) for each in pictures] == list(range(12))


def test_a_folder_shows_its_images_in_turn_with_a_pause(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "b.png"), flat(200))
    cv2.imwrite(str(tmp_path / "a.jpg"), flat(100))
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n nothing")
    (tmp_path / "notes.txt").write_text("no image")
    pictures = list(read_all(str(tmp_path), tmp_path))
    shown = [round(float(each.frame.mean())) for each in pictures]
    turns = [value for value, before in zip(shown, [None, *shown], strict=False) if value != before]
    assert turns == [100, 0, 200, 0]
    assert [each.number for each in pictures] == list(range(1, len(pictures) + 1))
    assert pictures[0].frame.shape == (48, 64, 3)


def test_a_large_image_is_shown_smaller(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    cv2.imwrite(str(path), flat(9, 4000, 1000))
    assert next(read_all(str(path), tmp_path)).frame.shape == (480, 1920, 3)


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_a_source_that_is_not_there(make, tmp_path: Path, running) -> None:
    path = tmp_path / "nothing"
    make(path)
    with pytest.raises(DeviceFault) as fault:
        next(read_all(str(path), tmp_path))
    assert fault.value.code == "source_gone"
    camera = running(PlayedCamera(path))
    wait_for(lambda: camera.state.condition is Condition.ENDED)
    assert camera.state.fault == "source_gone"


def test_a_file_that_is_no_film(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"not a film" * 100)
    with pytest.raises(DeviceFault):
        next(read_all(str(path), tmp_path))


class Mjpeg(BaseHTTPRequestHandler):
    """Pictures without end, as network cameras send them."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        jpeg = cv2.imencode(".jpg", flat(120, 320, 240))[1].tobytes()
        head = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(jpeg)
        try:
            while not self.server.silent.is_set():
                self.wfile.write(head + jpeg + b"\r\n")
                time.sleep(0.01)
        except OSError:
            pass  # the viewer went away

    def log_message(self, *words: object) -> None:
        pass


class Network(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Mjpeg)
        self.silent = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://guard:secret@127.0.0.1:{self.server_port}/stream"


@pytest.fixture
def network() -> Iterator[Network]:
    server = Network()
    yield server
    server.silent.set()
    server.shutdown()
    server.server_close()


def test_a_network_camera_comes_lost_and_comes_back(running, network: Network) -> None:
    camera = running(LiveCamera(network.address, retry_after=0.01))
    picture = camera.newest(0, PATIENCE)
    assert picture is not None
    assert picture.frame.shape == (240, 320, 3)
    network.silent.set()
    wait_for(lambda: camera.state.condition is Condition.LOST)
    assert camera.state.fault == "camera_gone"
    network.silent.clear()
    wait_for(lambda: camera.state.condition is Condition.READY)


def test_a_network_camera_is_named_without_its_password(tmp_path: Path) -> None:
    camera = open_camera("rtsp://guard:secret@127.0.0.1:554/live?key=1", tmp_path)
    assert camera.state.label == "rtsp://127.0.0.1:554"


def test_reading_a_camera_gives_its_pictures(network: Network, tmp_path: Path) -> None:
    pictures = read_all(network.address, tmp_path)
    numbers = [each.number for each in islice(pictures, 3)]
    pictures.close()
    assert numbers == sorted(set(numbers))


def test_an_address_where_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(DeviceFault):
        next(read_all("http://127.0.0.1:9/stream", tmp_path))


@pytest.mark.parametrize(
    ("choice", "label"), [("", "0"), (" 2 ", "2"), ("demo", "demo"), ("queue.mp4", "queue.mp4")]
)
def test_what_a_choice_opens(choice: str, label: str, tmp_path: Path) -> None:
    camera = open_camera(choice, tmp_path)
    assert camera.state.label == label
    assert camera.state.condition is Condition.OFF


def test_only_known_schemes_are_addresses() -> None:
    assert is_address("RTSP://camera/1")
    assert not is_address("concat:/etc/passwd")
    assert not is_address("file:///etc/passwd")
    assert not is_address("C:\\films\\queue.mp4")
