"""A real server and a real browser: Debian's Chromium on a phone's screen."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.e2e.person import Person
from tests.factories import PASSWORD
from tests.world import World

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this test run; without it these tests fail and say what to install."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: sudo apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask, world: World) -> Iterator[str]:  # noqa: ARG001 -- somebody must be there
    """The address of the application, served on a free port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_phone(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a phone's browser; ``scripts=False`` has scripts off."""
    contexts = []

    def opened(*, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=address, viewport=PHONE, java_script_enabled=scripts, locale="vi-VN"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def person(
    open_phone: Callable[..., Page], request: pytest.FixtureRequest
) -> Callable[..., Person]:
    """Sign somebody in through the door, on a phone of their own."""
    folder = request.config.getoption("--pictures")

    def signed_in(name: str, *, scripts: bool = True) -> Person:
        page = open_phone(scripts=scripts)
        someone = Person(page, Path(folder) if folder else None)
        someone.sign_in(name, PASSWORD)
        return someone

    return signed_in
