"""An invented timeline for the map page: every kind of event, two regions, three scripts."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from geomap.model import (
    UNKNOWN_DATE,
    Actor,
    Article,
    Claim,
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

NORTH, SOUTH = Actor("Northern Alliance", "north"), Actor("Southern Guard", "south")
RIVER, SHADDAN = Actor("River Brigades", "river"), Actor("Shaddan army", "shaddan")
COLOURS = {"north": "#0072b2", "south": "#d55e00"}

_PLACES = (
    # id, name, local name, kind, lng, lat, precision, radius, population
    ("sy-kafr", "Kafr Nuran", "كفر نوران", "town", 36.63, 35.72, 1, 0, 21000),
    ("sy-tell", "Tell Hadya", "تل هدية", "village", 36.93, 36.02, 1, 0, 3000),
    ("sy-marsa", "Marsa", "مرسى", "town", 36.80, 35.86, 1, 0, 40000),
    ("sy-jisr", "Jisr Aswad", "جسر أسود", "town", 36.32, 35.81, 1, 0, 15000),
    ("sy-sahel", "Sahel Province", "محافظة ساحل", "governorate", 36.55, 35.80, 3, 45, 0),
    ("sy-bab", "Bab Shamal crossing", "", "crossing", 36.55, 36.24, 1, 0, 0),
    ("tr", "Turkey", "", "country", 32.85, 39.93, 3, 600, 0),
    ("ua-selo", "Novoselo", "Новосело", "town", 37.55, 48.12, 1, 0, 52000),
    ("ua-krasna", "Krasna", "Красна", "village", 37.75, 48.02, 1, 0, 900),
)
PLACES = {
    row[0]: Place(
        id=row[0],
        name=row[1],
        local_name=row[2],
        kind=row[3],
        point=LngLat(row[4], row[5]),
        precision=row[6],  # type: ignore[arg-type]
        radius_km=row[7],
        population=row[8],
        country=row[0][:2],
    )
    for row in _PLACES
}

ARTICLES = (
    Article(
        id="a1",
        text="",
        title="Alliance enters Marsa after week of shelling",
        date=dt.date(2021, 3, 4),
        source="The Harbour Times",
        agency="Wire",
        url="https://example.org/marsa",
    ),
    Article(id="a2", text="", title="Families leave Kafr Nuran", date=dt.date(2021, 3, 9), source="Daily Ledger"),
    Article(id="a3", text="", title="Села під вогнем", date=dt.date(2021, 3, 12), source="Вечірня газета"),
    Article(
        id="a4", text="", title="النازحون على الحدود", source="صحيفة الميناء", url="https://example.org/a?b=1&c=2"
    ),
)


def day(number: int) -> When:
    """A single day of March 2021."""
    return When(dt.date(2021, 3, number), dt.date(2021, 3, number), 1)


def at(
    place_id: str, name: str = "", point: LngLat | None = None, precision: int = 0, radius: float = 0
) -> Location:
    """A location at a place, or relative to it."""
    place = PLACES[place_id]
    said = name or place.name
    return Location(
        mention=Mention(0, len(said), said, place.name),
        place=place,
        name=said,
        point=point or place.point,
        geo_precision=precision or place.precision,  # type: ignore[arg-type]
        radius_km=radius or place.radius_km,
        start=0,
        end=len(said),
    )


class _Story:
    """Collects claims; an event's number is its id."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []

    def tell(
        self, make: type[Event], subtype: str, where: Location | None, when: When, quote: str, **more: Any
    ) -> None:
        number = len(self.claims)
        article = more.pop("article", "a1")
        copies = more.pop("copies", ())
        fact = more.pop("fact", f"f{number}")
        values = {"location": where, "subtype": subtype, "when": when, **more}
        reports = [
            make(id=f"e{number}-{i}", evidence=Evidence(source, 0, len(words), words), **values)
            for i, (source, words) in enumerate([(article, quote), *copies])
        ]
        self.claims.append(Claim(id=f"c{number}", fact=fact, reports=tuple(reports)))


def people(value: float | None, text: str = "", quantifier: Any = "exact") -> Quantity:
    """A figure."""
    return Quantity(value, quantifier, text or f"{value:,.0f}")


def timeline() -> Timeline:
    """The whole invented story: about thirty claims."""
    s = _Story()
    _control(s)
    _posts(s)
    _displacement(s)
    _unmapped(s)
    return Timeline(tuple(s.claims))


def _control(s: _Story) -> None:
    tell, change = s.tell, ControlChange
    tell(change, "holds", at("sy-marsa"), day(1), "Marsa has been held by the Guard for years.", actor=SOUTH)
    tell(change, "besieged", at("sy-marsa"), day(2), "Alliance fighters surrounded Marsa.", actor=NORTH)
    tell(
        change,
        "captured",
        at("sy-marsa"),
        day(4),
        "Alliance fighters took Marsa on Thursday, residents said.",
        actor=NORTH,
        opponent=SOUTH,
        attributed_to="residents",
        certainty="reported",
        source_side="observer",
        copies=[("a2", "The Alliance seized the town of Marsa last week.")],
    )
    tell(
        change,
        "captured",
        at("sy-tell"),
        day(5),
        "The Alliance said its men had captured Tell Hadya.",
        actor=NORTH,
        attributed_to="the Alliance",
        certainty="claimed",
        source_side="party",
    )
    tell(
        change,
        "captured",
        at("sy-jisr"),
        day(6),
        "Both sides said they were in control of Jisr Aswad.",
        actor=SOUTH,
        attributed_to="the Guard's spokesman",
        certainty="contested",
        source_side="party",
    )
    tell(change, "partial", at("sy-kafr"), day(7), "The Guard took the east of Kafr Nuran.", actor=SOUTH)
    east = at("sy-marsa", "12 km east of Marsa", LngLat(36.93, 35.86), 2, 4)
    tell(
        change,
        "partial",
        east,
        day(8),
        "Guard units advanced 12 km east of Marsa.",
        actor=SOUTH,
        certainty="claimed",
    )
    tell(change, "withdrawn", at("ua-selo"), day(3), "Бригади відійшли з Новосела.", actor=RIVER, article="a3")
    tell(change, "captured", at("ua-krasna"), day(10), "Краснa зайнята, каже штаб.", actor=SOUTH, article="a3")


def _posts(s: _Story) -> None:
    tell, post = s.tell, PostReport
    province = at("sy-sahel")
    tell(
        post,
        "maintained",
        province,
        day(2),
        "Shaddan keeps 12 observation posts in Sahel, an official said.",
        owner=SHADDAN,
        actor=SHADDAN,
        count=12,
        attributed_to="a security official",
        certainty="claimed",
    )
    tell(post, "besieged", province, day(7), "Some of the posts are surrounded.", owner=SHADDAN, actor=SOUTH)
    near = at("sy-kafr", "near Kafr Nuran", LngLat(36.64, 35.74), 2, 3)
    tell(post, "established", near, day(6), "A new post went up near Kafr Nuran.", owner=SHADDAN, actor=SHADDAN)
    tell(
        post,
        "established",
        at("sy-bab"),
        day(3),
        "A checkpoint was set up.",
        owner=NORTH,
        kind="checkpoint",
        count=2,
    )
    tell(post, "withdrawn", at("ua-krasna"), day(9), "Пост залишено.", owner=RIVER, kind="base", article="a3")


def _displacement(s: _Story) -> None:
    tell, move = s.tell, Displacement
    way = {"origin": at("sy-sahel"), "destination": at("sy-bab")}
    for number, value, speaker in (
        (4, 30000, "a relief agency"),
        (5, 120000, "a charity"),
        (9, 80000, "the president"),
    ):
        tell(
            move,
            "idp_flow",
            at("sy-sahel"),
            day(number),
            f"{value:,} people fled towards the border, {speaker} said.",
            quantity=people(value, quantifier="approximately"),
            attributed_to=speaker,
            certainty="reported",
            article="a2",
            fact="flight from Sahel",
            **way,
        )
    vague = people(None, "tens of thousands")
    tell(
        move,
        "idp_flow",
        at("sy-kafr"),
        day(8),
        "Tens of thousands left Kafr Nuran.",
        quantity=vague,
        origin=at("sy-kafr"),
    )
    week = When(dt.date(2021, 3, 1), dt.date(2021, 3, 7), 2, "last week")
    tell(
        move,
        "evacuation",
        at("ua-selo"),
        week,
        "Минулого тижня евакуювали 4200 людей.",
        quantity=people(4200),
        origin=at("ua-selo"),
        destination=at("ua-krasna"),
        article="a3",
    )
    stock = people(3.6e6, "3.6 million", "more_than")
    tell(move, "refugee_stock", at("tr"), day(9), "Turkey hosts 3.6 million.", quantity=stock, destination=at("tr"))
    family = people(1, "one family")
    tell(
        move,
        "idp_flow",
        at("sy-marsa"),
        day(5),
        "One family walked to Jisr Aswad.",
        quantity=family,
        unit="households",
        origin=at("sy-marsa"),
        destination=at("sy-jisr"),
        attributed_to="a father of four",
    )


def _unmapped(s: _Story) -> None:
    tell = s.tell
    planned = people(280000, "280,000 more")
    tell(
        Displacement,
        "idp_flow",
        at("sy-sahel"),
        day(11),
        "280,000 more people could be displaced.",
        quantity=planned,
        modality="projected",
        attributed_to="the United Nations",
        source_side="un",
    )
    tell(
        ControlChange,
        "captured",
        at("sy-jisr"),
        day(12),
        "The Guard plans to take it.",
        actor=SOUTH,
        modality="planned",
    )
    tell(
        ControlChange,
        "captured",
        at("sy-kafr"),
        day(9),
        "It did not fall, he said.",
        actor=NORTH,
        modality="denied",
    )
    tell(ControlChange, "captured", at("sy-bab"), UNKNOWN_DATE, "سيطر الحرس على المعبر.", actor=SOUTH, article="a4")
    old = When(dt.date(2017, 5, 1), dt.date(2017, 5, 31), 3)
    tell(
        ControlChange,
        "captured",
        at("sy-kafr"),
        old,
        "The Guard had taken it in 2017.",
        actor=SOUTH,
        is_background=True,
    )
    tell(
        PostReport,
        "established",
        None,
        day(6),
        "A post in Kashma.",
        owner=NORTH,
        place_text="the village of Kashma",
    )


def many(count: int, seed: int = 7) -> tuple[Timeline, tuple[Article, ...]]:
    """That many invented events of 300 characters around one region, over two years."""
    rng = random.Random(seed)
    words = (
        "town",
        "road",
        "forces",
        "after",
        "shelling",
        "families",
        "north",
        "police",
        "market",
        "river",
        "left",
    )
    claims = []
    for i in range(count):
        point = LngLat(round(rng.gauss(36.63, 0.3), 5), round(rng.gauss(35.93, 0.25), 5))
        place = Place(id=f"p{i}", name=f"Place {i % 997}", kind="village", point=point)
        where = Location(
            mention=Mention(0, 1, "x", "x"),
            place=place,
            name=place.name,
            point=point,
            geo_precision=1,
            start=0,
            end=1,
        )
        date = dt.date(2019, 1, 1) + dt.timedelta(days=730 * i // count)
        quote = " ".join(rng.choice(words) for _ in range(52)).capitalize() + "."
        common: dict[str, Any] = {
            "id": f"e{i}",
            "location": where,
            "when": When(date, date, 1),
            "evidence": Evidence(f"a{i % 50}", 0, len(quote), quote),
            "certainty": rng.choice(("confirmed", "reported", "claimed")),
            "attributed_to": rng.choice(("", "residents", "the army", "a monitor")),
        }
        actor = rng.choice((NORTH, SOUTH, RIVER, SHADDAN))
        event: Event
        if i % 3 == 0:
            event = ControlChange(subtype="captured", actor=actor, **common)
        elif i % 3 == 1:
            event = PostReport(subtype="established", owner=actor, **common)
        else:
            event = Displacement(
                subtype="idp_flow", quantity=people(rng.randrange(10, 50000)), origin=where, **common
            )
        claims.append(Claim(id=f"c{i}", fact=f"f{i}", reports=(event,)))
    articles = tuple(Article(id=f"a{i}", text="", date=dt.date(2020, 12, 31), source="Ledger") for i in range(50))
    return Timeline(tuple(claims)), articles
