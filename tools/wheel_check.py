"""Builds the wheel, installs it with the lock in an empty environment, uses it from elsewhere."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path) -> str:
    """Runs one command, hiding what would let this clone shine through; gives its output."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    clean = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    if done.returncode:
        line = " ".join(map(str, command))
        sys.exit(f"wheel-check: '{line}' ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def install(folder: Path) -> Path:
    """Makes the environment in a folder and gives the path of its ``gapbench``."""
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    run(*build, ".", cwd=ROOT)
    (wheel,) = folder.glob("gapbench-*.whl")
    venv.create(folder / "empty", with_pip=True)
    programs = folder / "empty" / PROGRAMS
    pip = (programs / "python", "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=folder)
    run(*pip, "--no-deps", wheel, cwd=folder)
    return programs / "gapbench"


def use(gapbench: Path, elsewhere: Path) -> str:
    """Does with the installed program what a consultant does first; says what came of it."""
    version = run(gapbench, "--version", cwd=elsewhere).strip()
    catalogs = json.loads(run(gapbench, "catalogs", "list", "--json", cwd=elsewhere))
    if not catalogs:
        sys.exit("wheel-check: the installed program finds no catalogs; does the wheel carry them?")
    run(gapbench, "demo", "--no-open", "example.gapbench", cwd=elsewhere)
    run(gapbench, "check", "example.gapbench", cwd=elsewhere)
    found = ", ".join(f"{each['id']} {each['items']}" for each in catalogs)
    return f"{version}; {found}; the worked example is written and sound"


def main() -> None:
    """Checks one wheel from the source to a file on disk."""
    with tempfile.TemporaryDirectory(prefix="gapbench-wheel-") as name:
        folder = Path(name)
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        print("wheel-check:", use(install(folder), elsewhere))


if __name__ == "__main__":
    main()
