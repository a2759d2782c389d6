using System.Globalization;
using Spectre.Console;

namespace Sandbox;

/// <summary>Tells a person what happens: one line per step with a tick and its time; plain text when the output is piped.</summary>
internal sealed class Narrator
{
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _clock = TimeProvider.System;
    private string? _current;
    private long _startedAt;

    public Narrator(IAnsiConsole console) => _console = console;

    /// <summary>Colours and a moving line for a person; plain lines of any length for a pipe.</summary>
    public static IAnsiConsole Console()
    {
        var piped = System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = piped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = piped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (piped)
        {
            console.Profile.Width = 1000;
        }

        return console;
    }

    public void Head(string title) => _console.MarkupLineInterpolated($"\n[bold]{title}[/]");

    public void Say(string text) => _console.MarkupLineInterpolated($"  {text}");

    public void Show(Table table) => _console.Write(table.Border(TableBorder.Simple));

    /// <summary>The step before is done; this one begins.</summary>
    public void Begin(string step)
    {
        Done();
        (_current, _startedAt) = (step, _clock.GetTimestamp());
        if (_console.Profile.Out.IsTerminal)
        {
            _console.Markup($"  [grey]…[/] {Markup.Escape(step)}");
        }
    }

    /// <param name="seen">What showed that it is done.</param>
    public void Done(string seen = "") => End("[green]✓[/]", seen);

    public void Failed(string why)
    {
        var what = _current is null ? "" : $"\"{_current}\" failed. ";
        End("[red]✗[/]", "");
        _console.MarkupLineInterpolated($"\n[red]{what}[/]{why}");
    }

    private void End(string sign, string seen)
    {
        if (_current is null)
        {
            return;
        }

        var seconds = _clock.GetElapsedTime(_startedAt).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var start = _console.Profile.Out.IsTerminal ? "\r" : "";
        _console.MarkupLine($"{start}  {sign} {Markup.Escape(_current)} [grey]({seconds} s)[/] {Markup.Escape(seen)}".TrimEnd());
        _current = null;
    }
}
