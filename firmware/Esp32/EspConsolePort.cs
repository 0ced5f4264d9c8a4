// Owns: the second serial port of the chip, at which the technician's console is.
// Must never: let the loop wait: a thread of its own writes, and the loop only hands over.

using System;
using System.IO.Ports;
using System.Threading;
using Gateway.Core;
using Gateway.Start;
using nanoFramework.Hardware.Esp32;

namespace Gateway.Esp32
{
    /// <summary>COM2 on the pins of the board's file. The first port is the runtime's own.</summary>
    public sealed class EspConsolePort : ConsolePort
    {
        private const string Name = "COM2";

        private readonly SerialPort _port;
        private readonly EspBoard _board;
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly byte[] _out = new byte[ConsoleLimits.SentPerTick];

        /// <summary>Bytes that the thread has to write; it makes them 0, the loop gives others.</summary>
        private int _count;

        private EspConsolePort(SerialPort port, EspBoard board)
        {
            _port = port;
            _board = board;
        }

        /// <summary>Null where the board has no such port, or it can't be opened: the alarm goes on without.</summary>
        public static EspConsolePort Open(Board board, EspBoard pins, string firmware)
        {
            if (board.ConsoleSend < 0 || board.ConsoleReceive < 0)
            {
                return null;
            }

            try
            {
                Configuration.SetPinFunction(board.ConsoleSend, DeviceFunction.COM2_TX);
                Configuration.SetPinFunction(board.ConsoleReceive, DeviceFunction.COM2_RX);
                SerialPort port = new SerialPort(Name, EspLimits.ConsoleBaud);
                port.ReadBufferSize = EspLimits.ConsoleReadBytes;
                port.WriteTimeout = EspLimits.ConsoleWriteMs;
                port.Open();
                EspConsolePort console = new EspConsolePort(port, pins);
                console.Firmware = firmware;
                port.DataReceived += console.Came;
                Thread thread = new Thread(console.Run);
                thread.Priority = ThreadPriority.BelowNormal;
                thread.Start();
                return console;
            }
            catch (Exception e)
            {
                Console.WriteLine("console: " + e.Message);
                return null;
            }
        }

        public override int Read(byte[] into, int max)
        {
            try
            {
                // Before the look, or what comes between the two would wait for the next byte.
                Waits = false;
                int there = _port.BytesToRead;
                int count = there > max ? max : there;
                Waits = there > count;
                return count == 0 ? 0 : _port.Read(into, 0, count);
            }
            catch (Exception)
            {
                return 0;
            }
        }

        public override int Write(byte[] from, int at, int count)
        {
            if (_count != 0)
            {
                return 0;
            }

            count = count > _out.Length ? _out.Length : count;
            Array.Copy(from, at, _out, 0, count);
            _count = count;
            _wake.Set();
            return count;
        }

        public override bool BoxIsOpen()
        {
            return _board.ServiceJumper();
        }

        public override int FreeKb()
        {
            return EspMemory.FreeBytes() >> 10;
        }

        public override int SystemFreeKb()
        {
            return EspMemory.SystemFreeBytes() >> 10;
        }

        private void Came(object sender, SerialDataReceivedEventArgs e)
        {
            Waits = true;
        }

        private void Run()
        {
            while (true)
            {
                _wake.WaitOne();
                try
                {
                    _port.Write(_out, 0, _count);
                }
                catch (Exception)
                {
                    // Nobody takes it: the console drops what waits too long.
                }

                _count = 0;
            }
        }
    }
}
