"""In which line of a TOML file a key is set."""

from __future__ import annotations

import tomllib

import pytest

from automation.cli.options.toml_lines import line_of

TEXT = """\
# timeout of all: timeout = 1
site = "timeout = 2"
headed = [
  "timeout = 3",
]
words = '''
timeout = 4
'''
timeout = 5
cancel.item = 6

[list]
"timeout" = 7
what = {item = 8, timeout = 9}
[verify.deep]
allow = [
  1,
]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("timeout",), 9),
        (("cancel", "item"), 10),
        (("list", "timeout"), 13),
        (("list", "what", "timeout"), 14),
        (("verify", "deep"), 15),
        (("verify", "deep", "allow"), 16),
        (("nothing",), None),
        (("list", "nothing"), None),
        ((), None),
    ],
)
def test_the_line_that_sets_it(path: tuple[str, ...], line: int | None) -> None:
    """GIVEN the same word in comments, texts and other tables THEN the line of this key."""
    tomllib.loads(TEXT)
    assert line_of(TEXT, path) == line


def test_a_file_that_is_no_toml_has_no_lines() -> None:
    """GIVEN a broken file THEN none; its own error has the line."""
    assert line_of("timeout = \n", ("timeout",)) is None
