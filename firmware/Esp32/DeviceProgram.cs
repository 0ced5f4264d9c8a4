// Owns: the order of a start.
// Must never: hold a rule; what a zone or an output means is Core's.

using System;
using System.Threading;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Link;
using Gateway.Start;
using nanoFramework.Hardware.Esp32;

namespace Gateway.Esp32
{
    /// <summary>The device's program. Its main thread starts everything and then watches over the loop.</summary>
    public static class DeviceProgram
    {
        /// <summary>Does not return.</summary>
        /// <param name="chip">One of <see cref="ChipFamily"/>: boards of another are not known.</param>
        /// <param name="firmware">Shown to the county.</param>
        public static void Run(ChipFamily chip, string firmware)
        {
            RestartNote note = new RestartNote(EspFiles.Root);
            try
            {
                // All that only a start needs goes when it returns: a thread keeps what a method names for as long as that runs.
                Start(chip, note, firmware).Run();
            }
            catch (Exception e)
            {
                Restart.Now(note, "start", e);
            }
        }

        private static MainWatch Start(ChipFamily chip, RestartNote note, string firmware)
        {
            // 1. Outputs to what they were doing before a restart, or off, before anything else can take time or fail. A box that never
            //    ran has no board.
            Board[] boards = BoardList.Of(chip);
            BoardNote which = new BoardNote(EspFiles.Root);
            Board known = which.Read(boards);
            EspFlash flash = new EspFlash(EspFiles.Root, boards[0].FlashBytes);
            Journal before = new Journal(flash);
            before.Peek();
            EspBoard board = known == null ? null : Open(known, StartLevels.Of(before, known.Shape.Name, flash));
            return Start(boards, which, known, board, flash, before, note, firmware);
        }

        private static MainWatch Start(
            Board[] boards, BoardNote which, Board known, EspBoard board, EspFlash flash, Journal before, RestartNote note, string firmware)
        {
            // 2. The service jumper: the gateway does not start, so that the flashing tool has the device to itself.
            if (board != null && board.ServiceJumper())
            {
                StayInService(board, known.Shape);
            }

            // 3. Why this start is, and quiet where nothing is to be shown at once.
            SecureMark mark = new SecureMark(EspFiles.Root, EspClock.NowMs(), StartFacts.InOrder(note.Ordered));
            int quietMs = StartFacts.QuietMs(note.Count, mark.Found, StartLevels.FireIn(before));
            if (quietMs > 0)
            {
                Thread.Sleep(quietMs);
            }

            StartReason reason = StartFacts.Reason(note.Ordered, mark.Froze, known != null && known.Watchdog >= 0, DateTime.UtcNow);
            note.Begun();

            // 4. The drive. The runtime has mounted it; a failed mount has formatted it, and then all below finds it empty.
            TechnicianNotes notes = new TechnicianNotes();
            if (!flash.MakeFolders())
            {
                notes.Add(
                    "drive I", 0, "文件夹无法建立或读出\nfolders that can't be made or read", "可读写的存储\na flash that reads and writes");
            }

            // 5. Settings, and the key apart from them. Without settings nothing but the lamps works; without a key all but the way up.
            BoardShape unnamed = BoardList.ShapeUnnamed(boards);
            SettingsTrial trial = new SettingsTrial(flash, unnamed);
            Settings settings = DriveSettings.Load(EspFiles.Root, trial, notes);
            KeyText key = StationKey.Load(EspFiles.Root, notes);
            TlsFiles tls = TlsFiles.Load(EspFiles.Root, notes);
            if (trial.OnTrial)
            {
                mark.HoldNone();
            }

            Board named = settings == null ? known : BoardList.Named(boards, settings.BoardName);
            if (tls != null && settings != null && !tls.MayUse(named, settings, notes))
            {
                tls = null;
            }

            notes.Save(EspFiles.Root);
            notes.Print();
            if (named == null)
            {
                StayEmpty();
            }

            if (named != known)
            {
                bool noted = which.Write(named, boards);
                if (known != null)
                {
                    if (noted || trial.OnTrial)
                    {
                        Restart.Now(note, StartReason.Asked, "the settings name another board");
                    }

                    // The next start would open the same pins again, and settings of one board drive wrong outputs of another. A trial ends
                    // by its starts.
                    notes.Add(
                        "drive I", 0, "board.txt 写不进，引脚仍是板 " + known.Shape.Name
                            + "\nboard.txt that can't be written, and the pins of board " + known.Shape.Name,
                        "板 " + named.Shape.Name + "，可写的存储\nboard " + named.Shape.Name + " and a drive that takes it");
                    notes.Save(EspFiles.Root);
                    notes.Print();
                    settings = null;
                    named = known;
                }
            }

            if (board == null)
            {
                board = Open(named, 0);
            }
            else if (settings == null || !StartLevels.Fit(before, settings.TextCrc))
            {
                // The levels were another text's after all, which had come by the drive.
                board.AllOff();
            }

            // 6. The time of day: the board's, else the last known one.
            ClockNote clock = new ClockNote(EspFiles.Root);
            long keptMs = clock.Begin(DateTime.UtcNow, board.Time) * 1000;
            long keptAtMs = EspClock.NowMs();

            // 7. The network and the link, each in threads of its own.
            Supervision supervision = new Supervision();
            EspNetwork network = null;
            LinkSupervisor link = null;
            LinkSupervisor probe = null;
            if (settings != null && key != null && tls != null)
            {
                network = new EspNetwork(new NetworkPath[] { new WiredPath(), new WirelessPath() }, settings.TimeServer);
                network.Start();
                Topics topics = new Topics(settings.County, settings.Township, settings.Village, settings.Station);
                link = new LinkSupervisor(MakeClients(settings, key, tls, mark, network, ""), topics);
                if (settings.TwoPaths)
                {
                    probe = LinkSupervisor.Probe(MakeClients(settings, key, tls, mark, network, BrokerName.IdleSuffix), topics);
                }
            }

            // 8. The gateway itself: it reads the log's end, restores the panel and is ready to tick.
            Ports ports = MakePorts(board, named.Shape, flash, key, link, firmware);
            EspDisplay display = settings != null && settings.Display ? board.MakeDisplay() : null;
            ports.Display = display;
            ports.Trial = trial;
            ports.Probe = probe;
            ports.StartReason = reason;
            ports.UtcMs = keptMs == 0 ? 0 : keptMs + EspClock.NowMs() - keptAtMs;
            MainLoop loop = new MainLoop(ports, settings, EspEntropy.NewEpoch(board), EspClock.NowMs());
            board.Use(loop.Settings);
            board.Supervise(supervision);
            string[] log = loop.Configured ? LogReport.Lines(new LogStatus(loop.Log, flash.CapacityBytes())) : new string[0];
            AlarmLoop alarm = new AlarmLoop(
                loop, supervision, note, link, probe, network, flash, trial, display, EspConsolePort.Open(named, board, firmware));
            alarm.Start();
            Console.WriteLine(Greeting(settings, firmware));
            if (trial.OnTrial)
            {
                Console.WriteLine("配置试运行 settings on trial: the county must answer within " + (trial.LimitMs / 1000).ToString() + " s");
            }

            for (int i = 0; i < log.Length; i++)
            {
                Console.WriteLine(log[i]);
            }

            Thread.Sleep(EspLimits.SilentPartsMs);
            if (board.TellSilentParts(notes))
            {
                notes.Save(EspFiles.Root);
                Console.WriteLine(notes.Line(notes.Count - 1));
            }

            return new MainWatch(alarm, loop, note, new ClockSetter(loop.Clock, clock, board.Time, EspClock.NowMs()));
        }

        private static EspBoard Open(Board board, int levels)
        {
            return new EspBoard(board, board.Data < 0 ? null : new EspI2c(board.Data, board.Clock), levels);
        }

        /// <summary>No settings were ever in force, so nobody knows what hangs on which pin: none is driven until the next reset.</summary>
        private static void StayEmpty()
        {
            Console.WriteLine("空箱：没有可用的配置，不驱动任何引脚 no settings: no pin is driven");
            while (true)
            {
                Thread.Sleep(EspLimits.MainSleepMs);
            }
        }

        /// <summary>Power and fault lamp, where the board has them, take turns until the next reset; all else is off.</summary>
        private static void StayInService(EspBoard board, BoardShape shape)
        {
            board.AllOff();
            bool on = false;
            int[] raw = new int[Limits.InputsMax];
            while (true)
            {
                on = !on;
                Show(board, shape.OutputOf[(int)OutputRole.LampPower], on);
                Show(board, shape.OutputOf[(int)OutputRole.LampFault], !on);

                // Parts of a board send with their next step.
                board.ReadInputs(raw);
                Thread.Sleep(EspLimits.MainSleepMs);
            }
        }

        private static void Show(EspBoard board, int output, bool on)
        {
            if (output >= 0)
            {
                board.WriteOutput(output, on);
            }
        }

        private static Ports MakePorts(EspBoard board, BoardShape shape, EspFlash flash, KeyText key, LinkSupervisor link,
            string firmware)
        {
            Ports ports = new Ports();
            ports.Board = board;
            ports.Shape = shape;
            ports.Flash = flash;
            ports.Firmware = firmware;
            if (link != null)
            {
                ports.Link = link;
                ports.Key = new EspMac(key.Key);
            }
            else
            {
                // Nothing is sent, so nothing is ever signed with these zeros that anybody would see.
                ports.Link = new ClosedLink();
                ports.Key = new EspMac(new byte[Mac.KeyBytes]);
            }

            return ports;
        }

        /// <summary>The standby path has an account of its own, by its suffix: both paths may lead to one broker, and a name has
        /// one connection there.</summary>
        private static TransportFactory MakeClients(
            Settings settings, KeyText key, TlsFiles tls, SecureMark mark, EspNetwork network, string suffix)
        {
            LinkAccess access = new LinkAccess();
            for (int path = 0; path < access.Host.Length; path++)
            {
                access.Host[path] = settings.Host[path];
                access.Port[path] = settings.Port[path];
            }

            access.ClientId = BrokerName.Of(settings.Station) + suffix;
            access.User = settings.User.Length == 0 ? null : settings.User + suffix;
            access.Password = key.Password;
            TransportFactory clients = new M2MqttTransportFactory(access, tls.Ca, tls.Client, tls.ClientKey);
            return new NetworkGate(tls.Ca == null ? clients : new SecureGate(clients, mark, access), network);
        }

        private static string Greeting(Settings settings, string firmware)
        {
            string station = settings == null
                ? "未配置 not configured"
                : "st" + settings.Station.ToString() + ", " + settings.ZoneCount.ToString() + " zones";
            return "fire gateway " + firmware + ": " + station;
        }
    }
}
