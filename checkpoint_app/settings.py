"""The station's settings: one frozen value read from `settings.toml` in the data folder.

Passwords, PINs and keys never stand here. A broken file is answered with the defaults and a
fault code for the window to say, never with a program that doesn't start.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from datetime import time
from pathlib import Path
from typing import Any

import platformdirs
import tomli_w


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with the default of a fresh station. Times in seconds where not said."""

    language: str = "zh_CN"  # zh_CN, en
    theme: str = "auto"  # light, dark, auto (dark from 19:00 to 07:00)
    site_name: str = ""
    site_kind: str = "road"
    county_code: str = ""
    receiver_name: str = ""  # whom to call on a stop
    receiver_phone: str = ""
    hospital_name: str = ""  # 一校一院: where whoever is ill is taken
    hospital_phone: str = ""
    camera: str = ""  # "" = first camera, else "demo", a path, a device number or an address
    fever_threshold_c: float = 37.3
    retest_after: float = 300.0
    duplicate_within: float = 600.0
    case_report_within: float = 1800.0  # how long each step of a case may take
    case_hand_over_within: float = 7200.0
    case_receive_within: float = 14400.0
    case_measure_within: float = 86400.0
    case_close_within: float = 1209600.0  # where the measure names no end
    lock_after: float = 600.0
    trust_valid_days: float = 7.0
    risk_list_hours: float = 36.0  # a risk list older than this is noted; 0 = never
    watch_list_hours: float = 168.0  # so is a watch list
    check_within_hours: float = 24.0  # pushed persons, where their list names no deadline
    thermometer_port: str = ""  # "" = none, else a pyserial URL or port
    thermometer_baud: int = 9600
    thermometer_pattern: str = r"(?P<celsius>\d{2}[.,]\d{1,2})"
    scanner_port: str = ""
    scanner_baud: int = 9600
    scanner_gap: float = 0.035  # longest pause between the characters of a scanner that types
    read_pages: bool = True  # health-code page and itinerary card, by OCR
    sound: bool = True
    voice: bool = False
    printer: str = ""
    sheet_mask: str = "partial"  # none, partial, full
    period_starts_at: str = "00:00"  # the statistics period's start, local time
    report_to: str = ""  # the regulator or township that the site is assigned to
    csv_encoding: str = "utf-8"  # utf-8 (with its mark), gbk
    archival_pdf: bool = False  # PDF/A-2b, for sheets that are kept for years
    closing_folder: str = ""  # where closed periods are laid down, "" = in the data folder
    capacity: int = 0  # people that may be inside at once, 0 = no limit
    police_phone: str = "110"  # whom to call when somebody runs the gate
    online_service: str = ""  # address of a province's verification service, "" = none
    online_timeout: float = 2.0
    day_shift_from: str = "08:00"
    night_shift_from: str = "20:00"
    rest_after: float = 28800.0  # on duty longer than this: somebody should rest
    check_disinfect_every: float = 14400.0  # 0 = not asked for at this site
    check_ventilate_every: float = 14400.0
    check_distance_every: float = 7200.0
    opening_hours: str = ""  # 7 spans from Monday ("07:00-18:00" or "closed"), or one for all days;
    # "" = as is usual for the kind of site
    closed_dates: str = ""  # holidays: 2026-10-01~2026-10-07, 2027-01-01
    worked_dates: str = ""  # days open all the same (调休)
    signal_same_run: float = 8.0  # as many equal temperatures in a row are told to the supervisor
    signal_same_share: float = 0.75  # or so large a share of only two values
    signal_pace: float = 13.0  # typed inspections within one minute
    signal_missing: float = 3.0  # let through with a code missing, in one shift
    signal_silence: float = 5400.0  # nobody inspected for so long, in opening hours
    visitors_admitted: bool = True  # False: nobody but the roster
    visitors_need_host: bool = True
    visit_pass_hours: float = 12.0  # a visitor's pass counts so long
    keep_passages_days: float = 21.0  # contact and itinerary; then only counts are left
    keep_cases_days: float = 90.0  # after closing
    keep_copies_days: float = 14.0  # backups
    erase_by_itself: bool = True
    erase_at: str = "03:00"  # from then on, as soon as nobody is at the desk
    privacy_handler: str = ""  # who answers for the data; "" = the site
    privacy_contact: str = ""  # "" = the receiver's phone
    privacy_purpose: str = ""  # "" = the sentence that the notice comes with
    privacy_basis: str = ""


def data_folder(given: str | None = None) -> Path:
    """The folder that a station's data stands in: `--data`, CHECKPOINT_DATA or the user's own."""
    chosen = given or os.environ.get("CHECKPOINT_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("checkpoint-desk", False))


def load(folder: Path) -> tuple[Settings, str | None]:
    """Settings of a data folder and None, or the defaults and a fault code ("settings_broken")."""
    file = folder / "settings.toml"
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(), None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings(), "settings_broken"
    return _merged(found)


def save(folder: Path, settings: Settings) -> None:
    """Write the settings that differ from the defaults; the old file stays until all is written."""
    default = Settings()
    changed = {
        each.name: getattr(settings, each.name)
        for each in fields(Settings)
        if getattr(settings, each.name) != getattr(default, each.name)
    }
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "settings.toml.new"
    fresh.write_text(tomli_w.dumps(changed), "utf-8")
    fresh.replace(folder / "settings.toml")


_LARGEST = 1e7  # seconds, days or degrees: more is a slip, and so is "nan"
_TIMES = frozenset({"period_starts_at", "day_shift_from", "night_shift_from", "erase_at"})
_CHOICES = {
    "language": ("zh_CN", "en"),
    "theme": ("auto", "light", "dark"),
    "sheet_mask": ("none", "partial", "full"),
    "csv_encoding": ("utf-8", "gbk"),
}


def _is_sound(name: str, value: Any) -> bool:
    """Whether a value of the right kind can be used: a hand-edited file must not stop the desk."""
    if name in _TIMES:
        try:
            return time.fromisoformat(value).tzinfo is None
        except ValueError:
            return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        return 0 <= value <= _LARGEST
    return value in _CHOICES.get(name, (value,))


def _merged(found: dict[str, Any]) -> tuple[Settings, str | None]:
    settings, fault = Settings(), None
    for each in fields(Settings):
        if each.name not in found:
            continue
        value, kind = found[each.name], type(getattr(settings, each.name))
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is kind and _is_sound(each.name, value):
            settings = replace(settings, **{each.name: value})
        else:
            fault = "settings_broken"
    return settings, fault
