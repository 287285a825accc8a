"""Whatever file somebody sends, the paper gets safe renditions or the sender a clear reason."""

from __future__ import annotations

import base64
import io
import os
import re
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from media.pictures import Make, saved, scene
from PIL import Image, ImageCms

from khabarayn.media import child, render
from khabarayn.media.refusal import MAX_BYTES, PictureRefused
from khabarayn.media.render import RenderedPicture, Renderer, Rendition
from khabarayn.messages.pictures import REFUSALS


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer(1) as shared:
        yield shared


def opened(rendition: Rendition) -> Image.Image:
    image = Image.open(io.BytesIO(rendition.data))
    image.load()
    return image


def named(rendered: RenderedPicture, name: str) -> Image.Image:
    return opened(next(r for r in rendered.renditions if r.name == name))


def near(colour: object, expected: tuple[int, int, int], by: int = 45) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - b) <= by for a, b in zip(colour, expected, strict=False))


RED, GREEN, BLUE, YELLOW = (204, 34, 51), (34, 170, 68), (34, 68, 204), (221, 204, 34)


def corners(image: Image.Image) -> list[object]:
    image = image.convert("RGB")
    w, h = image.size
    at = ((w // 8, h // 8), (7 * w // 8, h // 8), (w // 8, 7 * h // 8), (7 * w // 8, 7 * h // 8))
    return [image.getpixel(p) for p in at]


def looks_like(image: Image.Image, *expected: tuple[int, int, int]) -> bool:
    return all(near(c, e) for c, e in zip(corners(image), expected, strict=True))


def test_a_large_photo_gets_every_rendition_with_its_true_size(
    renderer: Renderer, photo: Make
) -> None:
    made = renderer.render(photo(1600, 1067))
    assert [r.name for r in made.renditions] == [
        "1600.avif", "1600.webp", "1200.avif", "1200.webp", "800.avif", "800.webp", "800.jpg",
        "480.avif", "480.webp", "16x9-1280.avif", "16x9-1280.webp", "16x9-1280.jpg",
        "16x9-800.avif", "16x9-800.webp", "16x9-400.avif", "16x9-400.webp", "4x3-640.avif",
        "4x3-640.webp", "4x3-320.avif", "4x3-320.webp", "4x3-320.jpg", "1x1-192.avif",
        "1x1-192.webp", "1x1-192.jpg",
    ]  # fmt: skip
    for rendition in made.renditions:
        image = opened(rendition)
        assert image.size == (rendition.width, rendition.height)
        assert image.format is not None
        assert rendition.mime == Image.MIME[image.format]
        assert looks_like(image, RED, GREEN, BLUE, YELLOW), rendition.name
    sizes = {r.name: (r.width, r.height) for r in made.renditions}
    assert sizes["800.avif"] == (800, 534)
    assert sizes["16x9-1280.jpg"] == (1280, 720)
    assert sizes["4x3-640.webp"] == (640, 480)
    assert (made.width, made.height, made.original.name) == (1600, 1067, "original.jpg")
    assert made.focal == (0.5, 0.5)


def test_a_small_picture_is_never_enlarged_but_every_crop_is_there(
    renderer: Renderer, photo: Make
) -> None:
    made = renderer.render(photo(300, 200))
    sizes = {r.name: (r.width, r.height) for r in made.renditions}
    assert sizes["300.avif"] == (300, 200)
    assert sizes["16x9-300.jpg"] == (300, 169)
    assert sizes["4x3-266.jpg"] == (266, 200)
    assert sizes["1x1-192.jpg"] == (192, 192)
    assert len(sizes) == 12


def test_a_panorama_and_a_column_are_cut_to_every_crop(renderer: Renderer, photo: Make) -> None:
    wide = renderer.render(photo(6000, 300))
    assert (wide.width, wide.height) == (2400, 120)
    sizes = {r.name: (r.width, r.height) for r in wide.renditions}
    assert sizes["1600.avif"] == (1600, 80)
    assert sizes["16x9-213.avif"] == (213, 120)
    assert sizes["1x1-120.jpg"] == (120, 120)
    tall = renderer.render(photo(200, 3000))
    sizes = {r.name: (r.width, r.height) for r in tall.renditions}
    assert sizes["160.jpg"] == (160, 2400)
    assert sizes["16x9-160.avif"] == (160, 90)


def test_a_crop_keeps_the_focal_point(renderer: Renderer, photo: Make) -> None:
    picture = photo(1200, 400)
    assert near(corners(named(renderer.render(picture, (0, 0)), "1x1-192.jpg"))[1], RED)
    assert near(corners(named(renderer.render(picture, (1, 1)), "1x1-192.jpg"))[0], GREEN)
    centred = named(renderer.render(picture), "1x1-192.jpg")
    assert looks_like(centred, RED, GREEN, BLUE, YELLOW)
    assert renderer.render(picture, (7, -3)).focal == (1.0, 0.0)


def test_tall_and_square_pictures_keep_the_heads_where_nobody_has_set_a_point(
    renderer: Renderer, photo: Make
) -> None:
    assert renderer.render(photo(400, 900)).focal == (0.5, 0.3)
    assert renderer.render(photo(500, 500)).focal == (0.5, 0.3)
    assert renderer.render(photo(900, 500)).focal == (0.5, 0.5)
    # The middle of a tall picture is kept where somebody has chosen it.
    assert renderer.render(photo(400, 900), (0.5, 0.5)).focal == (0.5, 0.5)


def test_a_photo_is_turned_upright_and_loses_where_and_with_what_it_was_taken(
    renderer: Renderer,
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (24.0, 28.0, 0.0)
    lying = scene(640, 400).transpose(Image.Transpose.ROTATE_90)
    data = saved(lying, "JPEG", exif=exif, comment=b"SecretComment", quality=92)
    assert b"SecretCamera" in data
    made = renderer.render(data)
    assert (made.width, made.height) == (640, 400)
    assert looks_like(opened(made.original), RED, GREEN, BLUE, YELLOW)
    for rendition in (made.original, *made.renditions):
        assert not opened(rendition).getexif(), rendition.name
        for secret in (b"Secret", b"Exif", b"http://ns.adobe.com"):
            assert secret not in rendition.data, rendition.name


def test_a_cmyk_photo_keeps_its_colours(renderer: Renderer) -> None:
    made = renderer.render(saved(scene(640, 400, "CMYK"), "JPEG", quality=92))
    assert opened(made.original).mode == "RGB"
    assert looks_like(opened(made.original), RED, GREEN, BLUE, YELLOW)


def test_another_colour_space_is_brought_to_srgb(renderer: Renderer) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert renderer.render(saved(scene(320, 200), "JPEG", icc_profile=profile)).width == 320
    broken = saved(scene(320, 200), "JPEG", icc_profile=b"no profile at all")
    made = renderer.render(broken)
    assert looks_like(opened(made.original), RED, GREEN, BLUE, YELLOW)
    assert all("icc_profile" not in opened(r).info for r in made.renditions)


def test_a_moving_gif_gives_its_first_frame(renderer: Renderer) -> None:
    frames = [scene(200, 120), Image.new("RGB", (200, 120), "black")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    made = renderer.render(data)
    assert looks_like(opened(made.original), RED, GREEN, BLUE, YELLOW)
    assert not getattr(named(made, "200.webp"), "is_animated", False)


def test_transparency_stays_where_it_can_and_lies_on_paper_in_a_jpeg(renderer: Renderer) -> None:
    drawn = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    drawn.paste((158, 27, 50, 255), (150, 100, 250, 200))
    made = renderer.render(saved(drawn, "PNG"))
    assert made.original.name == "original.webp"
    assert named(made, "400.webp").mode == "RGBA"
    paper = named(made, "400.jpg").getpixel((10, 10))
    assert near(paper, (251, 250, 247), by=4)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF", "JPEG"])
def test_every_accepted_format_is_read(renderer: Renderer, photo: Make, kind: str) -> None:
    made = renderer.render(photo(320, 200, kind))
    assert looks_like(opened(made.original), RED, GREEN, BLUE, YELLOW)


def test_deep_and_grey_and_tiny_palettes_are_read_too(renderer: Renderer) -> None:
    deep = Image.new("I;16", (64, 64), 32768)
    grey = opened(renderer.render(saved(deep, "PNG")).original).convert("L").getpixel((32, 32))
    assert grey == pytest.approx(128, abs=2)
    drawn = Image.new("P", (300, 300), 0)
    drawn.paste(1, (40, 40, 260, 260))
    drawn.putpalette([251, 250, 247, 158, 27, 50])
    assert renderer.render(saved(drawn, "PNG")).original.name == "original.png"
    assert renderer.render(saved(scene(64, 64).convert("1"), "PNG")).width == 64
    photo = renderer.render(saved(scene(640, 400, "L"), "JPEG"))
    assert photo.original.name == "original.jpg"


def png(width: int, height: int) -> bytes:
    """A flat PNG of any size, a few kilobytes long."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        code = struct.pack("!I", zlib.crc32(kind + body))
        return struct.pack("!I", len(body)) + kind + body + code

    packer = zlib.compressobj(1)
    row = b"\0" * (1 + (width + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
REFUSED = [
    (b"", "empty"),
    (SVG, "svg"),
    (b"\xef\xbb\xbf <!-- x --> <SVG/>", "svg"),
    (b"\x1f\x8b\x08\x00rest", "svg"),
    (b"<!doctype html><html><img src=x onerror=alert(1)>", "html"),
    (b"%PDF-1.7", "pdf"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
    (saved(scene(64, 64), "TIFF"), "other"),
    (saved(scene(64, 64), "BMP"), "other"),
    (b"hello", "unreadable"),
    (os.urandom(4000), "unreadable"),
    (saved(scene(1, 1), "PNG"), "tiny"),
    (saved(scene(800, 15), "PNG"), "tiny"),
    (saved(scene(400, 300), "JPEG")[:3000], "broken"),
    (saved(scene(400, 300), "PNG")[:-4000], "broken"),
    (saved(scene(400, 300), "WEBP")[:2000], "broken|unreadable"),
    (partial(png, 20_000, 20_000), "pixels"),
    (partial(png, 8000, 5001), "pixels"),
    (partial(png, 60_000, 60_000), "pixels"),
    (lambda: b"\xff\xd8" + b"x" * MAX_BYTES, "too_big"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_is_no_picture_of_ours_is_refused_with_the_reason(
    renderer: Renderer, data: bytes | Callable[[], bytes], reason: str
) -> None:
    with pytest.raises(PictureRefused) as refusal:
        renderer.render(data() if callable(data) else data)
    assert re.fullmatch(reason, refusal.value.code)
    assert refusal.value.code in REFUSALS


def test_a_truncated_avif_or_gif_never_gives_half_a_picture(renderer: Renderer) -> None:
    for kind in ("AVIF", "GIF"):
        data = saved(scene(400, 300), kind)
        with pytest.raises(PictureRefused):
            renderer.render(data[: len(data) // 2])


def test_the_same_picture_has_the_same_digest_and_one_like_it_a_like_hash(
    renderer: Renderer, photo: Make
) -> None:
    data = photo(640, 400)
    assert renderer.render(data) == renderer.render(data)
    clouds = Image.effect_noise((12, 8), 150).resize((640, 400), Image.Resampling.BICUBIC)
    first = renderer.render(saved(clouds, "JPEG"))
    alike = renderer.render(saved(clouds.resize((320, 200)), "WEBP", quality=60))
    other = renderer.render(saved(clouds.transpose(Image.Transpose.ROTATE_180), "JPEG"))

    def distance(one: RenderedPicture, two: RenderedPicture) -> int:
        return (int(one.dhash, 16) ^ int(two.dhash, 16)).bit_count()

    assert len(first.dhash) == 16
    assert alike.digest != first.digest
    assert distance(first, alike) <= 6 < 12 <= distance(first, other)
    assert len(base64.b64decode(first.thumbhash)) >= 15


def test_a_child_that_hangs_is_killed_and_the_next_picture_is_served(photo: Make) -> None:
    with Renderer(1, seconds=0.01) as hurried:
        with pytest.raises(PictureRefused, match="time"):
            hurried.render(photo(2000, 1500))
        hurried.seconds = 40
        assert hurried.render(photo(64, 64)).width == 64


def _program(path: Path, body: str) -> str:
    path.write_text(
        "import os,socket,struct,resource,time\nline=socket.socket(fileno=os.dup(0))\n" + body
    )
    return str(path)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("os.abort()", "crashed"),
        ("line.recv(8); os._exit(0)", "crashed"),
        ("line.recv(8); line.sendall(struct.pack('!Q', 1 << 62)); time.sleep(9)", "crashed"),
        ("line.recv(8); line.sendall(struct.pack('!Q', 3) + b'{{{'); time.sleep(9)", "crashed"),
        ("resource.setrlimit(resource.RLIMIT_CPU, (1, 9))\nwhile True: pass", "time"),
    ],
)
def test_a_child_that_dies_or_lies_costs_only_its_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, photo: Make, body: str, reason: str
) -> None:
    with Renderer(1, seconds=10) as renderer:
        monkeypatch.setattr(child, "__file__", _program(tmp_path / "child.py", body))
        with pytest.raises(PictureRefused, match=reason):
            renderer.render(photo(64, 64))
        monkeypatch.undo()
        assert renderer.render(photo(64, 64)).width == 64


def test_the_child_cannot_take_more_memory_or_write_a_file(tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(Path(child.__file__).parent)!r})\n"
        "import child; child._limit()\n"
        "try: bytearray(2_000_000_000); print('memory')\n"
        "except MemoryError: pass\n"
        f"try: open({str(tmp_path / 'x')!r}, 'w').write('x'); print('file')\n"
        "except OSError: pass\n"
    )
    pid = os.fork()
    if pid == 0:  # pragma: no cover
        out = os.open(tmp_path / "said", os.O_CREAT | os.O_WRONLY)
        os.dup2(out, 1)
        os.execv(render.sys.executable, [render.sys.executable, "-I", "-c", program])
    os.waitpid(pid, 0)
    assert (tmp_path / "said").read_bytes() == b""
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size == 0


def test_children_end_with_their_renderer(photo: Make) -> None:
    with Renderer(1) as renderer:
        renderer.render(photo(64, 64))
        worker = renderer._idle.get()
        assert worker is not None
        assert worker.process.poll() is None
        renderer._idle.put(worker)
    assert worker.process.poll() == 0


def test_one_renderer_serves_several_threads(photo: Make) -> None:
    done: list[int] = []
    data = [photo(64 + i, 64) for i in range(4)]
    with Renderer(2) as renderer:
        threads = [
            threading.Thread(target=lambda d=d: done.append(renderer.render(d).width)) for d in data
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(done) == [64, 65, 66, 67]


def test_a_single_picture_needs_no_renderer(photo: Make) -> None:
    start = time.monotonic()
    assert render.render(photo(64, 48)).height == 48
    assert time.monotonic() - start < 20
