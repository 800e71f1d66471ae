"""The API answers as the bot does: the same names, probabilities, refusals."""

import math

import pytest

import generator
from bot.commands.queries import Complete, Draw, Generate, Why
from bot.names.brainstorm import brainstorm
from bot.names.posterior import posterior
from bot.web import answering
from bot.web.problems import MEDIA_TYPE

API = "/api/mix/pokemon"


def test_the_shelf_lists_every_corpus_model_and_limit(client, library):
    """GET /api has what one may ask for."""
    shelf = client.get("/api").json()
    assert [card["name"] for card in shelf["corpora"]] == [card.name for card in library.shelf()]
    assert [model["name"] for model in shelf["models"]] == list(generator.MODELS)
    assert shelf["limits"]["names"] == 20


def test_completions_are_those_of_the_bot_likeliest_first(client, library):
    """The names, their log-probabilities and whether the order is exact come from the same query."""
    found = client.get(f"{API}/complete?q=mo***&n=5").json()
    batch = brainstorm(Complete("pokemon", "mix", 5, "mo***"), library)
    assert [each["name"] for each in found["names"]] == [each.name for each in batch.names]
    log_probs = [each["log_prob"] for each in found["names"]]
    assert log_probs == [each.log_prob for each in batch.names] == sorted(log_probs, reverse=True)
    assert found["exact"] is True and found["gap"] == 0.0 and found["seed"] is None


def test_a_seed_gives_the_names_that_it_gives_in_slack(client, library):
    """Chosen and drawn names are those of the same command with the same seed."""
    chosen = client.get(f"{API}?seed=7&n=4").json()
    assert [each["name"] for each in chosen["names"]] == [
        each.name for each in brainstorm(Generate("pokemon", count=4, seed=7), library).names
    ]
    drawn = client.get(f"{API}/draw?q=*o***&seed=7&n=4").json()
    assert [each["name"] for each in drawn["names"]] == [
        each.name for each in brainstorm(Draw("pokemon", count=4, pattern="*o***", seed=7), library).names
    ]
    assert chosen["seed"] == drawn["seed"] == 7 and chosen["drawn"] > 0 == drawn["drawn"]


def test_without_a_seed_the_answer_names_one_that_gives_it_again(client):
    """The seed in an unseeded answer gives the same names."""
    first = client.get(f"{API}?n=3").json()
    again = client.get(f"{API}?n=3&seed={first['seed']}").json()
    assert again["names"] == first["names"]


def test_every_drawn_name_has_its_log_probability_and_score(client, library):
    """log p is the model's own, at the temperature that draws."""
    found = client.get(f"{API}/draw?q=m***&seed=1&n=3").json()
    model = library.model("pokemon", "mix", wild=0.9)
    for each in found["names"]:
        assert each["log_prob"] == pytest.approx(generator.log_prob(model, tuple(each["name"].lower())), abs=1e-9)
        assert 0 <= each["score"]["total"] <= 100 and each["score"]["said"]


def test_why_gives_the_posterior_at_each_hole(client, library):
    """The probabilities are those of `why`, and the whole alphabet sums to one."""
    found = client.get(f"{API}/why?q=*u*a&n=40").json()
    believed = posterior(Why("pokemon", count=40, pattern="*u*a"), library)
    assert len(found["places"]) == 2
    for place, theirs in zip(found["places"], believed.places, strict=True):
        assert [(each["token"], each["probability"]) for each in place["likely"]] == list(theirs.likely)
        assert math.fsum(each["probability"] for each in place["likely"]) == pytest.approx(1.0, abs=1e-9)


def test_a_gap_is_answered_by_numbers_of_tokens(client):
    """For `...` the posterior is over how many tokens it stands for."""
    [gap] = client.get(f"{API}/why?q=...base").json()["places"]
    assert gap["part"] == "..." and all(each["token"] is None and each["length"] >= 0 for each in gap["likely"])


def test_a_score_says_whether_the_name_exists_and_what_it_stands_on(client, library):
    """A known name is known; the fragments of a new one stand in the entries that are named."""
    entry = library.corpus("pokemon").entries[3]
    assert client.get(f"{API}/score", params={"name": entry}).json()["known"] is True
    found = client.get(f"{API}/score?name=Morbasaur").json()
    assert found["known"] is False and found["log_prob"] < 0
    for each in found["fragments"]:
        assert each["text"] == "morbasaur"[each["start"] : each["end"]]
        assert all(each["text"] in name.lower() for name in each["names"])


def test_every_answer_says_what_made_it(client):
    """Corpus, model, version and checksum; the version changes with the model."""
    mix, chain = (client.get(f"/api/{model}/pokemon?seed=1&n=1").json()["made"] for model in ("mix", "chain"))
    assert mix["corpus"] == "pokemon" and mix["model"] == "mix" and len(mix["sha256"]) == 64 and mix["entries"] > 50
    assert mix["version"] != chain["version"]


def test_an_answer_names_the_slack_command_that_gives_it(client, library):
    """The command, read by the bot's parser, gives the same names."""
    from bot.commands.parse import parse

    found = client.get(f"{API}?n=3&ends=a&length=5-7").json()
    query = parse(found["command"].removeprefix("/techname "), library.kinds())
    assert [each.name for each in brainstorm(query, library).names] == [each["name"] for each in found["names"]]


def test_a_blend_stands_in_place_of_a_corpus(client):
    """Weights too."""
    made = client.get("/api/markov/pokemon*2+ikea?n=2&seed=1").json()["made"]
    assert made["corpus"] == "pokemon*2+ikea" and made["model"] == "markov"


def test_options_hold_for_every_name(client):
    """Length, beginning, end and what is contained."""
    names = client.get(f"{API}?n=5&seed=3&length=6-7&begins=m&ends=[aeiou]&contains=r").json()["names"]
    for name in (each["name"].lower() for each in names):
        assert 6 <= len(name) <= 7 and name[0] == "m" and name[-1] in "aeiou" and "r" in name


@pytest.mark.parametrize("path", ["/api", f"{API}?seed=1", f"{API}/complete?q=mo***", f"{API}/why?q=*u*a"])
def test_plain_text_is_one_a_line(client, path):
    """For curl: the names of the JSON, a line each."""
    plain, told = client.get(path, headers={"accept": "text/plain"}), client.get(path).json()
    assert plain.headers["content-type"].startswith("text/plain")
    if "names" in told:
        assert plain.text.splitlines() == [each["name"] for each in told["names"]]
    assert plain.text.endswith("\n")


@pytest.mark.parametrize(
    "path, status, parameter",
    [
        ("/api/mix/pokmon", 404, "corpus"),
        ("/api/mux/pokemon", 404, "model"),
        ("/api/mix/pokemon+lyrics", 422, "corpus"),
        ("/api/markov/pokemon+ikea+tech+birds", 422, "corpus"),
        (f"{API}?n=0", 422, "n"),
        (f"{API}?n=21", 422, "n"),
        (f"{API}?n=many", 422, "n"),
        (f"{API}?seed=-1", 422, "seed"),
        (f"{API}?wild=9", 422, "wild"),
        (f"{API}?length=9-3", 422, "length"),
        (f"{API}?length=99", 422, "length"),
        (f"{API}?begins=[a", 422, "begins"),
        (f"{API}?colour=red", 422, "colour"),
        (f"{API}/complete", 422, "q"),
        (f"{API}/complete?q=base", 422, "q"),
        (f"{API}/complete?q=[a", 422, "q"),
        (f"{API}/complete?q={'*' * 121}", 422, "q"),
        (f"{API}/complete?q={'*' * 70}", 422, "q"),
        (f"{API}/complete?q={'*' * 25}", 422, "q"),
        (f"{API}?length=25", 422, "length"),
        (f"{API}/complete?q=...a...b...c...", 422, "q"),
        (f"{API}/complete?q=...a...&contains=b", 422, "q"),
        (f"{API}/why?q=...a...b...", 422, "q"),
        ("/api/chain/lyrics?n=6", 422, "n"),
        ("/api/mix/piano?n=2", 422, "model"),
        ("/api/mix/piano/complete?q=... C4 ...", 422, "model"),
        (f"{API}/why?q=*u*a&n=41", 422, "n"),
        (f"{API}/score", 422, "name"),
        (f"{API}/complete?q=mo***&v=000000000000", 422, "v"),
    ],
)
def test_a_bad_request_is_a_problem_that_names_the_parameter(client, path, status, parameter):
    """RFC 9457: the parameter, what was sent and what is allowed."""
    answer = client.get(path)
    problem = answer.json()
    assert answer.status_code == problem["status"] == status, problem
    assert answer.headers["content-type"] == MEDIA_TYPE and answer.headers["cache-control"] == "no-store"
    assert problem["parameter"] == parameter and problem["detail"] and problem["type"].startswith("/docs#")
    assert "allowed" in problem or "missing" in problem["detail"]


def test_a_near_miss_is_suggested(client):
    """An unknown corpus that looks like one of the shelf."""
    assert "Did you mean pokemon?" in client.get("/api/mix/pokmon").json()["detail"]


def test_nothing_rude_comes_out_and_nothing_rude_is_repeated(client):
    """A rude pattern, name or value is refused as in Slack, and the problem does not say it again."""
    for path in (f"{API}/complete?q=fuck**", f"{API}/score?name=fucker", f"{API}?begins=fuck", f"{API}?n=fuck"):
        answer = client.get(path)
        assert answer.status_code == 422 and "fuck" not in answer.text, answer.text


def test_no_fitting_name_is_said_so(client):
    """A pattern that nothing fits is 422 with a type of its own."""
    problem = client.get(f"{API}/complete?q=mo***&ends=q&begins=zz").json()
    assert problem["status"] == 422 and problem["type"] == "/docs#nothing-fits"


def test_other_addresses_and_methods_are_problems_too(client):
    """404 and 405, the latter with Allow."""
    assert client.get("/nowhere").json()["type"] == "/docs#not-here"
    refused = client.post("/api")
    assert refused.status_code == 405 and "GET" in refused.headers["allow"]
    assert refused.headers["content-type"] == MEDIA_TYPE


def test_a_fault_of_ours_is_a_500_that_quotes_nothing(client, monkeypatch, caplog):
    """The log has a reference and no word of the request."""

    def broken(*args):
        raise RuntimeError("mo***")

    monkeypatch.setattr(answering, "names", broken)
    answer = client.get(f"{API}/complete?q=mo***&n=11")
    assert answer.status_code == 500 and answer.json()["type"] == "/docs#fault"
    assert "mo***" not in answer.text and "mo***" not in caplog.text
