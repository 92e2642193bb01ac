"""The verification service's adapter against a real server on this machine, good and bad."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from checkpoint_app.codes.online import HttpStatusService
from checkpoint_app.domain.credential import OnlineAnswer

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Service:
    """A fake province: `answer` is what it does with the next question."""

    def __init__(self) -> None:
        self.answer: Answer = lambda handler: None
        self.asked: list[object] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                service.asked.append(json.loads(self.rfile.read(length)))
                try:
                    service.answer(self)
                except OSError:
                    self.close_connection = True

            def log_message(self, *words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/status"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.stop()


def says(body: object, status: int = 200, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    return answer


def look_up(service: Service, text: str = "A1B2", timeout: float = 5.0) -> OnlineAnswer:
    return HttpStatusService(service.address, lambda: NOW, timeout).look_up(text)


@pytest.mark.parametrize("status", ["green", "yellow", "red", "expired", "not_found", "failed"])
def test_a_status_comes_back_with_the_time_of_the_answer(service: Service, status: str) -> None:
    service.answer = says({"status": status, "masked_name": "王*明"})
    answer = look_up(service, "qrCode=1")
    assert answer == OnlineAnswer(status, "王*明", answered_at="2026-11-23T08:00:00+00:00")
    assert service.asked == [{"code": "qrCode=1"}]


def test_a_green_that_ran_out_is_expired(service: Service) -> None:
    service.answer = says({"status": "green", "valid_until": "2026-11-23T07:59:59Z"})
    assert look_up(service).status == "expired"


def test_any_text_can_be_asked_for(service: Service) -> None:
    service.answer = says({"status": "not_found"})
    assert look_up(service, "\ud800 二维码").status == "not_found"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"green",
        b"\xff\xfe",
        b'{"status": NaN}',
        b"[" * 9000,
        [],
        {},
        {"status": "GREEN"},
        {"status": ["green"]},
        {"status": "green", "masked_name": 7},
        {"status": "green", "valid_until": "tomorrow"},
        {"status": "timed_out"},
        {"code": "green"},
    ],
)
def test_a_wrong_answer_is_never_a_colour(service: Service, body: object) -> None:
    service.answer = says(body)
    answer = look_up(service)
    assert (answer.status, answer.reason) == ("failed", "service_answer_wrong")


@pytest.mark.parametrize("status", [201, 204, 400, 404, 500, 503])
def test_only_200_is_an_answer(service: Service, status: int) -> None:
    service.answer = says({"status": "green"}, status)
    assert look_up(service).status == "failed"


def test_a_redirect_is_not_followed(service: Service) -> None:
    service.answer = says({"status": "green"}, 302, location=service.address)
    assert look_up(service).status == "failed"
    assert len(service.asked) == 1


def test_a_huge_answer_is_cut_off(service: Service) -> None:
    service.answer = says(b'{"status": "green"}' + b" " * 20_000_000)
    answer = look_up(service)
    assert (answer.status, answer.reason) == ("failed", "service_answer_wrong")


def test_an_answer_in_drops_times_out(service: Service) -> None:
    def drops(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(100):
            handler.wfile.write(b"H")
            time.sleep(0.05)

    service.answer = drops
    assert look_up(service, timeout=0.3).status == "timed_out"


def test_a_body_in_drops_times_out(service: Service) -> None:
    def drops(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.05)

    service.answer = drops
    assert look_up(service, timeout=0.3).status == "timed_out"


def test_silence_times_out(service: Service) -> None:
    service.answer = lambda handler: time.sleep(1.0)
    assert look_up(service, timeout=0.2).status == "timed_out"


def test_a_line_that_breaks_is_failed(service: Service) -> None:
    service.answer = lambda handler: handler.connection.close()
    assert look_up(service).status == "failed"


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "not an address", "ftp://x/", ""])
def test_nobody_there_is_failed(address: str) -> None:
    answer = HttpStatusService(address, lambda: NOW, 5.0).look_up("A")
    assert (answer.status, answer.reason) == ("failed", None)
