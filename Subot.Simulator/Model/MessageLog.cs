namespace Subot.Simulator.Model;

/// <summary>Messages in the order of their timestamps.</summary>
internal sealed class MessageLog
{
    private readonly List<Message> messages = [];

    public int Count => messages.Count;

    public Message this[int index] => messages[index];

    public Message Last => messages[^1];

    public void Add(Message message)
    {
        if (messages.Count == 0 || string.CompareOrdinal(messages[^1].Ts, message.Ts) < 0)
            messages.Add(message);
        else
            messages.Insert(FirstFrom(message.Ts), message);
    }

    public void Remove(Message message)
    {
        var index = FirstFrom(message.Ts);
        if (index < messages.Count && messages[index] == message)
            messages.RemoveAt(index);
    }

    /// <summary>The index of the first message at or after <paramref name="ts"/>; <see cref="Count"/> when there is none.</summary>
    public int FirstFrom(string ts)
    {
        var (low, high) = (0, messages.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(messages[middle].Ts, ts) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The index of the first message after <paramref name="ts"/>; <see cref="Count"/> when there is none.</summary>
    public int FirstAfter(string ts)
    {
        var index = FirstFrom(ts);
        return index < messages.Count && messages[index].Ts == ts ? index + 1 : index;
    }
}
