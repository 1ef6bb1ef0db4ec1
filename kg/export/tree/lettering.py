"""How wide a text is, near enough, without a font: widths of a wide sans-serif face in thousandths of its size."""

import unicodedata

NARROW, WIDE = "iljI.,:;'’|!()[] ftr-–", "mwMW@%—&"
WIDTHS = {**dict.fromkeys(NARROW, 360), **dict.fromkeys(WIDE, 930)}
CAPITAL, USUAL, FULL = 730, 620, 1000
BOLD = 1.1


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels of a text at a font size in pixels.

    >>> width("Ada", 10) < width("Ada Lovelace", 10)
    True
    """
    total = sum(map(_one, text)) / 1000 * size
    return total * BOLD if bold else total


def _one(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    return WIDTHS.get(letter) or (CAPITAL if letter.isupper() else USUAL)


def fitted(text: str, size: float, most: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits, with an ellipsis.

    >>> fitted("Bartholomew", 10, 30)
    'Bart…'
    """
    if width(text, size, bold=bold) <= most:
        return text
    while text and width(text + "…", size, bold=bold) > most:
        text = text[:-1]
    return text.rstrip() + "…"


def years(born: str, died: str) -> str:
    """A life in years: "1926–2022", "b. 1948", "d. 1901", or ""."""
    first, last = (date[:5] if date.startswith("-") else date[:4] for date in (born, died))
    if first and last:
        return f"{first}–{last}"
    return f"b. {first}" if first else f"d. {last}" if last else ""
