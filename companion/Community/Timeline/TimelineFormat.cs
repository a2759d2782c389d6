using CsvHelper;

namespace Companion.Community.Timeline;

/// <summary>How an export is written down. Both formats have the members of the API's entries and last the cursor.</summary>
internal abstract class TimelineFormat
{
    public static TimelineFormat Csv { get; } = new CsvFormat();

    public static TimelineFormat Ndjson { get; } = new NdjsonFormat();

    public abstract string MediaType { get; }

    public abstract string FileName { get; }

    /// <summary>A page in memory at a time; every page is written out as a whole.</summary>
    public async Task WriteAsync(TextWriter output, IAsyncEnumerable<IReadOnlyList<TimelineRow>> pages, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Header().AsMemory(), cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            await output.WriteAsync(Lines(page).AsMemory(), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
    }

    protected abstract string Header();

    protected abstract string Lines(IReadOnlyList<TimelineRow> rows);

    /// <summary>RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    private sealed class CsvFormat : TimelineFormat
    {
        private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

        public override string MediaType => "text/csv; charset=utf-8";

        public override string FileName => "timeline.csv";

        protected override string Header() =>
            Write([["id", "kind", "type", "at", "actor", "account", "inviter", "inviteId", "detail", "contact", "cursor"]]);

        protected override string Lines(IReadOnlyList<TimelineRow> rows) => Write(rows.Select(row => (string?[])
        [
            row.Line.Id.ToString(CultureInfo.InvariantCulture),
            row.Line.Kind,
            row.Line.Type,
            row.Line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            row.Line.Actor,
            row.Line.Account,
            row.Line.Inviter,
            row.Line.InviteId?.ToString(),
            row.Line.Detail,
            row.Line.Contact,
            row.Position.ToString(),
        ]));

        private static string Write(IEnumerable<string?[]> records)
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            using (var csv = CsvWriter.Create(text, Options, leaveOpen: true))
            {
                foreach (var record in records)
                {
                    csv.WriteRecord(record);
                }
            }

            return text.ToString();
        }
    }

    private sealed class NdjsonFormat : TimelineFormat
    {
        public override string MediaType => "application/x-ndjson";

        public override string FileName => "timeline.ndjson";

        protected override string Header() => "";

        protected override string Lines(IReadOnlyList<TimelineRow> rows) => string.Concat(rows.Select(row =>
        {
            var line = JsonSerializer.SerializeToNode(row.Line, TimelineJson.Default.TimelineLine)!.AsObject();
            line["cursor"] = row.Position.ToString();
            return $"{line.ToJsonString()}\n";
        }));
    }
}
