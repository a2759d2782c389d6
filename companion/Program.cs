using Companion.Host.CommandLine;

return await new CompanionCommandLine(Console.Out, Console.Error).RunAsync(args);
