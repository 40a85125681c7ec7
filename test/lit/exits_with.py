# SPDX-License-Identifier: MIT
"""exits_with.py STATUS COMMAND...: runs the command; well when it exits with that very status."""
import subprocess
import sys

wanted = int(sys.argv[1])
status = subprocess.call(sys.argv[2:])
if status != wanted:
    print(f"exit status {status} instead of {wanted}: {sys.argv[2:]}", file=sys.stderr)
    sys.exit(1)
