import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import serial
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.devices.ports import Condition, LineSource
from checkpoint_app.devices.serial_line import LONGEST_LINE, LineJoiner, SerialLines, scanned

Lines = queue.Queue[str]


def until(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


class Port:
    """A loop:// port that a test can write to and pull out."""

    def __init__(self) -> None:
        self.there = True
        self.wire: serial.Serial | None = None

    def open(self, url: str, baud: int, timeout: float) -> serial.Serial:
        if not self.there:
            raise FileNotFoundError(2, "no such port")
        self.wire = serial.serial_for_url(url, baudrate=baud, timeout=timeout)
        return self.wire

    def send(self, data: bytes) -> None:
        assert self.wire is not None
        self.wire.write(data)

    def pull_out(self) -> None:
        self.there = False
        assert self.wire is not None
        self.wire.close()


@pytest.fixture
def port() -> Port:
    return Port()


@pytest.fixture
def heard() -> Lines:
    return queue.Queue()


@pytest.fixture
def lines(port: Port, heard: Lines) -> Iterator[SerialLines]:
    source = SerialLines("loop://", open_port=port.open, retry_after=0.02)
    source.start(heard.put)
    assert until(lambda: source.state.condition is Condition.READY)
    yield source
    source.stop()
    assert source.state.condition is Condition.OFF


def test_is_a_line_source(lines: SerialLines) -> None:
    source: LineSource = lines
    assert source.state.label == "loop://"


def test_lines_arrive_whatever_ends_them(lines: SerialLines, port: Port, heard: Lines) -> None:
    port.send(b"T36.5\r\nT36.6\rT36.7\n\n\r")
    assert [heard.get(timeout=5) for _ in range(3)] == ["T36.5", "T36.6", "T36.7"]


def test_a_silence_ends_a_line(lines: SerialLines, port: Port, heard: Lines) -> None:
    port.send(b"FJQRJKMC1abc")
    assert heard.get(timeout=5) == "FJQRJKMC1abc"


def test_junk_and_floods_leave_it_alive(lines: SerialLines, port: Port, heard: Lines) -> None:
    port.send(bytes(range(256)) + b"\r" + b"x" * (2 * LONGEST_LINE) + b"\r")
    assert until(lambda: not heard.empty())
    time.sleep(0.2)
    port.send(b"\r36.5\r")
    assert until(lambda: "36.5" in list(heard.queue))
    assert all(len(line) <= LONGEST_LINE for line in heard.queue)


def test_a_port_pulled_out_is_found_again(lines: SerialLines, port: Port, heard: Lines) -> None:
    port.pull_out()
    assert until(lambda: lines.state.condition is Condition.LOST and lines.state.tries > 1)
    assert lines.state.fault in ("port_lost", "port_missing")
    port.there = True
    assert until(lambda: lines.state.condition is Condition.READY)
    port.send(b"36.5\n")
    assert heard.get(timeout=5) == "36.5"


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (FileNotFoundError(2, "no"), "port_missing"),
        (PermissionError(13, "no"), "port_denied"),
        (OSError(16, "busy"), "port_busy"),
        (serial.SerialException("could not open port 'COM3': PermissionError(13)"), "port_busy"),
        (ValueError("no such protocol"), "port_unknown"),
    ],
)
def test_what_is_wrong_has_a_code(raised: Exception, code: str) -> None:
    def refuse(url: str, baud: int, timeout: float) -> serial.Serial:
        raise raised

    source = SerialLines("COM3", open_port=refuse, retry_after=0.02)
    source.start(lambda line: None)
    assert until(lambda: source.state.fault is not None)
    assert source.state.fault == code
    source.stop()


@pytest.mark.parametrize("url", ["nonsense://x", "/dev/there-is-none", "socket://127.0.0.1:1"])
def test_a_wrong_address_is_no_crash(url: str) -> None:
    source = SerialLines(url, retry_after=0.02)
    source.start(lambda line: None)
    assert until(lambda: source.state.condition is Condition.LOST)
    source.stop()


def test_a_scanner_behind_a_network_port(heard: Lines) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = SerialLines(f"socket://127.0.0.1:{server.getsockname()[1]}", retry_after=0.02)
        source.start(heard.put)
        first, _ = server.accept()
        # pyserial throws away what came before the port was wholly open
        assert until(lambda: source.state.condition is Condition.READY)
        with first:
            first.sendall("]Q1王伟\r".encode("gbk"))
            assert scanned(heard.get(timeout=5)) == "王伟"
        second, _ = server.accept()  # it comes back by itself
        assert until(lambda: source.state.condition is Condition.READY)
        with second:
            second.sendall("]Q1王伟\r".encode())
            assert scanned(heard.get(timeout=5)) == "王伟"
        source.stop()


def test_starting_and_stopping_again(port: Port, heard: Lines) -> None:
    source = SerialLines("loop://", open_port=port.open)
    for number in range(3):
        source.start(heard.put)
        source.start(heard.put)
        assert until(lambda: source.state.condition is Condition.READY)
        port.send(b"%d\r" % number)
        assert heard.get(timeout=5) == str(number)
        source.stop()
    assert not [each for each in threading.enumerate() if each.name == "serial line"]


def test_a_space_at_the_end_is_part_of_the_code() -> None:
    assert LineJoiner().feed(b"\x02HC1:AB \x03\r\n") == ["HC1:AB "]


def test_a_line_too_long_is_dropped_whole() -> None:
    joiner = LineJoiner(longest=8)
    assert joiner.feed(b"12345") == []
    assert joiner.feed(b"6789") == []
    assert joiner.feed(b"0\rgood\r") == ["good"]


@pytest.mark.parametrize(
    ("line", "text"),
    [("]Q1HC1:6B", "HC1:6B"), ("]C0123", "123"), ("]", "]"), ("]?x", "]?x"), ("x]Q1", "x]Q1")],
)
def test_the_scanner_says_its_symbology_first(line: str, text: str) -> None:
    assert scanned(line) == text


@given(st.lists(st.binary(max_size=300)))
def test_any_bytes_in_any_pieces_give_the_same_lines(pieces: list[bytes]) -> None:
    whole, apart = LineJoiner(longest=64), LineJoiner(longest=64)
    at_once = whole.feed(b"".join(pieces)) + whole.pause()
    in_pieces = [line for piece in pieces for line in apart.feed(piece)] + apart.pause()
    assert in_pieces == at_once
    assert all(0 < len(line) <= 64 for line in at_once)
