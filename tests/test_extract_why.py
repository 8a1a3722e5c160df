"""Why an event is there: each part of it has its reason, in words an editor understands."""

from __future__ import annotations

import io
import json
import sys

import pytest

from geomap.cli import main
from geomap.export.table import reasons_table
from geomap.model import Article
from tests.extract_reader import events_of


@pytest.mark.parametrize(
    ("text", "about", "words"),
    [
        (
            "Rebels captured Marsa on Monday.",
            "phrase",
            "'captured' reads as 'captured' (taken), as in",
        ),
        (
            "Rebels captured Marsa on Monday.",
            "phrase",
            "the town of Marsa from the army.'; rule 'capture' of control.yml",
        ),
        ("Rebels captured Marsa on Monday.", "place", "Marsa, for 'Marsa' in this sentence"),
        ("Marsa is large. Rebels captured the town.", "place", "for 'Marsa' in another sentence"),
        ("Rebels captured part of Marsa.", "place", "a part of Marsa"),
        ("The village of Kashma was captured by rebels.", "place", "'Kashma' is in no gazetteer"),
        ("Rebels captured Marsa on Monday.", "actor", "as the text calls it"),
        (
            "The army captured Marsa.",
            "actor",
            "the text only says 'army', taken for that of the country; 'sy-government-forces' in actors.yml",
        ),
        ("Rebels captured Marsa on Monday.", "date", "2024-03-11, to the day: 'Monday', counted from"),
        ("Rebels captured Marsa on 11 March 2024.", "date", "2024-03-11, to the day: '11 March 2024'"),
        (
            "Rebels left on Sunday. Marsa fell the next day.",
            "date",
            "'the next day', counted from the day the text",
        ),
        ("Rebels captured Marsa.", "date", "2024-03-13: the day of the article, as the sentence names none"),
        ("Rebels captured Marsa.", "speaker", "the article says it itself"),
        ("Rebels captured Marsa, the army said.", "certainty", "claimed, as a party to the conflict says so"),
        ("Rebels captured Marsa, residents said.", "speaker", "residents; counts as an observer"),
        ("The SOHR is in London. It said rebels had captured Marsa.", "speaker", "SOHR, named in another sentence"),
        ("Rebels reportedly captured Marsa.", "certainty", "the sentence itself doubts it"),
        ("Rebels captured Marsa in 2012.", "background", "history"),
        ("More than 3,000 people fled Marsa.", "figure", "3,000 or more, counted in people"),
        ("Aid groups fear that 3,000 people could flee Marsa.", "modality", "projected, because of"),
    ],
)
def test_each_part_of_an_event_has_its_reason(text: str, about: str, words: str) -> None:
    told = [reason.text for event in events_of(text) for reason in event.reasons if reason.about == about]
    assert any(words in reason for reason in told), told


def test_denial_by_another_side_is_a_reason() -> None:
    (event,) = events_of("The militia said it had captured Marsa, but the army denied losing the town.")
    assert event.reasons[-1] == ("certainty", "contested: denied by army in the same article")
    assert event.why.endswith("contested: denied by army in the same article")


def test_table_has_the_event_the_sentence_and_the_reasons() -> None:
    text = "Rebels captured Marsa on Monday."
    lines = reasons_table(Article(id="a", text=text), events_of(text)).splitlines()
    assert lines[0] == "a: 1 event"
    assert lines[2] == "control captured: Marsa, 2024-03-11, Rebels, reported"
    assert lines[3] == f"  sentence   {text}"
    assert [line.split()[0] for line in lines[4:] if line[2] != " "] == [
        "phrase", "place", "actor", "date", "speaker", "certainty",
    ]  # fmt: skip


def test_json_line_has_reasons_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {"doc_id": "a", "date": "2020-02-07", "text": "Rebels captured Saraqeb on Monday."}

    def events(*options: str) -> list[dict[str, object]]:
        stdin = io.TextIOWrapper(io.BytesIO(json.dumps(document).encode()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stdin)
        assert main(["extract", "-", *options]) == 0
        found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["events"]
        return found

    (plain,) = events()
    (told,) = events("--why")
    assert "reasons" not in plain
    assert told == {**plain, "reasons": told["reasons"]}
    assert list(told["reasons"]) == ["phrase", "place", "actor", "date", "speaker", "certainty"]  # type: ignore[call-overload]


def test_why_does_not_go_with_a_format_that_has_no_room_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "a.txt", "--why", "--format", "csv"]) == 2
    assert "--why goes with --format jsonl" in capsys.readouterr().err
