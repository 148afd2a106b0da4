"""A form for a framework of your own, as workbook or as YAML, with a small example filled in."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import FileError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

MODELS = ("conformity", "practice_groups", "goals", "process_attributes")

_ABOUT = """\
Write a form for a framework of your own: a workbook for Excel, or YAML for any
text editor. A small example is filled in; write over it, then validate the file.
"""


def arguments(verbs: Any) -> None:
    """Describe what the verb takes."""
    parser = verbs.add_parser("template", help="a form for a framework of your own", description=_ABOUT)
    parser.add_argument("path", metavar="PATH", help="the new file, .xlsx or .yaml")
    parser.add_argument("--model", choices=MODELS, default=MODELS[0], help="how it is rated; left out, conformity")


def run(options: argparse.Namespace) -> int:
    """Write it."""
    path = opening.path_of(options.path)
    suffix = path.suffix.casefold()
    if suffix not in (".xlsx", ".yaml", ".yml"):
        raise UsageError(f"{path} ends in neither .xlsx nor .yaml; name the file house-rules.xlsx, for instance.")
    content = _content(suffix, options.model)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as problem:
        raise FileError(f"{path} exists already; name another file.") from problem
    except OSError as problem:
        raise FileError(f"{path} cannot be written ({problem.strerror}); name another file.") from problem
    terminal.say(f"{path}: a form with an example; then: gapbench catalogs validate {path}")
    return 0


def _content(suffix: str, model: str) -> bytes:
    from gapbench.catalog.shipped import template_file

    source = template_file(model)
    if suffix != ".xlsx":
        return source.read_bytes()
    from gapbench.catalog.reading import read
    from gapbench.excel.pack_template import workbook

    return workbook(read(source))
