"""Pictures of pages: taken so that no page can notice, and covered before anyone can see them."""

from __future__ import annotations

from automation.engine.pictures.covering import Cover, covered, load_painter
from automation.engine.pictures.shot import Camera, Shot, Words

__all__ = ["Camera", "Cover", "Shot", "Words", "covered", "load_painter"]
