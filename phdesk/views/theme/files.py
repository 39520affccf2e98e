"""Reads the bundled files."""

from pathlib import Path


def read_bytes(name: str) -> bytes:
    """Read a bundled file."""
    return (Path(__file__).resolve().parents[3] / "resources" / name).read_bytes()
