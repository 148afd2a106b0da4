"""Floor of the command line: the same options and about as many words of help, with argparse alone."""

import argparse
import sys

TEXT = "A program that only talks. It has some words about itself, as many as a person will read.\n" * 20


def main() -> int:
    """Read the words of a call."""
    parser = argparse.ArgumentParser("words", description=TEXT, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", metavar="FILE|FOLDER", nargs="?", help="a file")
    parser.add_argument("--author", metavar="NAME", default="", help="who signs")
    parser.add_argument("--version", action="version", version="words 1.0")
    parser.parse_args()
    return 0


if __name__ == "__main__":
    sys.exit(main())
