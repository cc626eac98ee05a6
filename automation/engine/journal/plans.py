"""Keep the plans of dry runs; each can be committed at most once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from automation.engine.journal import rows, schema
from automation.engine.journal.base import Store
from automation.engine.journal.model import StoredPlan, as_text
from automation.errors import ExitCode, ToolError

# An expired plan can never be committed; for a week the tool can still say so.
_KEPT_AFTER_EXPIRY = timedelta(days=7)

_FROM_PLANS = f"SELECT {schema.PLAN_COLUMNS} FROM plan WHERE digest = ?"  # noqa: S608  constants


class Plans(Store):
    """The methods that keep plans."""

    def save_plan(self, plan: StoredPlan) -> None:
        """Keep a plan; saving the same digest again changes nothing, a spent plan stays spent.

        Plans that expired more than a week before this one was created are removed.
        """
        document = json.dumps(plan.document, ensure_ascii=False)
        with self._writing() as db:
            db.execute(
                "DELETE FROM plan WHERE expires < ?", (as_text(plan.created - _KEPT_AFTER_EXPIRY),)
            )
            db.execute(
                "INSERT INTO plan (digest, order_id, created, expires, document)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (
                    plan.digest,
                    plan.order_id,
                    as_text(plan.created),
                    as_text(plan.expires),
                    document,
                ),
            )

    def load_plan(self, digest: str) -> StoredPlan | None:
        """The plan with this digest, even if expired or spent."""
        with self._reading() as db:
            row = db.execute(_FROM_PLANS, (digest,)).fetchone()
            return rows.as_plan(row) if row else None

    def spend_plan(self, digest: str, now: datetime | None = None) -> None:
        """Use up a plan, at ``now`` or the current time; of two processes one succeeds.

        Raises:
            ToolError: ``plan_spent`` or ``plan_unknown``, exit code 7.
        """
        moment = as_text(now or datetime.now(UTC))
        with self._writing() as db:
            row = db.execute(_FROM_PLANS, (digest,)).fetchone()
            if row is None:
                raise _refused("no plan with this digest in this state folder", "plan_unknown")
            if rows.as_plan(row).spent:
                raise _refused("this plan was already used", "plan_spent")
            db.execute("UPDATE plan SET spent = ? WHERE digest = ?", (moment, digest))

    def return_plan(self, digest: str) -> None:
        """Make a spent plan usable again, since its request was refused before it had an effect."""
        with self._writing() as db:
            db.execute("UPDATE plan SET spent = NULL WHERE digest = ?", (digest,))


def _refused(message: str, code: str) -> ToolError:
    return ToolError(
        message,
        code=code,
        exit_code=ExitCode.PLAN_STALE,
        hint="make a new plan with 'dispute-guard cancel ORDER --because REASON --dry-run'",
    )
