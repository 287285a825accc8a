"""Clean an uploaded SVG down to shapes and colours; refuse scripts, links and style sheets."""

from __future__ import annotations

import re
from typing import Any

import py_svg_hush
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from khabarayn.face.value import FaceFile

MAX_UPLOAD = 512 * 1024
# A drawing stands in every page: what is larger than this comes as a picture instead.
MAX_DRAWING = 8 * 1024
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
# Metadata elements, which draw nothing and are dropped.
SILENT = {"title", "desc", "metadata", "defs", "namedview"}
GEOMETRY = {
    "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "points",
    "transform",
}  # fmt: skip
PAINT = {
    "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "clip-rule", "opacity",
}  # fmt: skip
CLASSES = {"dot-a", "dot-b"}
_VALUE = re.compile(r"[#\w\s.,%()+-]*", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_LONG = re.compile(r"(?<![0-9.])-?[0-9]*\.[0-9]{3,}")


class DrawingRefused(ValueError):
    """A drawing that is not taken; ``code`` is a key of `khabarayn.messages.faces.REFUSALS`,
    ``values`` are its numbers (bytes) and names."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(" ".join([code, *(f"{name}={n}" for name, n in values.items())]))
        self.code = code
        self.values = values


def clean_drawing(data: bytes) -> FaceFile:
    """Return an SVG of plain shapes, in the units of its own box. Raises `DrawingRefused`.

    Nothing visible is left out in silence: a drawing with text, pictures, style sheets or effects
    is refused by the name of what it holds, and so is one with a script.
    """
    too_large(data)
    tree = _tree(data)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname == "script" or _acts(element):
            raise DrawingRefused("script")
    try:
        root = _tree(py_svg_hush.filter_svg(data))
    except ValueError as error:
        raise DrawingRefused("unreadable") from error
    left, top, width, height = _box(root)
    shapes = "".join(_shapes_below(root))
    if "<" not in shapes.replace("<g", "").replace("</g", ""):
        raise DrawingRefused("blank")
    if (left, top) != (0, 0):
        shapes = f'<g transform="translate({_plain(-left)} {_plain(-top)})">{shapes}</g>'
    across, down = max(1, round(width)), max(1, round(height))
    if max(abs(across - width), abs(down - height)) > 0.01 * max(width, height):
        # A box of a few units would lose its proportions in whole numbers.
        shapes = f'<g transform="scale(100)">{shapes}</g>'
        across, down = round(width * 100), round(height * 100)
    text = f'<svg xmlns="{SVG[1:-1]}" viewBox="0 0 {across} {down}">{shapes}</svg>'
    if len(text) > MAX_DRAWING:
        raise DrawingRefused("too_rich", size=len(text), limit=MAX_DRAWING)
    return FaceFile("image/svg+xml", across, down, text.encode())


def too_large(data: bytes) -> None:
    """Raise `DrawingRefused` for a file that is larger than any wordmark."""
    if len(data) > MAX_UPLOAD:
        raise DrawingRefused("too_big", size=len(data), limit=MAX_UPLOAD)


def _tree(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DrawingRefused("unreadable") from error
    if root.tag != f"{SVG}svg":
        raise DrawingRefused("unreadable")
    return root


def _acts(element: Any) -> bool:
    """Whether an element has a handler or a script's address."""
    return any(
        etree.QName(name).localname.lower().startswith("on")
        or value.strip().lower().startswith("javascript:")
        for name, value in element.attrib.items()
    )


def _box(root: Any) -> tuple[float, float, float, float]:
    numbers = root.get("viewBox", "").replace(",", " ").split()
    if not numbers:
        numbers = [
            "0",
            "0",
            *(root.get(side, "").removesuffix("px") for side in ("width", "height")),
        ]
    if len(numbers) != 4 or not all(_NUMBER.fullmatch(one) for one in numbers):
        raise DrawingRefused("no_box")
    left, top, width, height = map(float, numbers)
    if not (0 < width <= 1e5 and 0 < height <= 1e5 and max(abs(left), abs(top)) <= 1e5):
        raise DrawingRefused("no_box")
    if width > 12 * height or height > 2 * width:
        raise DrawingRefused("shape")
    return left, top, width, height


def _shapes_below(element: Any) -> list[str]:
    """Return the shapes below ``element`` as text, in order."""
    shapes: list[str] = []
    for part in element:
        if not isinstance(part.tag, str):
            continue
        name = etree.QName(part)
        if name.localname in SILENT or name.namespace != SVG[1:-1]:
            if name.localname == "defs" and len(part):
                _refuse_inside(part)
            continue
        if name.localname == "g":
            inner = "".join(_shapes_below(part))
            if inner:
                attributes = _attributes(part)
                shapes.append(f"<g{attributes}>{inner}</g>" if attributes else inner)
        elif name.localname in SHAPES:
            shapes.append(f"<{name.localname}{_attributes(part)}/>")
        else:
            raise DrawingRefused("holds", name=name.localname)
    return shapes


def _refuse_inside(defs: Any) -> None:
    """Refuse definitions that a drawing would miss; names of editors' own are nothing to miss."""
    for part in defs:
        if isinstance(part.tag, str) and etree.QName(part).namespace == SVG[1:-1]:
            raise DrawingRefused("holds", name=etree.QName(part).localname)


def _attributes(element: Any) -> str:
    attributes = {name: value for name, value in element.attrib.items() if name in GEOMETRY | PAINT}
    for rule in element.get("style", "").split(";"):
        name, _colon, value = (part.strip() for part in rule.partition(":"))
        if name == "display" and value == "none":
            raise DrawingRefused("holds", name="display:none")
        if name in PAINT:
            attributes[name] = value
    if element.get("class") in CLASSES:
        attributes = {name: value for name, value in attributes.items() if name != "fill"}
        attributes["class"] = element.get("class")
    elif attributes.get("fill", "").lower() in {"black", "#000", "#000000"}:
        # Black ink is the ink of the page: white on the dark one.
        attributes["fill"] = "currentColor"
    shape = element.tag.removeprefix(SVG) in SHAPES
    if shape and not {"fill", "class"} & set(attributes) and not _filled_above(element):
        attributes["fill"] = "currentColor"
    for name, value in attributes.items():
        if not _VALUE.fullmatch(value) or "url" in value.lower():
            raise DrawingRefused("holds", name=name)
    short = {name: _LONG.sub(lambda m: _plain(float(m[0])), v) for name, v in attributes.items()}
    return "".join(f' {name}="{" ".join(value.split())}"' for name, value in short.items())


def _filled_above(element: Any) -> bool:
    return any(
        parent.get("fill") or "fill" in parent.get("style", "") or parent.get("class") in CLASSES
        for parent in element.iterancestors()
    )


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"
