"""Pictures: what is written beside their points (EXIF, XMP, text chunks, comments)."""

import io
import warnings
from collections.abc import Iterator
from typing import Final

from PIL import ExifTags, Image

from builder.audit.found import Blob, Fault, Piece, Text
from builder.audit.plain import plain_runs_in

_MAX_POINTS: Final = 50_000_000
_ENDS: Final = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9", "gif": b"\x3b"}
_PLACE: Final = "图片信息"


def picture_pieces(data: bytes, kind: str) -> Iterator[Piece]:
    """Yield the texts in a picture; what it shows is for people to look at."""
    if kind == "png":
        end = data.find(_ENDS["png"])
        if end >= 0 and data[end + 8 :].strip(b"\0"):
            yield Blob("图片之后的内容", data[end + 8 :])
    yield Text("图片字节", plain_runs_in(data), noise=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > _MAX_POINTS:
                    yield Fault("", "图片太大，没有打开。")
                    return
                picture.load()  # texts may stand behind the points
                info = dict(picture.info)
                exif = picture.getexif()
                held = [exif, *(exif.get_ifd(ifd) for ifd in ExifTags.IFD)]
                texts = dict(getattr(picture, "text", {}))
    # Pillow raises whatever its readers raise where a picture is broken
    except Exception:
        yield Fault("", "图片是坏的，打不开。")
        return
    for name, value in {**info, **texts}.items():
        yield from _told(str(name), value)
    for block in held:
        for tag, value in block.items():
            yield from _told(str(ExifTags.TAGS.get(tag, tag)), value)


def _told(name: str, value: object) -> Iterator[Piece]:
    if isinstance(value, bytes) and name.startswith("XP"):  # title, comment, author of Windows
        yield Text(f"{_PLACE} {name}", value.decode("utf-16-le", "replace").rstrip("\0"))
    elif isinstance(value, bytes):
        # a comment of EXIF says in eight letters how it is written
        for head in (b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8):
            value = value.removeprefix(head)
        if name.lower() not in ("icc_profile", "makernote"):
            yield Blob(f"{_PLACE} {name}", value, "metadata")
    elif isinstance(value, str):
        yield Text(f"{_PLACE} {name}", f"{name}\n{value}")
        if "<" in value:
            yield Blob(f"{_PLACE} {name}", value.encode("utf-8", "surrogatepass"), "xml")
    elif isinstance(value, tuple | list):
        yield Text(f"{_PLACE} {name}", " ".join(map(str, value)))
