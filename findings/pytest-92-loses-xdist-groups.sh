#!/usr/bin/env bash
# pytest 9.2 with pytest-xdist 3.8: the marks `xdist_group` no longer keep a group of tests in one process
# under `--dist loadgroup`; nothing is said. With pytest 9.1 they do.
# Seen: sixteen tests of one group on two processes: in one process with 9.1, in two with 9.2.
# Why care: tests that share one server, one port or one browser profile meet each other now and then,
# and fail for no reason that stands in them.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env" 2>/dev/null || exit 2
cat > "$work/test_group.py" <<'PY'
import os
import time

import pytest


@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("n", range(16))
def test_one(n, worker_id):
    time.sleep(0.02)
    with open(os.environ["SEEN"], "a") as out:
        out.write(f"{worker_id}\n")
PY
processes() {
  "$work/env/bin/pip" install --quiet --disable-pip-version-check "pytest==$1" pytest-xdist==3.8.0 >&2 || exit 2
  rm -f "$work/seen"
  (cd "$work" && SEEN=$work/seen env/bin/python -m pytest -q -n 2 --dist loadgroup -p no:cacheprovider test_group.py >/dev/null)
  sort -u "$work/seen" | wc -l
}
old=$(processes 9.1.1) || exit 2
new=$(processes 9.2.0) || exit 2
echo "processes that ran one group: pytest 9.1.1 $old, pytest 9.2.0 $new"
[ "$old" = 1 ] && [ "$new" = 2 ]
