#!/bin/sh
# Runs a module of this repository with the first Python that is new enough: PYTHON=, then the PATH.
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for python in "$PYTHON" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if [ -n "$python" ] && "$python" -c "$new_enough" 2>/dev/null; then
        exec "$python" -m "$@"
    fi
done
echo "Bigroom needs Python 3.11 or newer: please install it, or name it with PYTHON=/path/to/python3." >&2
exit 1
