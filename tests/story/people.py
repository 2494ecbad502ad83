"""People at their telephones in the browser: they click labels, type, and read."""

import re
from datetime import datetime, timedelta

from playwright.async_api import Locator, Page, expect

LANGUAGES = "Français · Deutsch · English"
LONG = 30_000  # milliseconds: a jump of the clock visits everything that is due in between


class Person:
    """One telephone of the page."""

    def __init__(self, page: Page, owner: str) -> None:
        self._page = page
        self.owner = owner
        self.phone = page.get_by_role("region", name=f"Telefoon van {owner}", exact=True)
        self.messages = self.phone.get_by_role("article")

    async def starts(self) -> None:
        """Tap the large Start."""
        await self.phone.get_by_role("button", name="Start", exact=True).click()

    async def taps(self, label: str) -> None:
        """Tap the newest button with this label."""
        await self._button(label).click()

    async def taps_and_is_heard(self, label: str) -> None:
        """Tap, and wait until Telegram has it; the bot may not."""
        async with self._page.expect_response(re.compile("/tap$")):
            await self.taps(label)

    async def writes(self, text: str) -> None:
        """Type a message and send it."""
        await self.phone.get_by_role("textbox", name="Bericht").fill(text)
        await self.phone.get_by_role("button", name="Verstuur", exact=True).click()

    async def sends_sticker(self) -> None:
        """Send 👍 from the menu of attachments."""
        await self.phone.get_by_role("button", name="Bijlage").click()
        await self.phone.get_by_role("button", name="Sticker").click()
        await self.phone.get_by_role("dialog").get_by_role("button", name="Versturen").click()

    async def reads(self, *words: str, on: str = "") -> Locator:
        """Wait until the newest message says these words, or the newest one with `on` in it; returns that message."""
        message = self.messages.filter(has_text=on).last if on else self.messages.last
        for each in words:
            await expect(message).to_contain_text(each)
        return message

    async def may_tap(self, *labels: str) -> None:
        """The newest message has exactly these buttons, besides the one for other languages."""
        keys = self.messages.last.locator(".key").filter(has_not_text=LANGUAGES)
        await expect(keys).to_have_text(labels)

    async def may_tap_once(self, label: str) -> None:
        """Only one message has such a button: what was drawn anew has it, and the older one that had it lost it."""
        await expect(self._buttons(label)).to_have_count(1)

    async def sees_nowhere(self, *words: str) -> None:
        """None of these words stands anywhere in the chat, in nothing that the bot wrote."""
        for each in words:
            await expect(self.messages.filter(has_text=each)).to_have_count(0)

    async def chat(self) -> list[str]:
        """All messages as they stand there now."""
        return await self.phone.locator(".log .text").all_inner_texts()

    async def looks(self) -> None:
        """Look at the telephone, so that nothing on it is unread; the newest message is in view."""
        await self.phone.get_by_role("log").press("End")
        await self.phone.get_by_role("heading").click()

    def _button(self, label: str) -> Locator:
        return self._buttons(label).last

    def _buttons(self, label: str) -> Locator:
        return self.phone.get_by_role("log").get_by_role("button", name=label, exact=True)


class Clock:
    """The clock above the telephones."""

    def __init__(self, page: Page) -> None:
        self._clock = page.get_by_role("group", name="Klok")

    async def jumps(self, label: str) -> None:
        """Tap one of the jumps, and wait until the time that its hint told has come and time runs again."""
        button = self._clock.get_by_role("button", name=label, exact=True)
        goal = datetime.strptime((await button.get_attribute("title") or "")[-5:], "%H:%M")  # noqa: DTZ007 – an hour without a day
        await button.click()
        # Time runs: it may be a minute later by the time that somebody looks.
        shown = [f"{goal + timedelta(minutes=late):%H:%M}" for late in range(3)]
        await expect(self._clock.locator(".hour")).to_have_text(re.compile("|".join(shown)), timeout=LONG)
        other = self._clock.get_by_role("button", name="+1 uur", exact=True)  # this one never changes its name
        await expect(other).not_to_have_attribute("aria-disabled", "true", timeout=LONG)
