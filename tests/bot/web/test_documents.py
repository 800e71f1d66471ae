"""docs/web.md holds every address and parameter of the OpenAPI document, and its limits are those of the code."""

from bot.web import limits
from tests.fakes.typist import ROOT

PAGE = (ROOT / "docs/web.md").read_text(encoding="utf-8")


def test_every_address_and_parameter_is_documented(client):
    """Each path, and each parameter with the paths that take it."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        assert f"| `{path}` |" in PAGE
        for parameter in methods["get"].get("parameters", ()):
            assert f"`{parameter['name']}`" in PAGE, parameter["name"]


def test_every_parameter_says_what_it_means(client):
    """The OpenAPI document describes each."""
    paths = client.get("/openapi.json").json()["paths"].values()
    parameters = [each for path in paths for each in path["get"].get("parameters", ())]
    assert parameters and all(each.get("description") or each["schema"].get("description") for each in parameters)


def test_the_limits_on_the_page_are_those_of_the_code():
    """Numbers in prose go stale."""
    rate = limits.Rate()
    for said in (
        f"up to {limits.LONGEST} tokens, up to {limits.MOST_GAPS} gaps ({limits.MOST_GAPS_WEIGHED} for `why`)",
        f"1 to {limits.MOST_NAMES}, usually 8 (of chosen lines and tunes {limits.MOST_CHOSEN['words']} at most)",
        f"up to {limits.MOST_LIKELY}",
        f"up to {limits.MOST_SKIP}",
        f"up to {limits.LONGEST_NAME} characters",
        f"up to {limits.MOST_QUARTERS} quarters",
        f"over {rate.per_second:g} requests a second from one address ({rate.burst} at once)",
    ):
        assert said in PAGE, said
