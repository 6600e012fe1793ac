using Subot.Domain.Values;

namespace Subot.Storage.Sqlite;

/// <summary>
/// Channels, people and sets of ids as small numbers: 1, 2, 3 ... A number once given is never given to another name; 0 is nobody, or the
/// empty set. Other processes add names too: what is not known is looked for in the database.
/// </summary>
internal sealed class NameRegister
{
    // The name of a set is its ids, each between two of these.
    private const char Fence = '\n';

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<int> _sets = [];

    /// <summary>How many names are known.</summary>
    public int Count => _names.Count;

    /// <summary>Reads the names that were added since the last time.</summary>
    public void Refresh(Database database)
    {
        using var rows = database["SELECT id, value FROM name WHERE id > ? ORDER BY id"].Bind(1, Count);
        while (rows.Step())
        {
            if (rows.Integer(0) != Count + 1)
                throw Codecs.BlobReader.Damaged();
            Know(rows.Text(1));
        }
    }

    /// <summary>The number of a name; 0 if it has none.</summary>
    public int Find(Database database, string name)
    {
        if (!_numbers.ContainsKey(name))
            Refresh(database);
        return _numbers.GetValueOrDefault(name);
    }

    /// <summary>The number of a name; a new name gets one, in the present transaction.</summary>
    public int Number(Database database, string name)
    {
        if (_numbers.TryGetValue(name, out var number))
            return number;
        number = Find(database, name);
        if (number != 0)
            return number;
        database["INSERT INTO name(id, value) VALUES(?, ?)"].Bind(1, Count + 1).Bind(2, name).Run();
        return Know(name);
    }

    /// <summary>The number of a set of ids, which are in their order; a new set gets one, in the present transaction.</summary>
    public int Number(Database database, ValueList<string> ids) =>
        ids.Count == 0 ? 0 : Number(database, $"{Fence}{string.Join(Fence, ids)}{Fence}");

    /// <summary>The numbers of the sets that contain an id.</summary>
    public IEnumerable<int> SetsWith(Database database, string id)
    {
        Refresh(database);
        return _sets.Where(number => _names[number - 1].Contains($"{Fence}{id}{Fence}", StringComparison.Ordinal));
    }

    /// <summary>The ids of a set.</summary>
    public ValueList<string> Set(Database database, int number)
    {
        if (number == 0)
            return [];
        var name = Name(database, number);
        return IsSet(name) ? [.. name[1..^1].Split(Fence)] : throw Codecs.BlobReader.Damaged();
    }

    /// <summary>The name of a number.</summary>
    public string Name(Database database, long number)
    {
        if (number > Count)
            Refresh(database);
        return number > 0 && number <= Count ? _names[(int)number - 1] : throw Codecs.BlobReader.Damaged();
    }

    /// <summary>Takes a name from its number, which is nobody's then, in the present transaction.</summary>
    public static void Blank(Database database, string name) =>
        // Neither an id nor a set.
        database["UPDATE name SET value = ?2 || id WHERE value = ?1"].Bind(1, name).Bind(2, $"{Fence}").Run();

    /// <summary>Forgets a name that was taken from its number.</summary>
    public void Forget(string name)
    {
        if (_numbers.Remove(name, out var number))
            _names[number - 1] = $"{Fence}{number}";
    }

    /// <summary>Forgets all names but the first: the transaction that may have added the others was rolled back.</summary>
    public void KeepOnly(int count)
    {
        foreach (var name in _names.Skip(count))
            _numbers.Remove(name);
        _names.RemoveRange(count, Count - count);
        _sets.RemoveAll(number => number > count);
    }

    private int Know(string name)
    {
        _names.Add(name);
        _numbers[name] = Count;
        if (IsSet(name))
            _sets.Add(Count);
        return Count;
    }

    private static bool IsSet(string name) => name.Length > 2 && name[0] == Fence && name[^1] == Fence;
}
