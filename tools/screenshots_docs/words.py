"""What is typed, in each language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Words:
    """What is typed, in one language."""

    language: str
    site: str
    receiver: str
    people: tuple[str, ...]
    reason: str
    printer: str
    found: str = "王"
    problem: str = "2 号通道一米线标识缺失"

    @property
    def ending(self) -> str:
        return ".png" if self.language == "en" else ".zh-CN.png"


_EACH = (
    Words(
        "zh_CN",
        "城北高速口卡点",
        "县指挥部值班室",
        ("王芳", "李建国", "张敏"),
        "已核对护照和纸质证明，值班负责人同意",
        "值班室打印机",
    ),
    Words(
        "en",
        "North motorway checkpoint",
        "County duty office",
        ("Wang Fang", "Li Jianguo", "Zhang Min"),
        "Passport and paper certificate compared, officer in charge agreed",
        "Office printer",
        problem="No line on the ground at lane 2",
    ),
)
LANGUAGES = {each.language: each for each in _EACH}
