"""Running the hub's service: TLS by its own authority, one process."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import uvicorn

from checkpoint_app.hub import authority
from checkpoint_app.hub.answering import Answering
from checkpoint_app.hub.federation import UP, ask_above, exchange_up
from checkpoint_app.hub.nightly import Nightly
from checkpoint_app.hub.service import service
from checkpoint_app.hub.web.site import pages
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.link import fingerprint_of

_log = logging.getLogger(__name__)
_STEP, _STEP_BESIDE = 1000, 100
_NOTICES_EVERY_S = 2.0
_UP_EVERY_S = 60.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to listen. Port 0 takes a free one."""

    host: str
    port: int
    tls: bool = True


Tell = Callable[[dict[str, object], str], None]


def serve(
    store: HubStore, where: Serving, tell: Tell, translate: Translate, settings: Settings
) -> None:
    """Serve until stopped; `tell` is called once the port is open, and of each night's erasure.

    Raises `OSError`.
    """
    store.settle_revoked()
    nightly = Nightly(store, settings, lambda: _now().astimezone(), tell, translate)
    nightly.first()
    answering = Answering(store, _now)
    answering.above = lambda name, token: ask_above(store, name, token, _now())
    listening = _listening(where)
    host, port = listening.getsockname()[:2]
    url = f"{'https' if where.tls else 'http'}://{host}:{port}"
    office = pages(store, lambda: _now().astimezone())
    config = uvicorn.Config(
        service(answering, *office), log_level="warning", lifespan="off", access_log=False
    )
    config.timeout_graceful_shutdown = 5
    if where.tls:
        hosts = list(dict.fromkeys((socket.gethostname() or "localhost", *_LOOPBACK)))
        key, certificate = authority.write_certificate(store.secrets, hosts, store.folder / "tls")
        config.ssl_keyfile, config.ssl_certfile = str(key), str(certificate)
    fingerprint = fingerprint_of(answering.identity)
    tell(
        {"url": url, "fingerprint": fingerprint, "pid": os.getpid()},
        translate("Serving on {url}, fingerprint {fingerprint}", url=url, fingerprint=fingerprint),
    )
    _collect_seldom()
    resting = contextlib.suppress(KeyboardInterrupt)
    with showing(store), rising(store), nightly.running(), resting:
        uvicorn.Server(config).run(sockets=[listening])


def _collect_seldom() -> None:
    """Records come and go by the thousand and refer to nothing: looking through them is waste."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@contextlib.contextmanager
def showing(store: HubStore) -> Iterator[None]:
    """Keep what is shown close behind what was received, in a thread of its own."""
    stopped = threading.Event()

    def run() -> None:
        told_at = 0.0
        while not stopped.is_set():
            store.arrived.clear()
            try:
                walked = store.show_some(_STEP_BESIDE if store.busy else _STEP)
                if time.monotonic() - told_at >= _NOTICES_EVERY_S:
                    store.tell_notices(_now())
                    told_at = time.monotonic()
            except StoreFault as fault:
                _log.error("not shown: %s %s", fault.code, fault.detail)
                walked = 0
            # Sending stations go first; a few records a second are shown all the same.
            if not walked:
                store.arrived.wait(0.5)
            else:
                stopped.wait(0.5 if store.busy else 0.01)

    thread = threading.Thread(target=run, name="showing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        store.arrived.set()
        thread.join(10)


@contextlib.contextmanager
def rising(store: HubStore) -> Iterator[None]:
    """Exchange with the hub above, where there is one, in a thread of its own."""
    stopped = threading.Event()

    def run() -> None:
        while not stopped.wait(_UP_EVERY_S):
            if (store.folder / UP).is_dir():
                with contextlib.suppress(SyncFault, StoreFault):  # tried again the next time
                    exchange_up(store, lambda: _now().astimezone(), stopped.wait)

    thread = threading.Thread(target=run, name="rising", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(10)


def _listening(where: Serving) -> socket.socket:
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((where.host, where.port))
        listening.listen(1024)
    except OSError:
        listening.close()
        raise
    return listening


def _now() -> datetime:
    return datetime.now(UTC)
