"""Remove tracked changes and comments of word processors: deletions go, insertions stay."""

from __future__ import annotations

import re

from lxml import html

Element = html.HtmlElement

_DELETION_TAGS = {"del", "s", "strike"}
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_COMMENT_STYLE = re.compile(
    r"mso-element:\s*comment(?:-list)?(?![\w-])|mso-special-character:\s*comment"
)
_REFERENCE_STYLE = re.compile(r"mso-comment-reference|mso-comment-continuation")
_COMMENT_CLASS = re.compile(r"\b(?:msocomtxt|msocomanchor|msocomoff|mso-?comment\w*)\b", re.I)
_DOCS_COMMENT = re.compile(r"#cmnt(?:_ref)?\d+$")


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def without_review(root: Element) -> str:
    """Take struck text and comments out of ``root``, which is changed; return what was struck out,
    on one line.

    Word, LibreOffice and Google Docs are understood: deletions that are tracked, lines through,
    comments with their anchors and their list at the end.
    """
    deletions: list[str] = []
    references: list[Element] = []
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        style = element.get("style", "").lower()
        if element.tag in _DELETION_TAGS or _STRUCK_STYLE.search(style):
            deletions.append(" ".join(element.text_content().split()))
            _drop(element)
        elif element.tag == "ins":
            element.drop_tag()
        elif _COMMENT_STYLE.search(style) or _COMMENT_CLASS.search(element.get("class", "")):
            # The one class names the anchor and, around a whole paragraph, its text.
            _drop(element)
        elif _REFERENCE_STYLE.search(style):
            references.append(element)
        elif element.tag == "a" and _DOCS_COMMENT.search(element.get("href", "")):
            _drop_docs_comment(element)
    for element in references:
        after = (element.tail or "") + "".join(e.text_content() for e in element.itersiblings())
        # Word puts a blank where the remark hung, before a full stop too.
        if not element.text_content().strip() and re.match(r"[.،؛:!?؟)»]", after):
            _drop(element)
        else:
            element.drop_tag()
    return " … ".join(filter(None, deletions))[:200]


def _drop_docs_comment(link: Element) -> None:
    """Google Docs: «[a]» in the text is a link in a ``sup``; the comment a ``div`` at the end."""
    if "cmnt_ref" in link.get("href", ""):
        holder = next(link.iterancestors("div"), None)
        if holder is None:
            holder = next(link.iterancestors("p"), link)
        _drop(holder)
        return
    above = link.getparent()
    _drop(above if above is not None and above.tag == "sup" else link)
