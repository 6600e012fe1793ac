namespace Subot.Api.Access;

/// <summary>What somebody may do. Each may what the one before may.</summary>
internal enum Role
{
    /// <summary>Everybody, signed in or not.</summary>
    Anyone = 0,

    /// <summary>Looks at numbers and threads.</summary>
    Viewer = 1,

    /// <summary>Corrects threads.</summary>
    Agent = 2,

    /// <summary>Changes settings, sees numbers by person, erases people.</summary>
    Admin = 3,
}
