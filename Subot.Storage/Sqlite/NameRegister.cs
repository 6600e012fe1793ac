namespace Subot.Storage.Sqlite;

/// <summary>Channels and people as small numbers. A number once given is never given to another name; 0 is nobody.</summary>
internal sealed class NameRegister
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _names = [];

    /// <summary>Reads the names that were added since the last time.</summary>
    public void Refresh(Database database)
    {
        var rows = database["SELECT id, value FROM name WHERE id > ?"].Bind(1, _names.Count);
        while (rows.Step())
            Know((int)rows.Integer(0), rows.Text(1));
    }

    /// <summary>The number of a name; 0 if it has none.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name);

    /// <summary>The number of a name; a new name gets one, in the present transaction.</summary>
    public int Number(Database database, string name)
    {
        if (_numbers.TryGetValue(name, out var number))
            return number;
        Refresh(database);
        if (_numbers.TryGetValue(name, out number))
            return number;
        number = _names.Count + 1;
        database["INSERT INTO name(id, value) VALUES(?, ?)"].Bind(1, number).Bind(2, name).Run();
        Know(number, name);
        return number;
    }

    /// <summary>The name of a number.</summary>
    public string Name(int number) => _names[number];

    /// <summary>Forgets everything: a transaction that may have given numbers was rolled back.</summary>
    public void Forget()
    {
        _numbers.Clear();
        _names.Clear();
    }

    private void Know(int number, string name)
    {
        _numbers[name] = number;
        _names[number] = name;
    }
}
