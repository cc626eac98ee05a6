"""The JSON document of ``advise`` on words: nothing in it comes from a page, so no model checks it.

``Advised`` (``automation.aliexpress.advice_answer``) is its schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules import Advice


def document(advice: Advice, exit_code: int) -> dict[str, object]:
    """What the rules say, without what they have nothing to say about."""
    told = advice.as_json()
    said = {name: told[name] for name in told if told[name] is not None or name == "refile_by"}
    return {"command": "advise", **said, "exit_code": exit_code}
