namespace Subot.Storage.Sqlite;

/// <summary>
/// Channels and people as small numbers: 1, 2, 3 ... A number once given is never given to another name; 0 is nobody. Other processes
/// add names too: what is not known is looked for in the database.
/// </summary>
internal sealed class NameRegister
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

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

    /// <summary>The name of a number.</summary>
    public string Name(Database database, long number)
    {
        if (number > Count)
            Refresh(database);
        return number > 0 && number <= Count ? _names[(int)number - 1] : throw Codecs.BlobReader.Damaged();
    }

    /// <summary>Forgets all names but the first: the transaction that may have added the others was rolled back.</summary>
    public void KeepOnly(int count)
    {
        foreach (var name in _names.Skip(count))
            _numbers.Remove(name);
        _names.RemoveRange(count, Count - count);
    }

    private int Know(string name)
    {
        _names.Add(name);
        _numbers[name] = Count;
        return Count;
    }
}
