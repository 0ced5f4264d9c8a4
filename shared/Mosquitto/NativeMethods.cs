// Owns: the signatures of the functions of libmosquitto 2.0 and libc that the client uses.
// Must never: hold state, and never be visible outside this assembly.

using System.Runtime.InteropServices;

namespace Gateway.Mosquitto;

/// <summary>struct mosquitto_message of mosquitto.h; valid during the callback only.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMessage
{
    public int Mid;
    public byte* Topic;
    public byte* Payload;
    public int PayloadBytes;
    public int Qos;
    public byte Retain;
}

/// <summary>struct pollfd of poll.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public const short In = 0x001;
    public const short Out = 0x004;
    public const short Error = 0x008;
    public const short HangUp = 0x010;

    public int Descriptor;
    public short Asked;
    public short Got;
}

internal static unsafe partial class NativeMethods
{
    public const string Mosquitto = "libmosquitto.so.1";

    private const string C = "libc";

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_lib_init")]
    public static partial int LibInit();

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_lib_version")]
    public static partial int LibVersion(out int major, out int minor, out int revision);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_strerror")]
    public static partial byte* ErrorText(int code);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_connack_string")]
    public static partial byte* ConnackText(int code);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint New(string id, [MarshalAs(UnmanagedType.U1)] bool cleanSession, nint user);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_threaded_set")]
    public static partial int SetThreaded(nint client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_int_option")]
    public static partial int SetOption(nint client, int option, int value);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_max_inflight_messages_set")]
    public static partial int SetInflightMax(nint client, uint count);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetUser(nint client, string? user, string? password);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_will_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetWill(
        nint client, string topic, int bytes, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetTls(nint client, string caFile, string? caPath, string? certFile, string? keyFile, nint passwordCallback);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_connect_callback_set")]
    public static partial void SetOnConnect(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, void> callback);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_disconnect_callback_set")]
    public static partial void SetOnDisconnect(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, void> callback);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_publish_callback_set")]
    public static partial void SetOnPublish(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, void> callback);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_message_callback_set")]
    public static partial void SetOnMessage(nint client, delegate* unmanaged[Cdecl]<nint, nint, NativeMessage*, void> callback);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_subscribe_callback_set")]
    public static partial void SetOnSubscribe(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, void> callback);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_connect_async", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int ConnectAsync(nint client, string host, int port, int keepAliveS);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_disconnect")]
    public static partial int Disconnect(nint client);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_publish", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Publish(
        nint client, out int mid, string topic, int bytes, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_subscribe", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Subscribe(nint client, out int mid, string topic, int qos);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_socket")]
    public static partial int Socket(nint client);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_want_write")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool WantWrite(nint client);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_loop_read", SetLastError = true)]
    public static partial int LoopRead(nint client, int packetsMax);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_loop_write", SetLastError = true)]
    public static partial int LoopWrite(nint client, int packetsMax);

    [LibraryImport(Mosquitto, EntryPoint = "mosquitto_loop_misc", SetLastError = true)]
    public static partial int LoopMisc(nint client);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport(C, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nuint bytes);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* buffer, nuint bytes);

    [LibraryImport(C, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
