"""Files of prepared pictures in object storage: under the wholesaler's prefix, named by digest and width."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from kolektor.kernel.errors import NotFound
from kolektor.kernel.pictures import Prepared
from kolektor.kernel.tenant import current_schema


class PictureFiles:
    """The pictures of one folder. `schema` is whose they are; without it, the schema in force."""

    def __init__(self, folder: str, *, widths: Sequence[int]) -> None:
        self.folder = folder
        self.widths = tuple(widths)
        self._name = re.compile(rf"[0-9a-f]{{64}}-({'|'.join(map(str, self.widths))})\.webp")

    def key_of(self, name: str, *, schema: str | None = None) -> str:
        """Where a file lies. Raises NotFound for a name that is none of ours."""
        if not self._name.fullmatch(name):
            raise NotFound("name")
        return f"{schema or current_schema()}/{self.folder}/{name}"

    def address_of(self, digest: str) -> str | None:
        """The address that, with "-WIDTH.webp" behind it, gives the picture; None without one."""
        return f"/{self.folder}/{digest}" if digest else None

    def keys_of(self, digest: str) -> list[str]:
        """Where all files of a picture lie."""
        return [self.key_of(f"{digest}-{width}.webp") for width in self.widths]

    def store(self, made: Prepared) -> None:
        """Write the files that are not there yet."""
        for width, data in made.files.items():
            key = self.key_of(f"{made.digest}-{width}.webp")
            if not default_storage.exists(key):
                default_storage.save(key, ContentFile(data))

    def read(self, name: str, *, schema: str | None = None) -> bytes:
        """A file. Raises NotFound."""
        key = self.key_of(name, schema=schema)
        try:
            with default_storage.open(key) as stored:
                return bytes(stored.read())
        except FileNotFoundError as error:
            raise NotFound("name") from error


def delete(keys: Sequence[str]) -> None:
    """Delete files; one that is gone already is no error."""
    for key in keys:
        default_storage.delete(key)
