"""Site data that the scenario "stranger" needs."""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
dialog_questions = ["Ta tillbaka kravet? Kravet upphör då."]

[words.sv.labels]
dispute_entry = ["Din pågående sak"]
cancel_request = ["Ta tillbaka mitt krav"]
confirm = ["Ja, ta tillbaka"]

[words.sv.dispute_status]
waiting_seller = ["Butiken tittar på saken"]
"""
CALLS: Final = """
[traffic]
reads = ["mtop.ae.shelf.sheetView", "mtop.ae.matter.boardView"]
allowed_reads = ["mtop.ae.shelf.tabView", "mtop.ae.shelf.cardView"]
"""
PERMITTED: Final = """
permitted_apis = ["mtop.ae.matter.turnBack"]
"""
TAUGHT: Final = f"""
[words.sv]
protection = ["Köparskyddet upphör"]
{_WORDS}
[hooks]
card = [".beqre-vgrz"]
order_info = [".vasb-inyhr"]
order_line = [".vgrz-gvgyr"]
line_title = [".vgrz-gvgyr"]
dispute_status = ["[class*='erzvaqre--fgnghfFge--']"]
modal = [".pbzrg-i2-zbqny-ebbg"]
"""
"""What the clicks of ``taught_stranger`` teach."""
KEPT: Final = f"""
[words.sv]
{_WORDS}
cancelled = ["Du tog tillbaka kravet"]

[hooks]
card = [".beqre-vgrz"]
order_info = [".vasb-inyhr"]
dispute_status = ["[class*='erzvaqre--fgnghfFge--']"]
modal = [".pbzrg-i2-zbqny"]

{CALLS}
{PERMITTED}
"""
"""What a cancel by hand alone learns: all that the ordinary command needs on the same site."""
