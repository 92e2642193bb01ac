"""A returnee from abroad as the gate sees one: when they came in, and the three papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certificate(StrEnum):
    """The three papers of a returnee from abroad. Values are for ever."""

    RELEASE_OBSERVATION = "release_observation"  # 解除集中医学观察证明
    DOUBLE_SAMPLING = "double_sampling"  # "双采双检"证明
    GOODS_NAT = "goods_nat"  # 携带物品核酸检测证明


@dataclass(frozen=True, slots=True)
class Abroad:
    """What a returnee declares and shows; `certificates` are those that were seen."""

    arrived: date | None = None
    certificates: tuple[Certificate, ...] = ()

    @property
    def missing(self) -> tuple[Certificate, ...]:
        """The papers that were not seen."""
        return tuple(each for each in Certificate if each not in self.certificates)
