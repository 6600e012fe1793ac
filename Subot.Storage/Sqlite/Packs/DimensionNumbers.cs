using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>The dimensions of a thread as numbers of the register: people, and sets of ids; 0 is nobody, or the empty set.</summary>
internal readonly record struct DimensionNumbers(int Requester, int Responder, int Tools = 0, int Labels = 0, int Answers = 0)
{
    /// <summary>How many dimensions there are.</summary>
    public const int Count = 5;

    /// <summary>The number in a dimension.</summary>
    public int this[NumbersDimension dimension] => dimension switch
    {
        NumbersDimension.Requester => Requester,
        NumbersDimension.Responder => Responder,
        NumbersDimension.Tool => Tools,
        NumbersDimension.Label => Labels,
        _ => Answers,
    };
}
