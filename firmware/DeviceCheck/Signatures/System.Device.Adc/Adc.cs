// Owns: analogue inputs.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

namespace System.Device.Adc
{
    public class AdcChannel : AdcChannelBase, IDisposable
    {
        public override extern int ReadValue();
        public extern void Dispose();
        extern ~AdcChannel();
        internal extern AdcChannel();
    }

    public abstract class AdcChannelBase
    {
        public abstract int ReadValue();
        public extern double ReadRatio();
        public extern AdcController Controller { get; }
        protected extern AdcChannelBase();
    }

    public enum AdcChannelMode
    {
        SingleEnded = 0,
        Differential = 1,
    }

    public class AdcController : AdcControllerBase
    {
        public extern AdcController();
        public override extern int ChannelCount { get; }
        public override extern AdcChannelMode ChannelMode { get; set; }
        public override extern int MaxValue { get; }
        public override extern int MinValue { get; }
        public override extern int ResolutionInBits { get; }
        public override extern bool IsChannelModeSupported(AdcChannelMode channelMode);
        public override extern AdcChannel OpenChannel(int channelNumber);
    }

    public abstract class AdcControllerBase
    {
        public abstract bool IsChannelModeSupported(AdcChannelMode channelMode);
        public abstract AdcChannel OpenChannel(int channelNumber);
        public abstract int ChannelCount { get; }
        public abstract AdcChannelMode ChannelMode { get; set; }
        public abstract int MaxValue { get; }
        public abstract int MinValue { get; }
        public abstract int ResolutionInBits { get; }
        protected extern AdcControllerBase();
    }
}
