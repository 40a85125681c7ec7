#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The generator beside the compiler it is made of, and the weight of its output.

usage: generator_bench.py SMARTASYNC-GEN CLANG INCLUDE-DIR [GXX [STEP...]]

The steps are fifty_headers, without_the_word, growth and output_weight; without any, all run. Every figure is the median of several runs that take turns, and a ratio within this one program.
"""
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

GEN, INCLUDE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[3])
CLANG = sys.argv[2]
GXX = sys.argv[4] if len(sys.argv) > 4 else "g++"
ROUNDS = 11
HEADER = """#pragma once
#include <smartasync/task.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
namespace shop{n} {{
struct row {{ int id = 0; std::string text; }};
{functions}
class client {{
 public:
  explicit client(std::string base);
{methods}
 private:
  std::map<std::string, row> rows_;
}};
}}
"""
FUNCTION = """{mark}smartasync::task<std::optional<row>> find{i}(std::string key, int limit = 10);
{mark}std::vector<row> query{i}(std::string_view text, const std::vector<int>& ids);"""


def functions(count, mark):
    return "\n".join(FUNCTION.format(i=i, mark=mark) for i in range(count))


def write_headers(folder, count, each, mark):
    names = []
    for n in range(count):
        name = f"shop{n}.hpp"
        text = HEADER.format(n=n, functions=functions(each, mark), methods=functions(each, mark))
        (folder / name).write_text(text)
        names.append(name)
    return names


def run(command, folder):
    """The processor's time, which others on the machine change less than the clock's."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.wait() == 0, command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def medians(folder, **commands):
    times = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(run(command, folder))
    return {name: statistics.median(values) for name, values in times.items()}


def paired(folder, first, second):
    """The median ratio of two commands that run one right after the other, and the median of each:
    what slows the machine for a while slows both halves of a pair."""
    pairs = []
    for turn in range(2 * ROUNDS):
        if turn % 2 == 0:
            pairs.append((run(first, folder), run(second, folder)))
        else:
            later = run(second, folder)
            pairs.append((run(first, folder), later))
    return (statistics.median(one / other for one, other in pairs),
            *(statistics.median(each) for each in zip(*pairs)))


def report(what, value, goal=None):
    print(f"{what:64} {value}" + (f"   (goal: {goal})" if goal else ""), flush=True)


def fifty_headers(folder):
    names = write_headers(folder, 50, 2, "[[smartasync]] ")
    (folder / "all.cpp").write_text("".join(f'#include "{name}"\n' for name in names))
    flags = ["-std=c++20", "-I.", f"-I{INCLUDE}"]
    syntax = [CLANG, "-fsyntax-only", "-Wno-unknown-attributes", *flags, "all.cpp"]
    generate = [GEN, "--output-dir", "out", *names, "--", *flags]
    got = medians(folder, generate=generate, syntax=syntax)
    report("50 headers in one run / clang++ -fsyntax-only",
           f"{got['generate'] / got['syntax']:.2f}", "1.1")
    report("  in seconds", f"{got['generate']:.2f} / {got['syntax']:.2f}")
    one_by_one = sum(run([GEN, "-o", f"one/{name}.smart.hpp", name, "--", *flags], folder)
                     for name in names)
    report("  one process for each header / one run", f"{one_by_one / got['generate']:.1f}")


def without_the_word(folder):
    for n in range(50):
        (folder / f"plain{n}.hpp").write_text(f"#pragma once\nint plain{n}(int);\n")
    names = [f"plain{n}.hpp" for n in range(50)]
    command = [GEN, "--allow-empty", "--output-dir", "out", *names, "--", "-std=c++20"]
    got = medians(folder, plain=command)
    report("a run in which no file says the word", f"{1000 * got['plain']:.0f} ms", "50 ms")


def growth(folder):
    flags = ["-std=c++20", "-I.", f"-I{INCLUDE}"]
    seconds = {}
    memory = {}
    for count in (250, 500, 1000):
        names = write_headers(folder, count, 2, "[[smartasync]] ")
        (folder / "names").write_text("\n".join(names))
        begin = time.perf_counter()
        process = subprocess.Popen([GEN, "--output-dir", "out", "@names", "--", *flags], cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        seconds[count] = time.perf_counter() - begin
        memory[count] = usage.ru_maxrss / 1024
    for count in seconds:
        report(f"{count} headers", f"{seconds[count]:.2f} s, {memory[count]:.0f} MiB")
    report("  four times the headers take", f"{seconds[1000] / seconds[250]:.1f} times as long, "
           f"{memory[1000] / memory[250]:.1f} times the memory", "4 at most")


def output_weight(folder):
    (folder / "wide.hpp").write_text(
        HEADER.format(n=0, functions=functions(25, "[[smartasync]] "), methods=""))
    flags = ["-std=c++20", "-I.", f"-I{INCLUDE}"]
    subprocess.run([GEN, "-o", "wide.smart.hpp", "wide.hpp", "--", *flags], cwd=folder, check=True)
    (folder / "own.cpp").write_text('#include <smartasync/smartasync.hpp>\n#include "wide.hpp"\n')
    (folder / "generated.cpp").write_text(
        '#include <smartasync/smartasync.hpp>\n#include "wide.smart.hpp"\n')
    for compiler in (GXX, CLANG):
        quiet = "-Wno-attributes" if compiler == GXX else "-Wno-unknown-attributes"
        command = [compiler, "-c", "-o", "/dev/null", quiet, *flags]
        ratio, generated, own = paired(folder, [*command, "generated.cpp"], [*command, "own.cpp"])
        report(f"a generated header of 50 functions / the author's, {os.path.basename(compiler)}",
               f"{ratio:.2f}", "1.15")
        report("  in seconds", f"{generated:.2f} / {own:.2f}")


with tempfile.TemporaryDirectory() as name:
    for step in (fifty_headers, without_the_word, growth, output_weight):
        if len(sys.argv) <= 5 or step.__name__ in sys.argv[5:]:
            step(pathlib.Path(name))
