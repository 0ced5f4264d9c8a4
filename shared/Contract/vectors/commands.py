"""Cases of the command."""
import zlib

from case_file import File
from messages import both, common, counting
from wire import BODY, KEY, OTHER_KEY, U32, UTC, UTC_2039, expected, message, pack

SETTINGS = b"station id=1001 county=330726 township=330726101 village=330726101003\n"
TEXT_MAX = 1024 - 20


def command_body(text=b"", **values):
    parts = pack(BODY["command"], dict(dict(textBytes=len(text)), **values))
    return parts + [["text[%d]" % i, text[at : at + 40]] for i, at in enumerate(range(0, len(text), 40))]


def command_file():
    f = File(
        "command",
        "A whole command: head, signature, body; its text is in parts of 40 bytes. The head's lifeS is not judged here.",
        KEY,
    )
    f.note("Normal", "Commands as a county sends them.")
    f.note("Distinct", "Every field has bytes of its own.")
    f.note("Edge", "The smallest or largest number that a field takes.")
    f.note("Unknown", "A code that this version does not name: the body is read, and the gateway answers that it does not know it.")
    f.note("Refused", "The signature is right and a field is not.")

    def good(comment, flag, body, **head_values):
        parts = message("command", body, **dict(dict(lifeS=600), **head_values))
        text = b"".join(data for label, data in body if label.startswith("text["))
        f.add(comment, [flag], "ok", fields=parts, expected=expected("command", parts, {"textCrc": zlib.crc32(text)}))

    n = 1795352696
    good("duty check, ten minutes to answer", "Normal", command_body(number=n, code=1, a=10))
    good("a drill of two hours", "Normal", command_body(number=n + 1, code=2, a=120))
    good("the drill ends", "Normal", command_body(number=n + 2, code=2, a=0))
    good("hot work near zones 1, 2 and 32 for an hour", "Normal", command_body(number=n + 3, code=3, a=0x80000003, b=60))
    good("zone 7 is shielded for a day", "Normal", command_body(number=n + 4, code=4, a=7, b=1440))
    good("zone 7 is in test for half an hour", "Normal", command_body(number=n + 5, code=5, a=7, b=30))
    good("the clock, after 2038", "Normal", command_body(number=UTC_2039 // 1000, code=6), utcMs=UTC_2039)
    good("the whole routine lane again", "Normal", command_body(number=n + 7, code=7, a=2, b=1, c=U32 - 1))
    good("self-test", "Normal", command_body(number=n + 8, code=8))
    good("silence", "Normal", command_body(number=n + 9, code=9), lifeS=60)
    good("the only piece of a text of settings", "Normal", command_body(SETTINGS, number=n + 10, code=10, b=len(SETTINGS)))
    good(
        "the text of settings is taken as a whole",
        "Normal",
        command_body(number=n + 11, code=11, b=len(SETTINGS), c=zlib.crc32(SETTINGS)),
    )
    good("a call-out to a warehouse", "Normal", command_body("前塘村仓库".encode(), number=n + 12, code=12, a=5))
    good("the call-out is taken back", "Normal", command_body(number=n + 13, code=12))
    text = bytes(range(0x41, 0x41 + 3))
    values = counting(BODY["command"], 0x28, {"reserved": 0, "textBytes": len(text)})
    good("every field has bytes of its own", "Distinct", command_body(text, **values), lifeS=0x2524)
    good("numbers at their largest", "Edge", command_body(number=U32, code=255, a=U32, b=0x7FFFFFFF, c=0x80000000), lifeS=0xFFFF)
    good("the smallest number", "Edge", command_body(number=1, code=1, a=1), lifeS=1)
    good("a byte of text that is zero", "Edge", command_body(b"\0", number=n, code=10, b=1))
    longest = bytes(0x20 + i % 95 for i in range(TEXT_MAX))
    good("the longest text", "Edge", command_body(longest, number=n, code=10, a=8 * TEXT_MAX, b=9 * TEXT_MAX))
    good("code 13", "Unknown", command_body(number=n, code=13), utcMs=UTC)
    good("code 255 with a text", "Unknown", command_body(b"?", number=n, code=255))
    base = command_body(b"zones", number=n, code=10, a=1, b=2, c=3)
    common(f, "command", base)
    for comment, reason, values in (
        ("number 0", "out-of-range", {"number": 0}),
        ("code 0", "out-of-range", {"code": 0}),
        ("number and code 0", "out-of-range", {"number": 0, "code": 0}),
        ("reserved byte is 1", "reserved-not-zero", {"reserved": 1}),
        ("reserved byte is 128", "reserved-not-zero", {"reserved": 128}),
        ("textBytes says one more than there is", "too-short", {"textBytes": 6}),
        ("textBytes says one less than there is", "too-long", {"textBytes": 4}),
        ("textBytes says that there is no text", "too-long", {"textBytes": 0}),
        ("textBytes says 65535", "too-short", {"textBytes": 0xFFFF}),
    ):
        body = command_body(b"zones", **dict(dict(number=n, code=10, a=1, b=2, c=3), **values))
        f.add(comment, ["Refused"], reason, fields=message("command", body, lifeS=600))
    over = command_body(bytes(TEXT_MAX + 1), number=n, code=10)
    f.add("a text of 1005 bytes: longer than any message down", ["Refused"], "too-long", fields=message("command", over, lifeS=600))
    f.note("Printable", "Bytes that are not printable are a text like any other: a command's text is bytes.")
    good("a text of bytes that are not printable", "Printable", command_body(b"\x00\x1b\x7f\x80\xff\xe7\x81\xab", number=n, code=10, b=8))
    f.note("Life", "The decoder does not judge lifeS; the gateway answers a command without one with out-of-range.")
    good("a command without a limit of age", "Life", command_body(number=n, code=8), lifeS=0)
    spoilt = dict(number=0, code=10, reserved=1)
    both(
        f,
        "command",
        [
            (
                "too long, and another key",
                ("wrong-signature", "too-long"),
                message("command", command_body(b"ab", textBytes=1, **spoilt), OTHER_KEY),
            ),
            (
                "textBytes too large, and a reserved byte",
                ("too-short", "reserved-not-zero"),
                message("command", command_body(b"a", textBytes=2, **spoilt)),
            ),
            (
                "textBytes too small, and a reserved byte",
                ("too-long", "reserved-not-zero"),
                message("command", command_body(b"ab", textBytes=1, **spoilt)),
            ),
            ("a reserved byte, and number 0", ("reserved-not-zero", "out-of-range"), message("command", command_body(b"a", **spoilt))),
        ],
    )
    return f
