"""The child process that decodes uploaded pictures: limited in memory and time, without files or
secrets.

It is started by its path, as `khabarayn.media.render` does, and imports nothing of the house, so
that starting it costs only Pillow. Frames on its socket: eight bytes of length, then as many.
A request is JSON («focal») and the picture; an answer is JSON, then the files it lists.
"""

from __future__ import annotations

import base64
import io
import json
import os
import resource
import socket
import struct
import sys
import warnings
from typing import Any

import thumbhash
from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MAX_PIXELS = 40_000_000
MIN_SIDE = 16
MAX_SIDE = 2400
MEMORY = 1_500_000_000
CPU_SECONDS = 30
PAPER = "#FBFAF7"

CROPS = {"": 0.0, "16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1.0}
WIDTHS = {"": (480, 800, 1200, 1600), "16x9": (400, 800, 1280), "4x3": (320, 640), "1x1": (192,)}
JPEG_WIDTH = {"": 800, "16x9": 1280, "4x3": 320, "1x1": 192}
MIME = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}

Box = tuple[float, float, float, float]
File = tuple[dict[str, Any], bytes]


class DecodeRefused(Exception):
    """``code`` is a key of `khabarayn.messages.pictures.REFUSALS`, ``detail`` its numbers."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def open_picture(data: bytes) -> Image.Image:
    """Return the first frame of ``data``, decoded, upright, in sRGB, at most 2400 px long,
    as RGB or RGBA with no metadata left. Raises `DecodeRefused`."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DecodeRefused("pixels") from error
    except Exception as error:
        raise DecodeRefused("unreadable") from error
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise DecodeRefused("pixels", width=width, height=height)
    if min(width, height) < MIN_SIDE:
        raise DecodeRefused("tiny", width=width, height=height)
    try:
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            image.draft(None, (MAX_SIDE, MAX_SIDE))  # decodes a huge JPEG at a half or a quarter
        image.load()
    except MemoryError as error:
        raise DecodeRefused("memory") from error
    except Exception as error:
        raise DecodeRefused("broken") from error
    return _plain(image)


def _plain(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode in {"P", "PA", "LA", "1"} or "transparency" in image.info:
        alpha = "transparency" in image.info or image.mode in {"PA", "LA"}
        image = image.convert("RGBA" if alpha else "RGB")
    elif image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        image = image.convert("I").point(lambda v: v / 257).convert("L")
    if max(image.size) > MAX_SIDE:
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    ImageOps.exif_transpose(image, in_place=True)
    image = _in_srgb(image, profile)
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert("RGB")
    image.info = {}
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode in {"RGBA", "RGBa"} else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" in ImageCms.getProfileDescription(source).lower():
                return image.convert(mode)
            alpha = image.getchannel("A") if mode == "RGBA" else None
            solid = image.convert("RGB") if alpha else image
            converted_image = ImageCms.profileToProfile(
                solid, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if converted_image is not None:
                if alpha:
                    converted_image.putalpha(alpha)
                return converted_image
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken profile is no reason to refuse the picture
    return image.convert(mode)


def crop_box(width: int, height: int, ratio: float, focal: tuple[float, float]) -> Box:
    """Return the largest part of ``ratio`` (0: all of it) that holds ``focal`` most centrally.

    >>> crop_box(1600, 1200, 1.0, (1.0, 0.5))
    (400.0, 0, 1600.0, 1200)
    """
    if not ratio:
        return 0, 0, width, height
    w, h = min(width, height * ratio), min(height, width / ratio)
    x = min(max(focal[0] * width - w / 2, 0), width - w)
    top = min(max(focal[1] * height - h / 2, 0), height - h)
    if w == width:
        return 0, top, width, top + h
    return x, 0, x + w, height


def _on_paper(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, PAPER)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def encode(image: Image.Image, ext: str, *, quality: int | None = None) -> bytes:
    """Return ``image`` as a file: «avif», «webp», «png», or «jpg» on paper."""
    out = io.BytesIO()
    if ext == "avif":
        # At speed 9 it is larger and worse than WebP; 7 takes twice the time for a tenth less.
        image.save(out, "AVIF", quality=quality or 52, speed=8, max_threads=1)
    elif ext == "webp":
        image.save(out, "WEBP", quality=quality or 74, method=2)
    elif ext == "png":
        image.save(out, "PNG", optimize=True)
    else:
        _on_paper(image).save(out, "JPEG", quality=quality or 78, optimize=True, progressive=True)
    return out.getvalue()


def _original(image: Image.Image) -> File:
    if image.mode == "RGBA":
        ext, data = "webp", encode(image, "webp", quality=92)
    else:
        ext, data = "jpg", encode(image, "jpg", quality=90)
        # Flat drawings are smaller, and exact, as PNG; grey photos have few tones but are not.
        if image.getcolors(256) and len(png := encode(image, "png")) <= len(data):
            ext, data = "png", png
    about = {"name": f"original.{ext}", "mime": MIME[ext]}
    return about | {"width": image.width, "height": image.height}, data


def renditions(image: Image.Image, focal: tuple[float, float]) -> list[File]:
    """Return every rendition that ``image`` is large enough for; the smallest of each crop is
    always made, at the largest size that fits. Nothing is enlarged."""
    result: list[File] = []
    for crop, ratio in CROPS.items():
        box = crop_box(*image.size, ratio, focal)
        most = max(1, int(box[2] - box[0]))
        widths = [w for w in WIDTHS[crop] if w <= most] or [most]
        jpeg = max((w for w in widths if w <= JPEG_WIDTH[crop]), default=widths[0])
        for width in reversed(widths):
            height = max(1, round(width * (box[3] - box[1]) / (box[2] - box[0])))
            size = (width, height)
            small = image.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=2.0)
            for ext in ("avif", "webp", "jpg") if width == jpeg else ("avif", "webp"):
                data = encode(small, ext)
                name = f"{crop}-{width}.{ext}" if crop else f"{width}.{ext}"
                about = {"name": name, "mime": MIME[ext], "width": width, "height": height}
                result.append((about, data))
    return result


def _thumbhash(image: Image.Image) -> str:
    small = _on_paper(image).convert("RGBA")
    small.thumbnail((48, 48))
    hash_bytes = thumbhash.rgba_to_thumb_hash(*small.size, list(small.tobytes()))
    return base64.b64encode(bytes(hash_bytes)).decode("ascii")


def difference_hash(image: Image.Image) -> str:
    """Return 64 bits as hex: for each of 8 × 8 places, whether it is brighter than the next."""
    tones = _on_paper(image).convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = "".join(
        "1" if tones[row * 9 + i] > tones[row * 9 + i + 1] else "0"
        for row in range(8)
        for i in range(8)
    )
    return f"{int(bits, 2):016x}"


def usual_focal(width: int, height: int) -> tuple[float, float]:
    """Return the point that crops keep while nobody has set one: the middle of a wide picture; of a
    square or tall one a point above it, where the heads are.

    >>> usual_focal(1600, 900), usual_focal(800, 800), usual_focal(900, 1600)
    ((0.5, 0.5), (0.5, 0.3), (0.5, 0.3))
    """
    return (0.5, 0.3) if width < 1.1 * height else (0.5, 0.5)


def work(data: bytes, focal: tuple[float, float] | None) -> tuple[dict[str, Any], list[bytes]]:
    """Return the answer to one request and the files it lists, the original first; without a
    ``focal`` point the crops keep the usual one."""
    image = open_picture(data)
    focal = focal or usual_focal(*image.size)
    try:
        files = [_original(image), *renditions(image, focal)]
        answer = {
            "width": image.width,
            "height": image.height,
            "focal": focal,
            "thumbhash": _thumbhash(image),
            "dhash": difference_hash(image),
            "files": [about | {"bytes": len(file)} for about, file in files],
        }
    except MemoryError as error:
        raise DecodeRefused("memory") from error
    return answer, [file for _, file in files]


def send(line: socket.socket, *parts: bytes) -> None:
    """Write each part with its length before it."""
    for part in parts:
        line.sendall(struct.pack("!Q", len(part)) + part)


def _receive(line: socket.socket) -> bytes:
    head = line.recv(8, socket.MSG_WAITALL)
    if len(head) < 8:
        sys.exit(0)  # the parent has closed the socket
    (length,) = struct.unpack("!Q", head)
    data = bytearray()
    while len(data) < length:
        piece = line.recv(min(length - len(data), 1 << 20))
        if not piece:
            sys.exit(0)
        data += piece
    return bytes(data)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))


def _limit_next() -> None:
    # The limit counts the whole life of the process: each picture gets its own seconds.
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(usage.ru_utime + usage.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def main() -> None:
    """Serve requests from the socket on standard input until it closes."""
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    Image.preinit()
    _limit()
    line = socket.socket(fileno=os.dup(0))
    while True:
        request = json.loads(_receive(line))
        data = _receive(line)
        _limit_next()
        try:
            answer, files = work(data, request["focal"] and tuple(request["focal"]))
        except DecodeRefused as refusal:
            answer, files = {"refused": refusal.code, "detail": refusal.detail}, []
        send(line, json.dumps(answer).encode(), *files)


# The decoders are named so that no other can be loaded later, when files are out of reach.
DECODERS = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)

if __name__ == "__main__":
    main()
