"""Every text that enters a file passes here: kept as given, save for what no file may carry."""

from __future__ import annotations

import re

from gapbench.errors import RefusedError

LONGEST = 200_000
"""Characters of one field; a note of a long interview has some 10,000."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Controls drive terminals, NUL ends strings in C, lone surrogates have no UTF-8, and the last two
# make a workbook that Excel cannot read.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str, what: str = "This text") -> str:
    """Give the text as it is stored.

    Args:
        text: What a person typed, pasted or imported.
        what: How the sentence of refusal begins, "The note on 8.4.1 c".

    Raises:
        RefusedError: The text is longer than `LONGEST`.
    """
    if len(text) > LONGEST:
        raise RefusedError(
            f"{what} has {len(text):,} characters and {LONGEST:,} fit; "
            "shorten it, or keep the long text in a document of its own and name it here."
        )
    if text.isprintable():  # nearly every text, and ten times quicker than looking for the rest
        return text
    return _UNFIT.sub(REPLACEMENT, text.replace("\r\n", "\n"))
