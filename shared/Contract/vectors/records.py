"""Cases of the record and of the two sums: checksum and signature."""
import hashlib
import hmac
import zlib

from case_file import File
from wire import KEY, RECORD, U32, U48, UTC, UTC_2039, borders, cut, flip, joined, numbers, put, record


def record_file():
    f = File("record", "EventRecord.Decode and Encode. A record is 64 bytes; what follows it in a file or batch is not its business.")
    f.note("Normal", "Records as a gateway writes them.")
    f.note("Distinct", "Every field has bytes of its own, so that swapped or shifted fields show.")
    f.note("Edge", "The smallest or largest number that a field takes.")
    f.note("Unknown", "Numbers that a newer gateway may use: the record is kept, not refused.")
    f.note("Clock", "Dates and uptimes at which narrower counters wrap.")
    f.note("Truncated", "The input ends at the border before a field.")
    f.note("Damaged", "Bits that flash or the wire have turned.")
    f.note("Refused", "The checksum is right and a field is not.")
    fire = dict(
        kind=1,
        sequence=41,
        boot=7,
        uptimeMs=86400123,
        utcMs=UTC,
        utcQuality=2,
        severity=3,
        flags=4,
        zone=3,
        zoneKind=1,
        rule=2,
        value=812,
        unit=2,
    )
    distinct = dict(
        lane=2,
        kind=0x0302,
        station=0x07060504,
        epoch=0x0B0A0908,
        sequence=0x0F0E0D0C,
        boot=0x13121110,
        uptimeMs=0x191817161514,
        utcMs=0x1F1E1D1C1B1A,
        utcQuality=1,
        severity=4,
        flags=0x2322,
        zone=0x24,
        zoneKind=0x25,
        otherZone=0x26,
        rule=0x27,
        value=0x2B2A2928,
        unit=0x2C,
        a=0x33323130,
        b=0x37363534,
        c=0x3B3A3938,
    )
    loss = dict(kind=900, sequence=70001, value=17, unit=1, a=400, b=430, c=3600, flags=0, utcMs=UTC, utcQuality=2, boot=7, uptimeMs=5)

    def good(comment, flag, **values):
        parts = record(**values)
        f.add(comment, [flag], "ok", fields=parts, expected=numbers(RECORD, parts))

    good("every field has bytes of its own", "Distinct", **distinct)
    good("a call point pressed in zone 3, graded larger, decided by rule 2", "Normal", **fire)
    good("the same in a drill: the flag keeps it out of the counts", "Normal", **dict(fire, flags=5, sequence=42))
    good("a coincidence of zones 4 and 5", "Normal", **dict(fire, zone=4, zoneKind=2, otherZone=5, sequence=43))
    good("a loss of 17 records of the fire lane between 400 and 430 within an hour", "Normal", **loss)
    good(
        "a loss in a damaged store: sequences above 2147483647 lie in a and b as unsigned numbers",
        "Normal",
        **dict(loss, sequence=2415984641, flags=32, a=2415919105, b=2415984640, value=0, c=0, lane=2)
    )
    good("the county was restored and asks again for records that are gone", "Normal", **dict(loss, flags=64, lane=1))
    good("a start whose clock is not known", "Normal", lane=2, kind=200, boot=8, uptimeMs=812, sequence=9)
    good("an event whose UTC was reckoned afterwards from boot and uptime", "Normal", **dict(fire, utcQuality=1, boot=6))
    good("a temperature below zero: the value is signed", "Normal", lane=1, kind=100, zone=7, zoneKind=3, value=-205, unit=4, severity=1)
    good("every field at its smallest", "Edge", station=1, epoch=1)
    good(
        "every field at its largest, reserved bytes apart",
        "Edge",
        lane=2,
        kind=0xFFFF,
        station=U32,
        epoch=U32,
        sequence=U32 - 1,
        boot=U32,
        uptimeMs=U48,
        utcMs=U48,
        utcQuality=2,
        severity=4,
        flags=0xFFFF,
        zone=255,
        zoneKind=255,
        otherZone=255,
        rule=255,
        value=0x7FFFFFFF,
        unit=255,
        a=0x7FFFFFFF,
        b=0x7FFFFFFF,
        c=0x7FFFFFFF,
    )
    good("value and details at their lowest", "Edge", value=-0x80000000, a=-0x80000000, b=-0x80000000, c=-0x80000000)
    for name, values in (
        ("kind", dict(kind=4711)),
        ("flag bits", dict(flags=0x8000)),
        ("zone kind", dict(zoneKind=200)),
        ("unit", dict(unit=99)),
    ):
        good("a %s that this version does not name" % name, "Unknown", **dict(fire, **values))
    good("a kind of the fire lane in the routine lane: the lane byte decides", "Unknown", **dict(fire, lane=2))
    good("UTC is set though its quality says unknown: a reader goes by the quality", "Unknown", **dict(fire, utcQuality=0))
    good("the last millisecond of a signed 32-bit clock", "Clock", **dict(fire, utcMs=2147483647999))
    good("the first millisecond after it", "Clock", **dict(fire, utcMs=2147483648000))
    good("New Year 2039", "Clock", **dict(fire, utcMs=UTC_2039))
    good("the last millisecond of a 32-bit uptime, 49.7 days", "Clock", **dict(fire, uptimeMs=U32))
    good("the first millisecond after it", "Clock", **dict(fire, uptimeMs=U32 + 1))
    good("the leap second of 2016-12-31 counts as the second after it", "Clock", **dict(fire, utcMs=1483228800000))

    whole = record(**distinct)
    for label, count in borders(whole):
        f.add("ends before %s, %d bytes" % (label, count), ["Truncated"], "too-short", fields=cut(whole, count))
    f.add("ends one byte before the end", ["Truncated"], "too-short", fields=cut(whole, 63))
    for value in (0, 2, 255):
        f.add("record version %d" % value, ["Refused"], "wrong-version", fields=record(**dict(fire, version=value)))
    f.add("erased flash", ["Damaged"], "wrong-version", fields=[["erased+0", b"\xff" * 32], ["erased+32", b"\xff" * 32]])
    f.add("cleared flash", ["Damaged"], "wrong-version", fields=[["cleared+0", bytes(32)], ["cleared+32", bytes(32)]])
    for label in [x[0] for x in RECORD if x[0] != "version"]:
        f.add("lowest bit of %s turned" % label, ["Damaged"], "wrong-crc", fields=flip(whole, label))
    f.add("highest bit of the checksum turned", ["Damaged"], "wrong-crc", fields=flip(whole, "crc", 3, 7))
    f.add("highest bit of c, the last byte before the checksum, turned", ["Damaged"], "wrong-crc", fields=flip(whole, "c", 3, 7))
    f.add("checksum in big-endian order", ["Damaged"], "wrong-crc", fields=[[l, d[::-1] if l == "crc" else d] for l, d in whole])
    f.add(
        "checksum over 64 bytes with a zero checksum",
        ["Damaged"],
        "wrong-crc",
        fields=[[l, put(zlib.crc32(joined(whole)[:60] + bytes(4)), 4) if l == "crc" else d] for l, d in whole],
    )
    for values in (
        dict(lane=3),
        dict(lane=255),
        dict(station=0),
        dict(epoch=0),
        dict(sequence=0),
        dict(sequence=U32),
        dict(boot=0),
        dict(kind=0),
        dict(utcQuality=3),
        dict(utcQuality=255),
        dict(severity=5),
        dict(severity=255),
    ):
        name, value = list(values.items())[0]
        f.add("%s %d" % (name, value), ["Refused"], "out-of-range", fields=record(**dict(fire, **values)))
    for i in range(3):
        reserved = bytes(1 if j == i else 0 for j in range(3))
        f.add("reserved byte %d is not zero" % (45 + i), ["Refused"], "reserved-not-zero", fields=record(**dict(fire, reserved=reserved)))
    f.note("Both", "Two faults at once: the first of 'faults' is told.")
    for comment, faults, parts in (
        ("63 bytes of version 2", ("too-short", "wrong-version"), cut(record(**dict(fire, version=2)), 63)),
        ("version 2 with a wrong checksum", ("wrong-version", "wrong-crc"), record(**dict(fire, version=2, crc=1))),
        ("a wrong checksum, and lane 3", ("wrong-crc", "out-of-range"), record(**dict(fire, lane=3, crc=1))),
        ("kind 0, and a reserved byte", ("out-of-range", "reserved-not-zero"), record(**dict(fire, kind=0, reserved=1))),
    ):
        f.add(comment, ["Both"], faults[0], faults=list(faults), fields=parts)
    return f


def crc_file():
    f = File("crc32", "CRC-32/ISO-HDLC of 'message': polynomial 0x04C11DB7 reflected, start and final XOR 0xFFFFFFFF. Reckoned with zlib.")
    f.note("Check", "The check value that tables of checksums give.")
    f.note("Edge", "Nothing, one byte, all zero, all ones.")
    f.note("Record", "As long as what a record's checksum covers.")
    for comment, flag, data in (
        ("the text 123456789", "Check", b"123456789"),
        ("nothing", "Edge", b""),
        ("one zero byte", "Edge", b"\0"),
        ("one byte of ones", "Edge", b"\xff"),
        ("four zero bytes", "Edge", bytes(4)),
        ("32 bytes of ones", "Edge", b"\xff" * 32),
        ("all 256 byte values", "Edge", bytes(range(256))),
        ("60 zero bytes", "Record", bytes(60)),
        ("60 bytes of ones", "Record", b"\xff" * 60),
        ("60 bytes that count", "Record", bytes(range(60))),
        ("the text of a settings file", "Edge", "station 1001 一号站\n".encode()),
    ):
        f.add(comment, [flag], "ok", message=data.hex(), crc="%08x" % zlib.crc32(data))
    return f


def hmac_file():
    f = File(
        "hmac",
        "HMAC-SHA256 of 'message' with 'key'. Keys of this contract have 32 bytes, and the cases of RFC 4231 have none of that "
        "length, so these cases are our own, reckoned with Python's hmac and hashlib.",
    )
    f.note("Edge", "Lengths at which the hash takes another block.")
    f.note("Key", "Keys with telling bytes.")
    f.note("Message", "Lengths of this contract's messages.")

    def add(comment, flag, key, data):
        f.add(comment, [flag], "ok", key=key.hex(), message=data.hex(), mac=hmac.new(key, data, hashlib.sha256).hexdigest())

    add("a text", "Key", KEY, b"what do ya want for nothing?")
    add("key of zeros, no message", "Key", bytes(32), b"")
    add("key of ones", "Key", b"\xff" * 32, b"fire")
    add("key of the inner pad's byte, which cancels it", "Key", b"\x36" * 32, b"fire")
    add("key of the outer pad's byte, which cancels it", "Key", b"\x5c" * 32, b"fire")
    for n in (1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129):
        add("%d bytes" % n, "Edge", KEY, bytes(i & 255 for i in range(n)))
    for n, name in ((40, "a head"), (120, "a hello"), (112, "a batch of one"), (1072, "a batch of sixteen")):
        add("%d bytes, as long as %s" % (n, name), "Message", KEY, bytes((i * 7 + 3) & 255 for i in range(n)))
    return f
