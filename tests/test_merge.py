"""Merge and timeline: events made by small factories -> claims and states."""

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

from geomap.merge import merge
from geomap.model import (
    Actor,
    Article,
    ControlChange,
    Displacement,
    Event,
    Evidence,
    LngLat,
    Location,
    Mention,
    Place,
    PostReport,
    Quantity,
    Timeline,
    When,
)
from geomap.timeline import control_on, displacement_up_to, posts_on

ARMY = Actor("Army of Varna", "xx-army")
REBELS = Actor("Hill rebels", "xx-rebels")
_serial = itertools.count()


def day(text: str) -> When:
    return When(dt.date.fromisoformat(text), dt.date.fromisoformat(text))


def span(first: str, last: str) -> When:
    return When(dt.date.fromisoformat(first), dt.date.fromisoformat(last), 3)


UNDATED = When(None, None, 3)


def place(name: str = "Marsa", kind: str = "town", admin1: str = "North") -> Location:
    entry = Place(id=f"xx-{name.lower()}", name=name, kind=kind, point=LngLat(1, 2), country="xx", admin1=admin1)
    return Location(
        mention=Mention(0, 1, name, name),
        place=entry,
        name=name,
        point=LngLat(1, 2),
        geo_precision=1,
        start=0,
        end=1,
    )


def told(article: str = "a", start: int = 0) -> Evidence:
    return Evidence(article, start, start + 10, "A sentence.")


def control(subtype: str = "captured", article: str = "a", **more: Any) -> ControlChange:
    values = {"when": day("2020-02-03"), "location": place(), "actor": ARMY, "evidence": told(article)} | more
    return ControlChange(id=f"{article}{next(_serial):04}", subtype=subtype, **values)


def post(subtype: str = "maintained", article: str = "a", **more: Any) -> PostReport:
    values = {"when": day("2020-02-03"), "location": place(), "owner": ARMY, "evidence": told(article)} | more
    return PostReport(id=f"{article}{next(_serial):04}", subtype=subtype, **values)


def displaced(value: float | None = 120000, speaker: str = "", article: str = "a", **more: Any) -> Displacement:
    quantity = Quantity(value, "exact", more.pop("text", f"{value}"))
    values = {
        "when": day("2020-02-03"),
        "location": place(),
        "evidence": told(article),
        "subtype": "idp_flow",
    } | more
    return Displacement(id=f"{article}{next(_serial):04}", quantity=quantity, attributed_to=speaker, **values)


ARTICLES = [
    Article(id="a", text="", date=dt.date(2020, 2, 4)),
    Article(id="b", text="", date=dt.date(2020, 2, 5)),
    Article(id="copy", text="", date=dt.date(2020, 2, 4), same_as="a"),
    Article(id="undated", text=""),
]


def merged(*events: Event) -> Timeline:
    return merge(events, ARTICLES)


def sizes(timeline: Timeline) -> list[int]:
    return sorted((len(claim.reports) for claim in timeline.claims), reverse=True)


# --- control


def test_two_articles_that_tell_one_capture_make_one_claim() -> None:
    assert sizes(merged(control(article="a"), control("recaptured", article="b", when=day("2020-02-05")))) == [2]


def test_captures_days_apart_are_two_claims() -> None:
    assert sizes(merged(control(), control(article="b", when=day("2020-02-08")))) == [1, 1]


def test_captures_by_different_sides_are_two_claims_of_one_fact() -> None:
    claims = merged(control(), control(actor=REBELS, article="b")).claims
    assert len(claims) == 2
    assert claims[0].fact == claims[1].fact


def test_part_of_a_place_is_another_place() -> None:
    part = replace(place(), name="southern Marsa", geo_precision=2)
    assert sizes(merged(control(), control(article="b", location=part))) == [1, 1]


def test_capture_advance_and_siege_are_different_claims() -> None:
    assert sizes(merged(control(), control("partial"), control("besieged"))) == [1, 1, 1]


def test_capture_without_a_gainer_joins_the_one_with() -> None:
    claim = merged(control(actor=None, article="b"), control(article="a")).claims[0]
    assert (len(claim.reports), claim.event.actor) == (2, ARMY)


def test_own_report_and_partys_claim_are_reported() -> None:
    claim = merged(control(certainty="confirmed"), control(certainty="claimed", attributed_to="Army TV")).claims[0]
    assert (claim.event.certainty, len(claim.reports)) == ("reported", 2)
    assert "also told by Army TV" in claim.event.why


def test_denial_makes_its_claim_contested_and_does_not_stand_for_it() -> None:
    claim = merged(control(modality="denied", attributed_to="Rebel council"), control(article="b")).claims[0]
    assert (claim.event.certainty, claim.event.modality, len(claim.reports)) == ("contested", "actual", 2)


def test_plan_never_joins_what_happened() -> None:
    assert sizes(merged(control(), control(modality="planned"), control(modality="projected"))) == [1, 1, 1]


def test_event_without_a_place_stays_alone() -> None:
    assert sizes(merged(control(location=None), control(location=None, article="b"))) == [1, 1]


# --- copies and dates


def test_copy_adds_no_report_where_the_original_tells_it() -> None:
    claim = merged(control(article="copy"), control(article="a")).claims[0]
    assert [event.evidence.article_id for event in claim.reports] == ["a"]


def test_copy_keeps_what_only_it_tells() -> None:
    assert sizes(merged(control(article="copy"), displaced(article="a"))) == [1, 1]


def test_undated_event_takes_the_date_of_the_report_it_joins() -> None:
    claim = merged(control(article="undated", when=UNDATED), control(article="a")).claims[0]
    assert [event.when for event in claim.reports] == [day("2020-02-03")] * 2
    assert claim.reports[1].why == "date inferred from a"


def test_undated_event_that_fits_two_claims_stays_undated() -> None:
    first, second = control(), control(article="b", when=day("2020-03-03"))
    assert sizes(merged(first, second, control(article="undated", when=UNDATED))) == [1, 1, 1]


def test_most_precise_and_earliest_report_stands_for_the_claim() -> None:
    month = control(article="a", when=span("2020-02-01", "2020-02-29"))
    later = control(article="b")
    assert merged(month, later).claims[0].event.evidence.article_id == "b"


# --- posts


def test_posts_of_one_owner_and_count_make_one_claim() -> None:
    assert sizes(merged(post(count=12), post(count=12, article="b"), post(count=3, article="b"))) == [2, 1]


def test_posts_of_two_owners_are_two_claims() -> None:
    assert sizes(merged(post(), post(owner=REBELS))) == [1, 1]


# --- displacement


def test_figures_of_different_speakers_stand_side_by_side() -> None:
    claims = merged(displaced(120000, "Relief fund"), displaced(80000, "The president"), displaced(30000)).claims
    assert sorted(claim.event.quantity.value for claim in claims) == [30000, 80000, 120000]  # type: ignore[attr-defined]
    assert len({claim.fact for claim in claims}) == 1


def test_same_figure_of_different_speakers_is_two_claims() -> None:
    assert sizes(merged(displaced(120000, "Relief fund"), displaced(120000, "The president"))) == [1, 1]


def test_same_figure_of_one_speaker_is_one_claim_under_any_form_of_the_name() -> None:
    claim = merged(displaced(120000, "Erdem", article="b"), displaced(121000, "President Aydin Erdem")).claims[0]
    assert len(claim.reports) == 2


def test_flow_and_stock_are_different_facts() -> None:
    flow, stock = merged(displaced(), displaced(subtype="idp_stock")).claims
    assert flow.fact != stock.fact


def test_people_and_households_are_different_claims() -> None:
    assert sizes(merged(displaced(300), displaced(300, unit="households"))) == [1, 1]


def test_vague_figures_join_by_their_words() -> None:
    tens = [displaced(None, text="tens of thousands", article=name) for name in ("a", "b")]
    assert sizes(merged(*tens, displaced(None, text="hundreds", article="b"))) == [2, 1]


def test_figures_of_places_in_one_province_are_one_fact() -> None:
    claims = merged(displaced(500), displaced(900, location=place("Hama"))).claims
    assert len({claim.fact for claim in claims}) == 1


def test_figure_told_by_its_destination_belongs_with_the_origin_told_beside_it() -> None:
    border = place("Border", admin1="South")
    claims = merged(displaced(500, origin=place()), displaced(900, location=border, destination=border)).claims
    assert len({claim.fact for claim in claims}) == 1


def test_figures_of_different_provinces_are_different_facts() -> None:
    claims = merged(displaced(500), displaced(900, location=place("Dara", admin1="South"))).claims
    assert len({claim.fact for claim in claims}) == 2


def test_figures_a_month_apart_are_two_facts() -> None:
    claims = merged(displaced(), displaced(90000, when=day("2020-03-04"))).claims
    assert len({claim.fact for claim in claims}) == 2


def test_projection_is_a_fact_of_its_own() -> None:
    claims = merged(displaced(), displaced(280000, modality="projected")).claims
    assert len({claim.fact for claim in claims}) == 2


# --- order


def test_order_of_input_does_not_matter() -> None:
    events = [
        control(),
        control(article="b", when=day("2020-02-04"), certainty="claimed"),
        control(article="undated", when=UNDATED),
        displaced(120000, "Relief fund"),
        displaced(119000, "The Relief fund", article="b"),
        post(when=day("2020-01-01")),
    ]
    timelines = {merge(order, ARTICLES) for order in itertools.islice(itertools.permutations(events), 0, 720, 7)}
    assert len(timelines) == 1


def test_claims_are_in_order_of_date_and_undated_ones_last() -> None:
    timeline = merged(
        displaced(when=UNDATED), displaced(90, when=day("2020-03-01")), control(), post(when=day("2020-01-01"))
    )
    assert [claim.event.when.end for claim in timeline.claims] == [
        dt.date(2020, 1, 1),
        dt.date(2020, 2, 3),
        dt.date(2020, 3, 1),
        None,
    ]


def test_claim_ids_are_stable_and_differ() -> None:
    events = [control(), displaced(), post()]
    first, second = merge(events, ARTICLES), merge(events, [])
    assert [claim.id for claim in first.claims] == [claim.id for claim in second.claims]
    assert len({claim.id for claim in first.claims}) == 3


def test_nothing_makes_an_empty_timeline() -> None:
    assert merge([], []) == Timeline(())


# --- control on a day


def holders(timeline: Timeline, text: str) -> dict[str, tuple[str, str]]:
    states = control_on(timeline, dt.date.fromisoformat(text))
    return {state.location.name: (state.actor.name if state.actor else "-", state.certainty) for state in states}


def test_last_change_holds_until_the_next() -> None:
    timeline = merged(control(), control(actor=REBELS, when=day("2020-03-01"), certainty="claimed"))
    assert holders(timeline, "2020-02-02") == {}
    assert holders(timeline, "2020-02-29") == {"Marsa": ("Army of Varna", "confirmed")}
    assert holders(timeline, "2020-03-01") == {"Marsa": ("Hill rebels", "claimed")}


def test_withdrawal_without_successor_leaves_place_contested() -> None:
    timeline = merged(control(), control("withdrawn", when=day("2020-03-01")))
    assert holders(timeline, "2020-03-01") == {"Marsa": ("-", "contested")}


def test_withdrawal_with_successor_hands_the_place_over() -> None:
    timeline = merged(control(), control("withdrawn", when=day("2020-03-01"), opponent=REBELS))
    assert holders(timeline, "2020-03-01") == {"Marsa": ("Hill rebels", "confirmed")}


def test_partial_gain_and_siege_leave_the_holder() -> None:
    later = [control(subtype, actor=REBELS, when=day("2020-03-01")) for subtype in ("partial", "besieged")]
    assert holders(merged(control(), *later), "2020-03-01") == {"Marsa": ("Army of Varna", "confirmed")}


def test_two_captors_on_one_day_make_a_place_contested() -> None:
    timeline = merged(control(), control(actor=REBELS, article="b"))
    assert [certainty for _, certainty in holders(timeline, "2020-02-03").values()] == ["contested"]


def test_plans_denials_and_undated_changes_hold_nothing() -> None:
    events = [control(modality="planned"), control(modality="denied"), control(when=UNDATED, actor=REBELS)]
    assert holders(merged(*events), "2020-12-31") == {}


def test_change_of_a_period_counts_from_its_last_day() -> None:
    timeline = merged(control(when=span("2020-02-01", "2020-02-10")))
    assert holders(timeline, "2020-02-09") == {}
    assert control_on(timeline, dt.date(2020, 2, 10))[0].since == dt.date(2020, 2, 1)


# --- posts and displacement on a day


def test_post_stands_until_it_is_given_up() -> None:
    timeline = merged(post("established"), post("withdrawn", when=day("2020-03-01")))
    assert len(posts_on(timeline, dt.date(2020, 2, 29))) == 1
    assert posts_on(timeline, dt.date(2020, 3, 1)) == []


def test_giving_up_some_posts_leaves_the_others() -> None:
    timeline = merged(post(count=12), post("withdrawn", count=2, when=day("2020-03-01")))
    assert [claim.event.count for claim in posts_on(timeline, dt.date(2020, 3, 1))] == [12]  # type: ignore[attr-defined]


def test_later_report_of_posts_replaces_the_earlier() -> None:
    timeline = merged(
        post(count=12), post(count=9, when=day("2020-03-01")), post("besieged", when=day("2020-03-01"))
    )
    posts = [claim.event for claim in posts_on(timeline, dt.date(2020, 3, 2))]
    assert sorted((event.subtype, event.count) for event in posts) == [  # type: ignore[attr-defined]
        ("besieged", None),
        ("maintained", 9),
    ]


def test_displacement_up_to_a_day_leaves_out_what_comes_later_and_projections() -> None:
    timeline = merged(displaced(), displaced(90, when=day("2020-03-01")), displaced(280, modality="projected"))
    found = displacement_up_to(timeline, dt.date(2020, 2, 10))
    assert [claim.event.quantity.value for claim in found] == [120000]  # type: ignore[attr-defined]
