// Owns: a stand-in for the chip's pins and its converter.
// Must never: be kinder than the chip: a pin that is opened as an output is low until it is written.

using System;
using System.Collections.Generic;

namespace System.Device.Gpio
{
    /// <summary>The chip's pins, of one test's thread. They keep their levels while a program ends and another begins.</summary>
    public static class ChipPins
    {
        [ThreadStatic]
        private static Dictionary<int, bool> s_high;

        [ThreadStatic]
        private static List<string> s_story;

        /// <summary>Every level that a pin was given, in order: "11=1".</summary>
        public static List<string> Story
        {
            get { return s_story ??= new List<string>(); }
        }

        /// <summary>Counts of the converter's channels.</summary>
        public static Func<int, int> Counts { get; set; } = channel => 2180;

        private static Dictionary<int, bool> Levels
        {
            get { return s_high ??= new Dictionary<int, bool>(); }
        }

        /// <summary>As after power came: nothing is driven, and pull-ups hold the inputs.</summary>
        public static void Reset()
        {
            Levels.Clear();
            Story.Clear();
        }

        public static bool IsHigh(int pin)
        {
            return Levels.TryGetValue(pin, out bool high) && high;
        }

        /// <summary>From outside for an input, from the program for an output.</summary>
        public static void Set(int pin, bool high)
        {
            Levels[pin] = high;
        }

        internal static void Drive(int pin, bool high)
        {
            Levels[pin] = high;
            Story.Add(pin + (high ? "=1" : "=0"));
        }
    }

    public enum PinMode
    {
        Input = 0,
        InputPullUp = 2,
        Output = 3,
    }

    public readonly struct PinValue
    {
        private readonly bool _high;

        private PinValue(bool high)
        {
            _high = high;
        }

        public static PinValue High
        {
            get { return new PinValue(true); }
        }

        public static PinValue Low
        {
            get { return new PinValue(false); }
        }

        public static explicit operator bool(PinValue value)
        {
            return value._high;
        }

        public static implicit operator PinValue(bool high)
        {
            return new PinValue(high);
        }
    }

    public sealed class GpioController
    {
        public GpioPin OpenPin(int pin, PinMode mode)
        {
            if (mode == PinMode.Output)
            {
                ChipPins.Drive(pin, false);
            }
            else
            {
                ChipPins.Set(pin, mode == PinMode.InputPullUp);
            }

            return new GpioPin(pin);
        }
    }

    public sealed class GpioPin
    {
        private readonly int _pin;

        internal GpioPin(int pin)
        {
            _pin = pin;
        }

        public PinValue Read()
        {
            return ChipPins.IsHigh(_pin);
        }

        public void Write(PinValue value)
        {
            ChipPins.Drive(_pin, (bool)value);
        }

        public void Toggle()
        {
            ChipPins.Drive(_pin, !ChipPins.IsHigh(_pin));
        }
    }
}

namespace System.Device.Adc
{
    public sealed class AdcController
    {
        public AdcChannel OpenChannel(int channel)
        {
            return new AdcChannel(channel);
        }
    }

    public sealed class AdcChannel
    {
        private readonly int _channel;

        internal AdcChannel(int channel)
        {
            _channel = channel;
        }

        public int ReadValue()
        {
            return Gpio.ChipPins.Counts(_channel);
        }
    }
}
