"""Reads control.json from standard input, and writes it to standard output if the hypervisors will understand it."""
import json
import sys

SECONDS = {'live_seconds', 'cold_seconds', 'spawn_seconds'}
FAILURES = {'live', 'cold', 'finish', 'spawn'}


def problem(control):
    if not isinstance(control, dict):
        return 'an object is wanted'
    for key, by_name in control.items():
        if key not in SECONDS | {'fail'}:
            return 'unknown key %r; there are %s and fail' % (key, ', '.join(sorted(SECONDS)))
        if not isinstance(by_name, dict):
            return '%s: an object by server name (or "*") is wanted' % key
        for name, value in by_name.items():
            if key == 'fail':
                if not isinstance(value, list) or not set(value) <= FAILURES:
                    return 'fail of %s: a list out of %s is wanted' % (name, ', '.join(sorted(FAILURES)))
            elif isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
                return '%s of %s: a number of seconds is wanted' % (key, name)
    return None


try:
    control = json.load(sys.stdin)
except ValueError as e:
    sys.exit('control.sh: not JSON: %s' % e)
wrong = problem(control)
if wrong:
    sys.exit('control.sh: ' + wrong)
json.dump(control, sys.stdout, indent=1)
