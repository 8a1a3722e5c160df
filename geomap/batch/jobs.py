"""Jobs: which maps is one run to draw, and of which files?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from glob import glob
from pathlib import Path

from geomap.batch.job import Batch, Job
from geomap.batch.layers import layer_faults, near_name, planned_layers
from geomap.batch.plan import Layered, MapPlan, Plan, contradictions, read_plan
from geomap.errors import ArticleError, PlanError
from geomap.read import LISTING_NAME
from geomap.read.files import ENDINGS, article_files
from geomap.yamlfile import Loaded


def batch_of(path: Path, *, out: Path | None = None) -> Batch:
    """Return the jobs of a plan, or of a folder as ``jobs_in`` does.

    Raises:
        PlanError: the plan does not follow its schema, or there is nothing to draw.
    """
    if path.is_dir():
        return Batch("Maps", jobs_in(path, out=out))
    if path.suffix.lower() not in (".yml", ".yaml"):
        raise PlanError(f"{path}: neither a folder nor a plan; expected one with articles, or a file PLAN.yml")
    return jobs_of(read_plan(path), path)


def jobs_of(loaded: Loaded[Plan], path: Path) -> Batch:
    """Return the jobs of a plan that was read from ``path``.

    Raises:
        PlanError: a pattern finds no article, a list or a layer is missing, or two maps have one name; all that is
            wrong, a line each.
    """
    plan, here = loaded.value, path.parent
    assert plan is not None, "read_plan raises where there is none"
    problems = contradictions(loaded)
    jobs = [_planned(loaded, plan, at, here, problems) for at in range(len(plan.maps))]
    for name in _repeated(job.name for job in jobs):
        at = max(at for at, one in enumerate(plan.maps) if one.name.lower() == name)
        problems.append(f"{loaded.where('maps', at, 'name')}: {name} is the name of two maps, expected one each")
    problems += _layer_problems(loaded, plan, here)
    if problems:
        raise PlanError("\n".join(sorted(dict.fromkeys(problems), key=lambda each: _line_of(each, loaded.label))))
    return Batch(plan.title, jobs, here / plan.out if plan.out else None)


def _line_of(problem: str, label: str) -> int:
    return int(problem.removeprefix(f"{label}:").split(":", 1)[0])


def _planned(loaded: Loaded[Plan], plan: Plan, at: int, here: Path, problems: list[str]) -> Job:
    one: MapPlan = plan.maps[at]
    inner: tuple[str | int, ...] = ("maps", at) if one.articles else ()
    patterns = one.articles or plan.articles or []
    paths = [_found(here, pattern) for pattern in patterns]
    for number, (pattern, found) in enumerate(zip(patterns, paths, strict=True)):
        if not found:
            problems.append(f"{loaded.where(*inner, 'articles', number)}: {_nothing(here, pattern)}")
    listing = one.listing or plan.listing
    if listing and not (here / listing).is_file():
        spot = ("maps", at, "listing") if one.listing else ("listing",)
        problems.append(f"{loaded.where(*spot)}: {here / listing}: no such file, expected a list of articles")
    return Job(
        name=one.name,
        paths=tuple(path for found in paths for path in found),
        listing=here / listing if listing else None,
        date=plan.date,
        title=one.title or "",
        first=one.first,
        last=one.last,
        regions=tuple(one.regions),
        languages=tuple(one.languages),
        every=one.every,
        days=one.days or 0,
        formats=tuple(dict.fromkeys(one.formats or plan.formats)),
        lang=one.lang or plan.lang,
        url=plan.url,
        layers=planned_layers(one, plan, here),
        is_template=True,
        where=loaded.where("maps", at, "regions") if one.regions else "",
    )


def _layer_problems(loaded: Loaded[Plan], plan: Plan, here: Path) -> list[str]:
    """Return what is wrong with the layers that the plan and each of its maps name."""
    forms: list[tuple[tuple[str | int, ...], Layered]] = [((), plan)]
    forms += [(("maps", at), one) for at, one in enumerate(plan.maps)]
    return [
        f"{loaded.where(*place, *field)}: {message}"
        for place, form in forms
        for field, message in layer_faults(planned_layers(form, Layered(), here))
    ]


def _found(here: Path, pattern: str) -> list[Path]:
    """Return the folder or file of that name, or else the files that a pattern finds, by name."""
    path = here / pattern
    if path.is_file() or (path.is_dir() and _articles(path)):
        return [path]
    found = (Path(each) for each in glob(str(path), recursive=True))
    return sorted(each for each in found if each.is_file() and each.suffix.lower() in ENDINGS)


def _nothing(here: Path, pattern: str) -> str:
    path = here / pattern
    if path.is_dir():
        return f"{path}: no article in this folder, expected {' '.join(ENDINGS)} files"
    hint = near_name(path) or "; paths are relative to the plan"
    return f"{path}: found no such article, folder or pattern with articles{hint}"


def _repeated(names: Iterable[str]) -> list[str]:
    """Return the names that two maps have; the page of links has one of its own."""
    counts = Counter(["index", *(name.lower() for name in names)])
    return [name for name, count in counts.items() if count > 1]


# --- a folder --------------------------------------------------------------------------------------------


def jobs_in(folder: Path, *, out: Path | None = None) -> list[Job]:
    """Return a job for each subfolder with articles, and for each article that lies in the folder itself.

    Args:
        folder: what to read.
        out: the folder of results, left out where it lies in ``folder``.

    Raises:
        PlanError: it is no folder, or there is nothing to draw in it.
    """
    if not folder.is_dir():
        raise PlanError(f"{folder}: not a folder; expected one with articles or with subfolders of articles")
    skipped = out.resolve() if out is not None else None
    subfolders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    folders = [path for path in subfolders if path.resolve() != skipped and _articles(path)]
    articles = _articles(folder)
    if not folders and not articles:
        raise PlanError(f"{folder}: no article in it; expected {' '.join(ENDINGS)} files or subfolders of them")
    taken = {"index"}
    return [_job(path, path.name, path, taken) for path in folders] + [
        _job(path, path.stem, folder, taken) for path in articles
    ]


def _job(path: Path, name: str, folder: Path, taken: set[str]) -> Job:
    """Return the job; a name that another one has takes the ending, or a number."""
    numbered = (f"{path.name}-{number}" for number in range(2, 10_000))
    unique = next(each for each in (name, path.name, *numbered) if each.lower() not in taken)
    taken.add(unique.lower())
    listing = folder / LISTING_NAME
    return Job(unique, (path,), listing if listing.is_file() else None)


def _articles(folder: Path) -> list[Path]:
    try:
        return article_files(folder)
    except ArticleError:
        return []
