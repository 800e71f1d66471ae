"""A name as part of an address or a domain. Only letters, digits and joints remain, so no name can end a path or a
host."""

import re
import unicodedata

_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")  # elsewhere a mark is part of its letter
LABEL = 63  # bytes of one part of a domain


def slug(name: str, joint: str = "-") -> str:
    """The name in lower case, Latin letters without accents, with `joint` in place of signs and spaces.

    >>> slug("Mr. Mime"), slug("Flabébé"), slug("../東京?q=1#", "_")
    ('mr-mime', 'flabebe', '東京_q_1')
    """
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold())))
    return joint.join("".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in plain).split())


def domain_label(name: str) -> str | None:
    """The slug as one label of a domain, in ASCII (RFC 3490 with Punycode); None if that is too long or impossible.

    >>> domain_label("東京"), domain_label("x" * 64)
    ('xn--1lqs71d', None)
    """
    try:
        label = slug(name).encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return label if 0 < len(label) <= LABEL and "." not in label else None
