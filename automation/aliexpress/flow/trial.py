"""The trial click: require exactly one Cancel Request, visible, enabled and not covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.flow.report import Step
from automation.aliexpress.flow.targets import controls, only_one, reach
from automation.aliexpress.flow.waiting import Deadline
from automation.aliexpress.flow.words import be_sure
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from automation.aliexpress.flow.walk import Walk
    from automation.aliexpress.pages import DisputePage


async def try_cancel_request(walk: Walk, dispute: DisputePage) -> Locator:
    """Prove that the control can be clicked, without clicking it (only hovering).

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
        ToolError: there is not exactly one, or its label is unverified (exit 5 or 6).
    """
    labels = set(dispute.cancel_labels)
    if len(dispute.cancel_labels) != 1 or dispute.clash:
        raise ToolError(
            dispute.clash
            or f"expected exactly one Cancel Request on the dispute page, found "
            f"{len(dispute.cancel_labels) or 'none'}",
            code=ErrorCode.NO_SINGLE_TARGET,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="look at the dispute in your own browser",
        )
    label = labels.pop()
    await be_sure(
        walk,
        dispute.lang,
        "the control that withdraws your claim",
        {"labels.cancel_request": (label,)},
    )
    hooks = walk.site.hooks
    apart = hooks.css("modal")
    found = await controls(walk.page, hooks, label, f"{hooks.css('furniture')}, {apart}")
    if not await found.count():
        # A page may have its buttons in a bar at the bottom.
        found = await controls(walk.page, hooks, label, f"{hooks.css('foreign')}, {apart}")
    return await only_one(found, f"'{label}'")


async def uncovered(walk: Walk, target: Locator) -> None:
    """Wait until a click would reach the element, hiding layers that cover it."""
    deadline = Deadline.after(walk.timeout)
    await reach(target, deadline, walk.site.hooks, touch=walk.session.touch)
