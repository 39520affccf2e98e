"""Runs phdesk: python -m phdesk."""

import sys

from phdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
