"""What a person confirmed gets into their file of site data, and nothing else changes."""

from __future__ import annotations

import os
import stat
import tomllib
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site import LabelKind, SiteMap, merge
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.site.merge import merged, remember
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.private_files import write_private

if TYPE_CHECKING:
    from pathlib import Path

TAUGHT = Additions(
    words={
        "sv": {
            "labels.cancel_request": ("Ta tillbaka min begäran",),
            "dispute_status.mediating": ("Fallet granskas",),
        }
    },
    hooks={"dispute_status": ("[class*='case--state--']",)},
    traffic={"reads": ("mtop.x.y.layoutQuery",)},
)
MINE = """\
# My own notes.
lang = "en"
labels.cancel_request = ["Take my claim back"]  # seen on 3 May
dialog_questions = [
  "Really?",  # the short one
]

[words.de.labels]
confirm = ["Bestätigen"]

[hooks]
card = [".ticket"]  # the new list
"""


def status_of(path: Path, words: str, lang: str = "sv") -> str:
    """What the file makes of a status line."""
    return SiteMap.load(path).pack(lang).status(words).value


def test_a_new_file_says_what_was_taught(tmp_path: Path) -> None:
    """GIVEN no file, nor its folder THEN both are made, for their owner only, and it counts."""
    path = tmp_path / "config" / "site.toml"

    assert remember(path, TAUGHT) == path

    site = SiteMap.load(path)
    assert site.pack("sv").label(LabelKind.CANCEL_REQUEST).found_in("Ta tillbaka min begäran")
    assert site.pack("sv").may_act_on("Ta tillbaka min begäran")
    assert status_of(path, "Fallet granskas") == "mediating"
    assert site.hooks.dispute_status[0] == "[class*='case--state--']"
    assert site.traffic["reads"] == ("mtop.x.y.layoutQuery",)
    assert [each.name for each in path.parent.iterdir()] == ["site.toml"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_there_stays(tmp_path: Path) -> None:
    """GIVEN a file with comments THEN each of its lines is still there, in the same order."""
    path = tmp_path / "site.toml"
    path.write_text(MINE, "utf-8")
    path.chmod(0o644)
    more = Additions(
        words={
            "en": {"labels.cancel_request": ("Stop my claim",), "dialog_questions": ("Sure?",)},
            "de": {"labels.confirm": ("Ja, zurückziehen",)},
        },
        hooks={"card": (".docket",), "modal": (".ask",)},
    )

    remember(path, more | TAUGHT)

    text = path.read_text("utf-8")
    comments = ("# My own notes.", "# seen on 3 May", "# the short one", "# the new list")
    assert [text.index(each) for each in comments] == sorted(text.index(each) for each in comments)
    told = tomllib.loads(text)
    assert told["labels"]["cancel_request"] == ["Take my claim back", "Stop my claim"]
    assert told["dialog_questions"] == ["Really?", "Sure?"]
    assert told["words"]["de"]["labels"]["confirm"] == ["Bestätigen", "Ja, zurückziehen"]
    assert told["hooks"]["card"] == [".ticket", ".docket"]
    assert told["words"].keys() == {"de", "sv"}
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


SHAPES = [
    "",
    'lang = "sv"\n',
    'lang = "sv"\nlabels.confirm = ["Ja"]\n',
    'lang = "sv"\n[labels]\nconfirm = ["Ja"]\n',
    '[words.sv]\nlabels.confirm = ["Ja"]\n',
    '[words.sv.labels]\nconfirm = ["Ja"]\n[hooks]\ncard = [".x"]\n[words.de.labels]\nconfirm = ["Ja"]\n',
    'words = { sv = { labels = { confirm = ["Ja"] } } }\n',
    'hooks = { card = [".x"] }\n',
    'hooks.card = [".x"]\ntraffic.reads = ["mtop.a"]\n',
    '[hooks]\ncard = [\n  ".x", # one\n]\n\n[traffic]\n# none yet\n',
    '[traffic]\nreads = ["mtop.a"]\n\n[hooks]\ncard = [".x"]\n\n[words.sv.dispute_status]\nclosed = ["Slut"]\n',
    '\ufeff# a mark at the start\n[hooks]\ncard = [".x"]\n',
]  # fmt: skip


@pytest.mark.parametrize("text", SHAPES)
def test_any_shape_of_a_file_takes_additions(tmp_path: Path, text: str) -> None:
    """GIVEN a way to write the file THEN the old content and the new are both in it."""
    path = tmp_path / "site.toml"
    try:
        before = tomllib.loads(text)
    except ValueError:
        with pytest.raises(ToolError):
            merged(path, text, TAUGHT)
        return

    after = merged(path, text, TAUGHT)

    told = tomllib.loads(after)
    site = SiteMap.of_text(path, after)
    assert site.pack("sv").may_act_on("Ta tillbaka min begäran")
    assert ".x" in site.hooks.card or ".x" not in text
    assert site.traffic["reads"][-1] == "mtop.x.y.layoutQuery"
    assert before.keys() <= told.keys()
    assert merged(path, after, TAUGHT) == after


def test_what_is_known_is_not_written_twice(tmp_path: Path) -> None:
    """GIVEN the same words again, in other case THEN the file is not touched."""
    path = remember(tmp_path / "site.toml", TAUGHT)
    was = path.stat().st_mtime_ns

    remember(path, Additions(words={"sv": {"labels.cancel_request": ("TA TILLBAKA min begäran",)}}))

    assert path.stat().st_mtime_ns == was


@pytest.mark.parametrize(
    "words",
    ["Accept", "Acceptera", "Accepteren", "Ich stimme zu und akzeptiere", "确认收货", "Hyväksyn",
     "Bekräfta mottagning", "Confirm received", "Betala", ""],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["cancel_request", "confirm", "dispute_entry", "box_button"])
def test_words_that_are_never_pressed_are_refused(tmp_path: Path, words: str, kind: str) -> None:
    """GIVEN Accept in any language, taught for any page THEN nothing is written."""
    path = tmp_path / "site.toml"

    with pytest.raises(ToolError) as caught:
        remember(path, Additions(words={"sv": {f"labels.{kind}": (words,)}}))

    assert caught.value.exit_code is ExitCode.USAGE
    assert not path.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (Additions(hooks={"carrd": (".x",)}), "did you mean card?"),
        (Additions(hooks={"card": ("div[",)}), "no CSS selector"),
        (Additions(traffic={"never": ("x",)}), "unknown name, never"),
        (Additions(words={"sv": {"dispute_status.wating": ("x",)}}), "is not a status"),
        (Additions(words={"sv": {"labels.confirm": ("a\u202eb",)}}), "invisible characters"),
        (Additions(words={"sv": {"labels.confirm": ("a" * 601,)}}), "longer than 600"),
        (Additions(words={"sv": {"dialog_plain": ("x",)}}), "dialog_plain cannot be set"),
    ],
)
def test_what_the_reader_refuses_never_replaces_a_file(
    tmp_path: Path, wrong: Additions, told: str
) -> None:
    """GIVEN additions that are invalid THEN the error names them, and the file is as before."""
    path = tmp_path / "site.toml"
    path.write_text(MINE, "utf-8")

    with pytest.raises(ToolError) as caught:
        remember(path, wrong)

    assert told in caught.value.message
    assert path.read_text("utf-8") == MINE
    assert [each.name for each in tmp_path.iterdir()] == ["site.toml"]


def test_words_of_two_statuses_are_refused(tmp_path: Path) -> None:
    """GIVEN words to which the file gives another status THEN it stays as it is."""
    path = remember(tmp_path / "site.toml", TAUGHT)

    with pytest.raises(ToolError, match="as dispute_status"):
        remember(path, Additions(words={"sv": {"dispute_status.closed": ("Fallet granskas",)}}))

    assert status_of(path, "Fallet granskas") == "mediating"


def test_a_file_that_changes_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an editor that saves between reading and writing THEN its lines are in the result."""
    path = tmp_path / "site.toml"
    path.write_text(MINE, "utf-8")

    def saved_first(new: Path, data: bytes) -> None:
        path.write_text(MINE + 'captcha = [".mine"]\n', "utf-8")
        write_private(new, data)

    monkeypatch.setattr(merge, "write_private", saved_first)
    remember(path, TAUGHT)

    told = tomllib.loads(path.read_text("utf-8"))
    assert told["hooks"]["captcha"] == [".mine"]
    assert told["words"]["sv"]["labels"]["cancel_request"] == ["Ta tillbaka min begäran"]


def test_a_link_to_a_file_elsewhere_stays_a_link(tmp_path: Path) -> None:
    """GIVEN a config folder with links THEN the file behind the link changes."""
    real = tmp_path / "dotfiles.toml"
    real.write_text(MINE, "utf-8")
    link = tmp_path / "site.toml"
    link.symlink_to(real)

    remember(link, TAUGHT)

    assert link.is_symlink()
    assert "layoutQuery" in real.read_text("utf-8")


def test_an_unwritable_folder_is_a_clear_error(tmp_path: Path) -> None:
    """GIVEN a file in place of the folder THEN one line names it."""
    (tmp_path / "config").write_text("", "utf-8")

    with pytest.raises(ToolError) as caught:
        remember(tmp_path / "config" / "site.toml", TAUGHT)

    assert caught.value.code is ErrorCode.STATE_DIR_UNWRITABLE


def test_each_line_can_be_put_into_a_file(tmp_path: Path) -> None:
    """GIVEN the lines that are shown THEN they are a valid file that says the same."""
    text = "\n".join(TAUGHT.lines) + "\n"

    assert merged(tmp_path / "site.toml", text, TAUGHT) == text
    assert len(TAUGHT.lines) == 4
