"""The document of advice on words follows the schema of the answer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from automation.aliexpress.advice.document import document
from automation.aliexpress.advice_answer import Advised
from rules import Facts, Reason, advise, advise_on_words

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
PLEA = "Please cancel the dispute first, then we refund you."


@pytest.mark.parametrize(
    "facts",
    [
        Facts(),
        Facts(now=NOW, buyer_reason=Reason.OTHER),
        Facts(now=NOW, seller_messages=(PLEA,), protection_deadline="2026-06-20T09:00:00Z"),
        Facts(now=NOW, dispute_status="final_decision", protection_deadline="2026-06-20"),
    ],
)
def test_the_document_is_the_answer(facts: Facts) -> None:
    """GIVEN advice THEN its document is what the model of the answer makes of it, in the same order."""
    for advice in (advise(facts), advise_on_words(facts)):
        told = document(advice, 3)

        answer = Advised.model_validate(told)
        assert list(answer.as_json().items()) == list(told.items())
        assert answer.exit_code == 3


def test_a_field_that_the_schema_has_not_would_be_noticed() -> None:
    """Control of the test above: the model takes no other field."""
    with pytest.raises(ValidationError):
        Advised.model_validate({**document(advise(Facts()), 0), "more": 1})
