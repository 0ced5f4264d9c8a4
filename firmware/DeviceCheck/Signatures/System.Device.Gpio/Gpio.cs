// Owns: pins.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

using nanoFramework.Runtime.Events;

namespace System.Device.Gpio
{
    public sealed class GpioController : IDisposable
    {
        public extern GpioController();
        public extern GpioController(PinNumberingScheme numberingScheme);
        public extern PinNumberingScheme NumberingScheme { get; }
        public extern int PinCount { get; }
        public extern GpioPin OpenPin(int pinNumber);
        public extern GpioPin OpenPin(int pinNumber, PinMode mode);
        public extern void ClosePin(int pinNumber);
        public extern void Dispose();
        public extern PinMode GetPinMode(int pinNumber);
        public extern bool IsPinModeSupported(int pinNumber, PinMode mode);
        public extern bool IsPinOpen(int pinNumber);
        public extern PinValue Read(int pinNumber);
        public extern void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback);
        public extern void SetPinMode(int pinNumber, PinMode mode);
        public extern void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback);
        public extern void Write(int pinNumber, PinValue value);
    }

    public sealed class GpioPin : IDisposable
    {
        public extern TimeSpan DebounceTimeout { get; set; }
        public extern int PinNumber { get; }
        public extern PinMode GetPinMode();
        public extern bool IsPinModeSupported(PinMode pinMode);
        public extern void SetPinMode(PinMode value);
        public extern PinValue Read();
        public extern void Write(PinValue value);
        public extern void Toggle();
        extern ~GpioPin();
        public extern void Dispose();
        public extern event PinValueChangedEventHandler ValueChanged;
        internal extern GpioPin();
    }

    public delegate void PinChangeEventHandler(object sender, PinValueChangedEventArgs pinValueChangedEventArgs);

    [Flags]
    public enum PinEventTypes
    {
        None = 0,
        Rising = 1,
        Falling = 2,
    }

    public enum PinMode
    {
        Input = 0,
        InputPullDown = 1,
        InputPullUp = 2,
        Output = 3,
        OutputOpenDrain = 4,
        OutputOpenDrainPullUp = 5,
        OutputOpenSource = 6,
        OutputOpenSourcePullDown = 7,
    }

    public enum PinNumberingScheme
    {
        Logical = 0,
        Board = 1,
    }

    public readonly struct PinValue
    {
        private readonly int _held;
        public static extern PinValue High { get; }
        public static extern PinValue Low { get; }
        public static extern implicit operator PinValue(int value);
        public static extern implicit operator PinValue(bool value);
        public static extern explicit operator byte(PinValue value);
        public static extern explicit operator int(PinValue value);
        public static extern explicit operator bool(PinValue value);
        public extern bool Equals(PinValue other);
        public override extern bool Equals(object obj);
        public static extern bool operator ==(PinValue a, PinValue b);
        public static extern bool operator !=(PinValue a, PinValue b);
        public override extern int GetHashCode();
        public override extern string ToString();
    }

    public class PinValueChangedEventArgs : BaseEvent
    {
        public extern PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber);
        public extern PinEventTypes ChangeType { get; }
        public extern int PinNumber { get; }
    }

    public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);

    public readonly struct PinValuePair
    {
        private readonly int _held;
        public extern int PinNumber { get; }
        public extern PinValue PinValue { get; }
        public extern PinValuePair(int pinNumber, PinValue pinValue);
        public extern void Deconstruct(out int pinNumber, out PinValue pinValue);
    }

    public struct WaitForEventResult
    {
        private int _held;
        public PinEventTypes EventTypes;
        public bool TimedOut;
    }
}
