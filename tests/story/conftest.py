"""One demo and one browser for the story; the demo ends with it, and so does everything that it started."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from tests.story.demo import Demo

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    demo = Demo(tmp_path / "demo")
    await demo.start()
    yield demo
    await demo.stop()


@pytest_asyncio.fixture
async def page(demo: Demo, tmp_path: Path, pytestconfig: pytest.Config) -> AsyncIterator[Page]:
    """The five telephones side by side; nothing in the page may fail."""
    sharply = pytestconfig.getoption("--screenshots") is not None  # drawing for the README takes four times as long
    complaints: list[str] = []
    expect.set_options(timeout=15_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = await browser.new_page(
            viewport={"width": 1960, "height": 940}, device_scale_factor=2 if sharply else 1, reduced_motion="reduce"
        )
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(demo.url)
        yield page
        await page.screenshot(path=tmp_path / "end.png")  # for who looks why it failed
        await browser.close()
    assert not complaints
