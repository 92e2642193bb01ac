"""The whole window with its pages over a real store, as `app` joins them, without devices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from checkpoint_app.codes import Trust
from checkpoint_app.desk.chips import chips
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import Surface, policy_of
from checkpoint_app.domain.inspection import (
    CodeStatus,
    HealthCode,
    Inspection,
    Itinerary,
    Journey,
    Outcome,
    RecordedInspection,
    TemperatureReading,
)
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.policy import decide
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Operator, Station
from checkpoint_app.ui.desk_page.page import DeskPage
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.pages import Pages
from checkpoint_app.ui.pages.sign_in import SignInPage
from checkpoint_app.ui.theme import LIGHT
from checkpoint_app.ui.window import MainWindow
from tests.fakes import FakePrinter
from tests.ui.scenes import NOW

PIN = "1234"
NAMES = ("王芳", "李强", "Zhao Min")
TRAVELLERS = (
    ("张伟", "410103197611238836", CodeStatus.GREEN, (36.4,)),
    ("王小明", "410103199003078810", CodeStatus.RED, (36.6,)),
    ("张三丰", "65312119900101123X", CodeStatus.GREEN, (37.5, 36.9)),
    ("𠅤䶮", "E12345678", CodeStatus.YELLOW, (36.5,)),
    ("Anna Schmidt", "C01X00T47", CodeStatus.GREEN, (36.2,)),
)


class Room:
    """One station with window, desk and pages, on a clock that the test moves."""

    def __init__(
        self, folder: Path, language: str = "en", now: Callable[[], datetime] | None = None
    ) -> None:
        self.at = NOW
        self.now = now or (lambda: self.at)
        zh = language == "zh_CN"
        self.settings = Settings(
            language=language,
            site_name="城北高速口卡点" if zh else "North motorway checkpoint",
            receiver_name="县疾控中心" if zh else "County CDC",
            receiver_phone="0379-60000000",
            county_code="410326",
        )
        self.station = Station.open(folder, now=self.now())
        self.database = Database(self.station)
        self.look = Look(LIGHT, language=language)
        self.office = Office(
            self.database, self.now, self.look.translate, self.settings, folder=folder
        )
        self.desk = Desk(self._surface(), "", self._draw)
        self.page = DeskPage(self.look, self.desk, self.now)
        self.window = MainWindow(self.look, self.desk, self.page, self.now)
        self.printer = FakePrinter()
        entrance = SignInPage(self.look, self.office)
        self.pages = Pages(self.window, entrance, self.desk, self.printer, self.now)
        entrance.signed_in.connect(self.pages.enter)
        entrance.settings_changed.connect(self.pages.use)
        self.pages.settings_changed.connect(self._use)
        self.pages.signed_in.connect(self._signed_in)
        self.window.show_station(self.settings.site_name, "")
        self.desk.load()

    def _surface(self) -> Surface:
        translate = translator(self.settings.language)
        signs = chips(Trust.empty(), self.station.protected, False, self.now(), translate)
        policy = policy_of(self.settings)
        return Surface(
            self.database,
            self.now,
            translate,
            self.settings,
            policy,
            Trust.empty(),
            chips=signs,
        )

    def _draw(self) -> None:
        if hasattr(self, "window"):
            self.window.refresh()

    def _use(self, settings: Settings) -> None:
        self.settings = settings
        self.look.use(language=settings.language)
        self.office.settings, self.office.translate = settings, self.look.translate
        self.desk.join(self._surface())

    def _signed_in(self, operator: Operator) -> None:
        self.desk.operator = operator.name
        self.window.show_station(self.settings.site_name, operator.name)

    def people(self) -> list[Operator]:
        """Three operators, all with the same PIN."""
        return [self.station.add_operator(name, PIN, "lead") for name in NAMES]

    def enter(self) -> None:
        """Somebody has signed in."""
        if not self.station.operators():
            self.people()
        me = next(each for each in self.station.operators() if each.name == NAMES[0])
        self.pages.lock()
        self.pages.sign_in.signed_in.emit(me)

    def travellers(self, count: int = len(TRAVELLERS)) -> list[RecordedInspection]:
        """Recorded people, a minute apart, the last one just now."""
        return [self.record(number, count - number) for number in range(count)]

    def record(self, number: int, minutes_ago: int) -> RecordedInspection:
        """One recorded person; recorded once, however often one asks."""
        before = self.station.row(UUID(int=1000 + number))
        if before is not None:
            return before
        name, document, status, celsius = TRAVELLERS[number % len(TRAVELLERS)]
        at = self.now() - timedelta(minutes=minutes_ago)
        inspection = Inspection(
            id=UUID(int=1000 + number),
            opened_at=at,
            person=Person(name=name, id_number=document, phone="13812348888"),
            journey=Journey(plate="豫A88888", origin="上海市", destination="城关镇 南街村 12 号"),
            health_code=HealthCode(status),
            itinerary=Itinerary(True),
            temperatures=tuple(
                TemperatureReading(each, at + timedelta(minutes=6 * place))
                for place, each in enumerate(celsius)
            ),
            mask=True,
            symptoms=(),
        )
        verdict = decide(inspection, policy_of(self.settings), now=at)
        recorded = RecordedInspection(inspection, verdict, verdict.outcome, NAMES[0], at)
        self.station.record(recorded, None)
        return recorded

    def outcome_of(self, recorded: RecordedInspection) -> Outcome:
        """What stands in the store now."""
        row = self.station.row(recorded.inspection.id)
        assert row is not None
        return row.outcome

    def close(self) -> None:
        """End everything."""
        self.window.close()
        self.window.deleteLater()
        self.database.close()
