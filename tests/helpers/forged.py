"""Values of buttons that nobody was shown."""

FORGED = [
    "",
    "x",
    "0",
    "1:b:0123456789abcdef:0",
    "2:b:0123456789abcdef:0",
    "1:s:0123456789abcdef:morus",
    "1:x:0123456789abcdef:",
    "1:b:0:0",
    "9" * 2_000,
    "1:b:" + "a" * 16 + ":" + "9" * 500,
]
