using System.Collections.Frozen;
using Subot.Storage;

namespace Subot.Api.Compatible;

/// <summary>People as the first Subot told them.</summary>
internal static class UserShapes
{
    // The program runs without ICU, and so without normalization.
    private const string Accented = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿĀāĂăĄąĆćČčĎďĒēĖėĘęĚěĞğĪīĮįİıŁłŃńŇňŌōŐőŘřŚśŞşŠšŤťŪūŮůŰűŹźŻżŽžŸ";
    private const string Plain = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyyAaAaAaCcCcDdEeEeEeEeGgIiIiIiLlNnNnOoOoRrSsSsSsTtUuUuUuZzZzZzY";

    private static readonly FrozenDictionary<char, char> s_plain = Accented.Zip(Plain).ToFrozenDictionary(c => c.First, c => c.Second);
    private static readonly UserShape s_nobody = new("", "", new ProfileShape());

    /// <summary>Somebody; of whom nothing is known, everything is empty.</summary>
    public static UserShape Of(Person? person) => person is null ? s_nobody : new UserShape(person.Id.Value, person.Name, new ProfileShape
    {
        Email = person.Email,
        Image32 = person.Image32,
        Image512 = person.Image512,
        RealName = person.RealName,
        LastName = person.LastName,
        FirstName = person.FirstName,
        DisplayName = person.DisplayName,
        RealNameNormalized = WithoutAccents(person.RealName),
        DisplayNameNormalized = WithoutAccents(person.DisplayName),
    });

    private static string WithoutAccents(string name) => string.Concat(name.Select(c => s_plain.GetValueOrDefault(c, c)));
}
