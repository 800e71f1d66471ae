"""The quiz without scripts and without a store: the address is its state."""

import re

import pytest

import generator
from bot.quiz.kinds import MADE
from bot.web.quiz import LETTERS, QUESTIONS, read_round


def test_a_round_begins_with_a_seed_of_its_own(client):
    """Each new round is another; its address can be shared."""
    begun = client.get("/quiz", follow_redirects=False)
    assert begun.status_code == 303 and re.fullmatch(r"/quiz\?seed=[0-9]+", begun.headers["location"])
    assert begun.headers["cache-control"] == "no-store"


def test_ten_answers_and_a_score(client, library):
    """Who knows the kinds has ten; who says made up each time has as many as were made up."""
    path = "/quiz?seed=7"
    for _ in range(QUESTIONS):
        links = re.findall(r'href="(/quiz\?seed=7&amp;a=[ptm]+)"', client.get(path).text)
        assert len(links) == len(LETTERS)
        path = next(link for link in links if link.endswith("m")).replace("&amp;", "&")
    made = sum(each.question.kind == MADE for each in read_round("7", "m" * QUESTIONS, library).answered)
    assert f"<h1>{made} of {QUESTIONS} right</h1>" in client.get(path).text
    right = "".join(each.question.kind[0] for each in read_round("7", "m" * QUESTIONS, library).answered)
    assert f"<h1>{QUESTIONS} of {QUESTIONS} right</h1>" in client.get(f"/quiz?seed=7&a={right}").text


def test_the_names_of_a_seed_are_the_same_for_everybody_and_all_different(library):
    """An answer does not change the names that follow."""
    one, other = (read_round("11", letter * QUESTIONS, library).answered for letter in "pt")
    names = [each.question.name for each in one]
    assert names == [each.question.name for each in other]
    assert len({generator.key(name) for name in names}) == QUESTIONS


def test_a_page_does_not_give_its_answer_away(client, library):
    """Of the name that is asked about, the page says nothing but the name."""
    asked = read_round("7", "", library).asked
    page = client.get("/quiz?seed=7").text
    assert page.count(asked.name) == 1 and f"is {asked.kind}" not in page


@pytest.mark.parametrize("query", ["seed=x", "seed=1234567", "seed=7&a=xyz", f"seed=7&a={'p' * 11}"])
def test_a_bad_address_is_explained(client, query):
    """422, in a page with a way out."""
    answer = client.get(f"/quiz?{query}")
    assert answer.status_code == 422 and "A new round" in answer.text
