"""Runs a command and says how long it took and how much memory it held at most. Its output goes to nowhere but the last line."""
import resource
import subprocess
import sys
import time

start = time.monotonic()
result = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
took = time.monotonic() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
lines = result.stdout.decode(errors="replace").strip().splitlines()
print(f"{took:8.2f} s   peak {peak / 1024:7.1f} MiB   exit {result.returncode}   {lines[-1] if lines else ''}")
sys.exit(result.returncode)
