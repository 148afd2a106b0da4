"""``python -m gapbench`` is the same as ``gapbench``."""

import sys

from gapbench.cli import main

if __name__ == "__main__":
    sys.exit(main())
