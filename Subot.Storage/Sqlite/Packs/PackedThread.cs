using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>A contribution and its people, who are numbers of the register; 0 is nobody.</summary>
internal readonly record struct PackedThread(Contribution Contribution, int Requester, int Responder);
