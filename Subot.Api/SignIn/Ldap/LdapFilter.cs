using System.Text;

namespace Subot.Api.SignIn.Ldap;

/// <summary>Search filters of directories (RFC 4515).</summary>
internal static class LdapFilter
{
    /// <summary>Entries that a filter lets through and whose attribute is this value, and nothing but it.</summary>
    public static string Where(string filter, string attribute, string value) => $"(&{filter}({attribute}={Escape(value)}))";

    /// <summary>A value in which nothing means anything: all but plain letters, digits and a few signs is written by its bytes.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'@')
                text.Append((char)b);
            else
                text.Append($"\\{b:x2}");
        }

        return text.ToString();
    }
}
