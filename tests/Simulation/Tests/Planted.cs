// Owns: the faults that are planted in copies of the real sources.
// Must never: touch a file of the repository, or plant a fault whose place in the source is gone.

using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gateway.Tests.Simulation;

/// <summary>
/// A fault: in a copy of a type's source, some words of code become others, wherever they stand there. The place is known by the type and
/// by the words, so neither another file nor another layout loses it.
/// </summary>
/// <param name="Name">The rule that it breaks.</param>
/// <param name="Type">The type that has the place.</param>
/// <param name="Old">Code that must be there.</param>
/// <param name="New">What it becomes.</param>
public sealed record Planted(string Name, string Type, string Old, string New)
{
    /// <summary>Further texts that become others in the same file.</summary>
    public IReadOnlyList<(string Old, string New)> More { get; init; } = [];

    /// <summary>How many worlds in which people and the county do much are looked at before all else.</summary>
    public int Busy { get; init; }

    /// <summary>And after them, how many with a hostile broker or station.</summary>
    public int Attacks { get; init; }

    private const int BusyMax = 20;
    private const int AttacksMax = 40;

    public static readonly Planted[] All =
    [
        new("County_answers_one_more_than_it_has_committed", "Ledger",
            "state.Held = batch.Last;", "state.Held = batch.Last + 1;"),
        new("County_answers_although_the_commit_failed", "CountyDesk",
            "StoringCases(rows, result.Cases); rows.Commit();",
            "StoringCases(rows, result.Cases); try { rows.Commit(); } catch (IOException) { }"),
        new("Events_timed_by_the_wrong_end_of_a_clock", "ClockBook",
            "rows.BackFill(boot, clock.StartMs, ", "rows.BackFill(boot, clock.UtcMs, "),
        new("County_counts_a_batch_as_held_that_continues_what_it_lacks", "Ledger",
            "state.Held < batch.After || ", ""),
        new("Key_without_epoch", "StoredEvent",
            "new(Record.Station, Record.Epoch, Record.LaneNumber, Record.Sequence)",
            "new(Record.Station, 1, Record.LaneNumber, Record.Sequence)"),
        new("Checksum_over_the_wrong_range", "EventRecord",
            "Crc32.Of(buffer, at, AtCrc)", "Crc32.Of(buffer, at, 12)"),
        new("Sent_before_it_is_durable", "LaneLog",
            "if (!_ring.Append(_pending, count))", "if (!_ring.Append(_pending, count) && count < 0)"),
        new("Off_by_one_at_the_end_of_a_segment", "LaneLog",
            "EventRecord.SequenceOf(_pending, count * Size) < _ring.TailEnd",
            "EventRecord.SequenceOf(_pending, count * Size) <= _ring.TailEnd"),
        new("Numbers_given_again_after_damage", "LaneLog",
            "_next = _ring.First(newest) + (uint)_ring.Records;", "_next = expected;"),
        new("Loss_is_not_recorded", "EventLog",
            "if (log.AddLoss(record))", "if (record.Value >= 0)"),
        new("Full_fire_lane_keeps_no_first_alarm", "KeptAlarms",
            "if ((EventKind)Bytes.U16(buffer, at + KindAt) != EventKind.FireAlarm)",
            "if ((EventKind)Bytes.U16(buffer, at + KindAt) != EventKind.Loss)"),
        new("Log_gives_up_at_its_first_guess_of_a_place", "LaneLog",
            "seeking = before >= 0 && !behind;", "seeking = false;\n                index = before >= 0 ? _ring.Records : index;"),
        new("Segment_given_up_before_its_account_is_whole", "LaneLog",
            "if (most <= 0 && !end)", "if (most <= 0 && most > 0)"),
        new("Kept_alarms_deleted_before_they_are_written_anew", "KeptAlarms",
            "int next = _file + 1;", "int next = _file + 1;\n            _flash.Delete(FlashArea.Kept, _file);"),
        new("Old_journal_deleted_before_the_new_one_is_whole", "Journal",
            "int next = _file + 1;", "int next = _file + 1;\n            _flash.Delete(FlashArea.Journal, _file);"),
        new Planted("Events_of_an_earlier_start_timed_by_this_one", "EventLog",
            "|| Bytes.U32(records, at + BootAt) < _firstBoot", "").And("&& record.Boot >= _firstBoot ", ""),
        new("Latch_forgotten_at_reboot", "FireTail",
            "Latched |= bit;", "Silenced = false;"),
        new("County_welcomes_an_epoch_and_no_note_is_kept", "EventLog",
            "_met = InMemory || _journal.SaveAlone(JournalKey.Identity);", "Keep(IdentityField.Met, 0);"),
        new("Freed_records_that_a_restored_county_asks_for_not_reported_lost", "LaneLog",
            "Lost.Add(count, 1, through, EventFlags.HeldBefore);", "_goneThrough = 0;"),
        new("Lanes_swapped", "Sender",
            "bool sent = SendLane(Lane.Fire, buffer, nowMs);",
            "bool sent = SendLane(Lane.Routine, buffer, nowMs) || SendLane(Lane.Fire, buffer, nowMs);"),
        new("Cursor_ahead_of_the_county", "Sender",
            "log.NoteSent(last);", "log.NoteSent(last);\n            log.SetHeld(last);"),
        new("Batch_says_that_nothing_stands_before_it", "Sender",
            "_messages.Batch(buffer, lane, records, _sent[(int)lane], nowMs)",
            "_messages.Batch(buffer, lane, records, _sent[(int)lane] == 0 ? 0 : log.Held, nowMs)"),
        new("Session_goes_on_under_another_epoch", "Session",
            "_epoch != _log.Epoch && State", "_epoch == 0 && State"),
        new("Clock_that_was_told_wrong_stays_wrong", "ClockKeeper",
            "off >= Limits.ClockStepMs || _ahead >= Limits.ClockAgreeCount", "off == 1"),
        new("Command_taken_a_second_time", "CommandDesk", "_command.Number <= LastNumber", "_command.Number < LastNumber"),
        new("Command_done_whose_number_is_not_kept", "CommandDesk", "kept = kept && _journal.Save(JournalKey.Commands);", ""),
        new("Siren_waits_for_the_end_of_a_pattern", "OutputDriver",
            "if (_changed == 0 && nowMs < _slotEndsMs)",
            "if (nowMs < _slotEndsMs && (_changed == 0 || _slotEndsMs != long.MaxValue))"),
        new Planted("Uplink_waits_for_seconds_where_the_flash_is_slow", "MainLoop",
            "nowMs - _waitsSinceMs >= Limits.UplinkWaitMs", "nowMs - _waitsSinceMs >= 60 * Limits.UplinkWaitMs")
            .And("if (busy && !UplinkBeside(worked))", "if (busy)"),
        new("Siren_that_came_back_by_itself_is_not_kept", "Panel",
            "s.Silenced = false;\n            s.SilenceBuzzer(false);\n            s.Version++;",
            "s.Silenced = false;\n            s.BuzzerSilenced = false;"),
        new("Silence_hides_a_new_fire", "Panel", "s.Silenced = false;", ""),
        new("Zone_that_signals_anew_is_no_new_alarm", "Panel", "_anew = again & s.Signals.Quiet;", "_anew = 0;"),
        new("Zone_that_signals_anew_after_a_long_rest_is_silent",
            "FireSignals", "return (zones & rested) != 0;", "return false;"),
        new("Broken_line_is_restored", "PanelReports", "~(s.Stages.Active | s.Stages.Broken)", "~s.Stages.Active"),
        new Planted("Inputs_taken_for_seen_after_a_time_at_a_slow_start",
            "ZoneStages", "nowMs >= _seenMs && scan.Looked", "nowMs >= _seenMs")
            .And("Unseen &= scan.Restless;", "Unseen = 0;"),
        new("Reset_lets_go_of_what_a_fault_holds", "HeldOutputs", "stays |= bit;", ""),
        new("Held_output_forgotten_at_reboot", "PanelStore", "s.Rules.Held = Get(SavedField.HeldOutputs);", ""),
        new("Held_beyond_what_was_sent_is_believed", "Sender",
            "if (_log.At(lane).Strange(held[(int)lane]))", "if (held[(int)lane] == 1)"),
        new("Zone_needs_a_sample_too_many", "ZoneScan", "if (of - others >= (", "if (of - others > ("),
        new("One_sample_of_noise_is_a_fire", "ZoneScan", "if (of - others >= (", "if (of - others >= 1 + 0 * ("),
        new("Answer_does_not_start_t2", "AlarmDelay",
            "_phase = s.Settings.DelayT2S > 0 ? DelayPhase.ToLook : DelayPhase.Over;", "return;")
        { Busy = BusyMax },
        new("Silence_is_an_answer", "PanelCommands",
            "s.Events.Silenced(", "Acknowledge(nowMs);\ns.Events.Silenced(")
        { Busy = BusyMax },
        new("Answer_is_no_event", "PanelCommands",
            "s.Events.Acknowledged(s.Latched, Origin, s.DrillFlag, waitedMs, nowMs);",
            "s.Events.KeyPressed(3, nowMs);")
        { Busy = BusyMax },
        new("End_of_t2_is_no_event", "AlarmDelay",
            "if (expired != DelayPhase.None)", "if (expired == DelayPhase.ToAcknowledge)") { Busy = BusyMax },
        new("Key_held_while_power_comes_is_pressed", "ZoneScan", "? key & RestedButtons : 0", "? key : 0") { Busy = BusyMax },
        new("Held_key_is_no_fault", "PanelKeys", "held && leftMs <= 0;", "held && was;") { Busy = BusyMax },
        new("Fault_names_another_key", "Panel",
            "Say(BoxFault.Key, key, on, nowMs);", "Say(BoxFault.Key, 1, on, nowMs);") { Busy = BusyMax },
        new("Window_belongs_to_the_day_of_the_calendar", "LocalTime",
            "AfterMidnight(minute, from, to) ? DayBefore(weekdayBit) : weekdayBit", "weekdayBit") { Busy = BusyMax },
        new("Patrol_belongs_to_the_day_of_the_calendar", "Patrols",
            "LocalTime.AfterMidnight(minute, from, to) ? day - 1 : day", "day") { Busy = BusyMax },
        new("Local_time_acts_with_the_next_minute", "Panel", "nowMs >= _minuteMs || TimeMoved", "nowMs >= _minuteMs")
        { Busy = BusyMax },
        new("Window_is_judged_again_after_a_step_back", "Patrols", "&& !Judged(p, begun)", "") { Busy = BusyMax },
        new Planted("Unknown_time_delays", "LocalTime", "(days & begun) != 0 &&", "(minute < 0 || (days & begun) != 0) &&")
            .And("if (minute < 0)", "if (minute < -1)") with { Busy = BusyMax },
        new("Drill_has_every_zone", "Drill",
            "_zones = zones;\n            SignEndMs", "_zones = ZoneSet.All;\n            SignEndMs") { Busy = BusyMax },
        new("Fire_elsewhere_leaves_the_drill_on", "Drill", "if (_zones != 0 && real != 0)", "if (_zones != 0 && real == ZoneSet.All)")
        { Busy = BusyMax },
        new("Detector_left_active_by_a_drill_is_no_fire", "Drill",
            "if (still != 0)\n            {", "still &= _callPoints;\n            if (still != 0)\n            {")
        { Busy = BusyMax },
        new("Call_point_pressed_late_in_a_drill_is_no_fire", "Drill",
            "_standing &= pressed;", "_standing |= pressed & Zones;")
        { Busy = BusyMax },
        new("After_a_drill_a_fire_waits_for_t1", "Drill", "_delay.Clear(true);", "") { Busy = BusyMax },
        new("Real_zone_carries_the_flag_of_a_drill", "PanelEvents",
            "bool drilled = zone >= 0 && (DrillZones & (ZoneSet)(1 << zone)) != 0;", "bool drilled = zone >= 0 && DrillZones != 0;")
        { Busy = BusyMax },
        new("Drill_works_the_relays", "OutputPlan", "bool works = s.Settings.DrillLinkage ?", "bool works = true ?")
        { Busy = BusyMax },
        new("Burning_zone_is_disabled_from_afar", "PanelState",
            "(zones & ((Latched & ~Signals.Quiet) | Signalling)) != 0", "zones == 0")
        { Busy = BusyMax },
        new("Rule_pulses_again_after_a_restart", "RulesBefore",
            "return before;", "return false;") { Busy = BusyMax },
        new("Held_output_is_let_go_of_in_silence", "HeldOutputs",
            "if (blind == 0)", "if (blind != ZoneSet.All)") { Busy = BusyMax },
        new("Faults_reported_before_a_restart_are_forgotten", "ReportStore",
            "r.Fault = Zones(journal, s, ReportField.Fault);", "r.Fault = 0;") { Busy = BusyMax },
        new("Closed_valves_reported_before_a_restart_are_forgotten", "ReportStore",
            "r.Supervisory = Zones(journal, s, ReportField.Supervisory) & supervisory;", "r.Supervisory = 0;") { Busy = BusyMax },
        new("Running_pumps_reported_before_a_restart_are_forgotten", "ReportStore",
            "r.Activated = Zones(journal, s, ReportField.Activated) & activation;", "r.Activated = 0;") { Busy = BusyMax },
        new("Found_again_after_a_restart_without_its_flag", "PanelReports",
            "(_state.Reported.Found & bit) != 0 ? EventFlags.AfterRestart : 0", "0") { Busy = BusyMax },
        new("What_goes_on_after_a_restart_is_not_said", "PanelReports",
            "_judged = r.Found & heard;", "r.Found &= ~heard;") { Busy = BusyMax },
        new Planted("Span_of_a_lost_loss_record_is_forgotten", "Loss",
            "ageMs = ageMs > spanMs ? ageMs : spanMs;", "ageMs = 0;").And("_partMs = spanMs > _partMs ? spanMs : _partMs;", ""),
        new("Call_point_not_put_back_is_a_fire", "Drill", "how == DrillEnd.Time ? _standing : 0", "0") { Busy = BusyMax },
        new("County_does_not_believe_heartbeats_that_tell_of_a_fire", "HiddenFires",
            "if (beat.Last > held)", "if (beat.Last > held && beat.Last == 0)") { Attacks = AttacksMax },
        new("Hidden_fire_is_known_and_nobody_is_alarmed", "CountyDesk",
            "result.FireBeats.ForEach(b => _hidden.Heard(b.Beat, b.Hidden, b.Held, now));", "") { Attacks = AttacksMax },
        new("Hello_that_was_held_back_is_presence", "PresenceBook",
            "if (message.Header.Type is not (MessageType.Offline or MessageType.Hello))",
            "if (message.Header.Type is not MessageType.Offline)")
        { Attacks = AttacksMax },
        new("Each_fire_of_a_station_waits_for_an_answer_of_its_own", "EscalationBook",
            "Open().Find(open => open.Alarm.Station == stored.Record.Station)", "Open().Find(open => open.Alarm == stored.Key)")
        { Attacks = AttacksMax },
        new("Hidden_fire_waits_beside_one_that_is_known", "EscalationBook",
            "if (Open().Exists(open => open.Alarm.Station == beat.Station))", "if (Open().Exists(open => open.Alarm.Epoch == 0))")
        { Attacks = AttacksMax },
        new("Silence_of_a_station_goes_unnoticed", "CountyDesk",
            "if (silent.Length == 0)", "if (silent.Length >= 0)") { Attacks = AttacksMax },
        new("Box_says_nothing_of_a_fire_without_an_answer", "FireWatch",
            "_panel.SetFault(BoxFault.NoCountyAnswer, true, nowMs);", "") { Attacks = AttacksMax },
        new("Answer_of_an_older_session_is_believed", "SessionRule",
            "DecodeResult result = Up(message, epoch, boot, session, counter);",
            "DecodeResult result = message.Epoch == epoch ? DecodeResult.Ok : DecodeResult.WrongSession;") { Attacks = AttacksMax },
        new("Record_of_another_station_is_taken_from_whoever_has_a_key", "Batch",
            "if (record.Station != header.Station)", "if (record.Station == 0)") { Attacks = AttacksMax },
        new("Call_out_forgotten_at_reboot", "CallOut",
            "Place = Utf8.Line(_kept, 0, length, _kept.Length);", "Place = \"\";") { Busy = BusyMax },
        new("Call_out_replaced_in_silence", "CallOut",
            "s.Events.CallOutEnded(calls ? CallOutEnd.Replaced : CallOutEnd.Command, s.Origin, WaitedMs(nowMs), nowMs);", "")
        { Busy = BusyMax },
        new("Question_of_the_county_has_more_time_after_a_restart", "CountyQuestion",
            "remainingS * 1000L - Limits.ClockSaveMs", "remainingS * 1000L + 10 * Limits.ClockSaveMs") { Busy = BusyMax },
        new("Press_that_answers_a_fire_here_sets_out_too", "AnswerKey",
            "(open & Question.Fire) == 0 ? open & Question.CallOut : 0", "open & Question.CallOut") { Busy = BusyMax },
        new("Called_person_who_answers_is_called_on", "CountyQuestion",
            "(answered & Asks) != 0", "(answered & Asks & Question.Duty) != 0") { Busy = BusyMax },
        new("Names_that_a_piece_of_the_text_cuts_lose_their_beginning", "SettingsNames",
            "_next = marked ? 3 : 0;", "_next = marked ? 3 : 0; _wordBytes = 0;"),
        new("Names_are_read_from_the_text_before", "NamesTeller", "_trial.Store, _trial.InForce", "_trial.Store, _trial.InForce - 1"),
        new("County_asks_for_lost_names_no_second_time", "NameWaits",
            "(!_askedRunMs.TryGetValue(station, out long asked) || now.RunMs - asked >= CountyLimits.NamesAskMs)",
            "!_askedRunMs.ContainsKey(station)"),
        new("County_that_has_a_table_asks_for_no_other", "NameWaits", "out uint whole) && whole == crc", "out _)"),
        new("County_forgets_at_its_restart_who_can_tell_names", "SessionBook",
            "message.Hello?.Abilities ?? session.Abilities", "message.Hello?.Abilities ?? HelloAbility.None"),
        new("Timer_of_32_bits", "Session",
            "_deadlineMs = nowMs + Limits.OpenMs;", "_deadlineMs = (int)nowMs + Limits.OpenMs;"),
    ];

    /// <summary>The same fault with another place in the same file.</summary>
    public Planted And(string old, string @new) => this with { More = [.. More, (old, @new)] };

    /// <summary>The source with the fault in it; null when it is not the type's, or a place of it is gone.</summary>
    public string? In(string source)
    {
        string? planted = Declares(source) ? source : null;
        foreach ((string old, string @new) in More.Prepend((Old, New)))
        {
            planted = planted is null ? null : Replaced(planted, old, @new);
        }

        return planted;
    }

    private bool Declares(string source)
    {
        const RegexOptions How = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
        return Regex.IsMatch(source, $@"\b(class|record|struct) {Type}\b", How, TimeSpan.FromMinutes(1));
    }

    private static string? Replaced(string source, string old, string @new)
    {
        SyntaxToken[] all = Words(source);
        string[] wanted = [.. Words(old).Select(word => word.Text)];
        StringBuilder planted = new(source);
        bool found = false;
        for (int i = all.Length - wanted.Length; i >= 0; i--)
        {
            if (all.Skip(i).Take(wanted.Length).Select(word => word.Text).SequenceEqual(wanted, StringComparer.Ordinal))
            {
                int from = all[i].SpanStart;
                planted.Remove(from, all[i + wanted.Length - 1].Span.End - from).Insert(from, @new);
                found = true;
            }
        }

        return found ? planted.ToString() : null;
    }

    private static SyntaxToken[] Words(string source) =>
        [.. SyntaxFactory.ParseTokens(source).Where(word => !word.IsKind(SyntaxKind.EndOfFileToken))];
}
