# SPDX-License-Identifier: MIT
"""The generator's command line and its reading of headers, and what clang++ makes of the runtime's
headers, by lit and FileCheck.

Substitutions: %smartasync_gen, %clang (clang++ of the release that the tool is built on), %gxx,
%include (SmartAsync's own headers), and `exits_with N COMMAND...`, which is well when the command
exits with N.
"""
import os
import shlex
import subprocess

import lit.formats

config.name = "smartasync-gen"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".test", ".hpp", ".cpp"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = config.smartasync_exec_root

# Messages of the tool must not depend on these; those of the programs around it do.
config.environment.update({"LC_ALL": "C", "NO_COLOR": "1"})
for name in ("CPATH", "CPLUS_INCLUDE_PATH", "SOURCE_DATE_EPOCH"):
    config.environment.pop(name, None)

# `not` and `count` stand beside FileCheck.
config.environment["PATH"] = os.pathsep.join(
    [os.path.dirname(config.filecheck), config.environment.get("PATH", os.defpath)])

sarif_form = os.path.join(config.test_source_root, "sarif_form.py")
exits_with = os.path.join(config.test_source_root, "exits_with.py")
config.substitutions += [
    (r"%smartasync_gen", shlex.quote(config.smartasync_gen)),
    (r"%clang", shlex.quote(config.clang)),
    (r"%gxx", shlex.quote(config.gxx)),
    (r"%\{python\}", shlex.quote(config.python)),
    (r"%include", shlex.quote(config.smartasync_include)),
    (r"\bexits_with\b", shlex.quote(config.python) + " " + shlex.quote(exits_with)),
    (r"%sarif_form", shlex.quote(config.python) + " " + shlex.quote(sarif_form)),
    (r"\bFileCheck\b", shlex.quote(config.filecheck) + " --dump-input-filter=all"),
]

# Clang knows [[clang::coro_await_elidable]] from release 20 on.
release = subprocess.run([config.clang, "-dumpversion"], check=True, capture_output=True, text=True)
if int(release.stdout.split(".")[0]) >= 20:
    config.available_features.add("elision")
