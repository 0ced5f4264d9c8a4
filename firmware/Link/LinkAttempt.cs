// Owns: the life of one connection attempt: connect, subscribe, send until it ends.
// Must never: decide that it has taken too long, or dispose its client while it still has a keeper to do so.

using System;
using System.Threading;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Link
{
    /// <summary>Run runs on one runner, Release on another, the sink's calls come from the client's threads.</summary>
    internal sealed class LinkAttempt : TransportSink
    {
        private readonly object _gate = new object();
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);

        // One for each attempt: an abandoned client may still read from it.
        private readonly byte[] _buffer = new byte[ContractLimits.MessageBytesMax];
        private readonly LinkSupervisor _owner;
        private readonly int _path;
        private readonly string _will;
        private Transport _transport;
        private bool _closing;
        private bool _failed;
        private bool _answered;
        private bool _granted;
        private int _outstanding;

        public LinkAttempt(LinkSupervisor owner, int generation, int path, string will)
        {
            _owner = owner;
            Generation = generation;
            _path = path;
            _will = will;
        }

        public int Generation { get; }

        /// <summary>Wakes the attempt because there is something to send, or something has changed.</summary>
        public void Wake()
        {
            _wake.Set();
        }

        /// <summary>From now on it ends as soon as its client lets it. Returns the number of messages whose fate is open.</summary>
        public int Close()
        {
            lock (_gate)
            {
                _closing = true;
                int open = _outstanding;
                _outstanding = 0;
                _wake.Set();
                return open;
            }
        }

        /// <summary>
        /// The runner's job: everything that may block. Returns when the attempt is over, with its client not yet disposed.
        /// </summary>
        public void Run()
        {
            try
            {
                Converse();
            }
            catch (Exception e)
            {
                _owner.Add(LinkCount.Exceptions, 1);
                Fail(e.Message);
            }
        }

        /// <summary>The other runner's job: ends the client.</summary>
        public void Release()
        {
            Transport transport;
            lock (_gate)
            {
                transport = _transport;
            }

            if (transport == null)
            {
                return;
            }

            try
            {
                _owner.Add(LinkCount.Disposes, 1);
                transport.Dispose();
            }
            catch (Exception)
            {
                _owner.Add(LinkCount.Exceptions, 1);
            }
        }

        public override void Message(byte[] bytes, int count)
        {
            _owner.Arrived(Generation, bytes, count);
        }

        public override void Subscribed(bool granted)
        {
            lock (_gate)
            {
                _answered = true;
                _granted = granted;
            }

            _wake.Set();
        }

        public override void Published(bool delivered)
        {
            lock (_gate)
            {
                if (_outstanding == 0)
                {
                    // Already counted as open when the attempt was closed, or told twice.
                    return;
                }

                _outstanding--;
            }

            _owner.Add(delivered ? LinkCount.Delivered : LinkCount.NotDelivered, 1);
            _wake.Set();
        }

        public override void Closed(string why)
        {
            Fail(why);
        }

        private void Converse()
        {
            Transport transport = _owner.Make(_path, _will, this);
            lock (_gate)
            {
                _transport = transport;
                if (_closing)
                {
                    return;
                }
            }

            bool connected = transport.Connect();
            if (Over())
            {
                return;
            }

            string down = _owner.DownTopic;
            if (!connected || (down != null && !transport.Subscribe(down)))
            {
                Fail(transport.Fault());
                return;
            }

            while (down != null && !Over() && !Answered())
            {
                _wake.WaitOne(LinkLimits.IdleMs, false);
            }

            if (Over())
            {
                return;
            }

            if (down != null && !_granted)
            {
                Fail("the broker refused the subscription");
                return;
            }

            _owner.Opened(this);
            while (!Over())
            {
                if (!SendNext(transport))
                {
                    _wake.WaitOne(LinkLimits.IdleMs, false);
                }
            }
        }

        /// <summary>Hands one message over. False when there is none or too many are outstanding.</summary>
        private bool SendNext(Transport transport)
        {
            lock (_gate)
            {
                if (_outstanding >= LinkLimits.OutstandingMax)
                {
                    return false;
                }
            }

            LinkLeaf leaf;
            int count = _owner.NextOut(Generation, _buffer, out leaf);
            if (count <= 0)
            {
                return false;
            }

            // Counted before the call: its fate may be told before it returns.
            lock (_gate)
            {
                _outstanding++;
            }

            bool taken = false;
            try
            {
                taken = transport.Publish(_owner.UpTopic(leaf), _buffer, count);
            }
            finally
            {
                if (!taken)
                {
                    Published(false);
                }
            }

            _owner.Add(LinkCount.Handed, 1);
            return true;
        }

        private bool Over()
        {
            lock (_gate)
            {
                return _closing || _failed;
            }
        }

        private bool Answered()
        {
            lock (_gate)
            {
                return _answered;
            }
        }

        private void Fail(string why)
        {
            lock (_gate)
            {
                if (_failed)
                {
                    return;
                }

                _failed = true;
            }

            _owner.Failed(this, why);
            _wake.Set();
        }
    }
}
