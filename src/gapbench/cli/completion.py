"""Completion scripts for bash, zsh and fish, made from the commands themselves."""

from __future__ import annotations

from gapbench.cli import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

ABOUT = """\
Print a script that makes the tab key complete commands, options and files.
"""
EXAMPLES = """\
  source <(gapbench completion bash)                       now; or for good:
  gapbench completion bash > ~/.local/share/bash-completion/completions/gapbench
  gapbench completion zsh > ~/.zfunc/_gapbench             a folder in $fpath
  gapbench completion fish > ~/.config/fish/completions/gapbench.fish"""

SHELLS = ("bash", "zsh", "fish")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    parser.add_argument("shell", metavar="|".join(SHELLS), choices=SHELLS, help="which shell")


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    from gapbench.cli import completion_scripts as scripts

    write = {"bash": scripts.bash, "zsh": scripts.zsh, "fish": scripts.fish}[options.shell]
    terminal.emit(write(list(scripts.known())))
    return 0
