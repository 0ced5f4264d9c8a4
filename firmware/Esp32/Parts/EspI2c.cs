// Owns: the chip's first I2C bus.
// Must never: let an exception out.

using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace Gateway.Esp32
{
    /// <summary>At 100 kHz, which lines of half a metre in a box bear.</summary>
    public sealed class EspI2c : I2cBus
    {
        private const int Bus = 1;

        public EspI2c(int data, int clock)
        {
            try
            {
                Configuration.SetPinFunction(data, DeviceFunction.I2C1_DATA);
                Configuration.SetPinFunction(clock, DeviceFunction.I2C1_CLOCK);
            }
            catch (Exception)
            {
                // Every transfer then fails, and every part is lost, which is shown.
            }
        }

        public override I2cPort Open(int address)
        {
            I2cDevice device = null;
            try
            {
                device = I2cDevice.Create(new I2cConnectionSettings(Bus, address, I2cBusSpeed.StandardMode));
            }
            catch (Exception)
            {
                // As above.
            }

            return new EspI2cPort(device);
        }
    }

    /// <summary>See <see cref="I2cPort"/>. The library's views and answers are some 100 bytes of garbage a transfer.</summary>
    internal sealed class EspI2cPort : I2cPort
    {
        private readonly I2cDevice _device;

        public EspI2cPort(I2cDevice device)
        {
            _device = device;
        }

        public override bool Write(int count)
        {
            try
            {
                return _device != null && _device.Write(new SpanByte(Out, 0, count)).Status == I2cTransferStatus.FullTransfer;
            }
            catch (Exception)
            {
                return false;
            }
        }

        public override bool Read(int count)
        {
            try
            {
                return _device != null && _device.Read(new SpanByte(In, 0, count)).Status == I2cTransferStatus.FullTransfer;
            }
            catch (Exception)
            {
                return false;
            }
        }

        public override bool WriteRead(int outCount, int inCount)
        {
            try
            {
                I2cTransferResult result = _device == null
                    ? default(I2cTransferResult)
                    : _device.WriteRead(new SpanByte(Out, 0, outCount), new SpanByte(In, 0, inCount));
                return result.Status == I2cTransferStatus.FullTransfer;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
