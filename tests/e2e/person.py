"""Somebody with a phone: reads, fills in, presses, and looks whether everybody can use the page."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page


class Person:
    """A person at a page; ``picture`` keeps what they see, where pictures are wanted."""

    def __init__(self, page: Page, pictures: Path | None) -> None:
        self.page, self.pictures = page, pictures

    def sign_in(self, name: str, password: str) -> None:
        """Come in through the door."""
        self.page.goto("/login")
        self.fill("Tên đăng nhập", name)
        self.fill("Mật khẩu", password)
        self.press("Đăng nhập")
        self.page.wait_for_url("**/")

    def goes(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)

    def fill(self, label: str, text: str) -> None:
        """Type into the field with a label."""
        self._field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of the field with a label."""
        self._field(label).select_option(label=option)

    def choose_first(self, label: str) -> None:
        """Choose the first option that is not the blank one."""
        self._field(label).select_option(index=1)

    def tick(self, label: str) -> None:
        """Tick a box or a radio button."""
        self._field(label).check()

    def _field(self, label: str) -> Locator:
        """Find a field by the beginning of its label; marks such as "(bắt buộc)" may follow."""
        begins = re.compile(rf"^\s*{re.escape(label)}")
        return self.page.locator("main").get_by_label(begins).first

    def press(self, name: str) -> None:
        """Press the button with these words."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        """Follow the link with these words."""
        self.page.get_by_role("link", name=name).first.click()

    def reads(self) -> str:
        """Return what stands on the page."""
        return self.page.locator("main").inner_text()

    def state(self) -> str | None:
        """Return the state of the dossier that is open."""
        return self.page.locator("[data-state]").first.get_attribute("data-state")

    def picture(self, name: str) -> None:
        """Keep a picture of the page as it is seen."""
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.page.wait_for_load_state("networkidle")
            self.page.screenshot(path=self.pictures / f"{name}.png")

    def faults(self) -> list[str]:
        """List what keeps somebody from using the page: contrast, labels, roles, and width."""
        found: Any = Axe().run(self.page).response["violations"]
        wide = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        return [
            *(f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found),
            *(["wider than the screen"] if wide else []),
        ]
