"""HEAD, ETag, 304, gzip, CORS and the headers of every answer."""

import gzip

import pytest
from starlette.testclient import TestClient

from bot.web import answering
from bot.web.app import make_app
from bot.web.delivery import Delivery

SEEDED, UNSEEDED = "/api/mix/pokemon?seed=7&n=2", "/api/mix/pokemon?n=2"


def test_head_has_the_headers_of_get_and_no_body(client):
    """Content-Length and ETag too."""
    got, head = client.get(SEEDED), client.head(SEEDED)
    assert head.status_code == 200 and head.content == b""
    assert {name: head.headers[name] for name in ("content-length", "etag", "content-type", "cache-control")} == {
        name: got.headers[name] for name in ("content-length", "etag", "content-type", "cache-control")
    }


def test_an_etag_saves_the_body(client):
    """304 with the ETag and Cache-Control; another ETag gets the body."""
    etag = client.get(SEEDED).headers["etag"]
    same = client.get(SEEDED, headers={"if-none-match": f'"x", {etag}'})
    assert same.status_code == 304 and same.content == b"" and same.headers["etag"] == etag
    assert client.get(SEEDED, headers={"if-none-match": '"x"'}).status_code == 200


def test_an_answer_is_cached_as_long_as_it_stays_true(client):
    """Unseeded: never. Seeded: asked each time. Seeded and of a version that is named: for good."""
    assert client.get(UNSEEDED).headers["cache-control"] == "no-store"
    assert "etag" not in client.get(UNSEEDED).headers
    assert client.get(SEEDED).headers["cache-control"] == "public, no-cache"
    version = client.get(SEEDED).json()["made"]["version"]
    assert "immutable" in client.get(f"{SEEDED}&v={version}").headers["cache-control"]
    assert client.get(f"{UNSEEDED}&v={version}").headers["cache-control"] == "no-store"


def test_the_answer_of_a_stand_in_is_not_stored(client, library, monkeypatch):
    """While the model is in training its stand-in answers; soon the model itself will."""
    made = answering.made

    def awaiting(query, library, awaited=None):
        return made(query, library, "mix")

    monkeypatch.setattr(answering, "made", awaiting)
    assert client.get("/api/markov/pokemon/complete?q=mo**").headers["cache-control"] == "no-store"


def test_the_same_question_is_worked_out_once(client, monkeypatch):
    """The second answer comes from the cache; plain text is kept beside JSON."""
    asked, names = [], answering.names

    def counted(query, library):
        asked.append(query)
        return names(query, library)

    monkeypatch.setattr(answering, "names", counted)
    path = "/api/mix/pokemon/complete?q=ma***&n=3"
    first, again = client.get(path), client.get(path)
    assert first.text == again.text and len(asked) == 1
    assert client.get(path, headers={"accept": "text/plain"}).text != first.text and len(asked) == 2
    client.get(UNSEEDED)
    client.get(UNSEEDED)
    assert len(asked) == 4


def test_the_cache_forgets_the_oldest(settings, library):
    """Two answers are kept, the third takes the place of the first."""
    app = make_app(settings, library)
    delivery = app if isinstance(app, Delivery) else app.app
    delivery._most = 2
    client = TestClient(app)
    for seed in (1, 2, 3):
        client.get(f"/api/mix/pokemon?n=1&seed={seed}")
    assert [key[1] for key in delivery._kept] == [b"n=1&seed=2", b"n=1&seed=3"]


def test_long_answers_are_compressed_for_those_who_read_gzip(client):
    """The bytes are the same after unpacking."""
    packed = client.get("/api", headers={"accept-encoding": "gzip"})
    plain = client.get("/api", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.content == plain.content  # the client unpacks
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert len(gzip.compress(plain.content)) < len(plain.content) / 2


@pytest.mark.parametrize("path", [SEEDED, "/nowhere", "/api/mix/pokemon?n=0"])
def test_every_answer_has_the_headers_that_keep_a_page_safe(client, path):
    """A policy of our own origin, no sniffing, no referrer; caches know what an answer depends on."""
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["vary"] == "Accept, Accept-Encoding"


def test_pages_of_other_origins_may_read_the_api_alone(client):
    """CORS: any origin, GET and HEAD, no credentials."""
    assert client.get(SEEDED).headers["access-control-allow-origin"] == "*"
    assert client.get("/api/mix/pokemon?n=0").headers["access-control-allow-origin"] == "*"
    preflight = client.options(
        "/api", headers={"origin": "https://example.com", "access-control-request-method": "GET"}
    )
    assert preflight.status_code == 204 and "GET" in preflight.headers["access-control-allow-methods"]
    assert "access-control-allow-origin" not in client.get("/nowhere").headers
    assert "access-control-allow-credentials" not in client.get(SEEDED).headers
