using System.Runtime.ExceptionServices;
using Marten.Exceptions;

namespace Companion.Foundation.Store;

/// <summary>Nobody outside the store has to know Marten's exceptions.</summary>
internal static class MartenFailures
{
    /// <exception cref="ConcurrencyException">A stream moved since it was read, or takes no events any more.</exception>
    /// <exception cref="NewerStoreException">An event is of a type that this version does not know.</exception>
    /// <exception cref="NpgsqlException">As the database reported it.</exception>
    public static async Task<T> TranslatedAsync<T>(this Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (MartenCommandException exception) when (exception.InnerException is NpgsqlException failure)
        {
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
        catch (UnknownEventTypeException exception)
        {
            throw new NewerStoreException($"an event can't be read ({exception.EventTypeName.TrimEnd('.')})", exception);
        }
        catch (Exception exception) when (IsConflict(exception))
        {
            throw new ConcurrencyException(exception);
        }
    }

    /// <inheritdoc cref="TranslatedAsync{T}"/>
    public static Task TranslatedAsync(this Task work) => DoneAsync(work).TranslatedAsync();

    private static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }

    private static bool IsConflict(Exception exception) => exception switch
    {
        JasperFx.ConcurrencyException or ExistingStreamIdCollisionException or InvalidStreamOperationException => true,
        AggregateException several => several.InnerExceptions.All(IsConflict),
        _ => false,
    };
}
