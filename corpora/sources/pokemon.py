"""All Pokémon in each language that the package has, in the order of the Pokédex."""

import json
import re
from functools import partial

from corpora.sources.packages import Package
from corpora.sources.source import Files, Source

POKEMON = Package("npm", "pokemon", "3.3.1", "da7e5af66fb4de8a6dc6470f69ebb541098d31f2a4ed7b12704fc79b45870e37")

# By the package's code of a language: what it is called, and five samples.
_LANGUAGES = {
    "de": ("German", ("Bisasam", "Glumanda", "Schiggy", "Evoli", "Kapu-Riki")),
    "en": ("English", ("Bulbasaur", "Mewtwo", "Mr. Mime", "Porygon-Z", "Flabébé")),
    "es": ("Spanish", ("Bulbasaur", "Colmilargo", "Tapu Koko", "Ferropúas", "Ferropaladín")),
    "fr": ("French", ("Bulbizarre", "Salamèche", "M. Mime", "Évoli", "Ronflex")),
    "ja": ("Japanese", ("フシギダネ", "ピカチュウ", "ミュウツー", "イーブイ", "カビゴン")),
    "ko": ("Korean", ("이상해씨", "파이리", "피카츄", "이브이", "잠만보")),
    "ru": ("Russian", ("Бульбазавр", "Чармандер", "Пикачу", "Мистер Майм", "Мьюту")),
    "th": ("Thai", ("ฟุชิกิดาเนะ", "ฮิโตคาเงะ", "พิคาชู", "มิวทู", "คาบิกอน")),
    "zh-hans": ("simplified Chinese", ("妙蛙种子", "小火龙", "皮卡丘", "超梦", "卡比兽")),
    "zh-hant": ("traditional Chinese", ("妙蛙種子", "小火龍", "皮卡丘", "超夢", "卡比獸")),
}
_LINES = {
    "es": "all 1,025 Pokémon by their Spanish names, most of which are the English ones",
    "ru": "the Pokémon that have Russian names",
    "th": "all 1,025 Pokémon by their Thai names, two of which are the same",
}


def names(code: str, files: Files) -> list[str]:
    """The names as the package has them, each once, without the space that one has behind it.

    Where it has no Russian name it has the English one, and some Russian ones have Latin letters among theirs: these
    are left out.
    """
    found = dict.fromkeys(name.strip() for name in json.loads(files[POKEMON][f"package/data/{code}.json"]))
    return [name for name in found if code != "ru" or not re.search("[A-Za-z]", name)]


def _source(code: str) -> Source:
    language, samples = _LANGUAGES[code]
    return Source(
        title="Pokémon" if code == "en" else f"Pokémon in {language}",
        line=_LINES.get(code, f"all 1,025 Pokémon by their {language} names"),
        samples=samples,
        licence="MIT",
        entries=partial(names, code),
        packages=(POKEMON,),
        style="upper"
        if code in ("ja", "ko", "zh-hans", "zh-hant")
        else "capitalised",  # their only cases are in ポリゴンZ
    )


SOURCES = {"pokemon" if code == "en" else f"pokemon-{code}": _source(code) for code in _LANGUAGES}
