using System.Globalization;
using Spectre.Console;

namespace Sandbox;

/// <summary>Tells a person what happens: one line per step with a tick and its time; plain text when the output is piped.</summary>
internal sealed class Narrator
{
    private readonly IAnsiConsole console;
    private readonly TimeProvider clock = TimeProvider.System;
    private string? current;
    private long startedAt;

    public Narrator(IAnsiConsole console) => this.console = console;

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
            console.Profile.Width = 1000;
        return console;
    }

    public void Head(string title) => console.MarkupLineInterpolated($"\n[bold]{title}[/]");

    public void Say(string text) => console.MarkupLineInterpolated($"  {text}");

    /// <summary>The step before is done; this one begins.</summary>
    public void Begin(string step)
    {
        Done();
        (current, startedAt) = (step, clock.GetTimestamp());
        if (console.Profile.Out.IsTerminal)
            console.Markup($"  [grey]…[/] {Markup.Escape(step)}");
    }

    /// <param name="seen">What showed that it is done.</param>
    public void Done(string seen = "") => End("[green]✓[/]", seen);

    public void Failed(string why)
    {
        if (current is null)
            Begin("The Sandbox");
        var step = current;
        End("[red]✗[/]", "");
        console.MarkupLineInterpolated($"\n[red]\"{step}\" failed.[/] {why}");
    }

    private void End(string sign, string seen)
    {
        if (current is null)
            return;
        var seconds = clock.GetElapsedTime(startedAt).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var start = console.Profile.Out.IsTerminal ? "\r" : "";
        console.MarkupLine($"{start}  {sign} {Markup.Escape(current)} [grey]({seconds} s)[/] {Markup.Escape(seen)}".TrimEnd());
        current = null;
    }
}
