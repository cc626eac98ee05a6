"""Pictures of pages: taken so that no page can notice, and covered before anyone can see them."""

from __future__ import annotations

from automation.engine.pictures.covering import Cover, covered, load_painter
from automation.engine.pictures.shot import Camera, PlacedText, Shot

__all__ = ["Camera", "Cover", "PlacedText", "Shot", "covered", "load_painter"]
