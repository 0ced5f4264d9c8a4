"""Cases of the messages with a fixed body: hello, welcome, held, refuse, heartbeat, ask."""
from case_file import File
from wire import BODY, KEY, LANES, OTHER_KEY, U32, U48, borders, cut, expected, flip, head, joined, message, pack, sign


def common(f, kind, body, trailing=True):
    """Refusals that every message with a body has: cut or lengthened and signed anew, and altered or cut without a new signature."""
    f.note("Truncated", "The body ends at the border before a field, and the signature fits what is there.")
    f.note("Trailing", "Bytes behind the body, and the signature fits them.")
    f.note("Signature", "A bit of the body or of the signature turned, or the wrong key.")
    unsigned = head(kind) + body
    for label, count in borders(unsigned):
        if not label.startswith("head.") and not label.endswith("]+32"):
            f.add("body ends before %s" % label, ["Truncated"], "too-short", fields=sign(cut(unsigned, count)))
    f.add("body ends one byte early", ["Truncated"], "too-short", fields=sign(cut(unsigned, len(joined(unsigned)) - 1)))
    if trailing:
        f.add("one byte more", ["Trailing"], "too-long", fields=sign(unsigned + [["extra", b"\0"]]))
    whole = sign(unsigned)
    for label, _ in borders(body):
        f.add("lowest bit of %s turned" % label, ["Signature"], "wrong-signature", fields=flip(whole, label))
    f.add("lowest bit of the signature turned", ["Signature"], "wrong-signature", fields=flip(whole, "signature"))
    f.add("highest bit of the signature turned", ["Signature"], "wrong-signature", fields=flip(whole, "signature", 31, 7))
    f.add("signed with another station's key", ["Signature"], "wrong-signature", fields=sign(unsigned, OTHER_KEY))
    f.add("the last byte of the signature is missing", ["Signature"], "wrong-signature", fields=cut(whole, len(joined(whole)) - 1))


def both(f, kind, cases):
    """Cases of two faults, named in the order in which they are looked for: the first is told."""
    f.note("Both", "Two faults at once: the first of 'faults' is told.")
    for comment, faults, parts in cases:
        f.add(comment, ["Both"], faults[0], faults=list(faults), fields=parts)


def hello_file():
    f = File("hello", "A whole hello: head, signature, body.", KEY)
    f.note("Normal", "Hellos as a gateway sends them.")
    f.note("Distinct", "Every field has bytes of its own.")
    f.note("Edge", "The smallest or largest number that a field takes.")
    f.note("DecodeOnly", "Text that a reader cleans: writing what was read gives other bytes.")
    f.note("Refused", "The signature is right and a field is not.")
    base = {"versionMin": 1, "versionMax": 1, "firmware": b"0.1.0"}
    for lane in LANES:
        base[lane + ".oldest"] = 1

    def good(comment, flags, head_values, text, **values):
        parts = message("hello", pack(BODY["hello"], dict(base, **{k.replace("_", "."): v for k, v in values.items()})), **head_values)
        f.add(comment, flags, "ok", fields=parts, expected=expected("hello", parts, {"firmware": text}))

    good("the first hello of a new store", ["Normal"], dict(boot=1, session=1, counter=1, utcMs=0, utcQuality=0, uptimeMs=4210), "0.1.0")
    good(
        "a hello after an outage: 300 fire events wait, the clock is known",
        ["Normal"],
        {},
        "0.1.0",
        fire_oldest=101,
        fire_last=400,
        fire_held=100,
        condition_oldest=5001,
        condition_last=5000,
        condition_held=5000,
        routine_oldest=900,
        routine_last=1200,
        routine_held=1200,
    )
    distinct = dict(
        version=1,
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
    values = {"versionMin": 0x28, "versionMax": 0x29, "abilities": 0x53525150, "firmware": bytes(range(0x41, 0x59))}
    n = 0x2C
    for lane in LANES:
        for what in ("oldest", "last", "held"):
            values["%s.%s" % (lane, what)] = int.from_bytes(bytes(range(n, n + 4)), "little")
            n += 4
    good("every field has bytes of its own", ["Distinct"], distinct, "ABCDEFGHIJKLMNOPQRSTUVWX", **values)
    good("no firmware text", ["Edge"], {}, "", firmware=b"")
    good("firmware of 24 characters has no zero behind it", ["Edge"], {}, "2026.11.22-esp32s3-16mb1", firmware=b"2026.11.22-esp32s3-16mb1")
    good(
        "numbers at their largest",
        ["Edge"],
        dict(station=U32, epoch=U32, boot=U32, session=U32, counter=U32, utcMs=U48, uptimeMs=U48, lifeS=0xFFFF),
        "~~~",
        versionMax=255,
        abilities=U32,
        firmware=b"~~~",
        **{"%s_%s" % (lane, what): U32 for lane in LANES for what in ("oldest", "last", "held")}
    )
    good(
        "a gateway that speaks only versions of the future still says hello in the layout of the handshake",
        ["Edge"],
        {},
        "9.0",
        versionMin=7,
        versionMax=9,
        firmware=b"9.0",
    )
    good("control characters and bytes above 126 in the text show as ?", ["DecodeOnly"], {}, "a?b??c", firmware=b"a\x1bb\x7f\xffc")
    good("text behind the first zero is not read", ["DecodeOnly"], {}, "1.0", firmware=b"1.0\x00evil")
    common(f, "hello", pack(BODY["hello"], base))
    for values in (dict(versionMin=0), dict(versionMin=2, versionMax=1), dict(versionMin=0, versionMax=0)):
        f.add("versions %s" % values, ["Refused"], "out-of-range", fields=message("hello", pack(BODY["hello"], dict(base, **values))))
    for i in range(2):
        f.add(
            "reserved byte %d of the body is not zero" % (2 + i),
            ["Refused"],
            "reserved-not-zero",
            fields=message("hello", pack(BODY["hello"], dict(base, reserved=bytes([i == 0, i == 1])))),
        )
    wrong = pack(BODY["hello"], dict(base, versionMin=0, reserved=1))
    both(
        f,
        "hello",
        [
            ("too short, and another key", ("wrong-signature", "too-short"), sign(cut(head("hello") + wrong, 60), OTHER_KEY)),
            ("too short, and no version", ("too-short", "out-of-range"), sign(cut(head("hello") + wrong, 60))),
            ("too long, and no version", ("too-long", "out-of-range"), sign(head("hello") + wrong + [["extra", bytes(1)]])),
            ("no version, and a reserved byte", ("out-of-range", "reserved-not-zero"), message("hello", wrong)),
        ],
    )
    return f


def simple_file(kind, about, cases, base, refused):
    f = File(kind, about, KEY)
    f.note("Normal", "Messages as they are sent.")
    f.note("Distinct", "Every field has bytes of its own.")
    f.note("Edge", "The smallest or largest number that a field takes.")
    f.note("Refused", "The signature is right and a field is not.")
    for comment, flag, head_values, values in cases:
        parts = message(kind, pack(BODY[kind], values), **head_values)
        f.add(comment, [flag], "ok", fields=parts, expected=expected(kind, parts))
    common(f, kind, pack(BODY[kind], base))
    for comment, reason, values in refused:
        f.add(comment, ["Refused"], reason, fields=message(kind, pack(BODY[kind], dict(base, **values))))
    wrong = {
        "welcome": {"version": 9, "reserved": 1},
        "held": {"held.fire": U32},
        "refuse": {"reason": 0, "reserved": 1},
        "heartbeat": {"stationCode": 4},
        "ask": {"settingsCrc": 0},
    }[kind]
    body = pack(BODY[kind], dict(base, **wrong))
    first = {"welcome": "wrong-version"}.get(kind, "out-of-range")
    cases = [
        ("one byte more, and another key", ("wrong-signature", "too-long"), sign(head(kind) + body + [["extra", bytes(1)]], OTHER_KEY)),
        ("too short, and a wrong field", ("too-short", first), sign(cut(head(kind) + body, len(joined(body)) + 39))),
        ("too long, and a wrong field", ("too-long", first), sign(head(kind) + body + [["extra", bytes(1)]])),
    ]
    if "reserved" in wrong:
        cases.append(("a wrong field, and a reserved byte", (first, "reserved-not-zero"), message(kind, body)))
    if kind == "welcome":
        late = pack(BODY[kind], {"version": 1, "reserved": 1, "held.fire": U32})
        cases.append(("a reserved byte, and no sequence", ("reserved-not-zero", "out-of-range"), message(kind, late)))
    both(f, kind, cases)
    return f


def counting(layout, start, fixed):
    """Values whose bytes count up from `start`, but for the fixed ones."""
    out, n = {}, start
    for field in layout:
        out[field[0]] = int.from_bytes(bytes(range(n, n + field[1])), "little")
        n += field[1]
    out.update(fixed)
    return out


def welcome_file():
    base = {"version": 1, "held.fire": 100, "held.condition": 5000, "held.routine": 1200}
    return simple_file(
        "welcome",
        "A whole welcome: head, signature, body.",
        [
            ("the county holds nothing of a new epoch", "Normal", dict(boot=1, session=1, counter=1), {"version": 1}),
            ("the county goes on where it was", "Normal", {}, base),
            (
                "every field has bytes of its own",
                "Distinct",
                dict(lifeS=0x2524, uptimeMs=0x232221201F1E),
                counting(BODY["welcome"], 0x28, {"version": 1, "reserved": 0}),
            ),
            ("a county whose clock is not to be trusted", "Normal", dict(utcMs=0, utcQuality=0), base),
            (
                "sequences at their largest",
                "Edge",
                {},
                {"version": 1, "held.fire": U32 - 1, "held.condition": U32 - 1, "held.routine": U32 - 1},
            ),
        ],
        base,
        [
            ("version 0", "wrong-version", {"version": 0}),
            ("version 2, which this side does not speak", "wrong-version", {"version": 2}),
            ("version 255", "wrong-version", {"version": 255}),
        ]
        + [
            (
                "reserved byte %d of the body is not zero" % (1 + i),
                "reserved-not-zero",
                {"reserved": bytes(1 if j == i else 0 for j in range(3))},
            )
            for i in range(3)
        ]
        + [("held.%s is no sequence" % lane, "out-of-range", {"held.%s" % lane: U32}) for lane in LANES],
    )


def held_file():
    base = {"held.fire": 101, "held.condition": 5000, "held.routine": 1200}
    return simple_file(
        "held",
        "A whole held: head, signature, body.",
        [
            ("one more of the fire lane is held", "Normal", {}, base),
            ("nothing is held yet", "Edge", {}, {}),
            ("every field has bytes of its own", "Distinct", {}, counting(BODY["held"], 0x28, {})),
            ("sequences at their largest", "Edge", {}, {"held.fire": U32 - 1, "held.condition": U32 - 1, "held.routine": U32 - 1}),
        ],
        base,
        [("held.%s is no sequence" % lane, "out-of-range", {"held.%s" % lane: U32}) for lane in LANES],
    )


def refuse_file():
    base = {"reason": 13, "versionMin": 1, "versionMax": 1, "bootAtLeast": 8}
    return simple_file(
        "refuse",
        "A whole refuse: head, signature, body.",
        [
            ("the county does not know the session", "Normal", {}, {"reason": 13, "versionMin": 1, "versionMax": 1}),
            ("the county has seen boot 7 of this epoch before: come again with 8 or more", "Normal", {}, base),
            ("no version in common: the county speaks 3 to 5", "Normal", {}, {"reason": 4, "versionMin": 3, "versionMax": 5}),
            ("every field has bytes of its own", "Distinct", {}, counting(BODY["refuse"], 0x28, {"reserved": 0})),
            (
                "numbers at their largest, a reason that this version does not name",
                "Edge",
                {},
                {"reason": 255, "versionMin": 255, "versionMax": 255, "bootAtLeast": U32},
            ),
        ],
        base,
        [
            ("reason 0 is no reason", "out-of-range", {"reason": 0}),
            ("versionMin 0", "out-of-range", {"versionMin": 0}),
            ("versionMin above versionMax", "out-of-range", {"versionMin": 2}),
            ("reserved byte is not zero", "reserved-not-zero", {"reserved": 1}),
        ],
    )


def heartbeat_file():
    base = {
        "conditions": 4,
        "stationCode": 2,
        "openCases": 1,
        "zonesFault": 16,
        "last.fire": 12,
        "last.condition": 90,
        "last.routine": 300,
        "held.fire": 12,
        "held.condition": 90,
        "held.routine": 298,
        "connections": 3,
        "resends": 1,
        "settingsCrc": 0xCBF43926,
    }
    return simple_file(
        "heartbeat",
        "A whole heartbeat: head, signature, body.",
        [
            ("quiet, with an open case", "Normal", {}, base),
            ("nothing configured", "Normal", dict(utcMs=0, utcQuality=0), {"conditions": 2048}),
            ("called to a fire elsewhere", "Normal", {}, {"conditions": 16384}),
            ("every field has bytes of its own", "Distinct", {}, counting(BODY["heartbeat"], 0x28, {"stationCode": 3})),
            (
                "numbers at their largest",
                "Edge",
                {},
                dict({k[0]: U32 for k in BODY["heartbeat"]}, conditions=0xFFFF, stationCode=3, openCases=255),
            ),
        ],
        base,
        [("station code 4", "out-of-range", {"stationCode": 4}), ("station code 255", "out-of-range", {"stationCode": 255})],
    )


def ask_file():
    base = {"settingsCrc": 0xCBF43926}
    return simple_file(
        "ask",
        "A whole ask: head, signature, body.",
        [
            ("the table of a text", "Normal", {}, base),
            ("every field has bytes of its own", "Distinct", {}, counting(BODY["ask"], 0x28, {})),
            ("the largest checksum", "Edge", {}, {"settingsCrc": U32}),
            ("the smallest checksum", "Edge", {}, {"settingsCrc": 1}),
        ],
        base,
        [("no checksum: nothing is configured", "out-of-range", {"settingsCrc": 0})],
    )
