"""Where the codebooks and corpora that come with koding lie: in an installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _

_PACKAGE = Path(__file__).parent


def material_folder(kind: str) -> Path:
    """Give the folder `codebooks` or `corpora`. Raises KodingError where the installation lacks it."""
    for place in (_PACKAGE / "material" / kind, _PACKAGE.parent / kind):
        if place.is_dir():
            return place
    raise KodingError(_("This installation of koding lacks its {kind}.").format(kind=kind), _("Install it again."))
