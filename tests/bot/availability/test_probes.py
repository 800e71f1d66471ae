"""The list of whom to ask: the example is in order, and each mistake is told with the file and the place."""

import re
from pathlib import Path

import pytest

from bot import availability
from bot.availability.probes import read_probes
from bot.errors import BadInput
from bot.settings import ROOT, Settings, SettingsError

EXAMPLE = ROOT / "taken.example.toml"
PAGE = 'label = "pages"\naddress = "https://pages.example.org/{name}"\n200 = "taken"\n'


def listed(tmp_path, text: str) -> Path:
    file = tmp_path / "taken.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_is_in_order():
    """What is to be copied can be read, says everything that can be said, and names nobody who could be asked by
    mistake."""
    found = read_probes(EXAMPLE)
    assert found.labels == ("packages", "code", ".com", ".io") and found.contact
    packages, code = found.pages
    assert [domain.known for domain in found.domains] == ["example", ""]
    assert (
        packages.meanings == ((200, "taken"), (404, "free"))
        and (packages.method, packages.joint) == ("GET", "-")
        and packages.known
    )
    assert (code.method, code.joint) == ("HEAD", "_") and dict(code.meanings)[301] == "taken"
    hosts = re.findall(r"[a-z0-9-]+\.[a-z]+(?=/)", EXAMPLE.read_text())
    assert hosts and all(host.startswith("example.") for host in hosts)  # RFC 2606: nobody's


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "from 1 to 12"),
        ("[[page]\n", "cannot be used"),
        (f"[[page]]\n{PAGE}[[page]]\n{PAGE}", "a label or suffix of its own"),
        ("".join(f'[[domain]]\nsuffix = ".x{i}"\n' for i in range(13)), "from 1 to 12"),
        (f"[page]\n{PAGE}", r"\[\[page\]\]"),
        (f'[[page]]\n{PAGE}adress = "x"\n', "pages has 'adress'"),
        ('suffix = ".com"', "the file has 'suffix'"),
        (
            '[[page]]\nlabel = "pages"\naddress = "https://example.org/{name}"\n',
            'pages says of no status.*404 = "free"',
        ),
        (f'[[page]]\n{PAGE}404 = "gone"\n', "404 is 'taken', 'free' or 'unknown', not 'gone'"),
        (f'[[page]]\n{PAGE}999 = "free"\n', "pages has '999'"),
        (f"[[page]]\n{PAGE}404 = true\n", "404 is missing or is no text"),
        (f'[[page]]\n{PAGE}method = "POST"\n', "'GET' or 'HEAD', not 'POST'"),
        (f'[[page]]\n{PAGE}joint = "/"\n', "joint is .* not '/'"),
        (f"[[page]]\n{PAGE.replace('pages', 'x' * 25, 1)}", "1 to 24 characters"),
        ('[[page]]\naddress = "https://example.org/{name}"\n', "label is missing"),
        ('[[domain]]\nsuffix = ".com/"\n', "not '.com/'"),
        ('[[domain]]\nsuffix = "-com"\n', "not '-com'"),
        ('[[domain]]\nsuffix = ""\n', "not ''"),
        ('contact = "Grüße"\n[[domain]]\nsuffix = ".com"\n', "plain ASCII"),
        ('contact = "a\\r\\nHost: b"\n[[domain]]\nsuffix = ".com"\n', "plain ASCII"),
    ],
)
def test_mistakes_are_told(tmp_path, text, said):
    """The message has the variable, the file, the error and an example to look at."""
    file = listed(tmp_path, text)
    with pytest.raises(SettingsError, match=said) as told:
        read_probes(file)
    assert str(told.value).startswith(f"TECHNAME_TAKEN: {file}") and "taken.example.toml" in str(told.value)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/{name}",
        "https://{name}.example.org/",
        "https://example.org/",
        "https://example.org/{name}/{name}",
        "file:///etc/{name}",
        "https:///{name}",
        "https://me:pass@example.org/{name}",
        "https://example.org/#{name}",
        "/{name}",
        "https://example.org:0/{name}",
        "https://example.org:x/{name}",
        "https://example.org/a b/{name}",
        "https://exämple.org/{name}",
        "https://example.org:{name}/",
        "https://{name}@example.org/",
        "{name}://example.org/",
    ],
)
def test_a_name_never_chooses_whom_we_ask(tmp_path, address):
    """An address is of http or https, with the name behind its host: whatever is typed, the host is the operator's."""
    with pytest.raises(SettingsError):
        read_probes(listed(tmp_path, f"[[page]]\n{PAGE}".replace("https://pages.example.org/{name}", address)))


def test_a_suffix_with_or_without_its_dot(tmp_path):
    """Both are what people write."""
    assert read_probes(listed(tmp_path, '[[domain]]\nsuffix = "IO"\n[[domain]]\nsuffix = ".co.uk"\n')).labels == (
        ".io",
        ".co.uk",
    )


def test_off_until_it_is_switched_on(no_network):
    """Without the setting nobody is asked, and the answer says how to change that."""
    assert availability.labels(Settings()) == ()
    with pytest.raises(BadInput, match="TECHNAME_TAKEN"):
        availability.check(["mongo"], Settings())


def test_a_file_that_is_not_there(tmp_path, no_network):
    """The variable and the path are named; a file that is mended is read the next time."""
    settings = Settings(taken=tmp_path / "taken.toml")
    with pytest.raises(SettingsError, match="taken.toml cannot be read .no such file"):
        availability.labels(settings)
    listed(tmp_path, '[[domain]]\nsuffix = ".com"\n')
    assert availability.labels(settings) == (".com",)


def test_the_variable_names_a_file():
    """A relative path is looked for beside .env."""
    assert Settings.read({"TECHNAME_TAKEN": "taken.toml"}).taken == ROOT / "taken.toml"
    assert Settings.read({"TECHNAME_TAKEN": "/etc/availability.toml"}).taken == Path("/etc/availability.toml")
    assert Settings.read({"TECHNAME_TAKEN": " "}).taken is None
