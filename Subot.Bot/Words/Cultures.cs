using System.Globalization;

namespace Subot.Bot.Words;

/// <summary>
/// Dates and numbers of the bot's languages. They are told here, so that a machine without the data of languages writes them right.
/// </summary>
internal static class Cultures
{
    /// <summary>English.</summary>
    public static CultureInfo English { get; } = MakeEnglish();

    /// <summary>French.</summary>
    public static CultureInfo French { get; } = MakeFrench();

    private static CultureInfo MakeEnglish()
    {
        var english = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        english.NumberFormat.PercentPositivePattern = 1;
        return CultureInfo.ReadOnly(english);
    }

    private static CultureInfo MakeFrench()
    {
        var french = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        string[] months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre", ""];
        var dates = french.DateTimeFormat;
        dates.DayNames = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];
        dates.AbbreviatedDayNames = ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."];
        dates.MonthNames = dates.MonthGenitiveNames = months;
        dates.AbbreviatedMonthNames = dates.AbbreviatedMonthGenitiveNames = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.", ""];
        dates.FirstDayOfWeek = DayOfWeek.Monday;
        var numbers = french.NumberFormat;
        numbers.NumberDecimalSeparator = numbers.PercentDecimalSeparator = ",";
        // A narrow space that does not break.
        numbers.NumberGroupSeparator = numbers.PercentGroupSeparator = "\u202f";
        (numbers.PercentPositivePattern, numbers.PercentSymbol) = (1, "\u202f%");
        return CultureInfo.ReadOnly(french);
    }
}
