using Subot.Domain;
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

    /// <summary>The people and ids that the numbers stand for.</summary>
    public Dimensions Named(Database database, NameRegister names) => new()
    {
        Requester = Requester == 0 ? null : new UserId(names.Name(database, Requester)),
        Responder = Responder == 0 ? null : new UserId(names.Name(database, Responder)),
        Tools = names.Set(database, Tools),
        Labels = names.Set(database, Labels),
        Answers = names.Set(database, Answers),
    };
}
