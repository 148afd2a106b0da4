"""Completion scripts are made from the commands, and each shell takes its own."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from gapbench.cli.parser import COMMANDS, of_command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Said

    Run = Callable[..., Said]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_in_the_script(run: Run, shell: str) -> None:
    script = run("completion", shell).out
    for name in COMMANDS:
        assert name in script
        for action in of_command(name)._actions:
            for option in action.option_strings:
                assert option.lstrip("-") in script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_read_it(run: Run, tmp_path: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    script = tmp_path / "script"
    script.write_text(run("completion", shell).out, "utf-8")
    done = subprocess.run([program, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["gapbench", "rea"], ["readiness"]),
        (["gapbench", ""], list(COMMANDS)),
        (["gapbench", "answers", ""], ["import", "export"]),
        (["gapbench", "answers", "import", "--"], ["--help", "--author"]),
        (["gapbench", "--author", "x", "rate", "f.gapbench", "--f"], ["--finding"]),
        (["gapbench", "completion", "z"], ["zsh"]),
        (["gapbench", "rate", "rea"], []),
    ],
)
def test_bash_offers_what_fits(run: Run, tmp_path: Path, typed: list[str], offered: list[str]) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here")
    script = tmp_path / "script"
    script.write_text(run("completion", "bash").out, "utf-8")
    words = " ".join(f"'{word}'" for word in typed)
    ask = f"source {script}; COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; _gapbench; echo ${{COMPREPLY[*]}}"
    done = subprocess.run([bash, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == offered
