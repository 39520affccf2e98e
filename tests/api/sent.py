"""What a server may send, as bytes."""

import json

from hypothesis import strategies as st

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def objects(wire):
    return st.dictionaries(st.sampled_from(wire.__struct_fields__), anything)


def encoded(value):
    return json.dumps(value).encode()  # writes NaN and Infinity as bare words, as Python does
