"""The words of sellers' messages: one file a language, which lists its words by concept.

``messages/words/concepts.toml`` explains each concept and is the schema of every other file.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from rules.compiled import read


def _word_files() -> dict[str, bytes]:
    """Every file of the folder, by its name without the ending."""
    folder = resources.files("rules.messages") / "words"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {file.name.removesuffix(".toml"): file.read_bytes() for file in files}


def word_bytes() -> bytes:
    """All that the tables are made of, the code included."""
    named = (part for name, file in _word_files().items() for part in (name.encode(), file))
    return b"\0".join((read(__file__), *named))


@cache
def word_tables() -> dict[str, dict[str, list[str]]]:
    """The concepts of every language, by language code.

    Raises:
        ValueError: a file does not follow ``concepts.toml``, or has no lists of words.
    """
    import tomllib  # noqa: PLC0415  whoever finds the words compiled does not need it

    found = {code: tomllib.loads(text.decode("utf-8")) for code, text in _word_files().items()}
    concepts = found.pop("concepts")
    tables = [(code, each, words) for code in found for each, words in found[code].items()]
    known = ((code, each, each in concepts and _are_words(words)) for code, each, words in tables)
    if wrong := [(code, each) for code, each, follows in known if not follows]:
        raise ValueError(wrong)
    return found


def _are_words(listed: object) -> bool:
    """Whether it is a list of words: a text would be read letter by letter, and an empty word everywhere."""
    return isinstance(listed, list) and all(isinstance(w, str) and w.strip() for w in listed)
