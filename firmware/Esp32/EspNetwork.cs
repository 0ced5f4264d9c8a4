// Owns: the thread that brings the network up and says whether there is an address.
// Must never: be waited for; the alarm works without it.

using System;
using System.Threading;
using nanoFramework.Networking;

namespace Gateway.Esp32
{
    /// <summary>
    /// Goes over the paths in their order while none has an address: the cable first, and the radio while the cable gives none. A path that
    /// throws is one without an address.
    /// </summary>
    public sealed class EspNetwork
    {
        private readonly NetworkPath[] _paths;
        private readonly string _timeServer;
        private bool _timed;
        private bool _up;
        private int _progress;
        private string _fault = "";

        /// <param name="paths">In the order in which they are tried.</param>
        /// <param name="timeServer">Empty = the one of the firmware image.</param>
        public EspNetwork(NetworkPath[] paths, string timeServer)
        {
            _paths = paths;
            _timeServer = timeServer;
        }

        /// <summary>True while an interface has an address. Read by other threads; a late look does no harm.</summary>
        public bool Up
        {
            get { return _up; }
        }

        /// <summary>Moves with every look.</summary>
        public int Progress
        {
            get { return _progress; }
        }

        /// <summary>Why there is no address, for a technician; empty when nothing is known.</summary>
        public string Fault
        {
            get { return _fault; }
        }

        public void Start()
        {
            Thread thread = new Thread(Run);
            thread.Start();
        }

        /// <summary>One look; takes as long as the paths take.</summary>
        public void Step()
        {
            _progress++;
            bool up = AnyAddress();
            bool present = false;
            for (int i = 0; i < _paths.Length && !up; i++)
            {
                _up = false;
                up = Try(_paths[i], ref present);
            }

            _up = up;
            if (!up && !present)
            {
                _fault = "the firmware image has no network interface";
            }

            SetTimeServer();
        }

        private void Run()
        {
            while (true)
            {
                Step();
                Thread.Sleep(_up ? EspLimits.NetworkUpLookMs : EspLimits.NetworkLookMs);
            }
        }

        private bool AnyAddress()
        {
            for (int i = 0; i < _paths.Length; i++)
            {
                try
                {
                    if (_paths[i].HasAddress())
                    {
                        return true;
                    }
                }
                catch (Exception e)
                {
                    _fault = e.Message;
                }
            }

            return false;
        }

        private bool Try(NetworkPath path, ref bool present)
        {
            try
            {
                if (!path.Present())
                {
                    return false;
                }

                present = true;
                path.BringUp();
                _fault = path.Fault;
                return path.HasAddress();
            }
            catch (Exception e)
            {
                _fault = e.Message;
                return false;
            }
        }

        /// <summary>The runtime starts with its own servers as soon as there is an address, so ours is named after that, once.</summary>
        private void SetTimeServer()
        {
            if (_up && !_timed && _timeServer.Length > 0)
            {
                // Not tried again: without a time server the gateway works on.
                _timed = true;
                try
                {
                    Sntp.Stop();
                    Sntp.Server1 = _timeServer;
                    Sntp.Server2 = _timeServer;
                    Sntp.Start();
                }
                catch (Exception e)
                {
                    _fault = "time server: " + e.Message;
                }
            }
        }
    }
}
