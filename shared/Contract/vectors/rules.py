"""Cases of topics, of sessions and of the choice of a version."""
from case_file import File
from wire import LANES, U32, UTC, UTC_2039


def topics_file():
    f = File("topics", "Topics: 'topic' is read by ParseUp; valid ones are written back from their levels.")
    f.note("Normal", "Topics as they are used.")
    f.note("Edge", "The longest and shortest levels, the smallest and largest station.")
    f.note("Shape", "Not the eight levels of this contract.")
    f.note("Level", "A level with a character or length that is not allowed.")
    f.note("Station", "A station that is not a plain decimal number of 1 to 4294967295.")

    def good(comment, flag, county, township, village, station, leaf):
        f.add(
            comment,
            [flag],
            "ok",
            topic="fgw/1/%s/%s/%s/%d/up/%s" % (county, township, village, station, leaf),
            expected={"county": county, "township": township, "village": village, "station": station, "leaf": leaf},
        )

    for leaf in LANES + ["hello", "heartbeat", "offline", "names"]:
        good("leaf %s" % leaf, "Normal", "330683", "changle", "v-017", 1001, leaf)
    good("a leaf of a newer version: the reader of the message decides", "Normal", "330683", "changle", "v-017", 1001, "video")
    good("levels of one character, station 1", "Edge", "a", "Z", "_", 1, "fire")
    good("levels of 24 characters, the largest station", "Edge", "a" * 24, "B" * 24, "0" * 24, U32, "fire")
    good("administrative codes", "Edge", "330683000000", "330683104000", "330683104201", 4294967294, "condition")
    base = ["fgw", "1", "330683", "changle", "v-017", "1001", "up", "fire"]

    def bad(comment, flag, topic):
        f.add(comment, [flag], "wrong-topic", topic=topic)

    def at_level(i, value):
        return "/".join(base[:i] + [value] + base[i + 1 :])

    bad("empty", "Shape", "")
    bad("the way down is not read by the county", "Shape", "fgw/1/330683/changle/v-017/1001/down")
    bad("down in place of up", "Shape", at_level(6, "down"))
    bad("another root", "Shape", at_level(0, "fgx"))
    bad("root in capitals", "Shape", at_level(0, "FGW"))
    bad("another contract", "Shape", at_level(1, "2"))
    bad("a level too few", "Shape", "/".join(base[:7]))
    bad("a level too many", "Shape", "/".join(base) + "/x")
    bad("a slash in front", "Shape", "/" + "/".join(base))
    bad("a slash behind", "Shape", "/".join(base) + "/")
    bad("up in capitals", "Shape", at_level(6, "UP"))
    for i, name in ((2, "county"), (3, "township"), (4, "village"), (7, "leaf")):
        for value, what in (
            ("", "empty"),
            ("+", "a wildcard"),
            ("#", "a wildcard"),
            ("a+b", "a wildcard inside"),
            ("a" * 25, "25 characters"),
            ("a b", "a space"),
            ("a\u0000b", "a zero character"),
            ("a\nb", "a line feed"),
            ("a\u007fb", "a control character"),
            ("a.b", "a dot"),
            ("\u6751", "a Chinese character"),
            ("$SYS", "a dollar sign"),
        ):
            bad("%s: %s" % (name, what), "Level", at_level(i, value))
    for value, what in (
        ("", "empty"),
        ("0", "zero"),
        ("01001", "a leading zero"),
        ("-1", "a sign"),
        ("+1", "a plus sign"),
        ("1001 ", "a space behind"),
        (" 1001", "a space in front"),
        ("4294967296", "one above the largest"),
        ("9999999999", "ten nines"),
        ("42949672950", "eleven digits"),
        ("18446744073709551617", "one above 64 bits"),
        ("1e3", "an exponent"),
        ("0x10", "hexadecimal"),
        ("\uff11", "a wide digit"),
        ("\u0661", "an Arabic digit"),
        ("1,001", "a comma"),
        ("+", "a wildcard"),
    ):
        bad("station: %s" % what, "Station", at_level(5, value))
    bad("very long", "Shape", "fgw/1/" + "a/" * 150)
    return f


def session_file():
    f = File("session", "SessionRule: 'rule' names the method; 'message' is the decoded head, 'known' what the side remembers.")
    f.note("Order", "Boot and session rise in an epoch, the counter rises in a session.")
    f.note("Replay", "A message that was good once.")
    f.note("Foreign", "A message of another box, epoch or session.")
    f.note("Age", "A limit of age counts only where both clocks are known.")
    f.note("Uncounted", "Offline and refuse stand outside of the count.")

    def add(comment, flag, rule, reason, message, known):
        f.add(comment, [flag], reason, rule=rule, message=message, known=known)

    def m(boot, session, counter, **more):
        return dict(boot=boot, session=session, counter=counter, **more)

    def k(boot, session, counter):
        return dict(boot=boot, session=session, counter=counter)

    add("the first hello of an epoch that the county has not seen", "Order", "hello", "ok", m(1, 1, 1), k(0, 0, 0))
    add("a high boot number in a new epoch", "Order", "hello", "ok", m(900, 4, 77), k(0, 0, 0))
    add("the next session of the same boot", "Order", "hello", "ok", m(7, 4, 1), k(7, 3, 99))
    add("the next boot begins with session 1 again", "Order", "hello", "ok", m(8, 1, 1), k(7, 3, 99))
    add("sessions may be left out: attempts that never got through", "Order", "hello", "ok", m(7, 60, 1), k(7, 3, 99))
    add("hello again in the open session, since no welcome came", "Order", "hello", "ok", m(7, 3, 100), k(7, 3, 99))
    add("the same hello delivered twice", "Replay", "hello", "replayed", m(7, 3, 99), k(7, 3, 99))
    add("an older hello of the open session", "Replay", "hello", "replayed", m(7, 3, 1), k(7, 3, 99))
    add("a hello of the session before", "Replay", "hello", "wrong-session", m(7, 2, 500), k(7, 3, 99))
    add("a hello of the boot before, with a higher session", "Replay", "hello", "wrong-session", m(6, 50, 500), k(7, 3, 99))
    add("the largest boot and session", "Order", "hello", "ok", m(U32, U32, U32), k(U32, U32, U32 - 1))
    add("boot numbers do not wrap", "Replay", "hello", "wrong-session", m(1, 1, 1), k(U32, 1, 1))

    e = dict(epoch=5)
    add("the next message of the session", "Order", "up", "ok", m(7, 3, 13, type=2, **e), dict(k(7, 3, 12), **e))
    add("counters may be left out", "Order", "up", "ok", m(7, 3, 400, type=2, **e), dict(k(7, 3, 12), **e))
    add("the same message delivered twice", "Replay", "up", "replayed", m(7, 3, 12, type=2, **e), dict(k(7, 3, 12), **e))
    add(
        "an older heartbeat, to make a dead station look alive", "Replay", "up", "replayed", m(7, 3, 5, type=3, **e), dict(k(7, 3, 12), **e)
    )
    add("a batch of the session before", "Replay", "up", "wrong-session", m(7, 2, 400, type=2, **e), dict(k(7, 3, 12), **e))
    add(
        "a batch of a session whose hello the county missed",
        "Foreign",
        "up",
        "wrong-session",
        m(7, 4, 1, type=2, **e),
        dict(k(7, 3, 12), **e),
    )
    add(
        "a batch of another epoch with the same numbers: a second box with this station's number",
        "Foreign",
        "up",
        "wrong-session",
        m(7, 3, 13, type=2, epoch=6),
        dict(k(7, 3, 12), **e),
    )
    add(
        "a batch of the same session number in another boot",
        "Foreign",
        "up",
        "wrong-session",
        m(8, 3, 13, type=2, **e),
        dict(k(7, 3, 12), **e),
    )
    add("the will of the open session", "Uncounted", "up", "ok", m(7, 3, 0, type=4, **e), dict(k(7, 3, 12), **e))
    add(
        "the will of the session before comes after the new hello",
        "Uncounted",
        "up",
        "wrong-session",
        m(7, 2, 0, type=4, **e),
        dict(k(7, 3, 12), **e),
    )

    s = dict(station=1001, epoch=5)

    def down(comment, flag, reason, message, known_values, **known):
        add(
            comment,
            flag,
            "down",
            reason,
            dict(dict(type=0x82, utcMs=UTC, utcQuality=2, lifeS=0, **s), **message),
            dict(dict(nowUtcMs=UTC, **s), **dict(known_values, **known)),
        )

    down("the first answer of a session", "Order", "ok", m(7, 3, 1), k(7, 3, 0))
    down("the county was restarted and goes on counting", "Order", "ok", m(7, 3, 5000), k(7, 3, 12))
    down("a county that began to count anew is not believed until the next session", "Replay", "replayed", m(7, 3, 1), k(7, 3, 12))
    down("the same held delivered twice", "Replay", "replayed", m(7, 3, 12), k(7, 3, 12))
    down("a welcome of the session before", "Replay", "wrong-session", m(7, 2, 13, type=0x81), k(7, 3, 12))
    down("a held of the boot before with the same session number", "Replay", "wrong-session", m(6, 3, 13), k(7, 3, 12))
    down(
        "an answer to a second box with this station's number: only the epoch differs",
        "Foreign",
        "wrong-session",
        m(7, 3, 13, epoch=6),
        k(7, 3, 12),
    )
    down("an answer to another station", "Foreign", "wrong-station", m(7, 3, 13, station=1002), k(7, 3, 12))
    down("a refusal of the open session", "Uncounted", "ok", m(7, 3, 0, type=0x83), k(7, 3, 12))
    down("a refusal of the session before", "Uncounted", "wrong-session", m(7, 2, 0, type=0x83), k(7, 3, 12))
    down("a limit of age on its last millisecond", "Age", "ok", m(7, 3, 13, type=0x84, lifeS=60), k(7, 3, 12), nowUtcMs=UTC + 60000)
    down("one millisecond later", "Age", "expired", m(7, 3, 13, type=0x84, lifeS=60), k(7, 3, 12), nowUtcMs=UTC + 60001)
    down(
        "the gateway's clock is not known: the counter alone decides",
        "Age",
        "ok",
        m(7, 3, 13, type=0x84, lifeS=60),
        k(7, 3, 12),
        nowUtcMs=0,
    )
    down(
        "the county's clock is not known: the counter alone decides",
        "Age",
        "ok",
        m(7, 3, 13, type=0x84, lifeS=60, utcMs=0, utcQuality=0),
        k(7, 3, 12),
        nowUtcMs=UTC + 99999999,
    )
    down(
        "the county's clock is a day ahead: not expired, the counter decides",
        "Age",
        "ok",
        m(7, 3, 13, type=0x84, lifeS=60),
        k(7, 3, 12),
        nowUtcMs=UTC - 86400000,
    )
    down(
        "a clock that was reckoned afterwards is known too",
        "Age",
        "expired",
        m(7, 3, 13, type=0x84, lifeS=60, utcQuality=1),
        k(7, 3, 12),
        nowUtcMs=UTC + 60001,
    )
    down("the longest limit", "Age", "ok", m(7, 3, 13, type=0x84, lifeS=65535), k(7, 3, 12), nowUtcMs=UTC + 65535000)
    down("one millisecond later", "Age", "expired", m(7, 3, 13, type=0x84, lifeS=65535), k(7, 3, 12), nowUtcMs=UTC + 65535001)
    down(
        "a limit of age outside of a command counts all the same",
        "Age",
        "expired",
        m(7, 3, 13, lifeS=60),
        k(7, 3, 12),
        nowUtcMs=UTC + 60001,
    )
    add(
        "up, a limit of age is not read",
        "Age",
        "up",
        "ok",
        m(7, 3, 13, type=2, lifeS=1, utcMs=UTC, utcQuality=2, **e),
        dict(k(7, 3, 12), **e),
    )
    add("counter 0 in a message that is counted", "Replay", "up", "replayed", m(7, 3, 0, type=2, **e), dict(k(7, 3, 12), **e))
    down("after 2038", "Age", "expired", m(7, 3, 13, type=0x84, lifeS=60, utcMs=UTC_2039), k(7, 3, 12), nowUtcMs=UTC_2039 + 60001)
    f.note("Both", "Two faults at once: the first of 'faults' is told.")
    for comment, faults, message, now in (
        ("another station's, of another session", ("wrong-station", "wrong-session"), m(7, 2, 13, station=1002), UTC),
        ("another session, with a counter that was seen", ("wrong-session", "replayed"), m(7, 2, 3), UTC),
        ("a counter that was seen, too old as well", ("replayed", "expired"), m(7, 3, 3, lifeS=60), UTC + 60001),
    ):
        full = dict(dict(type=0x82, utcMs=UTC, utcQuality=2, lifeS=0, **s), **message)
        known = dict(dict(k(7, 3, 12), **s), nowUtcMs=now)
        f.add(comment, ["Both"], faults[0], rule="down", faults=list(faults), message=full, known=known)
    return f


def versions_file():
    f = File("versions", "Hello.Agree: the newest version that gateway and county both speak, 0 when there is none.")
    f.note("Overlap", "The ranges share at least one version.")
    f.note("None", "They share none: the county refuses with wrong-version and its own range.")
    for g, c, v in (
        ((1, 1), (1, 1), 1),
        ((1, 3), (2, 2), 2),
        ((2, 2), (1, 3), 2),
        ((1, 2), (2, 5), 2),
        ((2, 5), (1, 2), 2),
        ((1, 255), (1, 255), 255),
        ((3, 7), (5, 6), 6),
        ((255, 255), (1, 255), 255),
        ((1, 1), (2, 2), 0),
        ((2, 2), (1, 1), 0),
        ((7, 9), (1, 1), 0),
        ((1, 3), (4, 9), 0),
    ):
        f.add(
            "gateway %d to %d, county %d to %d" % (g + c),
            ["Overlap" if v else "None"],
            "ok" if v else "wrong-version",
            gateway=list(g),
            county=list(c),
            agreed=v,
        )
    return f
