"""Cut a folded word down to the stem the search index knows (light10x), and name the stop words."""

from functools import lru_cache

from khabarayn.arabic.normalise import TOLD_BY_HAMZA, fold, tokens

_ARTICLES = ("وبال", "فبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
_SUFFIXES = (
    "هما", "كما", "هم", "هن", "كم", "نا", "ها", "ان", "ات", "ون", "ين", "وا", "ه", "ي", "ت", "ا",
)  # fmt: skip
_PROCLITICS = frozenset("وبلفك")
_SHORTEST = 3

STOP_WORDS = frozenset(
    fold(
        """
        من في على إلى عن أن إن أنه أنها إنه إنها بأن لأن التي الذي الذين اللذين اللتين
        اللواتي هذا هذه ذلك تلك هؤلاء أولئك كما قد لقد فقد كان كانت كانوا يكون تكون سيكون ما
        لا لم لن هو هي هم هما نحن أنا أنت أو أم ثم بعد قبل بين حتى إذا إذ كل بعض غير مع عند
        عندما منذ خلال حول ضد لدى حيث قال قالت وقال وقالت وكان وكانت وأضاف أضاف أضافت وأضافت
        وأن وإن وأنه وأنها وأنهم ليس ليست أي أحد هناك فيه فيها به بها له لها لهم منه منها
        منهم عليه عليها عليهم إليه إليها اليوم أمس الآن وفي ومن وعلى وإلى وعن ومع وهو وهي
        وهم ولا ولم ولن وما التى إلا أما لكن ولكن أيضا نحو عبر فإن كذلك بينما مما لما ممن
        فيما بما وقد وذلك وهذا وهذه والتي والذي
        """
    ).split()
)
"""Function words in their folded form: no weight in related stories, still found by search."""


_SHORT_FUNCTION_WORDS = frozenset(word for word in STOP_WORDS if len(word) < _SHORTEST) - {"ما"}
# Their first letters only look like an article before two letters.
_WITHOUT_ARTICLE = """
الله الان الاف الات الاه اليه اليا الهه الهي التي الذي الغي الغا الغت القي القا القت الفا الفه
الفت الفي الوف والده والدها والدهم والدي والديه والديها والديهم والدت والدته والدتها والدتهم
والدتي والدك والدنا والدا والتر والتز بالغه بالغا بالغت بالغي بالون
"""
_NO_ARTICLE = frozenset(_WITHOUT_ARTICLE.split())
_ROOT_LAM = "للحم للعب للغه للون للبن لليل للقا للحن للقب للفظ للحظ للجن للفت للمس للوح للسن"
_LAM_OF_ROOT = frozenset(_ROOT_LAM.split())


_LONGEST = 100  # letters: beyond any word of Arabic, and endings are cut one by one


def _cut_article(word: str) -> str:
    rest = word
    while rest.startswith(_ARTICLES):
        for article in _ARTICLES:
            if rest.startswith(article) and len(rest) - len(article) >= _SHORTEST:
                rest = rest[len(article) :]
                break
        else:
            break
    return rest


def _short_noun(word: str) -> str:
    """Return the noun of two letters, or the number, that ``word`` writes with an article; or
    nothing."""
    if word.startswith(_ARTICLES):
        for article in _ARTICLES:
            rest = word[len(article) :]
            if word.startswith(article) and (len(rest) == _SHORTEST - 1 or rest.isdigit()):
                return "" if rest in _SHORT_FUNCTION_WORDS else rest
    return word[1:] if word[0] in _PROCLITICS and word[1:].isdigit() else ""


def _cut_end(word: str) -> str:
    while word.endswith(_SUFFIXES):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
                word = word[: -len(suffix)]
                break
        else:
            break
    return word


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the stem of ``word``, a word already folded; words of other scripts stay whole.

    light10x: the article with what clings to it, then suffixes as long as three letters remain,
    then one-letter proclitics and the س of the future. It joins forms rather than explains them.
    Nouns of two letters and numbers lose their article, too.

    >>> [stem(fold(w)) for w in ("وزير", "الوزير", "وزيرها", "والوزير")]
    ['زير', 'زير', 'زير', 'زير']
    >>> [stem(fold(w)) for w in ("ماء", "بالماء", "دم", "والدم", "الآن", "الـ22")]
    ['ماء', 'ماء', 'دم', 'دم', 'الان', '22']
    >>> stem(fold("بالحكومات")), stem("cnn"), stem("2026")
    ('حكوم', 'cnn', '2026')
    """
    if not "\u0600" <= word[:1] <= "\u06ff" or len(word) > _LONGEST:
        return word
    if word[-1] == "ء":
        return next((noun for noun in TOLD_BY_HAMZA if word.endswith(noun)), word)
    if word in _LAM_OF_ROOT or (word[0] in _PROCLITICS and word[1:] in _NO_ARTICLE):
        word = word[1:]
    if word not in _NO_ARTICLE:
        short = _short_noun(word)
        bare = short or _cut_article(word)
        if bare != word and f"{bare}ء" in TOLD_BY_HAMZA:
            return f"{bare}ء"
        if short:
            return short
        word = bare
    word = _cut_end(word)
    prefix_length = 0
    while len(word) - prefix_length > _SHORTEST and word[prefix_length] in _PROCLITICS:
        prefix_length += 1
    word = word[prefix_length:]
    if len(word) >= 5 and word[0] == "س" and word[1] in "يتن":
        word = word[1:]
    return word


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of all words of ``text`` in order, as the index and the query spell them.

    >>> " ".join(stems("أعلنت الحكومةُ قراراتِها"))
    'اعلن حكوم قرار'
    """
    return tuple(stem(token.folded) for token in tokens(text))


def is_stop_word(word: str) -> bool:
    """Say whether ``word``, already folded, carries no subject of its own.

    >>> is_stop_word(fold("إلى")), is_stop_word(fold("الصين"))
    (True, False)
    """
    return word in STOP_WORDS
