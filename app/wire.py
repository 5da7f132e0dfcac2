"""`python -m app.wire` prints what the browser's types are generated from."""

import json
import sys

from app.rooms.protocol import wire
from app.tools import registry

if __name__ == "__main__":
    json.dump(wire(registry()), sys.stdout, indent=1, sort_keys=True)
