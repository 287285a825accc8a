"""What a body says, and in how many words."""

import re

from article.demo_bodies import demo_bodies

from khabarayn.arabic.reading import word_count
from khabarayn.article.plain import plain, text_of

# How words were counted and tags taken out before both were made linear.
WORDS = re.compile(r"\S*?[^\W_]\S*")


def test_every_demo_story_keeps_its_number_of_words():
    counted = 0
    for _, blocks in demo_bodies():
        text = text_of(blocks)
        assert word_count(text) == len(WORDS.findall(text))
        counted += word_count(text)
    assert counted > 5_000


def test_a_sign_that_opens_no_tag_stays_and_a_tag_goes():
    assert plain('قال <a href="/a/x>y">هنا</a><br>ثم') == "قال هنا ثم"
    assert plain("أقل < من 5") == "أقل < من 5"
    assert plain('<a href="لا نهاية له') == '<a href="لا نهاية له'
