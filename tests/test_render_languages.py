"""The page's own words: six languages, the same keys in each, the form that a number asks for."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest

from geomap.cli.page import LANGS as CLI_LANGS
from geomap.errors import RenderError
from geomap.model import Actor, Event, Quantity
from geomap.render import Look, render
from geomap.render.language import language_of
from geomap.render.plural import plural_form
from geomap.render.shell import _ASSETS
from geomap.render.words import LANGS, counted, figure_words, number_words, what_words, words
from tests import render_sample as sample
from tests.factory import make_control, make_displacement, make_post

FORMS = {"single", "zero", "one", "two", "few", "many", "other"}
# The forms that whole numbers ask for (Unicode CLDR).
NEEDED = {
    "en": {"one", "other"},
    "tr": {"one", "other"},
    "fr": {"one", "other"},
    "ru": {"one", "few", "many", "other"},
    "uk": {"one", "few", "many", "other"},
    "ar": {"zero", "one", "two", "few", "many", "other"},
}


def phrases(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each phrase with its path; the forms of one word are one phrase."""
    if isinstance(value, dict) and not ("other" in value and set(value) <= FORMS):
        for key, inner in value.items():
            yield from phrases(inner, f"{path}.{key}")
    else:
        yield path, value


def blanks(phrase: Any) -> set[str]:
    texts = phrase.values() if isinstance(phrase, dict) else [phrase] if isinstance(phrase, str) else []
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_has_every_key_and_fills_in_the_same(lang: str) -> None:
    english, other = dict(phrases(words("en"))), dict(phrases(words(lang)))
    assert list(other) == list(english)
    for path, phrase in other.items():
        if not path.startswith((".post.", ".control.siege_lifted")):
            assert blanks(phrase) == blanks(english[path]), path
        assert isinstance(phrase, (dict, list)) or phrase.strip() or path in (".modality.actual", ".thousands"), (
            path
        )


@pytest.mark.parametrize("lang", LANGS)
def test_every_counted_word_has_the_forms_of_its_language(lang: str) -> None:
    for path, phrase in phrases(words(lang)):
        if isinstance(phrase, dict) and not path.startswith(".post_kind."):
            assert set(phrase) >= NEEDED[lang], path
        if path.startswith(".post_kind."):
            assert "single" in phrase, path


@pytest.mark.parametrize("lang", [lang for lang in LANGS if lang != "en"])
def test_hardly_a_phrase_is_left_in_english(lang: str) -> None:
    english = dict(phrases(words("en")))
    same = [path for path, phrase in phrases(words(lang)) if phrase == english[path] and isinstance(phrase, str)]
    allowed = {
        ".dir",
        ".date",
        ".date_short",
        ".quantifier.exact",
        ".modality.actual",
        ".page.from_to",
        ".thousands",
    }
    allowed |= {".of_owner", ".page.sources", ".page.source", ".page.pause", ".page.north"}
    assert set(same) <= allowed | {".legend.parties"}


@pytest.mark.parametrize("lang", LANGS)
def test_months_and_phrases_are_whole(lang: str) -> None:
    assert len(set(words(lang)["months"])) == 12
    assert words(lang)["dir"] == ("rtl" if lang == "ar" else "ltr")


def test_the_command_line_offers_the_languages_there_are() -> None:
    assert CLI_LANGS == LANGS


def test_an_unknown_language_is_named_with_those_there_are() -> None:
    with pytest.raises(RenderError, match="'xx' is not known: take one of en, ar"):
        words("xx")


@pytest.mark.parametrize(
    ("lang", "count", "form"),
    [
        ("en", 1, "one"), ("en", 0, "other"), ("fr", 0, "one"), ("fr", 2, "other"), ("tr", 1, "one"),
        ("ru", 1, "one"), ("ru", 2, "few"), ("ru", 5, "many"), ("ru", 11, "many"), ("ru", 12, "many"),
        ("ru", 21, "one"), ("ru", 22, "few"), ("ru", 112, "many"), ("uk", 101, "one"), ("uk", 14, "many"),
        ("ar", 0, "zero"), ("ar", 1, "one"), ("ar", 2, "two"), ("ar", 3, "few"), ("ar", 10, "few"),
        ("ar", 11, "many"), ("ar", 99, "many"), ("ar", 100, "other"), ("ar", 103, "few"), ("ar", 1000, "other"),
    ],
)  # fmt: skip
def test_plural_forms(lang: str, count: int, form: str) -> None:
    assert plural_form(count, lang) == form


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "120,000"), ("ar", "120,000"), ("tr", "120.000"), ("fr", "120\u202f000"), ("ru", "120\u00a0000")],
)
def test_numbers(lang: str, expected: str) -> None:
    assert number_words(120000, lang) == expected


NORTH, SOUTH = Actor("Northern Alliance"), Actor("Southern Guard")


@pytest.mark.parametrize(
    ("lang", "event", "expected"),
    [
        ("tr", make_control(actor=NORTH), "Northern Alliance tarafından ele geçirildi"),
        ("tr", make_control(actor=NORTH, subtype="partial"), "İlerleme: Northern Alliance"),
        (
            "fr",
            make_control(actor=NORTH, opponent=SOUTH),
            "Prise par Northern Alliance, auparavant : Southern Guard",
        ),
        ("ru", make_control(actor=None), "Взятие под контроль"),
        ("ru", make_post(owner=None, actor=None, count=3), "Размещение: 3 наблюдательных поста"),
        ("uk", make_post(owner=None, actor=None, count=21), "Розміщення: 21 спостережний пост"),
        ("ar", make_control(actor=NORTH), "السيطرة عليها من قبل Northern Alliance"),
        ("ar", make_displacement(quantity=Quantity(12000, "more_than", "x")), "نزوح أكثر من 12,000 شخص"),
        ("tr", make_displacement(quantity=Quantity(12000, "more_than", "x")), "12.000 kişiden fazla kaçtı"),
        (
            "ru",
            make_displacement(quantity=Quantity(None, "exact", "tens of thousands")),
            "Бегство: tens of thousands",
        ),
    ],
)
def test_events_in_words_of_other_languages(lang: str, event: Event, expected: str) -> None:
    assert what_words(event, lang=lang) == expected


def test_counted_words_agree_with_their_number() -> None:
    issues = words("ru")["summary"]["events"]
    assert [counted(issues, n, "ru") for n in (1, 2, 5)] == ["1 событие", "2 события", "5 событий"]
    assert figure_words(Quantity(2, "exact", "two"), "households", "uk") == "2 родини"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The army said it had taken the town after the shelling of the market.", "en"),
        ("Les forces ont repris la ville dans la nuit, selon une source.", "fr"),
        ("Ordu, bir köy ve iki tepenin ele geçirildiğini söyledi; ancak bu doğrulanmadı.", "tr"),
        ("Войска вошли в город.", "ru"),
        ("Війська увійшли до міста.", "uk"),
        ("دخلت القوات المدينة.", "ar"),
        ("نیروها وارد شهر شدند، گفت سخنگو.", ""),
        ("Marsa", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_text(text: str, lang: str) -> None:
    assert language_of(text) == lang


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_says_its_language_and_direction_and_keeps_the_texts_own(lang: str) -> None:
    page = render(sample.timeline(), sample.ARTICLES, [], Look("Marsa", lang=lang), gazetteer_version="1")
    assert f'<html lang="{lang}" dir="{words(lang)["dir"]}">' in page
    assert "Alliance fighters took Marsa on Thursday, residents said." in page
    assert (
        '<blockquote dir="auto" lang="uk"><p>Бригади відійшли' in page
        or '<blockquote dir="auto" lang="ru"><p>Бригади' in page
    )
    assert not re.search(r"\{(actor|figure|posts|count|date|version)\}", page.split("<script")[0])


def test_no_script_of_ours_has_a_text_over_several_lines() -> None:
    """Comments and indentation are taken out line by line."""
    for path in sorted(_ASSETS.glob("*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{path.name}:{number}"
