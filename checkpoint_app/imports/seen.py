"""Which rows stood in the file already, in eight bytes a row: lists have a million."""

from __future__ import annotations

from typing import Any


class Seen:
    """Hashes seen so far, as sorted runs that are joined as they grow."""

    def __init__(self) -> None:
        self._runs: list[Any] = []

    def take(self, hashes: list[int]) -> list[bool]:
        """For each whether it is new, here and among all taken before; from now on it is known."""
        import numpy as np

        values = np.array(hashes, dtype=np.int64)
        new = np.zeros(len(values), dtype=bool)
        new[np.unique(values, return_index=True)[1]] = True
        for run in self._runs:
            place = np.searchsorted(run, values)
            place[place == len(run)] = 0
            new &= run[place] != values
        self._keep(np.sort(values[new]))
        return [bool(each) for each in new]

    def _keep(self, run: Any) -> None:
        import numpy as np

        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]))
        if len(run):
            self._runs.append(run)
