"""How the demo edition spells names that papers spell in two ways."""

from __future__ import annotations

from khabarayn.desk.arrange.house_words import house_words, set_house_word
from khabarayn.desk.by import By

# In each group the demo's own spelling first.
WORDS = (("أمريكا", "أميركا"), ("أوروبا", "أوربا"))


def give_words(by: By) -> int:
    """Give them to a paper that has no spellings of its own; return how many."""
    if house_words():
        return 0
    for word, *others in WORDS:
        set_house_word(word, others, by)
    return len(WORDS)
