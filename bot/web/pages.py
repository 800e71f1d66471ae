"""The pages: HTML that the server renders, so that each works without JavaScript by plain GET."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from fastapi import APIRouter, FastAPI
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import generator
from bot.strings import quiz as quiz_words
from bot.web import answering, asking, limits, schemas, sound, viewing
from bot.web import quiz as quizzes
from bot.web.api import ASK_EACH_TIME, FOR_GOOD, NEVER, Tools
from bot.web.limits import LONGEST_NAME, MOST_LETTERS, MOST_LIKELY, MOST_NAMES
from bot.web.parameters import CompleteParameters, DrawParameters, NamesParameters, WhyParameters
from bot.web.problems import TITLES, Problem
from bot.web.refusals import of_validation
from corpora import notes

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def pages(tools: Tools, app: FastAPI) -> APIRouter:
    """The routes of the pages; `app` is the one whose OpenAPI document /docs shows."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def index(request: Request) -> Response:
        form = viewing.read_form(request.query_params)
        found, problem = _tried(lambda: _names(form, tools))
        heated, other = _tried(lambda: _heat(form, tools))
        problem = problem or (other if other and not found else None)
        if found and found.seed is not None:
            form = replace(form, seed=str(found.seed))
        return _page(
            "index.html", problem.status if problem else 200, form=form, found=found, heat=heated, problem=problem
        )

    @router.get("/heat")
    def heat(request: Request) -> Response:
        form = viewing.read_form(request.query_params)
        heated, problem = _tried(lambda: _heat(form, tools))
        return _page(
            "heat.html", problem.status if problem else 200, ASK_EACH_TIME, form=form, heat=heated, problem=problem
        )

    @router.get("/why")
    def why(request: Request) -> Response:
        form = viewing.read_form(request.query_params)
        name = request.query_params.get("name", "")[:LONGEST_NAME]
        found, problem = _tried(lambda: _score(name, form, tools))
        return _page(
            "why.html", problem.status if problem else 200, ASK_EACH_TIME, form=form, found=found, problem=problem
        )

    @router.get("/quiz")
    def quiz(seed: str = "", a: str = "") -> Response:
        if not seed:
            there = f"/quiz?seed={secrets.randbelow(quizzes.SEEDS)}"
            return RedirectResponse(there, 303, {"cache-control": NEVER})
        found, problem = _tried(lambda: tools.work(lambda: quizzes.read_round(seed, a, tools.library)))
        said = {"labels": quiz_words.LABELS, "said": quiz_words.SAID, "letters": quizzes.LETTERS}
        status = problem.status if problem else 200
        return _page(
            "quiz.html", status, ASK_EACH_TIME, round=found, problem=problem, questions=quizzes.QUESTIONS, **said
        )

    @router.get("/corpora")
    def shelf() -> Response:
        return _page("corpora.html", 200, ASK_EACH_TIME, cards=tools.library.shelf())

    @router.get("/privacy")
    def privacy() -> Response:
        return _page("privacy.html", 200, ASK_EACH_TIME)

    @router.get("/docs")
    def docs() -> Response:
        return _page("docs.html", 200, ASK_EACH_TIME, document=app.openapi(), problems=TITLES)

    @router.get("/static/{file}")
    def static(request: Request, file: str) -> Response:
        known = assets()
        if file not in known:
            raise HTTPException(404)
        body, version = known[file]
        caching = FOR_GOOD if request.query_params.get("v") == version else ASK_EACH_TIME
        return Response(body, headers={"cache-control": caching}, media_type=TYPES[Path(file).suffix])

    def _page(template: str, status: int = 200, caching: str = NEVER, **values: object) -> Response:
        values = {"tools": tools, "problem": None, **values}
        text = _templates().get_template(template).render(invalid=_invalid(values["problem"]), **values)
        return HTMLResponse(text, status, {"cache-control": caching})

    return router


@cache
def assets() -> dict[str, tuple[bytes, str]]:
    """The files that pages load, each with its version."""
    files = {path.name: path.read_bytes() for path in sorted((HERE / "static").iterdir())}
    return {name: (body, hashlib.sha256(body).hexdigest()[:12]) for name, body in files.items()}


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # the API does not wait for it

    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["code"] = _code
    found.globals.update(
        roll=lambda text: sound.roll(notes.split(text)),
        quoted=quote_plus,
        asset=lambda name: f"/static/{name}?v={assets()[name][1]}",
        models=generator.MODELS,
        most_names=MOST_NAMES,
        most_letters=MOST_LETTERS,
    )
    return found


def _code(text: str):
    """A sentence with what stands in backticks as code.

    >>> _code("`<*>` is one")
    Markup('<code>&lt;*&gt;</code> is one')
    """
    from markupsafe import Markup, escape

    return Markup(re.sub(r"`([^`]*)`", r"<code>\1</code>", str(escape(text))))


def _tried(answer):
    """An answer and None, or None and the problem with it."""
    try:
        return answer(), None
    except Problem as problem:
        return None, problem
    except ValidationError as error:
        return None, of_validation(error.errors())


def _invalid(problem: Problem | None):
    """The attribute of a field that a problem names."""
    from markupsafe import Markup

    def attribute(field: str) -> Markup:
        return Markup(' aria-invalid="true"') if problem and problem.parameter == field else Markup("")

    return attribute


def _options(form: viewing.Form, *names: str) -> dict[str, str]:
    return {name: value for name in names if (value := getattr(form, name))}


def _model(form: viewing.Form, tools: Tools) -> str:
    """The model that was chosen, or the usual one of the corpus."""
    return form.model or _usual(form, tools)


def _usual(form: viewing.Form, tools: Tools) -> str:
    verb = "complete" if form.q else "generate"
    return asking.usual_model(verb, form.corpus, tools.library.kinds(), form.q)


def _names(form: viewing.Form, tools: Tools) -> schemas.Names:
    library, home = tools.library, (_model(form, tools), form.corpus)
    if not form.q:
        most = limits.MOST_CHOSEN[asking.kind(form.corpus, library.kinds())]
        given = NamesParameters(**_options(form, "n", "length", "seed"))
        query = asking.generate(*home, given.model_copy(update={"n": min(given.n, most)}), library)
    elif form.how == viewing.DRAWN:
        query = asking.draw(*home, DrawParameters(**_options(form, "q", "n", "length", "seed")), library)
    else:
        query = asking.complete(*home, CompleteParameters(**_options(form, "q", "n", "length")), library)
    return tools.work(lambda: answering.names(query, library), query.corpus, query.model)


def _heat(form: viewing.Form, tools: Tools) -> viewing.Heat | None:
    if not form.q:
        return None
    given = WhyParameters(**_options(form, "q", "length"), n=MOST_LIKELY)
    query = asking.why(_model(form, tools), form.corpus, given, tools.library)
    return viewing.heat(form.q, tools.work(lambda: answering.why(query, tools.library), query.corpus, query.model))


def _score(name: str, form: viewing.Form, tools: Tools) -> schemas.Scored:
    corpus, model = asking.home(_model(form, tools), form.corpus, tools.library)
    return tools.work(lambda: answering.score(name, corpus, model, tools.library), corpus, model)
