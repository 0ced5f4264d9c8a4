// Owns: the supervisor as its own threads see it: what an attempt, the keeper and a client's threads report and ask.
// Must never: hold the lock while a client is called.

using System;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Link
{
    /// <content>Every member is called by other threads than the loop's.</content>
    public sealed partial class LinkSupervisor
    {
        /// <summary>What an attempt subscribes to; null = to nothing.</summary>
        internal string DownTopic { get; private set; }

        internal bool ShuttingDown()
        {
            lock (_gate)
            {
                return _shutdown;
            }
        }

        internal void Add(LinkCount counter, int count)
        {
            lock (_gate)
            {
                _counts[(int)counter] += count;
            }
        }

        internal void WakeKeeper()
        {
            _keeper.Wake();
        }

        internal string UpTopic(LinkLeaf leaf)
        {
            return _up[(int)leaf];
        }

        internal Transport Make(int path, string will, TransportSink sink)
        {
            return _factory.Create(path, _willTopic, will, sink);
        }

        internal int NextOut(int generation, byte[] into, out LinkLeaf leaf)
        {
            return _outbox.Take(generation, into, out leaf);
        }

        internal void Arrived(int generation, byte[] bytes, int count)
        {
            if (count < 1 || count > ContractLimits.DownBytesMax)
            {
                Add(LinkCount.Oversize, 1);
                return;
            }

            bool current;
            lock (_gate)
            {
                current = generation == _generation;
            }

            if (current && !_inbox.Put(generation, (LinkLeaf)0, bytes, count))
            {
                Add(LinkCount.InboxFull, 1);
            }
        }

        internal void Opened(LinkAttempt attempt)
        {
            lock (_gate)
            {
                if (_attempt == attempt && _state == LinkState.Opening)
                {
                    _state = LinkState.Open;
                    _counts[(int)LinkCount.Opened]++;
                }
            }
        }

        internal void Failed(LinkAttempt attempt, string why)
        {
            lock (_gate)
            {
                if (_attempt == attempt && (_state == LinkState.Opening || _state == LinkState.Open))
                {
                    Fail(why);
                }
            }
        }

        /// <summary>
        /// The keeper makes the attempt that the loop asked for; null when the loop has changed its mind, or no memory is left.
        /// </summary>
        internal LinkAttempt Take()
        {
            try
            {
                lock (_gate)
                {
                    if (_state != LinkState.Opening || _attempt != null)
                    {
                        return null;
                    }

                    _attempt = new LinkAttempt(this, _generation, _path, _will);
                    return _attempt;
                }
            }
            catch (Exception e)
            {
                CannotBegin(e);
                return null;
            }
        }

        internal void CannotBegin(Exception e)
        {
            lock (_gate)
            {
                _counts[(int)LinkCount.Exceptions]++;
                if (_state == LinkState.Opening)
                {
                    Fail(e.Message);
                }
            }
        }

        /// <summary>What is to be closed; null when nothing was begun.</summary>
        internal LinkAttempt ToClose(out bool closing)
        {
            lock (_gate)
            {
                closing = _state == LinkState.Closing;
                return _attempt;
            }
        }

        /// <summary>The keeper has ended the attempt, or given it up. Idle again, unless too much was given up.</summary>
        internal void Let(bool idle)
        {
            lock (_gate)
            {
                _attempt = null;
                if (idle && _state == LinkState.Closing)
                {
                    _state = LinkState.Idle;
                }
            }
        }

        private void Fail(string why)
        {
            _state = LinkState.Failed;
            _fault = why == null ? "" : why;
            _counts[(int)LinkCount.Failed]++;
        }

        private void Use(TransportFactory factory, Topics topics)
        {
            _factory = factory;
            DownTopic = _probe ? null : topics.Down;
            _willTopic = topics.Offline;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                _up[(int)lane] = topics.Up(lane);
            }

            _up[(int)LinkLeaf.Hello] = topics.Hello;
            _up[(int)LinkLeaf.Heartbeat] = topics.Heartbeat;
            _up[(int)LinkLeaf.Names] = topics.Names;
        }
    }
}
