"""What commands are told on stdin, and what they said."""

import io


def said(capfd):
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return out, err


def open_line(folder, text):
    path = folder / "stdin"
    path.write_text(f"{text}\n")
    return io.TextIOWrapper(io.BytesIO(path.read_bytes()))
