"""Runs the sample FOLDER/API/OPERATION.py for each line of its input, such as "v1/registerCallback", and prints a line after
its output. One process runs all samples, because a process for each takes as long as the rest of its test."""

import sys

folder = sys.argv[1]
print("== end", flush=True)
for line in sys.stdin:
    path = f"{folder}/{line.strip()}.py"
    with open(path) as file:
        source = file.read()
    try:
        exec(compile(source, path, "exec"), {"__name__": "__main__"})
    except (Exception, SystemExit) as error:
        print("failed:", repr(error))
    print("== end", flush=True)
