"""The office's pages in a real Chromium: by keyboard, by screen-reader names, kept fresh."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.masking import mask_name
from tests.hub.web.conftest import PASSWORD, Room
from tests.store.travellers import recorded

BROWSER = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, address: str) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    context.set_default_timeout(20_000)
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.goto(address + "/wall")
    yield made
    context.close()
    assert faults == []


def sign_in(page: Page, name: str = "王芳") -> None:
    # What is typed before the page has put the focus there goes nowhere.
    expect(page.get_by_label("姓名")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_signing_in_by_keyboard_alone_leads_to_where_one_wanted(page: Page) -> None:
    sign_in(page)
    expect(page.get_by_role("heading", name="各卡点实时情况")).to_be_visible()
    expect(page.get_by_role("navigation", name="页面导航")).to_be_visible()
    expect(page.get_by_role("link", name="值守大屏")).to_have_attribute("aria-current", "page")


def test_the_wall_keeps_itself_fresh(page: Page, room: Room) -> None:
    sign_in(page)
    fresh = page.get_by_text(mask_name("赵六六"))
    expect(fresh).to_have_count(0)
    room.east.record(recorded("赵六六", Outcome.HAND_OVER, minute=5), None)
    room.office.clock.forward(timedelta(minutes=6))
    room.office.exchange(room.east)
    room.show()
    expect(fresh).to_be_visible()


def test_the_language_is_one_press_away(page: Page) -> None:
    sign_in(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Stations now")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


def test_every_control_has_a_name(page: Page, address: str) -> None:
    sign_in(page)
    paths = "cases records registers lists orders signals map stations people"
    for path in paths.split():
        page.goto(f"{address}/{path}")
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("input:not([type=hidden]), select, button, a")]
                .filter((each) => !(each.labels && each.labels.length) && !each.textContent.trim())
                .map((each) => each.outerHTML)"""
        )
        assert nameless == [], path


def test_a_case_is_routed_by_keyboard(page: Page, address: str) -> None:
    sign_in(page)
    page.goto(f"{address}/cases")
    page.locator("tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/*")
    page.get_by_label("单位").fill("城关镇")
    page.get_by_label("联系人").fill("李镇长")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"城关镇 {mask_name('李镇长')}")).to_be_visible()


def test_a_phone_is_never_pushed_sideways_and_the_pages_stand_in_one_line(
    page: Page, address: str
) -> None:
    sign_in(page)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("wall", "cases", "records", "registers", "lists", "signals", "map", "stations"):
        page.goto(f"{address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        rail = page.get_by_role("navigation").bounding_box()
        assert rail is not None
        assert rail["height"] <= 64, path
        expect(page.locator("[aria-current]")).to_be_in_viewport()
