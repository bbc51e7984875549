"""The page in a real Chromium, served by a real uvicorn on loopback: what a biller sees and does."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from deltoid.service.api.app import create_app
from deltoid.service.engine import build_engine
from deltoid.service.settings import Settings

pytestmark = pytest.mark.browser

NOTE = (
    "\U0001f489\U0001f489 Nurse visit 03/02/2026\n"
    "Migraine for two days. Toradol 60 mg IM given in the right deltoid at 09:12 by J. Lee RN, "
    "ordered by Dr. Moss.\n"
    "\tPhenergan 25 mg IM given in the left deltoid for nausea.\n"
)
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_CHROMIUM = (
    "the browser tests drive Chromium, which is not here: install it (on Debian: apt-get install chromium) "
    "or name it in DELTOID_CHROMIUM"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = shutil.which(os.environ.get("DELTOID_CHROMIUM", "chromium"))
    assert found, NO_CHROMIUM
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Serve the whole application on a free port, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(Settings(), build_engine()), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def opened(chromium: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """Open a page under the given circumstances; at the end its console must be free of complaints."""
    pages: list[Page] = []
    complaints: list[str] = []

    def open_page(path: str = "/", **circumstances: Any) -> Page:
        page = chromium.new_page(base_url=served, **circumstances)
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        page.goto(path)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert complaints == []


def is_complaint(said: ConsoleMessage) -> bool:
    """Say whether a message is a complaint; a form refused or a connection lost is told there anyway."""
    expected = ("status of 422", "net::ERR_FAILED", "htmx:sendError", "htmx:afterRequest")
    return said.type in ("error", "warning") and not any(words in said.text for words in expected)


def review(page: Page, note: str = NOTE) -> Page:
    page.get_by_label("Note", exact=True).fill(note)
    page.get_by_label("Place of service").fill("11")
    page.get_by_role("button", name="Review the note").click()
    expect(page.locator(".bar .badge")).to_be_visible()
    return page


def chosen(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href')"))


def test_a_sample_opens_and_is_reviewed(opened: Callable[..., Page]) -> None:
    page = opened()
    page.locator("#samples li a").first.click()
    expect(page.locator(".bar .badge")).to_be_visible()
    expect(page.get_by_role("heading", name="Why")).to_be_visible()
    assert page.locator("[data-card]").count() > 0


def test_the_right_words_are_marked_after_an_emoji(opened: Callable[..., Page]) -> None:
    page = review(opened())
    first = page.locator('mark[data-ev~="e1"]')
    assert first.and_(page.locator('[data-type="drug"]')).first.text_content() == "Toradol"
    assert first.and_(page.locator('[data-type="route"]')).first.text_content() == "IM"
    assert page.locator(".note-text").text_content() == NOTE


def test_htmx_puts_the_review_in_place_and_says_so(opened: Callable[..., Page]) -> None:
    page = opened()
    page.evaluate("window.sameDocument = true")
    review(page)
    assert page.evaluate("window.sameDocument") is True
    assert chosen(page) == "review-title"
    expect(page.get_by_role("status")).to_contain_text("Review of")
    assert page.title() != "Deltoid"


def test_it_works_without_javascript(opened: Callable[..., Page]) -> None:
    page = review(opened(java_script_enabled=False))
    assert page.locator('mark[data-type="drug"]').first.text_content() == "Toradol"
    page.locator('.chip[href="#e1-drug"]').first.click()
    assert page.url.endswith("#e1-drug")
    expect(page.locator("button.copy").first).to_be_hidden()


def test_the_events_can_be_walked_by_keys(opened: Callable[..., Page]) -> None:
    page = review(opened())
    page.keyboard.press("j")
    assert chosen(page) == "e1"
    page.keyboard.press("j")
    assert chosen(page) == "e2"
    page.keyboard.press("k")
    assert chosen(page) == "e1"
    page.keyboard.press("Escape")
    expect(page.locator(".chosen")).to_have_count(0)


def test_the_spans_can_be_walked_and_lead_to_their_fields(opened: Callable[..., Page]) -> None:
    page = review(opened())
    first, second = (page.locator("mark[id]").nth(n).get_attribute("id") for n in (0, 1))
    page.keyboard.press("]")
    assert chosen(page) == first
    page.keyboard.press("]")
    assert chosen(page) == second
    page.keyboard.press("[")
    assert chosen(page) == first
    page.keyboard.press("Enter")
    assert chosen(page) == f"#{first}"


def test_help_opens_and_closes_by_key(opened: Callable[..., Page]) -> None:
    page = opened()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_single_keys_are_silent_in_fields_and_can_be_turned_off(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_label("Note", exact=True).press_sequentially("j?]")
    assert page.get_by_label("Note", exact=True).input_value() == "j?]"
    expect(page.get_by_role("dialog")).to_be_hidden()
    review(page)
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys are on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".card.chosen")).to_have_count(0)


def test_a_field_shows_its_words_and_the_words_their_field(opened: Callable[..., Page]) -> None:
    page = review(opened())
    page.locator('[data-card="e1"] .chip[href="#e1-dose"]').click()
    assert chosen(page) == "e1-dose"
    expect(page.locator("mark.chosen")).to_have_text("60 mg")
    page.locator("#e1-route").click()
    expect(page.locator(".fields .chosen dt")).to_have_text("Route")
    expect(page.locator("#e1")).to_contain_class("chosen")


def test_lines_are_copied_as_plain_text(opened: Callable[..., Page]) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    review(page)
    page.locator(".claim .copy").first.click()
    expect(page.get_by_role("status")).to_contain_text("Copied")
    assert "96372" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("scripted", [True, False])
def test_what_is_wrong_is_told_in_words(opened: Callable[..., Page], scripted: bool) -> None:
    page = opened(java_script_enabled=scripted)
    page.get_by_label("Place of service").fill("x")
    page.get_by_role("button", name="Review the note").click()
    expect(page.get_by_role("alert")).to_contain_text("The note is empty")
    expect(page.get_by_label("Place of service")).to_have_accessible_description(
        "A place of service is two digits, such as 11."
    )
    if scripted:
        expect(page.get_by_role("alert")).to_be_focused()
        assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_way_of_anybody(opened: Callable[..., Page], scheme: str) -> None:
    page = opened(color_scheme=scheme)
    assert Axe().run(page).violations_count == 0
    review(page)
    page.keyboard.press("j")
    page.get_by_role("button", name="Keys").click()
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 640, 900, 1440])
def test_the_page_never_scrolls_sideways(opened: Callable[..., Page], width: int) -> None:
    page = opened(viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    review(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough_for_a_finger(opened: Callable[..., Page]) -> None:
    page = review(opened())
    targets = "button, a.chip, a.number, input, select, textarea, summary, .around a, header a"
    small = [
        box.evaluate("e => e.outerHTML")
        for box in page.locator(targets).all()
        if box.is_visible()
        and (box.bounding_box() or {"height": 0})["height"] < 24
        and not box.evaluate("e => e.closest('label')")
    ]
    assert small == []


def test_the_focus_is_never_hidden_by_the_bar(opened: Callable[..., Page]) -> None:
    page = review(opened(viewport={"width": 1200, "height": 600}))
    hidden = """() => {
        const [focus, bar] = [document.activeElement, document.querySelector(".bar")];
        const top = focus.getBoundingClientRect().top;
        return !bar.contains(focus) && focus !== document.body && scrollY > 60
            && top < bar.getBoundingClientRect().bottom - 1
            && !focus.closest("header.site") && focus.id !== "main";
    }"""
    page.evaluate("document.activeElement.blur()")
    stops = page.locator("a, button, summary, [tabindex='0'], input").count()
    for way in ("Tab", "Shift+Tab"):
        for _ in range(stops):
            page.keyboard.press(way)
            assert not page.evaluate(hidden), page.evaluate("document.activeElement.outerHTML")


def test_pages_are_never_stored_and_run_only_their_own_scripts(opened: Callable[..., Page]) -> None:
    headers = opened().request.get("/").headers
    assert headers["cache-control"] == "no-store"
    assert "default-src 'self'" in headers["content-security-policy"]


def test_a_failure_of_the_service_is_said_where_it_can_be_seen(opened: Callable[..., Page]) -> None:
    page = opened()
    page.route("**/review", lambda route: route.abort())
    page.get_by_label("Note", exact=True).fill(NOTE)
    page.get_by_role("button", name="Review the note").click()
    expect(page.get_by_role("status")).to_have_text("The service does not answer. Is it still running?")
    expect(page.get_by_role("status")).to_be_in_viewport()
    assert page.get_by_label("Note", exact=True).input_value() == NOTE


def test_hostile_words_do_nothing(opened: Callable[..., Page]) -> None:
    attack = (
        '</textarea><script>window.hit=1</script><img src="x" onerror="window.hit=1"> Toradol 60 mg IM given.'
    )
    page = review(opened(), attack)
    assert page.evaluate("window.hit") is None
    assert page.locator(".note-text").text_content() == attack
    assert page.locator(".note-text img, .note-text script").count() == 0
