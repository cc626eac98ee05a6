"""Load what a command with a browser needs while Playwright's driver and the browser start."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import click

from automation.cli.call import this_call

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from automation.engine.session.ahead import Ahead
    from automation.engine.session.options import SessionOptions


def load_with_driver(*modules: str) -> None:
    """Begin to start a driver for this call, and import modules meanwhile; it ends with the call."""
    ahead = new_ahead()
    if ahead is None:
        _load(modules)
        return
    this_call().ahead = click.get_current_context().with_resource(ahead)
    _run(ahead, ahead.begin(partial(_load, modules)))


def new_ahead() -> Ahead | None:
    """What driver and browser begin in; ``None`` where a loop runs already, as in a notebook."""
    import asyncio

    from automation.engine.session.ahead import Ahead

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return Ahead()
    return None


def load_with_browser(session: SessionOptions, *modules: str) -> None:
    """Begin to start the browser of these options, and import modules meanwhile.

    Only one with an empty profile and without a window: any other belongs to somebody else too, and
    a window must not open for a run that is refused before it needs one.
    """
    theirs = session.attach or session.connect or session.profile
    if session.ahead is None or theirs or not session.headless:
        _load(modules)
        return
    from automation.engine.session.launch.launcher import start_empty

    start = partial(start_empty, options=session)
    _run(session.ahead, session.ahead.open(start, partial(_load, modules)))


def _run(ahead: Ahead, work: Coroutine[None, None, None]) -> None:
    """Run it to its end, or until a signal comes."""
    from automation.engine.interrupts import Interrupts, Place

    nowhere = Place("load", human_is_asked=True)
    with Interrupts(lambda: nowhere, 0.0, runner=ahead.runner) as interrupts:
        interrupts.run(work)


def _load(modules: tuple[str, ...]) -> None:
    for name in modules:
        import_module(name)
