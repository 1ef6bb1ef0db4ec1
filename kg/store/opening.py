"""Opening a store, wherever it lies: a folder of this machine, or a service by its address."""

from collections.abc import Iterator
from contextlib import contextmanager

from kg.settings import Address, Place
from kg.store import embedded, marker
from kg.store.embedded import translated
from kg.store.interface import Store

__all__ = ["exists", "open_read_only", "open_to_write", "translated"]


def open_read_only(place: Place, base: str = "") -> Store:
    """Opens a store to ask it.

    Args:
        base: the namespace that was asked for, or "" for the store's own.

    Raises:
        StoreMissing, StoreError: there is none. ServiceError: it did not answer.
    """
    if isinstance(place, Address):
        from kg.store.remote import connect  # its HTTP libraries take 150 ms that a folder need not wait for

        return connect(place, base)
    return embedded.open_read_only(place, base)


@contextmanager
def open_to_write(place: Place, base: str = "") -> Iterator[Store]:
    """Opens a store to change it, and closes it cleanly; a folder that is not there is made.

    Raises:
        StoreLocked, StoreFull, StoreError, ServiceError.
    """
    if isinstance(place, Address):
        yield open_read_only(place, base)
        return
    with embedded.open_to_write(place, base) as opened:
        yield opened


def exists(place: Place) -> bool:
    """Whether there is a store; of a service we only know when we ask it."""
    return isinstance(place, Address) or (place / marker.NAME).exists()
