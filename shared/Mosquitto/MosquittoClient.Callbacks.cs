// Owns: what the library calls, on the client's thread, and the way from there to the handlers.
// Must never: let an exception out into the library's C code, or call a handler once Dispose was called.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Mosquitto;

public sealed unsafe partial class MosquittoClient
{
    private static MosquittoClient Of(nint user) => (MosquittoClient)GCHandle.FromIntPtr(user).Target!;

    private bool Silent()
    {
        lock (_gate)
        {
            return _disposed;
        }
    }

    /// <summary>Calls a handler; what it throws must not reach the library's C code.</summary>
    private void Guard(Action handler)
    {
        try
        {
            handler();
        }
        catch (Exception e)
        {
            End(new MosquittoReason(MosquittoEnd.Handler, 0, $"a handler threw {e.GetType().Name}: {e.Message}"));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint native, nint user, int code)
    {
        MosquittoClient me = Of(user);
        if (me.Silent())
        {
            return;
        }

        if (code != MosquittoLibrary.ErrSuccess)
        {
            me.End(new MosquittoReason(MosquittoEnd.Refused, code, MosquittoLibrary.ConnackText(code)));
        }
        else
        {
            lock (me._gate)
            {
                me._connected = me._wasConnected = me._end.Ok;
            }

            me._settled.Set();
        }

        me.Guard(() => me.Connected?.Invoke(code));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint native, nint user, int code)
    {
        // Only to keep errno: the loop hears of the end by the code of the call that it made.
        Of(user)._errno = code == MosquittoLibrary.ErrErrno ? Marshal.GetLastSystemError() : 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint native, nint user, int mid)
    {
        MosquittoClient me = Of(user);
        Interlocked.Decrement(ref me._outstanding);
        if (!me.Silent())
        {
            me.Guard(() => me.Published?.Invoke(mid));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint native, nint user, NativeMessage* message)
    {
        MosquittoClient me = Of(user);
        MosquittoMessageHandler? handler = me.Message;
        if (handler is null || me.Silent())
        {
            return;
        }

        try
        {
            string topic = Marshal.PtrToStringUTF8((nint)message->Topic) ?? "";
            handler(topic, new ReadOnlySpan<byte>(message->Payload, message->PayloadBytes));
        }
        catch (Exception e)
        {
            me.End(new MosquittoReason(MosquittoEnd.Handler, 0, $"a handler threw {e.GetType().Name}: {e.Message}"));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint native, nint user, int mid, int count, int* granted)
    {
        MosquittoClient me = Of(user);
        bool all = count > 0;
        for (int i = 0; i < count; i++)
        {
            all &= granted[i] is 0 or 1 or 2;
        }

        if (!me.Silent())
        {
            me.Guard(() => me.Subscribed?.Invoke(mid, all));
        }
    }
}
