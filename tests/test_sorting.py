"""Lines that come in pieces of any size come back in order, each once, wherever they wait."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sorting import Sorter

LINES = st.lists(st.text("abc \r\x85", min_size=1, max_size=5).map(str.encode), max_size=40)


@given(lines=LINES, size=st.integers(1, 20), most=st.integers(0, 100))
@settings(deadline=None)
def test_lines_come_back_in_order_and_once(lines: list[bytes], size: int, most: int) -> None:
    text = b"".join(line + b"\n" for line in lines)
    with Sorter(most) as sorter:
        for at in range(0, len(text), size):
            assert sorter.write(text[at : at + size]) == len(text[at : at + size])
        assert list(sorter) == sorted(set(lines))


@pytest.mark.parametrize("most", [10, 10**6])
def test_only_so_much_is_kept_in_memory(most: int) -> None:
    with Sorter(most) as sorter:
        for number in range(1000):
            sorter.write(b"%d\n" % number)
            assert sorter._size <= most
        assert len(list(sorter)) == 1000
