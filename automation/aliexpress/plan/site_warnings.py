"""What the site warns of before a cancel, and the consent to it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from automation.aliexpress.pages.text.sentences import means_loss
from automation.aliexpress.site.words import fold
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.site import WordPack

_LONGEST = 400
_MOST_IN_HINT = 8


class SiteWarning(Struct, frozen=True):
    """One sentence of the site, in its dialog or beside it, that says more than the question.

    Args:
        words: the sentence, safe to print.
        digest: twelve hex digits over the sentence and its dispute.
        means_loss: it speaks of something that the buyer loses, or in a language that is not known.
    """

    words: str
    digest: str
    means_loss: bool = True

    def as_json(self) -> dict[str, str | bool]:
        """An entry of ``warnings`` in the JSON answer."""
        return asdict(self)


class UnseenWarningsError(ToolError):
    """The site warns of something that the buyer has not accepted; nothing was confirmed."""

    def __init__(self, warnings: tuple[SiteWarning, ...], plan: Plan) -> None:
        said = " ".join(f"'{each.words}'" for each in warnings)
        named = [f"--accept-warning {each.digest}" for each in warnings]
        each_of_them = ["--accept-warning DIGEST for each of them"]
        accepting = " ".join(named if len(named) <= _MOST_IN_HINT else each_of_them)
        super().__init__(
            f"the site warns: {said}",
            code=ErrorCode.WARNINGS_NOT_ACCEPTED,
            exit_code=ExitCode.PLAN_STALE,
            hint=f"to accept that, repeat with --plan {plan.digest} {accepting}",
        )
        self.warnings = warnings


def site_warnings(sentences: Iterable[str], plan: Plan, words: WordPack) -> tuple[SiteWarning, ...]:
    """The warnings about the plan's dispute, without duplicates.

    Args:
        words: of the page's language.
    """
    found = (
        SiteWarning(
            clean_text(each, _LONGEST),
            _digest(each, plan),
            means_loss=words.is_guess or means_loss(each, words),
        )
        for each in sentences
    )
    return tuple({warning.digest: warning for warning in found}.values())


def _digest(sentence: str, plan: Plan) -> str:
    """Bind consent to the sentence and to this dispute."""
    content = [plan.order_id, plan.reverse_line_id, plan.trade_line_id, fold(sentence)]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]
