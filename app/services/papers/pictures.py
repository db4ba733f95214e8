"""Pictures as papers: painted anew from their pixels.

Where a picture was taken, its small preview and whatever else was hidden in the file are gone. PNG
loses nothing by that; JPEG keeps its own quantization tables, which no eye can tell from the
original.
"""

from functools import partial
from io import BytesIO

from PIL import ImageOps
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from pillow_heif import HeifImageFile

from app.services.papers.file_kinds import MAX_PIXELS, UnfitFile


def _repainted(
    kind: type[ImageFile], form: str, content: bytes, **options: str | bytes | int
) -> bytes:
    """Save the upright pixels and their colour profile, nothing else."""
    kind(BytesIO(content)).verify()  # the checksums, which loading leaves out
    with kind(BytesIO(content)) as image:
        if image.width * image.height > MAX_PIXELS:
            raise UnfitFile("too_many_pixels")
        ImageOps.exif_transpose(image, in_place=True)
        painted = image.convert("RGB") if (form, image.mode) == ("JPEG", "RGBA") else image
        saved = BytesIO()
        painted.save(saved, form, icc_profile=image.info.get("icc_profile"), **options)
        return saved.getvalue()


PAINTERS = {
    "jpeg": partial(_repainted, JpegImageFile, "JPEG", quality="keep", comment=b""),
    "png": partial(_repainted, PngImageFile, "PNG"),
    "heic": partial(_repainted, HeifImageFile, "JPEG", quality=90),
}
