#!/usr/bin/env python3
"""Writes the vectors of the contract: one JSON file a decoder, beside this script.

The script has its own statement of the layout and reckons with Python's own zlib, hashlib and hmac, so that two implementations in two
languages have to agree. A string of more than 100 characters is written as a list of its parts. Run it after a change of the contract
and commit what it writes: `python3 make.py`, or `python3 make.py --check` to learn whether the files are what it would write.
"""
import json
import os
import sys

sys.dont_write_bytecode = True

from batches import batch_file
from commands import command_file
from heads import head_file, offline_file
from messages import ask_file, heartbeat_file, hello_file, held_file, refuse_file, welcome_file
from names import names_file
from records import crc_file, hmac_file, record_file
from rules import session_file, topics_file, versions_file

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    files = [
        record_file(),
        head_file(),
        hello_file(),
        welcome_file(),
        held_file(),
        refuse_file(),
        command_file(),
        batch_file(),
        heartbeat_file(),
        names_file(),
        ask_file(),
        offline_file(),
        topics_file(),
        crc_file(),
        hmac_file(),
        session_file(),
        versions_file(),
    ]
    check = "--check" in sys.argv[1:]
    stale = 0
    for f in files:
        path = os.path.join(HERE, f.name + ".json")
        text = f.text()
        json.loads(text)
        if check:
            with open(path, encoding="utf-8") as h:
                if h.read() != text:
                    stale += 1
                    print("%s.json is not what this script writes" % f.name)
        else:
            with open(path, "w", encoding="utf-8", newline="\n") as h:
                h.write(text)
            print("%-10s %4d cases" % (f.name, len(f.tests)))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
