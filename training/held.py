"""Which marked stories the network never sees."""

import zlib

ONE_IN = 6


def held_back(story: str) -> bool:
    """One story in six, by its id: kept for calibration and for the figures of the ranking."""
    return zlib.crc32(story.encode()) % ONE_IN == 0
