"""The program as a Unix filter: a document a line in, an answer a line out."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.conftest import ROOT, RunGeomap

GOOD = {
    "doc_id": "a",
    "date": "2021-03-04",
    "text": "Syrian government forces captured the town of Saraqeb on Wednesday.",
}


def _lines(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def test_extract_answers_each_document_in_order(geomap: RunGeomap) -> None:
    documents = [{**GOOD, "doc_id": number} for number in (3, 1, 2)]

    done = geomap("extract", "-", "--format", "jsonl", stdin="".join(json.dumps(d) + "\n" for d in documents))

    lines = _lines(done.stdout)
    assert done.returncode == 0
    assert [line["doc_id"] for line in lines] == [3, 1, 2]
    event = lines[0]["events"][0]
    said = {key: event[key] for key in ("family", "subtype", "place", "date", "actor", "modality")}
    assert said == {
        "family": "control",
        "subtype": "captured",
        "place": "Saraqeb",
        "date": "2021-03-03",
        "actor": "Syrian government forces",
        "modality": "actual",
    }
    assert None not in event.values()
    assert GOOD["text"][event["start"] : event["end"]] == GOOD["text"]
    assert lines[0]["toponyms"][0]["place_id"] == "sy-saraqeb"


def test_a_town_that_no_gazetteer_has_is_listed_by_its_name(geomap: RunGeomap) -> None:
    text = "It rained. Rebels seized Qarbalun on Sunday. Rain fell in Qarbalun."

    (line,) = _lines(geomap("extract", "-", stdin=json.dumps({**GOOD, "text": text})).stdout)

    assert [event["place"] for event in line["events"]] == ["Qarbalun"]
    assert {(each["text"], "lat" in each) for each in line["toponyms"]} == {("Qarbalun", False)}


def test_a_bad_line_is_an_error_line_and_the_rest_is_answered(geomap: RunGeomap) -> None:
    good = json.dumps(GOOD).encode()
    bad = [
        b"{",
        b"[1]",
        b'{"doc_id": "x"}',
        b'{"doc_id": "y", "text": 7}',
        b"\xff\xfe",
        b'{"doc_id": "z", "text": " "}',
    ]

    done = geomap("extract", "-", stdin=b"\n".join([*bad, b"", good]) + b"\n")

    lines = _lines(done.stdout)
    assert done.returncode == 1
    assert ["error" in line for line in lines] == [True] * len(bad) + [False]
    assert [line["doc_id"] for line in lines[2:4]] == ["x", "y"]
    assert "Traceback" not in done.stderr
    assert not [line for line in lines if "bug" in line.get("error", "")]


def test_locate_finds_names_with_offsets_of_the_text(geomap: RunGeomap) -> None:
    text = "Clashes were heard near Saraqeb, a town 15 km east of Idlib city, Turkish officials said."

    done = geomap("locate", "-", "--why", stdin=json.dumps({"doc_id": "a", "text": text}))

    (line,) = _lines(done.stdout)
    assert set(line) == {"doc_id", "toponyms"}
    assert [text[name["start"] : name["end"]] for name in line["toponyms"]] == [
        name["text"] for name in line["toponyms"]
    ]
    assert line["toponyms"][0]["place_id"] == "sy-saraqeb"
    assert {"Turkish": "demonym", "Saraqeb": "place"}.items() <= {
        name["text"]: name["role"] for name in line["toponyms"]
    }.items()
    assert all("why" in name for name in line["toponyms"])


def test_locate_resolves_the_spans_it_is_given(geomap: RunGeomap) -> None:
    text = "In Saraqeb and in Aleppo."
    document = {"doc_id": "a", "text": text, "spans": [{"start": 18, "end": 24}]}
    outside = {"doc_id": "b", "text": text, "spans": [{"start": 18, "end": 99}]}

    done = geomap("locate", "-", stdin=f"{json.dumps(document)}\n{json.dumps(outside)}\n")

    first, second = _lines(done.stdout)
    assert [(name["start"], name["end"]) for name in first["toponyms"]] == [(18, 24)]
    assert "spans" in second["error"]
    assert done.returncode == 1


def test_answers_come_line_by_line() -> None:
    command = [sys.executable, "-m", "geomap", "locate", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(json.dumps({"doc_id": number, "text": "Saraqeb"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["doc_id"] == number
        process.stdin.close()
    assert process.returncode == 0


def test_documents_on_stdin_go_to_any_format(geomap: RunGeomap) -> None:
    done = geomap("extract", "-", "--format", "csv", stdin=json.dumps(GOOD) + "\n{\n")

    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert "Saraqeb" in done.stdout
    assert done.stdout.startswith("id,fact,family")


def test_a_document_is_answered_before_the_next_one_comes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "geomap", "extract", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(json.dumps({**GOOD, "doc_id": number}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["doc_id"] == number
        process.stdin.close()
        assert process.wait() == 0


def test_what_arrives_together_is_answered_as_what_comes_alone(geomap: RunGeomap) -> None:
    texts = [GOOD["text"], "", "Some 300 people fled Saraqeb for Idlib.", "Rain fell."] * 10
    lines = [json.dumps({**GOOD, "doc_id": number, "text": text}) for number, text in enumerate(texts)]

    together = _lines(geomap("extract", "-", stdin="\n".join(lines)).stdout)
    alone = [_lines(geomap("extract", "-", stdin=line).stdout)[0] for line in lines[:4]]

    assert [line["doc_id"] for line in together] == list(range(len(texts)))
    assert together[:4] == alone
