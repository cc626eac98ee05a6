"""The trial click: exactly one Cancel Request is there, visible, enabled and not covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Error, Locator
from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.errors import ExitCode, ToolError
from automation.flow.report import Step
from automation.flow.targets import clickables, only_one
from automation.flow.waiting import Deadline
from automation.flow.words import be_sure

if TYPE_CHECKING:
    from automation.flow.walk import Walk
    from automation.pages import DisputePage

_COVERED_SECONDS = 2.0


async def try_cancel_request(walk: Walk, dispute: DisputePage) -> Locator:
    """Prove that the control can be clicked without clicking it (it is hovered, no more).

    Raises:
        ToolError: not exactly one control, or something covers it (exit 5).
    """
    with walk.report.step(Step.TRIAL_CLICK) as running:
        running.page = "Dispute"
        target = await cancel_control(walk, dispute)
        await uncovered(walk, target)
        running.note = f"one '{dispute.cancel_labels[0]}', visible and enabled"
        return target


async def cancel_control(walk: Walk, dispute: DisputePage) -> Locator:
    """The one control that withdraws the claim.

    Raises:
        ToolError: there is not exactly one, or nobody knows its words (exit 5 or 6).
    """
    labels = set(dispute.cancel_labels)
    if len(dispute.cancel_labels) != 1:
        raise ToolError(
            f"{len(dispute.cancel_labels)} cancel controls are on the dispute page, not exactly one",
            code="no_single_target",
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="nothing was clicked; look at the dispute in your own browser",
        )
    label = labels.pop()
    await be_sure(
        walk,
        dispute.lang,
        "the control that withdraws your claim",
        {"labels.cancel_request": (label,)},
    )
    return await only_one(clickables(walk.page, walk.site.hooks, label), f"'{label}'")


async def uncovered(walk: Walk, target: Locator) -> None:
    """Wait until a click would reach the element; layers that are no dialogs are hidden once."""
    deadline = Deadline.after(walk.timeout)
    try:
        await target.click(trial=True, timeout=min(_COVERED_SECONDS, deadline.left) * 1000)
    except PlaywrightTimeout:
        await walk.clear_layers()
    else:
        return
    try:
        await target.click(trial=True, timeout=deadline.left * 1000 + 1)
    except Error as error:
        raise ToolError(
            "the cancel control cannot be clicked: it moves, is disabled or something covers it",
            code="target_covered",
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="nothing was clicked; look at the dispute in your own browser",
        ) from error
