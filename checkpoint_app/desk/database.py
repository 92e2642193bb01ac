"""The one thread that talks to the store, and the way back from it.

Without a `post` every job runs at once on the caller's thread: the headless run and the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from checkpoint_app.desk.steps import Steps, at_once
from checkpoint_app.store.station import Station, StoreFault

T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]


def _ignore(_: object) -> None:
    return None


class Database:
    """Runs jobs on the store in order; results come back through `post` on the desk's thread."""

    def __init__(self, station: Station, post: Post | None = None) -> None:
        self.station = station
        self._post = post
        self._thread = ThreadPoolExecutor(1, "database") if post else None
        self._beside = ThreadPoolExecutor(1, "beside") if post else None
        self._apart = ThreadPoolExecutor(1, "lists") if post else None

    def run(
        self,
        job: Callable[[Station], T],
        done: Callable[[T], None] = _ignore,
        failed: Callable[[StoreFault], None] = _ignore,
    ) -> None:
        """Queue a job; `done` gets its result, `failed` the fault that it met."""
        self._give(self._thread, job, done, failed)

    def beside(
        self,
        job: Callable[[Station], T],
        done: Callable[[T], None] = _ignore,
        failed: Callable[[StoreFault], None] = _ignore,
    ) -> None:
        """Like `run`, for long work that saving must not wait for: drawing, backing up.

        Of the store such a job may use only what is allowed from any thread.
        """
        self._give(self._beside, job, done, failed)

    def stepwise(
        self,
        begin: Callable[[Station], Steps[T]],
        done: Callable[[T], None] = _ignore,
        failed: Callable[[StoreFault], None] = _ignore,
    ) -> None:
        """Long reading, each of its steps a job of its own: whatever is queued meanwhile comes
        between two of them."""
        if self._thread is None:
            self._now(lambda store: at_once(begin(store)), done, failed)
        else:
            self._thread.submit(self._step, begin(self.station), done, failed)

    def _step(
        self,
        steps: Steps[T],
        done: Callable[[T], None],
        failed: Callable[[StoreFault], None],
    ) -> None:
        assert self._thread is not None
        assert self._post is not None
        try:
            next(steps)
            self._thread.submit(self._step, steps, done, failed)
        except StopIteration as end:
            result: T = end.value
            self._post(lambda: done(result))
        except StoreFault as fault:
            met = fault
            self._post(lambda: failed(met))
        except RuntimeError:  # the store is being closed: nobody waits any more
            steps.close()

    def apart(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run minutes of work (a list from a file) where neither saving nor drawing waits for it.

        The job reaches the store through `ask` alone and answers what went wrong as a value.
        """
        if self._apart is None:
            done(job())
        else:
            self._apart.submit(lambda: self._tell(done, job()))

    def _tell(self, done: Callable[[T], None], result: T) -> None:
        self.tell(lambda: done(result))

    def ask(self, job: Callable[[Station], T]) -> T:
        """From a thread of one's own: a short job on the store, waited for.

        Raises `StoreFault`, and RuntimeError once the store is closed.
        """
        if self._thread is None:
            return job(self.station)
        return self._thread.submit(job, self.station).result()

    def tell(self, call: Callable[[], None]) -> None:
        """From within such work: call something on the desk's own thread."""
        if self._post is None:
            call()
        else:
            self._post(call)

    def _give(
        self,
        thread: ThreadPoolExecutor | None,
        job: Callable[[Station], T],
        done: Callable[[T], None],
        failed: Callable[[StoreFault], None],
    ) -> None:
        if thread is None:
            self._now(job, done, failed)
        else:
            thread.submit(self._later, job, done, failed)

    def _now(
        self,
        job: Callable[[Station], T],
        done: Callable[[T], None],
        failed: Callable[[StoreFault], None],
    ) -> None:
        try:
            result = job(self.station)
        except StoreFault as fault:
            failed(fault)
        else:
            done(result)

    def _later(
        self,
        job: Callable[[Station], T],
        done: Callable[[T], None],
        failed: Callable[[StoreFault], None],
    ) -> None:
        assert self._post is not None
        try:
            result = job(self.station)
        except StoreFault as fault:
            met = fault
            self._post(lambda: failed(met))
        else:
            self._post(lambda: done(result))

    def settle(self) -> None:
        """Wait until everything queued so far has been done."""
        if self._thread is not None:
            marker: Future[None] = self._thread.submit(lambda: None)
            marker.result()

    def close(self) -> None:
        """Finish what is queued, then close the store."""
        for thread in (self._apart, self._beside, self._thread):
            if thread is not None:
                thread.shutdown(wait=True, cancel_futures=thread is self._apart)
        self.station.close()
