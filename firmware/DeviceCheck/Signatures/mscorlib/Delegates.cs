// Owns: the delegates without type parameters; the generic ones are left out since they crash the device.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

namespace System
{
    public delegate void Action();

    public delegate void AsyncCallback(IAsyncResult ar);

    public delegate void EventHandler(object sender, EventArgs e);

    public class EventArgs
    {
        public static readonly EventArgs Empty;
        public extern EventArgs();
    }
}
