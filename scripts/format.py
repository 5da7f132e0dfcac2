"""`make format`: ruff and prettier write, so that nobody has to talk about it."""

import subprocess

from scripts.checks import PYTHON_FOLDERS
from scripts.environment import make_environment, tool
from scripts.node import install_packages, npm
from scripts.stamps import ROOT


def main() -> None:
    make_environment("dev")
    install_packages()
    folders = [folder for folder in PYTHON_FOLDERS if (ROOT / folder).is_dir()]
    subprocess.run([tool("ruff"), "check", "--fix", "--quiet", *folders], cwd=ROOT, check=False)
    subprocess.run([tool("ruff"), "format", *folders], cwd=ROOT, check=False)
    npm("run", "--silent", "format")


if __name__ == "__main__":
    main()
