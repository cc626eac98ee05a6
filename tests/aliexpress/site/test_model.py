"""The data of the site as one map: packs by language, words that are never pressed, hooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.aliexpress.site import LabelKind, SiteMap
from automation.aliexpress.site.words import WordList
from automation.errors import ErrorCode, ExitCode, ToolError

SITE = SiteMap.load()
FILE = Path("site.toml")


def refused(text: str) -> ToolError:
    """Why the text of a user's file is not taken."""
    with pytest.raises(ToolError) as caught:
        SiteMap.of_text(FILE, text)
    assert (caught.value.code, caught.value.exit_code) == (
        ErrorCode.BAD_WORDS_FILE, ExitCode.USAGE,
    )  # fmt: skip
    return caught.value


@pytest.mark.parametrize(
    ("lang", "pack"),
    [
        ("en", "en"), ("pt-BR", "pt"), (" EN_us ", "en"), ("", "en"), ("iw", "he"), ("zh-Hant-TW", "zh"),
        ("tlh", "tlh"), ("x-default", "und"), ("../de", "und"), ("d\u0117", "und"), ("english", "und"),
    ],
)  # fmt: skip
def test_a_documents_language_has_a_pack(lang: str, pack: str) -> None:
    """GIVEN the language that a document names THEN its pack; what is no language has one without words."""
    assert SITE.pack(lang).lang == pack


@pytest.mark.parametrize("lang", ["tlh", "???", "sv-SE"])
def test_a_language_without_a_pack_decides_no_click_and_keeps_what_forbids(lang: str) -> None:
    """GIVEN a language that no file has THEN no label, a guess, and the words that forbid or warn."""
    english, pack = SITE.pack("en"), SITE.pack(lang)

    assert pack.is_guess
    assert (pack.labels, pack.dispute_status, pack.dialog_verbs) == ({}, {}, ())
    assert set(pack.dialog_never) >= set(english.dialog_never) != set()
    assert (pack.dialog_paying, pack.dialog_loss) == (english.dialog_paying, english.dialog_loss)


def test_a_language_without_a_pack_has_its_own_words_that_forbid() -> None:
    """GIVEN a dialog in a language without a pack THEN its word of accepting forbids a confirm."""
    assert WordList(SITE.pack("sv").dialog_never).found_in("Vill du acceptera?")
    assert not WordList(SITE.pack("tlh").dialog_never).found_in("Vill du acceptera?")


def test_english_words_that_forbid_or_warn_count_in_every_pack() -> None:
    """GIVEN a shipped pack THEN it has the English ones, each once, beside its own."""
    english = SITE.pack("en")
    for pack in SITE.packs.values():
        for name in ("dialog_never", "dialog_paying", "dialog_loss"):
            words: tuple[str, ...] = getattr(pack, name)
            assert set(words) >= set(getattr(english, name)), (pack.lang, name)
            assert len(words) == len(set(words)), (pack.lang, name)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Accept the offer", True),
        ("Angebot annehmen", True),
        ("Acceptera", True),  # a language without a pack
        ("Confirm received", True),
        ("Cancel Request", False),
        ("", False),
    ],
)
def test_what_must_not_be_pressed_is_known_in_every_language(text: str, *, never: bool) -> None:
    """GIVEN words of accepting, in any language THEN they are found; those of a cancel are none."""
    assert bool(SITE.never_in(text)) is never


def test_a_users_own_never_words_count_for_all_and_for_the_file_itself() -> None:
    """GIVEN a file that forbids words THEN no button with them, and no label of the same file."""
    forbids = 'lang = "en"\ndialog_never = ["seal"]\n'

    assert SiteMap.of_text(FILE, forbids).never_in("Seal the deal") == ["seal"]
    assert SITE.never_in("Seal the deal") == []
    told = refused(forbids + '[labels]\nconfirm = ["Seal it"]\n')
    assert "labels.confirm has 'Seal it', which is about 'seal'" in told.message


def test_a_users_file_cannot_take_the_shipped_words_away() -> None:
    """GIVEN lists in a file THEN they are added; no list of the shipped map is shorter than before."""
    mine = SiteMap.of_text(
        FILE, 'lang = "de"\ndialog_never = []\ndialog_loss = []\n[labels]\nconfirm = ["Jawohl"]\n'
    )

    was, now = SITE.pack("de"), mine.pack("de")
    assert now.dialog_never == was.dialog_never
    assert now.dialog_loss == was.dialog_loss
    assert now.labels[LabelKind.CONFIRM] == (*was.labels[LabelKind.CONFIRM], "Jawohl")
    assert SITE.pack("de") is was, "the shipped map stays as it is"


def test_several_tables_about_one_language_all_count() -> None:
    """GIVEN a language at the top and below [words] THEN both add to it."""
    mine = SiteMap.of_text(
        FILE,
        'lang = "de"\n[labels]\nconfirm = ["Jawohl"]\n[words.de.labels]\nconfirm = ["Gewiss"]\n',
    )

    assert all(map(mine.pack("de").may_act_on, ("Jawohl", "Gewiss")))


def test_a_file_about_a_new_language_makes_a_pack_of_guesses_with_its_words() -> None:
    """GIVEN a language that no pack has THEN its words may be acted on, and nothing else may."""
    mine = SiteMap.of_text(FILE, '[words.sv.labels]\ncancel_request = ["Ta tillbaka"]\n').pack("sv")

    assert mine.is_guess
    assert mine.may_act_on("ta tillbaka")
    assert not mine.may_act_on("Återkalla")
    assert mine.dialog_never == SITE.pack("sv").dialog_never


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lang = "en"\ndialog_plain = ["You lose all"]\n', "dialog_plain cannot be set in it"),
        ('lang = "sv"\n[labels]\ndispute_entry = ["Acceptera"]\n', "labels.dispute_entry has 'Acceptera', which is about"),
        ('lang = "sv"\n[labels]\nbox_button = [" "]\n', "labels.box_button has ' ', which is empty"),
        ('[labels]\nconfirm = ["x"]\n', "lang: required field is missing"),
        ('lang = "en"\nlabels.confirm = ["a", 3]\n', "labels.confirm.1: input should be text"),
        ("[hooks]\n", "it is empty"),
    ],
)  # fmt: skip
def test_a_slip_is_refused(text: str, told: str) -> None:
    """GIVEN plain words, an Accept, a label of nothing or a wrong type THEN exit 2 names it."""
    assert told in refused(text).message


def test_words_that_a_person_confirmed_lie_over_their_language() -> None:
    """GIVEN words by the names of their lists THEN they count, in this map alone."""
    taught = SITE.taught(
        "de-AT", {"labels.confirm": ("Jawohl",), "dialog_questions": ("Zurück?",), "until": ("bis zum",)}
    )  # fmt: skip

    pack = taught.pack("de")
    assert "Jawohl" in pack.label(LabelKind.CONFIRM)
    assert all(map(pack.may_act_on, ("Jawohl", "Zurück?")))
    assert pack.until[-1] == "bis zum"
    assert "Jawohl" not in SITE.pack("de").label(LabelKind.CONFIRM)


@pytest.mark.parametrize("words", [{"dialog_plain": ("You lose all",)}])
def test_nothing_that_is_confirmed_makes_a_dialog_plain(words: dict[str, tuple[str, ...]]) -> None:
    """GIVEN words that would hide a warning THEN they are not taken."""
    assert SITE.taught("en", words).pack("en").dialog_plain == SITE.pack("en").dialog_plain


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, Robin Doe", "Robin Doe"),
        ("hi,Robin", "Robin"),
        ("HI, \n Robin", "Robin"),
        ("Hi, Sign in", ""),
        ("Hi, sign inge", "sign inge"),
        ("Hi, ", ""),
        ("Hi Robin", ""),
        ("Oh hi, Robin", ""),
        ("", ""),
    ],
)
def test_a_greeting_names_somebody_or_no_one(text: str, name: str) -> None:
    """GIVEN a text of the header THEN the name in it, if it greets one."""
    assert SITE.hooks.greeted(text) == name


def test_a_users_selectors_come_before_the_shipped_ones() -> None:
    """GIVEN selectors of a file THEN both are in the list, theirs first; other hooks stay."""
    hooks = SITE.hooks.with_more({"card": (".mine",), "modal": ()})

    assert hooks.card == (".mine", *SITE.hooks.card)
    assert hooks.css("card").startswith(".mine, ")
    assert hooks.modal == SITE.hooks.modal


def test_a_link_to_one_order_or_to_any() -> None:
    """GIVEN an order THEN the selectors of its link; without one those of any order's."""
    one, any_of_them = SITE.hooks.card_link_of("8190000000000001"), SITE.hooks.card_link_of("")

    assert "8190000000000001" in one
    assert "{order}" not in one + any_of_them
    assert one.replace("8190000000000001", "") == any_of_them
