namespace Subot.Hosting.SettingsFiles;

/// <summary>What differs between two texts: lines that went and came, each under the lines that it is part of by its indentation.</summary>
public static class LineDifference
{
    /// <summary>
    /// Lines that begin with <c>-</c>, <c>+</c>, or a space for what only says where they are. None if the texts are equal.
    /// </summary>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        var all = Merged(Lines(before), Lines(after));
        var shown = new bool[all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Sign == ' ')
                continue;
            shown[i] = true;
            ShowPlace(all, shown, i);
        }

        return [.. all.Where((_, i) => shown[i]).Select(l => $"{l.Sign} {l.Text}")];
    }

    /// <summary>Marks the nearest lines above with less and less indentation.</summary>
    private static void ShowPlace(List<(char Sign, string Text)> all, bool[] shown, int line)
    {
        var indent = Indent(all[line].Text);
        for (var i = line - 1; i >= 0 && indent > 0; i--)
        {
            if (Indent(all[i].Text) >= indent || (all[i].Sign != ' ' && all[i].Sign != all[line].Sign))
                continue;
            indent = Indent(all[i].Text);
            shown[i] = true;
        }
    }

    /// <summary>Both texts in one, with as many common lines as there are.</summary>
    private static List<(char Sign, string Text)> Merged(string[] before, string[] after)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start])
            start++;
        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)])
            end++;

        List<(char, string)> all = [.. before[..start].Select(l => (' ', l))];
        Merge(before[start..^end], after[start..^end], all);
        all.AddRange(before[^end..].Select(l => (' ', l)));
        return all;
    }

    private static void Merge(string[] before, string[] after, List<(char, string)> all)
    {
        // common[i, j]: the most lines that what is left from i and from j on has in common, in order.
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var (left, right) = (0, 0);
        while (left < before.Length || right < after.Length)
        {
            if (left < before.Length && right < after.Length && before[left] == after[right])
            {
                all.Add((' ', before[left++]));
                right++;
            }
            else if (right == after.Length || (left < before.Length && common[left + 1, right] >= common[left, right + 1]))
            {
                all.Add(('-', before[left++]));
            }
            else
            {
                all.Add(('+', after[right++]));
            }
        }
    }

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
