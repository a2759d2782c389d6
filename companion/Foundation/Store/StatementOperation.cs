using System.Data.Common;
using Marten.Storage;
using Weasel.Core;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace Companion.Foundation.Store;

/// <summary>A statement of ours in the batch of a Marten session; it must return no rows.</summary>
internal sealed class StatementOperation(Statement statement) : IStorageOperation, NoDataReturnedCall
{
    public Type DocumentType => typeof(StorageFeatures);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session) => statement.AppendTo(builder);

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}

/// <summary>An insert, update or delete of ours in the batch of a Marten session that must touch exactly so many rows.</summary>
internal sealed class GuardedOperation(Statement statement, int expected) : IStorageOperation
{
    public Type DocumentType => typeof(StorageFeatures);

    /// <summary>Once it has run.</summary>
    public bool IsMet { get; private set; }

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        statement.AppendTo(builder);
        builder.Append(" returning 1");
    }

    public async Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token)
    {
        var rows = 0;
        while (await reader.ReadAsync(token))
        {
            rows++;
        }

        IsMet = rows == expected;
    }
}
