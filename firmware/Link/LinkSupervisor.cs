// Owns: the link as the loop sees it: state, both queues, counters; every call returns at once.
// Must never: call the client from the loop's thread, allocate in a quiet call, or start an attempt by itself.

using System;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Link
{
    /// <summary>
    /// Drives one <see cref="Transport"/> after another with three threads: the keeper, which calls no client and therefore always moves,
    /// and two runners, which make the client's calls. A runner that its client does not give back is abandoned and replaced, up to
    /// <see cref="LinkLimits.AbandonedMax"/>. The members are for one thread, the loop's; the other threads work behind them.
    /// </summary>
    public sealed partial class LinkSupervisor : LinkPort
    {
        private readonly object _gate = new object();
        private readonly int[] _counts = new int[LinkLimits.Counters];
        private readonly string[] _up = new string[(int)LinkLeaf.Names + 1];
        private readonly MessageQueue _outbox;
        private readonly MessageQueue _inbox;
        private readonly LinkKeeper _keeper;
        private TransportFactory _factory;
        private string _willTopic;
        private LinkAttempt _attempt;
        private string _fault = "";
        private string _will;
        private int _path;
        private int _generation;
        private readonly bool _probe;
        private LinkState _state;
        private bool _shutdown;

        /// <param name="factory">Makes the client of each attempt.</param>
        /// <param name="topics">The station's topics.</param>
        public LinkSupervisor(TransportFactory factory, Topics topics)
            : this(factory, topics, LinkLimits.KeeperStepMs, false)
        {
        }

        /// <summary>With a faster clock, so that tests need not wait.</summary>
        internal LinkSupervisor(TransportFactory factory, Topics topics, int keeperStepMs)
            : this(factory, topics, keeperStepMs, false)
        {
        }

        private LinkSupervisor(TransportFactory factory, Topics topics, int keeperStepMs, bool probe)
        {
            _probe = probe;
            _outbox = new MessageQueue(probe ? 0 : LinkLimits.OutboxSlots, probe ? 0 : LinkLimits.OutboxBytes);
            _inbox = new MessageQueue(probe ? 0 : LinkLimits.InboxSlots, probe ? 0 : LinkLimits.InboxBytes);
            Use(factory, topics);
            _keeper = new LinkKeeper(this, keeperStepMs);
        }

        /// <summary>
        /// One that only tries whether a broker can be reached: it has no room for messages, either way, and asks for none, since its
        /// account may not hear.
        /// </summary>
        /// <param name="factory">Makes clients with another name than the link's own, or each would end the other's connection.</param>
        /// <param name="topics">The station's topics.</param>
        public static LinkSupervisor Probe(TransportFactory factory, Topics topics)
        {
            return new LinkSupervisor(factory, topics, LinkLimits.KeeperStepMs, true);
        }

        /// <summary>Changes broker or station, for settings on trial. Only in Idle; false otherwise.</summary>
        public bool Configure(TransportFactory factory, Topics topics)
        {
            lock (_gate)
            {
                if (_state != LinkState.Idle)
                {
                    return false;
                }

                Use(factory, topics);
                return true;
            }
        }

        public override LinkState State()
        {
            lock (_gate)
            {
                return _state;
            }
        }

        public override void Open(int path, string will)
        {
            lock (_gate)
            {
                if (_state != LinkState.Idle || _shutdown)
                {
                    return;
                }

                _generation++;
                _path = path;
                _will = will;
                _state = LinkState.Opening;
                _inbox.Renew(_generation);
                _outbox.Renew(_generation);
                _counts[(int)LinkCount.Attempts]++;
            }

            _keeper.Wake();
        }

        public override void Close()
        {
            lock (_gate)
            {
                if (_state == LinkState.Idle || _state == LinkState.Closing)
                {
                    return;
                }

                _state = LinkState.Closing;

                // A late message of the closed connection finds another generation.
                _generation++;
                _counts[(int)LinkCount.OutboxDropped] += _outbox.Renew(_generation);
                _inbox.Renew(_generation);
            }

            _keeper.Wake();
        }

        public override bool Send(LinkLeaf leaf, byte[] message, int count)
        {
            LinkAttempt attempt;
            lock (_gate)
            {
                if ((int)leaf >= _up.Length || count < 1 || count > ContractLimits.MessageBytesMax || count > message.Length)
                {
                    _counts[(int)LinkCount.SendWrong]++;
                    return false;
                }

                if (_state != LinkState.Open || !_outbox.Put(_generation, leaf, message, count))
                {
                    return false;
                }

                attempt = _attempt;
            }

            attempt.Wake();
            return true;
        }

        /// <remarks>
        /// <paramref name="into"/> should have <see cref="ContractLimits.DownBytesMax"/> bytes; what does not fit is dropped.
        /// </remarks>
        public override int Receive(byte[] into)
        {
            LinkLeaf leaf;
            int count = _inbox.Take(_generation, into, out leaf);
            if (count == 0)
            {
                return 0;
            }

            Add(count > 0 ? LinkCount.Received : LinkCount.Oversize, 1);
            return count > 0 ? count : 0;
        }

        /// <summary>One of <see cref="LinkCount"/>, since the start; wraps after 2^31.</summary>
        public int Count(LinkCount which)
        {
            lock (_gate)
            {
                return _counts[(int)which];
            }
        }

        /// <summary>
        /// Rises at least once a second, whatever the network and the client do. When it stands still the device no longer schedules its
        /// threads: stop feeding the watchdog.
        /// </summary>
        public int Progress()
        {
            return _keeper.Progress();
        }

        /// <summary>
        /// True when as many threads are abandoned as may be: the state stays Closing until one comes back. Restart the device in order.
        /// </summary>
        public bool Stuck()
        {
            return _keeper.Stuck();
        }

        /// <summary>Threads alive: the keeper, runners and abandoned ones.</summary>
        public int Threads()
        {
            return _keeper.Threads();
        }

        /// <summary>Why the last attempt failed, for a technician; empty when none has. The code behind it decides nothing.</summary>
        public string Fault()
        {
            lock (_gate)
            {
                return _fault;
            }
        }

        /// <summary>
        /// Ends the link and its threads for good; for a program that ends, since a device never stops. Returns at once, see
        /// <see cref="Ended"/>.
        /// </summary>
        public void Shutdown()
        {
            lock (_gate)
            {
                _shutdown = true;
            }

            Close();
            _keeper.Wake();
        }

        /// <summary>True after <see cref="Shutdown"/> when no thread is left but abandoned ones.</summary>
        public bool Ended()
        {
            return _keeper.Ended();
        }
    }
}
