"""Write builder/text/simplified.txt: what every traditional character becomes.

The table is committed, so that neither the build nor the browser needs OpenCC and both
fold alike; OpenCC is only needed to run this script and the test that compares.
"""

import unicodedata
from pathlib import Path

from opencc import OpenCC

TABLE = Path(__file__).parents[1] / "builder" / "text" / "simplified.txt"

# CJK ideographs of the basic plane. The supplementary planes are left out: their
# simplified forms are hardly ever typed, and they would make the table a third longer.
IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
BASIC_PLANE_END = 0x10000
PAIRS_PER_LINE = 40


def simplified_pairs() -> list[tuple[str, str]]:
    """Return (traditional, simplified) for each character that changes, by code point."""
    convert = OpenCC("t2s").convert
    pairs = []
    for code_point in (code_point for block in IDEOGRAPHS for code_point in block):
        character = chr(code_point)
        if unicodedata.normalize("NFKC", character) != character:
            continue  # the analyzer never looks such a character up
        simplified = convert(character)
        while convert(simplified) != simplified:  # 薴 -> 苧 -> 苎
            simplified = convert(simplified)
        if simplified != character and ord(simplified) < BASIC_PLANE_END:
            pairs.append((character, simplified))
    return pairs


def table_text() -> str:
    """Return the content of the file: pairs one after the other, traditional first."""
    pairs = ["".join(pair) for pair in simplified_pairs()]
    starts = range(0, len(pairs), PAIRS_PER_LINE)
    return "".join("".join(pairs[at : at + PAIRS_PER_LINE]) + "\n" for at in starts)


if __name__ == "__main__":
    TABLE.write_text(table_text(), "utf-8", newline="\n")
