"""``python -m tests.rules.messages.score``: scores the message reader on each labelled set."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from rules.messages import read_message

HERE = Path(__file__).parent


def main() -> None:
    """Print one line a set; with the name of a set, also its messages that were misread."""
    wanted = sys.argv[1:]
    for path in sorted(HERE.glob("*_messages.jsonl")):
        if not wanted or path.stem in wanted:
            _report(path, show=bool(wanted))


def _report(path: Path, *, show: bool) -> None:
    counts: Counter[tuple[bool, bool]] = Counter()
    misread = []
    for line in path.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        asked, read = message["label"] == "pressure", read_message(message["text"]).is_pressure
        counts[asked, read] += 1
        if asked is not read:
            misread.append(f"  {message['id']} {message['label']}: {message['text']}")
    found, all_read = counts[True, True], counts[True, True] + counts[False, True]
    all_asked = counts[True, True] + counts[True, False]
    sys.stdout.write(
        f"{path.stem:<20} {sum(counts.values()):>5} messages  "
        f"precision {found / all_read:.3f}  recall {found / all_asked:.3f}  "
        f"misread {len(misread)}\n" + "".join(f"{line}\n" for line in misread if show)
    )


if __name__ == "__main__":
    main()
