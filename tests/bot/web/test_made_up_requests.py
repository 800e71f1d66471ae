"""Requests made up from the OpenAPI document: none breaks the server, and each answer is of its schema."""

import hypothesis
import pytest
from hypothesis import HealthCheck

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (make install)")


pytestmark = pytest.mark.slow
CHECKS = pytest.importorskip("schemathesis.specs.openapi.checks")
GRAMMAR = [CHECKS.positive_data_acceptance]  # a schema cannot say what a pattern is, nor that no name fits
PLACES = ["pokemon", "piano", "tech", "pokemon+ikea", "pokmon"]  # a text made up is a corpus once in a lifetime
EXAMPLES = 300  # of each address
TUNES = ("/tune.mid", "/tune.wav")
ENDS = ("/complete", "/draw", "/why", "/score")
MODELS = ["mix", "markov", "chain", "max"]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Real corpora and models, and one of each that there is not."""
    if path_parameters and "corpus" in path_parameters:
        pick = sum(map(ord, f"{path_parameters['corpus']}{path_parameters['model']}"))
        corpus, model = PLACES[pick % len(PLACES)], MODELS[pick // 7 % len(MODELS)]
        # A mixture of a blend or of tunes is trained for seconds.
        model = "chain" if corpus in ("piano", "pokemon+ikea") else model
        return {**path_parameters, "corpus": corpus, "model": model}
    return path_parameters


@schemathesis.hook
def map_query(context, query):
    """Every other pattern has a hole, and every other tune is one."""
    if query and isinstance(query.get("notes"), str) and len(query["notes"]) % 2:
        return {**query, "notes": "C4 E4:0.5 R"}
    if query and isinstance(query.get("q"), str) and len(query["q"]) % 2:
        return {"q": f"{query['q'][:3]}*"}
    return query


@pytest.fixture(scope="session")
def document(app):
    """The API's own document, asked in this process."""
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", ["", *TUNES, *(f"/{{model}}/{{corpus}}{end}" for end in ("", *ENDS))])
def test_no_request_breaks_the_server(document, path):
    """Status, media type, headers and body are those of the document; never a 5xx."""
    statuses = set()

    @hypothesis.given(case=document[f"/api{path}"]["GET"].as_strategy())
    @hypothesis.settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def answers(case):
        statuses.add(case.call_and_validate(excluded_checks=GRAMMAR).status_code)

    answers()
    assert statuses <= {200, 404, 422} and 200 in statuses


def test_every_address_of_the_document_is_tried(document):
    """The list above is whole."""
    assert {found.ok().path for found in document.get_all_operations()} == {
        "/api",
        *(f"/api{end}" for end in TUNES),
        *(f"/api/{{model}}/{{corpus}}{end}" for end in ("", *ENDS)),
    }
