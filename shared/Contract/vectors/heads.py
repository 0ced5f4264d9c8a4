"""Cases of the head that all messages have, and of the will, which is nothing but a head."""
import base64

from case_file import File, js
from wire import HEAD, KEY, OTHER_KEY, TYPE, U32, U48, at, borders, cut, expected, flip, head, joined, message, sign


def offline_file():
    f = File("offline", "A whole offline message, which is a head and a signature; 'text' is the will that the broker keeps.", KEY)
    f.note("Normal", "A will as a gateway leaves it.")
    f.note("Trailing", "Bytes behind the head, and the signature fits them.")
    f.note("Signature", "A bit turned, or the wrong key.")
    f.note("Text", "The text is not that of a 72-byte message.")
    cases = [
        ("a will left with a known clock", {}),
        ("a will left by a gateway that has just started", dict(boot=1, session=1, utcMs=0, utcQuality=0)),
    ]
    cases.append(("a will with every name at its largest", dict(station=U32, epoch=U32, boot=U32, session=U32, utcMs=U48, uptimeMs=U48)))
    for comment, values in cases:
        parts = message("offline", [], **values)
        f.add(comment, ["Normal"], "ok", fields=parts, expected=expected("offline", parts), text=base64.b64encode(joined(parts)).decode())
    whole = message("offline", [])
    for label, _ in borders(head("offline")):
        if label in ("head.station", "head.epoch", "head.boot", "head.session", "head.utcMs", "head.uptimeMs", "head.lifeS"):
            f.add(
                "lowest bit of %s turned" % label,
                ["Signature"],
                "wrong-signature",
                fields=flip(whole, label),
                text=base64.b64encode(joined(flip(whole, label))).decode(),
            )
    f.add(
        "lowest bit of the signature turned",
        ["Signature"],
        "wrong-signature",
        fields=flip(whole, "signature"),
        text=base64.b64encode(joined(flip(whole, "signature"))).decode(),
    )
    other = message("offline", [], OTHER_KEY)
    f.add(
        "signed with another station's key", ["Signature"], "wrong-signature", fields=other, text=base64.b64encode(joined(other)).decode()
    )
    longer = sign(head("offline") + [["extra", bytes(3)]])
    f.add("three bytes behind the head", ["Trailing"], "too-long", fields=longer, text=base64.b64encode(joined(longer)).decode())
    good = base64.b64encode(joined(whole)).decode()
    f.add("no text", ["Text"], "too-short", text="")
    f.add("95 characters", ["Text"], "too-short", text=good[:95])
    f.add("97 characters", ["Text"], "too-long", text=good + "A")
    f.add("a line feed behind the text", ["Text"], "too-long", text=good + "\n")
    for c, name in (
        ("=", "padding"),
        (" ", "a space"),
        ("-", "the URL alphabet"),
        ("_", "the URL alphabet"),
        ("\n", "a line feed"),
        ("\u007f", "a control character"),
        ("@", "the character before A"),
        ("[", "the character behind Z"),
        ("`", "the character before a"),
        ("{", "the character behind z"),
        (":", "the character behind 9"),
        (".", "the character before /"),
        (",", "the character behind +"),
        ("*", "the character before +"),
    ):
        f.add("%s inside the text (%s)" % (name, js(c)[1:-1]), ["Text"], "out-of-range", text=good[:50] + c + good[51:])
    f.add("a bad character at the end", ["Text"], "out-of-range", text=good[:95] + "=")
    f.add("72 characters: as many as the message has bytes", ["Text"], "too-short", text=good[:72])
    f.add("a bad character in a text that is too long: the length is looked at first", ["Text"], "too-long", text="=" + good)
    return f


def head_file():
    f = File("head", "MessageHeader.DecodeUp and DecodeDown ('direction'), then the signature; the body is not looked at.", KEY)
    f.note("Truncated", "Too few bytes for a head and a signature.")
    f.note("Length", "The largest message of the direction, and one byte more.")
    f.note("Version", "The handshake has version 1 for good; the rest has the version agreed.")
    f.note("Type", "Types that are unknown or belong to the other direction.")
    f.note("Range", "Names and counters that cannot be.")
    f.note("Signature", "A bit of the head turned.")
    f.note("Distinct", "Every field has bytes of its own.")

    def add(comment, flag, reason, kind, parts, direction=None):
        direction = direction or ("down" if TYPE[kind] >= 0x80 else "up")
        out = None
        if reason == "ok":
            out = {"head." + x[0]: int.from_bytes(at(parts, "head." + x[0])[1], "little") for x in HEAD if x[0] != "reserved"}
        f.add(comment, [flag], reason, direction=direction, fields=parts, expected=out)

    for kind in ("heartbeat", "held"):
        add(
            "every field has bytes of its own",
            "Distinct",
            "ok",
            kind,
            sign(
                head(
                    kind,
                    station=0x07060504,
                    epoch=0x0B0A0908,
                    boot=0x0F0E0D0C,
                    session=0x13121110,
                    counter=0x17161514,
                    utcMs=0x1D1C1B1A1918,
                    uptimeMs=0x232221201F1E,
                    lifeS=0x2524,
                    utcQuality=1,
                )
            ),
        )
    for kind in ("offline", "held"):
        whole = message(kind, [])
        for label, count in borders(whole):
            add("%s ends before %s, %d bytes" % (kind, label, count), "Truncated", "too-short", kind, cut(whole, count))
        add("%s ends one byte early, 71 bytes" % kind, "Truncated", "too-short", kind, cut(whole, 71))
    for kind, most in (("batch", 40 + 8 + 16 * 64 + 32), ("command", 40 + 1024 + 32)):
        for size, reason in ((most, "ok"), (most + 1, "too-long")):
            parts = head(kind)
            rest = size - 40 - 32
            for i in range(0, rest, 48):
                parts.append(["filler", bytes(min(48, rest - i))])
            add("%d bytes %s" % (size, "up" if kind == "batch" else "down"), "Length", reason, kind, sign(parts))
    for label, byte, name in (("magic", 0, "first"), ("magic", 1, "second")):
        add(
            "%s byte of the magic off by a bit" % name,
            "Range",
            "wrong-magic",
            "offline",
            sign(flip(head("offline"), "head." + label, byte)),
        )
    add("magic in the other order", "Range", "wrong-magic", "offline", sign(head("offline", magic=b"GF")))
    for kind in ("hello", "offline", "welcome", "refuse", "batch", "heartbeat", "held"):
        for version in (0, 2, 255):
            add("%s with version %d" % (kind, version), "Version", "wrong-version", kind, sign(head(kind, version=version)))
    for value, direction in ((0, "up"), (6, "up"), (0x7F, "up"), (0x80, "down"), (0x86, "down"), (0xFF, "down"), (0, "down"), (0x86, "up")):
        add(
            "unknown type 0x%02X %s" % (value, direction), "Type", "wrong-type", "heartbeat", sign(head("heartbeat", type=value)), direction
        )
    for kind in TYPE:
        back = "up" if TYPE[kind] >= 0x80 else "down"
        add("%s coming %s" % (kind, back), "Type", "wrong-type", kind, sign(head(kind)), back)
    for name in ("station", "epoch", "boot", "session"):
        for kind in ("batch", "held", "hello", "refuse"):
            add("%s with %s 0" % (kind, name), "Range", "out-of-range", kind, sign(head(kind, **{name: 0})))
    for kind in ("hello", "batch", "heartbeat", "welcome", "held", "command"):
        add("%s with counter 0" % kind, "Range", "out-of-range", kind, sign(head(kind, counter=0)))
    for kind in ("offline", "refuse"):
        add("%s with a counter" % kind, "Range", "out-of-range", kind, sign(head(kind, counter=1)))
    for quality in (3, 255):
        add("quality of UTC %d" % quality, "Range", "out-of-range", "batch", sign(head("batch", utcQuality=quality)))
    for value in (1, 128):
        add("reserved byte 39 is %d" % value, "Range", "reserved-not-zero", "batch", sign(head("batch", reserved=value)))
    whole = message("command", [])
    for label in ("station", "epoch", "boot", "session", "counter", "utcMs", "uptimeMs", "lifeS"):
        add("lowest bit of %s turned" % label, "Signature", "wrong-signature", "command", flip(whole, "head." + label))
    add(
        "a batch whose type was turned into heartbeat", "Signature", "wrong-signature", "heartbeat", flip(message("batch", []), "head.type")
    )
    f.note("Both", "Two faults at once: the first of 'faults' is told.")
    long_one = [["filler", bytes(48)] for _ in range(22)]
    for comment, faults, parts in (
        ("71 bytes without magic", ("too-short", "wrong-magic"), cut(sign(head("batch", magic=0)), 71)),
        ("more than any message up, without magic", ("too-long", "wrong-magic"), sign(head("batch", magic=0) + long_one)),
        ("no magic, and version 9", ("wrong-magic", "wrong-version"), sign(head("batch", magic=0, version=9))),
        ("version 9, and a type of the other direction", ("wrong-version", "wrong-type"), sign(head("batch", version=9, type=0x81))),
        ("an unknown type, and station 0", ("wrong-type", "out-of-range"), sign(head("batch", type=9, station=0))),
        ("counter 0, and the reserved byte", ("out-of-range", "reserved-not-zero"), sign(head("batch", counter=0, reserved=1))),
        ("the reserved byte, and another key", ("reserved-not-zero", "wrong-signature"), sign(head("batch", reserved=1), OTHER_KEY)),
    ):
        f.add(comment, ["Both"], faults[0], direction="up", faults=list(faults), fields=parts)
    return f
