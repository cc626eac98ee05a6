"""A phone's layout for the tool's own tabs in the buyer's browser.

A browser that the tool starts is a phone as a whole. Here only the tool's tabs are, from before
they load anything; the buyer's own tabs stay as they are.
"""

from __future__ import annotations

import re
from typing import Final, NotRequired, TypedDict

Value = str | bool | float | dict[str, str | bool | float]
"""A parameter of a command."""
Command = tuple[str, dict[str, Value]]
"""A method of the protocol and its parameters."""


class Size(TypedDict):
    """In pixels of CSS."""

    width: int
    height: int


class Device(TypedDict):
    """A device profile of Playwright."""

    user_agent: str
    viewport: Size
    screen: NotRequired[Size]
    device_scale_factor: float
    is_mobile: bool
    has_touch: bool


_VERSION: Final = re.compile(r"Chrome/[\d.]+")
_SYSTEM: Final = re.compile(r"\((?:Linux; )?(Android) ([\d.]+); ([^)]+)\)")
PAGE: Final = "page"


def commands_for(device: Device, browser: str) -> tuple[Command, ...]:
    """What makes a tab a phone's.

    Args:
        browser: the browser's own user agent; the phone's has the same version.
    """
    return (_called(device["user_agent"], browser), *_shaped(device))


def of_kind(commands: tuple[Command, ...], kind: str) -> tuple[Command, ...]:
    """The commands for a target: a frame has the name, and only a page has a screen."""
    return commands if kind == PAGE else commands[:1]


def _called(phone: str, browser: str) -> Command:
    """What it calls itself, also in its client hints."""
    version = _VERSION.search(browser)
    name = _VERSION.sub(version[0], phone) if version else phone
    told: dict[str, Value] = {"userAgent": name}
    if system := _SYSTEM.search(name):
        platform, number, model = system.groups()
        told["userAgentMetadata"] = {
            "platform": platform,
            "platformVersion": f"{number}.0.0",
            "architecture": "",
            "model": model,
            "mobile": True,
        }
    return "Emulation.setUserAgentOverride", told


def _shaped(device: Device) -> tuple[Command, ...]:
    size = device["viewport"]
    return (
        (
            "Emulation.setDeviceMetricsOverride",
            {
                "width": size["width"],
                "height": size["height"],
                "screenWidth": device.get("screen", size)["width"],
                "screenHeight": device.get("screen", size)["height"],
                "deviceScaleFactor": device["device_scale_factor"],
                "mobile": device["is_mobile"],
                "screenOrientation": {"type": "portraitPrimary", "angle": 0},
            },
        ),
        ("Emulation.setTouchEmulationEnabled", {"enabled": device["has_touch"]}),
    )
