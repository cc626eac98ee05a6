"""The camera of blank pictures stands in for the real one."""

from __future__ import annotations

import inspect

from automation.engine.pictures import Camera
from tests.ready import camera


def test_it_takes_what_the_real_one_takes() -> None:
    """GIVEN the real camera's options THEN the blank one has each of them, and no other."""
    real = inspect.signature(Camera.take).parameters.keys() - {"self"}
    blank = inspect.signature(camera.take).parameters.keys() - {"_"}
    assert blank == real
