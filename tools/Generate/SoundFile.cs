// Owns: a pattern of siren or buzzer as a sound that a person can hear: RIFF WAVE, 16 bits, one channel.
// Must never: have a pattern's times of its own; the mask that the box plays says when it sounds.

using System.Buffers.Binary;
using System.Text;
using Gateway.Core;

namespace Gateway.Tests.Wire;

internal static class SoundFile
{
    public const int HeadBytes = 44;
    public const int SamplesPerS = 8000;

    /// <summary>One round of all patterns.</summary>
    public const int LengthMs = Patterns.RoundSlots * Limits.PatternSlotMs;

    // The pitch of a piezo buzzer; the box switches one on and off, and gives no pitch itself.
    private const double PitchHz = 2700;
    private const double Loudness = 0.5;

    public static byte[] Of(Pattern pattern)
    {
        const int Samples = SamplesPerS * LengthMs / 1000;
        byte[] file = new byte[HeadBytes + (Samples * 2)];
        Encoding.ASCII.GetBytes("RIFF").CopyTo(file, 0);
        Put(file, 4, file.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(file, 8);
        Put(file, 16, 16);
        Put(file, 20, 1 | (1 << 16));
        Put(file, 24, SamplesPerS);
        Put(file, 28, SamplesPerS * 2);
        Put(file, 32, 2 | (16 << 16));
        Encoding.ASCII.GetBytes("data").CopyTo(file, 36);
        Put(file, HeadBytes - 4, Samples * 2);
        for (int n = 0; n < Samples; n++)
        {
            bool on = Patterns.IsOn(pattern, n * 1000 / SamplesPerS / Limits.PatternSlotMs);
            double wave = on ? Math.Sin(2 * Math.PI * PitchHz * n / SamplesPerS) * Loudness : 0;
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeadBytes + (n * 2)), (short)(wave * short.MaxValue));
        }

        return file;
    }

    /// <summary>A file for each pattern that siren and buzzer have.</summary>
    public static void WriteAll(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (Pattern pattern in Enum.GetValues<Pattern>())
        {
            if (pattern is not (Pattern.Off or Pattern.On or Pattern.Flash or Pattern.Blink))
            {
                string path = Path.Combine(folder, Patterns.Names()[(int)pattern] + ".wav");
                File.WriteAllBytes(path, Of(pattern));
                Console.WriteLine(path);
            }
        }
    }

    private static void Put(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}
