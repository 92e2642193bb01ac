"""The style sheet for ordinary Qt widgets, built from the tokens.

Widgets choose a style by the dynamic properties `role` and `tone`; what a style sheet cannot draw
(signs, key caps, lamps) is painted by the widgets with the same tokens.
"""

from __future__ import annotations

from checkpoint_app.desk import Tone
from checkpoint_app.ui.theme import (
    CONTROL_RADIUS,
    FAMILY,
    RADIUS,
    SCROLL_BAR,
    TARGET,
    Metrics,
    Theme,
)


def stylesheet(theme: Theme, metrics: Metrics) -> str:
    """QSS for one theme at one set of sizes."""
    parts = (_base, _labels, _cards, _buttons, _inputs, _lists, _scrolling, _pages)
    return "\n".join(part(theme, metrics) for part in parts)


def _base(theme: Theme, metrics: Metrics) -> str:
    return f"""
* {{ font-family: "{FAMILY}"; font-size: {metrics.text}px; color: {theme.ink}; }}
QMainWindow, QWidget[role="page"] {{ background: {theme.background}; }}
QToolTip {{ background: {theme.ink}; color: {theme.card}; border: none; padding: 6px 8px; }}
"""


def _labels(theme: Theme, metrics: Metrics) -> str:
    toned = "\n".join(
        f'QLabel[tone="{tone}"] {{ color: {theme.sign(tone).colour}; }}'
        for tone in Tone
        if tone is not Tone.IDLE
    )
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="small"] {{ font-size: {metrics.small}px; color: {theme.soft}; }}
QLabel[role="soft"] {{ color: {theme.soft}; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="reason"] {{ font-size: {metrics.reason}px; }}
QLabel[role="say"] {{ font-size: {metrics.reason}px; font-weight: 700; }}
QLabel[role="title"] {{ font-size: {metrics.large}px; font-weight: 700; }}
QLabel[role="page-title"] {{ font-size: {metrics.field}px; font-weight: 700; }}
{toned}
"""


def _cards(theme: Theme, metrics: Metrics) -> str:
    grounds = "\n".join(
        f'QLabel[role="tag"][tone="{tone}"] {{ background: {theme.sign(tone).ground}; }}'
        for tone in Tone
        if tone is not Tone.IDLE
    )
    return f"""
QFrame[role="card"] {{
  background: {theme.card}; border: 1px solid {theme.line}; border-radius: {RADIUS}px; }}
QFrame[role="top-bar"] {{
  background: {theme.card}; border: none; border-bottom: 1px solid {theme.line}; }}
QFrame[role="top-bar"][lane="true"] {{
  background: {theme.passed.ground}; border-bottom: 3px solid {theme.passed.colour}; }}
QFrame[role="top-bar"][leaving="true"] {{
  background: {theme.leaving}; border-bottom: 1px solid {theme.leaving}; }}
QLabel[leaving="true"] {{ color: {theme.on_leaving}; }}
QFrame[role="footer"] {{
  background: {theme.card}; border: none; border-top: 1px solid {theme.line}; }}
QFrame[role="rail"] {{
  background: {theme.card}; border: none; border-right: 1px solid {theme.line}; }}
QWidget[role="chooser"] {{
  background: {theme.card}; border: 1px dashed {theme.faint}; border-radius: {RADIUS}px; }}
QFrame[role="popover"] {{
  background: {theme.card}; border: 1px solid {theme.faint}; border-radius: {RADIUS}px; }}
QLabel[role="tag"] {{
  font-size: {metrics.small}px; background: {theme.background}; color: {theme.soft};
  border-radius: 5px; padding: 1px 6px; }}
{grounds}
{_toned_tags(theme)}
"""


def _toned_tags(theme: Theme) -> str:
    return "\n".join(
        f'QLabel[role="tag"][tone="{tone}"] {{ color: {theme.sign(tone).colour}; }}'
        for tone in Tone
        if tone is not Tone.IDLE
    )


def _buttons(theme: Theme, metrics: Metrics) -> str:
    return f"""
QPushButton {{
  min-height: {TARGET - 2}px; padding: 0 14px; border: 1px solid {theme.line};
  border-radius: {CONTROL_RADIUS}px; background: {theme.card}; color: {theme.ink}; }}
QPushButton:hover {{ border-color: {theme.faint}; }}
QPushButton:pressed {{ background: {theme.background}; }}
QPushButton:checked {{
  background: {theme.accent_soft}; border-color: {theme.accent}; color: {theme.accent};
  font-weight: 700; }}
QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 0 13px; }}
QPushButton:disabled {{ color: {theme.soft}; background: {theme.background};
  border: 1px dashed {theme.faint}; }}
QPushButton[role="main"] {{
  background: {theme.accent}; border-color: {theme.accent}; color: {theme.on_accent};
  font-weight: 700; }}
QPushButton[role="main"]:focus {{ border: 2px solid {theme.ink}; }}
QPushButton[role="main"]:disabled {{ color: {theme.soft}; background: {theme.background};
  border: 1px dashed {theme.faint}; }}
QPushButton[role="danger"] {{
  border-color: {theme.stop.colour}; color: {theme.stop.colour}; font-weight: 700; }}
QPushButton[role="danger"]:focus {{ border: 2px solid {theme.stop.colour}; }}
QPushButton[role="danger"]:disabled {{ color: {theme.soft}; border: 1px dashed {theme.faint}; }}
QPushButton[role="quiet"] {{ border: none; background: transparent; color: {theme.accent};
  font-weight: 700; padding: 0 8px; min-height: {TARGET}px; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {theme.accent}; }}
"""


def _inputs(theme: Theme, metrics: Metrics) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {{
  background: {theme.background}; border: 1px solid {theme.line}; min-height: {TARGET - 2}px;
  border-radius: {CONTROL_RADIUS}px; padding: 0 10px; color: {theme.ink};
  selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus,
QTimeEdit:focus {{ border: 2px solid {theme.accent}; padding: 0 9px; }}
QComboBox::drop-down {{ border: none; width: 36px; }}
QComboBox::down-arrow {{ image: none; width: 0; }}
QComboBox QAbstractItemView {{ border: 1px solid {theme.faint}; padding: 4px; }}
QDateEdit[role="narrow"] {{ padding: 0 2px; font-size: {metrics.small}px; }}
QDateEdit[role="narrow"]:focus {{ padding: 0 1px; }}
QLineEdit[role="field"] {{
  background: transparent; border: none; border-bottom: 1px solid {theme.line};
  border-radius: 0; padding: 0; min-height: 0; }}
QLineEdit[role="field"]:hover {{ border-bottom: 1px solid {theme.faint}; }}
QLineEdit[role="field"]:focus {{ border-bottom: 2px solid {theme.accent}; padding: 0; }}
QLineEdit[role="plate"] {{ font-size: {metrics.field + 5}px; font-weight: 700; }}
QLineEdit[role="field"][big="true"] {{ font-size: {metrics.field}px; font-weight: 700; }}
"""


def _lists(theme: Theme, metrics: Metrics) -> str:
    return f"""
QAbstractItemView {{
  background: {theme.card}; border: none; outline: none; color: {theme.ink};
  selection-background-color: {theme.accent_soft}; selection-color: {theme.ink}; }}
QTableView {{ gridline-color: {theme.line}; alternate-background-color: {theme.background}; }}
QHeaderView::section {{
  background: {theme.card}; color: {theme.soft}; border: none; padding: 8px;
  border-bottom: 1px solid {theme.line}; font-size: {metrics.small}px; }}
"""


def _scrolling(theme: Theme, metrics: Metrics) -> str:
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {SCROLL_BAR}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {SCROLL_BAR}px; margin: 0; }}
QScrollBar::handle {{ background: {theme.faint}; border-radius: 4px; min-height: 32px;
  min-width: 32px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _pages(theme: Theme, metrics: Metrics) -> str:
    """What the pages besides the desk need."""
    return f"""
QLabel[role="clock"] {{ font-size: {metrics.headline - 12}px; font-weight: 700; }}
QLabel[role="recovery"] {{
  font-size: {metrics.field + 5}px; font-weight: 700; padding: 16px; border-radius: {RADIUS}px;
  background: {theme.background}; border: 1px dashed {theme.faint}; }}
QLineEdit[wrong="true"] {{ border: 1px solid {theme.stop.colour}; }}
QPushButton[role="nav"] {{
  border: 2px solid transparent; background: transparent; text-align: left; padding: 0 10px;
  min-height: {TARGET - 4}px; }}
QPushButton[role="nav"]:hover {{ background: {theme.background}; }}
QPushButton[role="nav"]:checked {{
  background: {theme.accent_soft}; color: {theme.accent}; font-weight: 700; }}
QPushButton[role="nav"]:focus {{ border: 2px solid {theme.accent}; padding: 0 10px; }}
QProgressBar {{ border: none; border-radius: 3px; background: {theme.line}; }}
QProgressBar::chunk {{ border-radius: 3px; background: {theme.accent}; }}
QAbstractSpinBox QLineEdit {{
  background: transparent; border: none; border-radius: 0; min-height: 0; padding: 0; }}
QTableView::item {{ padding: 0 5px; border: none; border-bottom: 1px solid {theme.line}; }}
QTableView::item:selected {{ background: {theme.accent_soft}; color: {theme.ink}; }}
QTableCornerButton::section {{ background: {theme.card}; border: none; }}
QCalendarWidget QWidget {{ background: {theme.card}; alternate-background-color: {theme.card}; }}
"""
