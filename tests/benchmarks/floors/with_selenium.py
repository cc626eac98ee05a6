"""The same walk as ``tests.benchmarks.bare`` with Selenium and the machine's ChromeDriver.

Never use it to cancel anything real.
``python -m tests.benchmarks.floors.with_selenium SITE BROWSER look|cancel``
"""

from __future__ import annotations

import shutil
import sys
from typing import Final

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import (
    number_of_windows_to_be,
    visibility_of_element_located,
)
from selenium.webdriver.support.wait import WebDriverWait

from automation.engine.session.launch.discovery import sandbox_arguments

_SECONDS: Final = 30.0
_POLL: Final = 0.02
_CARD: Final = (
    "//*[contains(@class,'order-item')][.//*[contains(@class,'order-item-bottom-action')]]"
)
_DETAILS: Final = f"{_CARD}//*[contains(@class,'order-item-header-detail')]"
_DONE: Final = "//*[contains(text(),'Request cancelled')]"


def named(text: str) -> str:
    """The path of what has exactly this text."""
    return f"//*[normalize-space(text())='{text}']"


def walk(driver: Chrome, site: str, *, cancel: bool) -> None:
    """My Orders, Order Details and the dispute; with ``cancel`` the click and its confirm too."""
    waiting = WebDriverWait(driver, _SECONDS, _POLL)

    def press(path: str) -> None:
        waiting.until(visibility_of_element_located((By.XPATH, path))).click()

    driver.get(f"{site}/p/order/index.html")
    press(_DETAILS)
    press(named("Dispute in Progress"))
    waiting.until(number_of_windows_to_be(2))
    driver.switch_to.window(driver.window_handles[-1])
    button = (By.XPATH, named("Cancel Request"))
    waiting.until(visibility_of_element_located(button))
    if cancel:
        press(button[1])
        press("(//*[@role='dialog']//button)[last()]")
        waiting.until(visibility_of_element_located((By.XPATH, _DONE)))


def main() -> None:
    """Launch a browser, walk once, and end."""
    site, path, how = sys.argv[1:]
    options = ChromeOptions()
    options.binary_location = path
    options.page_load_strategy = "eager"
    for switch in ("--headless", *sandbox_arguments()):
        options.add_argument(switch)
    service = ChromeService(shutil.which("chromedriver"))
    with Chrome(options=options, service=service) as driver:
        walk(driver, site, cancel=how == "cancel")


if __name__ == "__main__":
    main()
