"""A chart as a picture: PNG or SVG for the screen and for files, drawn by matplotlib.

Numbers, words and colours come in; bytes go out. Nothing here knows where they came from.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from checkpoint_app.domain.tally import Chart, Form
from checkpoint_app.i18n import Translate
from checkpoint_app.resources import resource

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT = "Noto Sans SC"
_FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_DPI = 100
_LEAST = (400, 300)  # pixels; in less the labels alone would fill the picture
_LONGEST = 22  # characters of a label; the table beside the picture has the whole one
_TICKS = 16  # labels under columns; more are thinned out


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a picture, as #RRGGBB: ground, text, quiet text, lines, and the series'.

    The series' colours are told apart by people who confuse red and green too (Okabe and Ito's
    blue-green against orange).
    """

    ground: str
    text: str
    soft: str
    line: str
    series: tuple[str, ...]
    mark: str  # a threshold


PAPER = Ink(
    "#FFFFFF", "#15242B", "#5C6F78", "#D5DCE0", ("#0E6E78", "#D98A00", "#5B5BB5"), "#C2352B"
)


def picture(
    chart: Chart,
    translate: Translate,
    ink: Ink,
    size: tuple[int, int],
    *,
    scale: float = 1.0,
    text_pixels: float = 13.0,
    form: str = "png",
    below: str = "",
) -> bytes:
    """The chart as PNG or SVG; `size` in pixels, `scale` the screen's device pixel ratio.

    `below` is a small line under it: where it is from, and who took it away; the picture then
    stands alone and has its title.
    """
    figure = blank((max(size[0], _LEAST[0]) / _DPI, max(size[1], _LEAST[1]) / _DPI), "constrained")
    with styled(text_pixels, ink):
        axes = figure.add_subplot()
        draw(axes, chart, translate, ink)
        figure.set_facecolor(ink.ground)
        if below:
            figure.suptitle(translate(chart.title), weight="bold", color=ink.text)
            figure.supxlabel(below, fontsize="x-small", color=ink.soft)
        out = io.BytesIO()
        figure.savefig(out, format=form, dpi=_DPI * scale, facecolor=ink.ground)
    return out.getvalue()


def draw(axes: Axes, chart: Chart, translate: Translate, ink: Ink) -> None:
    """Draw a chart into matplotlib's axes."""
    axes.set_facecolor(ink.ground)
    labels = [translate(each) if chart.words else each for each in chart.labels]
    if chart.form is Form.LYING:
        _lying(axes, chart, labels, ink)
    else:
        _standing(axes, chart, labels, ink)
    _threshold(axes, chart, translate, ink)
    drawn = [each for each in chart.series if each.drawn]
    if len(drawn) > 1:
        names = [translate(each.heading) for each in drawn]
        axes.legend(names, frameon=False, labelcolor=ink.text, loc="upper right", ncols=2)
    _frame(axes, chart, ink)


def _standing(axes: Axes, chart: Chart, labels: Sequence[str], ink: Ink) -> None:
    below = [0.0] * len(labels)
    places = range(len(labels))
    for each, colour in zip([s for s in chart.series if s.drawn], ink.series, strict=False):
        values = [value or 0.0 for value in each.values]
        bars = axes.bar(places, values, 0.74, below, color=colour, zorder=2)
        below = [a + b for a, b in zip(below, values, strict=True)]
    if len(labels) <= 26:
        texts = [f"{value:,.0f}" if value else "" for value in below]
        axes.bar_label(bars, texts, padding=2, color=ink.soft, fontsize="small")
    every = max(1, -(-len(labels) // _TICKS))
    axes.set_xticks(list(places)[::every], [shortened(each) for each in labels[::every]])
    axes.set_xlim(-0.6, len(labels) - 0.4)
    axes.margins(y=0.12)
    axes.locator_params(axis="y", integer=True, nbins=5)


def _lying(axes: Axes, chart: Chart, labels: Sequence[str], ink: Ink) -> None:
    first = chart.series[0]
    values = [value or 0.0 for value in first.values]
    places = range(len(labels))
    bars = axes.barh(places, values, 0.66, color=ink.series[0], zorder=2)
    texts = ["–" if v is None else f"{v:,.{first.digits}f}" for v in first.values]
    axes.bar_label(bars, texts, padding=4, color=ink.text)
    axes.set_yticks(list(places), [shortened(each) for each in labels])
    axes.set_ylim(max(len(labels), 4) - 0.5, -0.5)
    axes.margins(x=0.14)
    axes.locator_params(axis="x", integer=True, nbins=5)


def _threshold(axes: Axes, chart: Chart, translate: Translate, ink: Ink) -> None:
    if chart.threshold is None:
        return
    axes.axvline(chart.threshold, color=ink.mark, linestyle=(0, (4, 3)), linewidth=1.4, zorder=3)
    axes.annotate(
        translate(chart.threshold_words),
        (chart.threshold, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(4, -2),
        textcoords="offset points",
        va="top",
        color=ink.mark,
    )


def _frame(axes: Axes, chart: Chart, ink: Ink) -> None:
    lying = chart.form is Form.LYING
    for side, spine in axes.spines.items():
        spine.set_visible(side == ("left" if lying else "bottom"))
        spine.set_color(ink.line)
    axes.tick_params(length=0, colors=ink.soft)
    axes.tick_params(axis="y" if lying else "x", colors=ink.text if lying else ink.soft)
    axes.grid(axis="x" if lying else "y", color=ink.line, linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)


def shortened(label: str, longest: int = _LONGEST) -> str:
    """A label with an end where it is too long, and no dollar sign, which would begin a formula."""
    label = label.replace("$", "＄")
    return label if len(label) <= longest else label[: longest - 1] + "…"


def blank(inches: tuple[float, float], layout: Literal["constrained"] | None = None) -> Figure:
    """An empty picture that no window knows of."""
    from matplotlib.figure import Figure

    return Figure(inches, _DPI, layout=layout)


def styled(text_pixels: float, ink: Ink) -> Any:
    """The style of every picture, for the time of one."""
    import matplotlib as mpl
    from matplotlib import font_manager

    known = {each.name for each in font_manager.fontManager.ttflist}
    if FONT not in known:
        for face in _FACES:
            font_manager.fontManager.addfont(str(resource("fonts", face)))
    points = text_pixels * 72 / _DPI
    return mpl.rc_context(
        {
            "font.family": FONT,
            "font.size": points,
            "text.color": ink.text,
            "svg.fonttype": "path",
            "pdf.fonttype": 42,
            "axes.unicode_minus": False,
        }
    )
