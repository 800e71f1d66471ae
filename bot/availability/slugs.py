"""A name as addresses and domains write it. Nothing of what it holds can end a path or a host: letters, digits and
joints remain."""

import re
import unicodedata

# Latin letters with a stroke or without a dot, which Unicode does not take apart into a letter and an accent.
_STROKES = str.maketrans({**dict(zip("øđðłħıŧ", "oddlhit", strict=True)), "æ": "ae", "œ": "oe", "þ": "th"})
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")  # on Latin letters alone: elsewhere a mark is part of its letter
LABEL = 63  # bytes of one part of a domain


def slug(name: str, joint: str = "-") -> str:
    """Lower case, Latin letters without accents, and `joint` in the place of everything that is no letter and no digit.

    >>> slug("Mr. Mime"), slug("Flabébé"), slug("Łódź"), slug("../東京?q=1#", "_")
    ('mr-mime', 'flabebe', 'lodz', '東京_q_1')
    """
    plain = unicodedata.normalize(
        "NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold()).translate(_STROKES))
    )
    return joint.join("".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in plain).split())


def domain_label(name: str) -> str | None:
    """The slug as one part of a domain, in ASCII (RFC 3490 with Punycode); None where it is too long or cannot be
    written so.

    >>> domain_label("東京"), domain_label("x" * 64)
    ('xn--1lqs71d', None)
    """
    try:
        label = slug(name).encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return label if 0 < len(label) <= LABEL and "." not in label else None
