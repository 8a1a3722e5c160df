"""Every phrase of the lexicons does what its example says, and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from geomap.extract.lexicon import Frame, MoveFrame, PostFrame, control_frames, move_frames, post_frames
from tests.extract_reader import events_of


@pytest.mark.parametrize("frame", control_frames(), ids=lambda f: f.id)
def test_example_of_a_control_frame_is_a_change_of_control(frame: Frame) -> None:
    found = [e for e in events_of(frame.example) if e.family == "control"]
    assert found, frame.example
    assert f"rule {frame.id!r}" in " ".join(e.why for e in found)


@pytest.mark.parametrize("frame", control_frames(), ids=lambda f: f.id)
def test_counter_example_of_a_control_frame_is_none(frame: Frame) -> None:
    assert [e.why for e in events_of(frame.counter_example) if e.family == "control"] == []


@pytest.mark.parametrize("frame", post_frames(), ids=lambda f: f.id)
def test_example_of_a_post_frame_is_an_event_of_its_subtype(frame: PostFrame) -> None:
    found = {e.subtype for e in events_of(frame.example) if e.family == "post"}
    assert found == {frame.subtype}


@pytest.mark.parametrize("frame", post_frames(), ids=lambda f: f.id)
def test_counter_example_of_a_post_frame_is_none(frame: PostFrame) -> None:
    assert [e.why for e in events_of(frame.counter_example) if e.family == "post"] == []


@pytest.mark.parametrize("frame", move_frames(), ids=lambda f: f.id)
def test_example_of_a_displacement_frame_is_displacement(frame: MoveFrame) -> None:
    found = [e.why for e in events_of(frame.example) if e.family == "displacement"]
    assert found, frame.example


@pytest.mark.parametrize("frame", move_frames(), ids=lambda f: f.id)
def test_counter_example_of_a_displacement_frame_is_none(frame: MoveFrame) -> None:
    assert [e.why for e in events_of(frame.counter_example) if e.family == "displacement"] == []
