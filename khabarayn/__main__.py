"""``python -m khabarayn``: the same command as ``khabarayn``."""

from khabarayn.cli import main

main()
