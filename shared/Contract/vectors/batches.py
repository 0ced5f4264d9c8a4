"""Cases of the batch."""
from case_file import File
from messages import both, common
from wire import BODY, KEY, OTHER_KEY, U32, UTC, expected, flip, head, joined, message, pack, record, sign


def batch_body(lane, after, records, **values):
    parts = pack(BODY["batch"], dict(dict(lane=lane, count=len(records), after=after), **values))
    for i, r in enumerate(records):
        data = joined(r)
        parts += [["record[%d]+0" % i, data[:32]], ["record[%d]+32" % i, data[32:]]]
    return parts


def fire(sequence, **values):
    return record(
        **dict(
            dict(
                kind=1,
                sequence=sequence,
                boot=7,
                uptimeMs=86000000 + sequence,
                utcMs=UTC + sequence,
                utcQuality=2,
                severity=2,
                zone=sequence % 32 + 1,
                zoneKind=2,
                value=sequence,
                unit=2,
            ),
            **values
        )
    )


def batch_file():
    f = File("batch", "A whole batch: head, signature, body, every record.", KEY)
    f.note("Normal", "Batches as a gateway sends them.")
    f.note("Gap", "Sequences are missing: the gateway has given those records up and says so in a loss record.")
    f.note("Edge", "The smallest or largest number that a field takes.")
    f.note("Refused", "The signature is right and a field is not.")
    f.note("Record", "The signature is right and a record is not.")
    f.note("Order", "Records that are not of the batch's station, epoch and lane in rising sequence.")

    def good(comment, flag, lane, after, records, **head_values):
        parts = message("batch", batch_body(lane, after, records), **head_values)
        sequences = [int.from_bytes(joined(r)[12:16], "little") for r in records]
        f.add(comment, [flag], "ok", fields=parts, expected=expected("batch", parts, {"sequences": sequences}))

    good("one fire, the first record of a new epoch", "Normal", 0, 0, [fire(1)], counter=2)
    good("sixteen records, the most that fit", "Normal", 0, 40, [fire(41 + i) for i in range(16)])
    good("one record of the condition lane", "Normal", 1, 5000, [fire(5001, lane=1, kind=100)])
    good(
        "two records of the routine lane, written in two boots",
        "Normal",
        2,
        17,
        [fire(18, lane=2, kind=206, boot=6), fire(19, lane=2, kind=200, boot=7)],
    )
    good("a gap between 'after' and the first record", "Gap", 0, 10, [fire(15), fire(16)])
    good(
        "gaps between records, the last of which is the loss record",
        "Gap",
        0,
        10,
        [fire(11), fire(13), fire(20), fire(21, kind=900, zone=0, zoneKind=0, value=7, unit=1, a=12, b=19, c=60, severity=0)],
    )
    good("a jump of 65536 behind a damaged tail", "Gap", 1, 98, [fire(65635, lane=1, kind=900, flags=32, a=99, b=65634, value=0, unit=1)])
    good("the last sequences of an epoch", "Edge", 0, U32 - 3, [fire(U32 - 2), fire(U32 - 1)])
    good("no clock yet: UTC is 0 in the head and in the record", "Normal", 0, 40, [fire(41, utcMs=0, utcQuality=0)], utcMs=0, utcQuality=0)

    two = batch_body(0, 40, [fire(41), fire(42)])
    common(f, "batch", two)

    def bad(comment, flag, reason, body):
        f.add(comment, [flag], reason, fields=sign(head("batch") + body))

    bad("count 0, no record", "Refused", "out-of-range", batch_body(0, 40, []))
    bad("count 0 with a record behind it", "Refused", "out-of-range", batch_body(0, 40, [fire(41)], count=0))
    bad("count 17 over the bytes of 16 records", "Refused", "out-of-range", batch_body(0, 40, [fire(41 + i) for i in range(16)], count=17))
    bad("count 255", "Refused", "out-of-range", batch_body(0, 40, [fire(41)], count=255))
    bad("seventeen records: longer than any message up", "Refused", "too-long", batch_body(0, 40, [fire(41 + i) for i in range(17)]))
    bad("count is one more than the records that are there", "Refused", "too-short", batch_body(0, 40, [fire(41)], count=2))
    bad("count is one less than the records that are there", "Refused", "too-long", batch_body(0, 40, [fire(41), fire(42)], count=1))
    bad("lane 3", "Refused", "out-of-range", batch_body(3, 40, [fire(41)]))
    bad("lane 255", "Refused", "out-of-range", batch_body(255, 40, [fire(41)]))
    bad("reserved byte 2 of the body is not zero", "Refused", "reserved-not-zero", batch_body(0, 40, [fire(41)], reserved=1))
    bad("reserved byte 3 of the body is not zero", "Refused", "reserved-not-zero", batch_body(0, 40, [fire(41)], reserved=256))
    bad("a record with version 2", "Record", "wrong-version", batch_body(0, 40, [fire(41), fire(42, version=2)]))
    bad("a record whose checksum is off by one bit", "Record", "wrong-crc", batch_body(0, 40, [fire(41), flip(fire(42), "crc")]))
    bad("a record of kind 0", "Record", "out-of-range", batch_body(0, 40, [fire(41), fire(42, kind=0)]))
    bad(
        "a record with a reserved byte that is not zero", "Record", "reserved-not-zero", batch_body(0, 40, [fire(41), fire(42, reserved=1)])
    )
    bad("a record of another station", "Order", "wrong-station", batch_body(0, 40, [fire(41), fire(42, station=1002)]))
    bad("a record of another epoch", "Order", "out-of-order", batch_body(0, 40, [fire(41), fire(42, epoch=0x5EED0002)]))
    bad("a record of another lane", "Order", "out-of-order", batch_body(0, 40, [fire(41), fire(42, lane=1)]))
    bad("every record of another lane than the batch's", "Order", "out-of-order", batch_body(1, 40, [fire(41), fire(42)]))
    bad("a sequence twice", "Order", "out-of-order", batch_body(0, 40, [fire(41), fire(41)]))
    bad("falling sequences", "Order", "out-of-order", batch_body(0, 40, [fire(42), fire(41)]))
    bad("the first record is 'after' itself", "Order", "out-of-order", batch_body(0, 41, [fire(41)]))
    bad("'after' lies above the first record", "Order", "out-of-order", batch_body(0, 100, [fire(41)]))
    bad("'after' is no sequence", "Order", "out-of-order", batch_body(0, U32, [fire(41)]))
    bad("'after' is the largest sequence, and the record's sequence is none", "Order", "out-of-range", batch_body(0, U32 - 1, [fire(U32)]))

    def two_faults(comment, faults, body, key=KEY):
        return comment, faults, sign(head("batch") + body, key)

    other = dict(station=1002, epoch=9)
    both(
        f,
        "batch",
        [
            two_faults("count 0, and another key", ("wrong-signature", "out-of-range"), batch_body(0, 40, []), OTHER_KEY),
            two_faults("lane 3, and a reserved byte", ("out-of-range", "reserved-not-zero"), batch_body(3, 40, [fire(41)], reserved=1)),
            two_faults(
                "a reserved byte, and a record too few",
                ("reserved-not-zero", "too-short"),
                batch_body(0, 40, [fire(41)], reserved=1, count=2),
            ),
            two_faults(
                "a record too few, and a wrong record", ("too-short", "wrong-version"), batch_body(0, 40, [fire(41, version=2)], count=2)
            ),
            two_faults(
                "a record too many, and a wrong record",
                ("too-long", "wrong-version"),
                batch_body(0, 40, [fire(41, version=2), fire(42)], count=1),
            ),
            two_faults(
                "a record of version 2 with a wrong checksum",
                ("wrong-version", "wrong-crc"),
                batch_body(0, 40, [fire(41, version=2, crc=1)]),
            ),
            two_faults(
                "a wrong checksum of another station's record",
                ("wrong-crc", "wrong-station"),
                batch_body(0, 40, [fire(41, crc=1, **other)]),
            ),
            two_faults(
                "another station's record of another epoch", ("wrong-station", "out-of-order"), batch_body(0, 40, [fire(41, **other)])
            ),
        ],
    )
    return f
