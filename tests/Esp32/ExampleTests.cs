// Owns: that what a technician copies from firmware/Esp32/example works.
// Must never: repair an example to make it pass.

using System.Text.Json;
using Gateway.Core;
using Gateway.Esp32;
using Gateway.Start;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

public sealed class ExampleTests
{
    [Fact]
    public void The_example_settings_are_right_for_the_board()
    {
        byte[] text = File.ReadAllBytes(Full("settings.txt"));
        SettingsErrors errors = new();
        Core.Settings? settings = SettingsParser.Parse(text, text.Length, CarrierS3.Make().Shape, errors);
        Assert.True(settings is not null, errors.Total > 0 ? errors.Text(0, "settings.txt") : "no settings");
    }

    [Fact]
    public void The_file_deployment_names_the_files_that_the_device_reads()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Full("deploy.json")));
        Assert.False(string.IsNullOrEmpty(json.RootElement.GetProperty("serialport").GetString()));
        string[] files = [.. json.RootElement.GetProperty("files").EnumerateArray()
            .Select(file => file.GetProperty("DestinationFilePath").GetString() ?? "")];
        Assert.Equal([EspFiles.Root + "settings.txt", EspFiles.Root + "station.key"], files);
    }

    [Fact]
    public void The_network_deployment_lets_the_device_join_by_itself()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Full("network.json")));
        Assert.Equal("AutoConnect", json.RootElement.GetProperty("WirelessClient").GetProperty("ConfigurationOption").GetString());
    }

    private static string Full(string name) => Path.Combine(Repository.Root, "firmware/Esp32/example", name);
}
