#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Is a file a SARIF 2.1.0 log? What the standard says of the objects that smartasync-gen writes:
which members each may have and must have, and of what sort they are.

usage: sarif_form.py FILE
"""
import json
import re
import sys

URI = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:)?([A-Za-z0-9/._~+@=,()!$&'*;-]|%[0-9A-Fa-f]{2})*")
LEVEL = ("none", "note", "warning", "error").__contains__
is_count = lambda least: lambda value: type(value) is int and value >= least
is_text = lambda value: type(value) is str

# Member: (must be there, a check or the name of an object's form, is a list).
FORMS = {
    "log": {"$schema": (False, is_text, False), "version": (True, "2.1.0".__eq__, False),
            "runs": (True, "run", True)},
    "run": {"tool": (True, "tool", False), "results": (False, "result", True),
            "columnKind": (False, ("utf16CodeUnits", "unicodeCodePoints").__contains__, False)},
    "tool": {"driver": (True, "driver", False)},
    "driver": {"name": (True, is_text, False), "version": (False, is_text, False),
               "rules": (False, "rule", True)},
    "rule": {"id": (True, is_text, False), "shortDescription": (False, "message", False),
             "defaultConfiguration": (False, "configuration", False)},
    "configuration": {"level": (False, LEVEL, False)},
    "message": {"text": (True, is_text, False)},
    "result": {"message": (True, "message", False), "ruleId": (False, is_text, False),
               "ruleIndex": (False, is_count(-1), False), "level": (False, LEVEL, False),
               "locations": (False, "location", True),
               "relatedLocations": (False, "location", True)},
    "location": {"physicalLocation": (False, "place", False), "message": (False, "message", False)},
    "place": {"artifactLocation": (True, "file", False), "region": (False, "region", False)},
    "file": {"uri": (False, lambda uri: is_text(uri) and URI.fullmatch(uri), False)},
    "region": {"startLine": (True, is_count(1), False), "startColumn": (False, is_count(1), False)},
}


def faults(value, form, where):
    if type(value) is not dict:
        yield f"{where} is no object"
        return
    for name, one in value.items():
        if name not in FORMS[form]:
            yield f"{where}.{name}: no such member"
            continue
        _, check, is_list = FORMS[form][name]
        if is_list and type(one) is not list:
            yield f"{where}.{name} is no list"
            continue
        for i, each in enumerate(one if is_list else [one]):
            place = f"{where}.{name}[{i}]" if is_list else f"{where}.{name}"
            if callable(check):
                if not check(each):
                    yield f"{place}: {each!r}"
            else:
                yield from faults(each, check, place)
    for name, (is_needed, _, _) in FORMS[form].items():
        if is_needed and name not in value:
            yield f"{where} has no {name}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        log = json.load(file)
    found = list(faults(log, "log", "log"))
    for run in log["runs"]:
        rules = run["tool"]["driver"].get("rules", [])
        found += [f"{result['ruleId']} is not rule {result['ruleIndex']}" for result in run["results"]
                  if rules[result["ruleIndex"]]["id"] != result["ruleId"]]
    print("\n".join(found) or "a SARIF 2.1.0 log")
    sys.exit(bool(found))


main()
