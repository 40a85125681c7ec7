#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows that a misuse does not compile, and that it is the misuse which does not.

usage: check_misuse.py SNIPPET COMPILER [FLAG...]

A snippet compiles as it stands; with -DMISUSE, and the flags of a line `// misuse: FLAG...`, it does
not, and the compiler says each text that the snippet names in a line `// says: TEXT` (one of the
alternatives, where `|` separates some).
"""

import re
import subprocess
import sys


def compile_snippet(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def main():
    snippet, *command = sys.argv[1:]
    command += ["-fsyntax-only", "-x", "c++", snippet]
    with open(snippet, encoding="utf-8") as source:
        text = source.read()
    expected = re.findall(r"^// says: (.+)$", text, re.MULTILINE)
    flags = " ".join(re.findall(r"^// misuse: (.+)$", text, re.MULTILINE)).split()
    if not expected:
        sys.exit(f"{snippet}: no line '// says: TEXT'")

    correct_use = compile_snippet(command)
    if correct_use.returncode != 0:
        sys.exit(f"{snippet}: the correct use does not compile\n{correct_use.stdout}")

    misuse = compile_snippet([*command, "-DMISUSE", *flags])
    if misuse.returncode == 0:
        sys.exit(f"{snippet}: the misuse compiles")
    for alternatives in expected:
        if not any(text.strip() in misuse.stdout for text in alternatives.split("|")):
            sys.exit(f"{snippet}: the compiler does not say '{alternatives}'\n{misuse.stdout}")


if __name__ == "__main__":
    main()
