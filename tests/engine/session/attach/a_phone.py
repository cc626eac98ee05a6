"""A phone to pretend to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.engine.session.attach.phone import Device


PHONE: Device = {
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 7) Chrome/100.0.0.0 Mobile Safari/537.36",
    "viewport": {"width": 412, "height": 839},
    "device_scale_factor": 2.625,
    "is_mobile": True,
    "has_touch": True,
}
