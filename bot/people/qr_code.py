"""Draw an address as a QR code, to be shown at the counter or printed."""

import io

import segno


def draw_png(url: str) -> bytes:
    """Return the picture, as a PNG."""
    picture = io.BytesIO()
    segno.make_qr(url, error="m").save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()
