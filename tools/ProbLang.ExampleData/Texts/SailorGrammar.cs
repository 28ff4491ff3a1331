using System.Text;
using ProbLang.Numerics;

namespace ProbLang.ExampleData.Texts;

/// <summary>A grammar of sentences about a harbour, for a text of which it is known how well it can be foretold.</summary>
public static class SailorGrammar
{
    private static readonly Phrase s_adjective = OneOf((3, "old "), (2, "young "), (2, "quiet "), (1, "tired "), (1, "clever "));

    private static readonly Phrase s_person = new Sequence(
        OneOf((4, "the "), (1, "no "), (2, "every ")),
        new Choice((3, new Words("")), (2, s_adjective)),
        OneOf((3, "sailor"), (2, "captain"), (1, "fisher"), (1, "girl from the island"), (1, "keeper of the light")));

    private static readonly Phrase s_thing = new Sequence(
        OneOf((3, "a "), (2, "the ")),
        OneOf((3, "boat"), (2, "lantern"), (2, "long rope"), (1, "map of the coast"), (1, "bell")));

    private static readonly Phrase s_doing = new Choice(
        (3, new Sequence(OneOf((2, "mended "), (2, "carried "), (1, "painted "), (1, "lost ")), s_thing)),
        (2, new Sequence(OneOf((3, "waited for "), (2, "talked to "), (1, "looked after ")), s_person)),
        (2, OneOf((3, "sang"), (2, "slept"), (1, "went home"))));

    private static readonly Phrase s_when = OneOf((5, ""), (2, " in the morning"), (2, " at night"), (1, " when the tide turned"));

    private static readonly Phrase s_sentence = new Sequence(
        s_person, new Words(" "), s_doing, s_when,
        new Choice(
            (3, new Words("")),
            (1, new Sequence(OneOf((2, ", and "), (1, ", but ")), s_person, new Words(" "), s_doing))),
        new Words(". "));

    /// <summary>The bits a character that no model of the text can go below.</summary>
    public static double BitsPerCharacter => s_sentence.Bits / s_sentence.Length;

    /// <summary>So many characters, sentence after sentence; the last may be cut short.</summary>
    public static string Text(int length, ref Philox source)
    {
        var text = new StringBuilder();
        while (text.Length < length) s_sentence.Say(text, ref source);
        return text.ToString(0, length);
    }

    /// <summary>A sentence.</summary>
    public static string Sentence(ref Philox source)
    {
        var text = new StringBuilder();
        s_sentence.Say(text, ref source);
        return text.ToString();
    }

    /// <summary>In how many ways a sentence may have come about.</summary>
    public static int Derivations(string sentence) => Whole(sentence).Count();

    /// <summary>The log probability of a sentence.</summary>
    public static double LogProbability(string sentence) => Math.Log(Whole(sentence).Sum(r => r.Probability));

    private static IEnumerable<(int End, double Probability)> Whole(string sentence) =>
        s_sentence.Readings(sentence, 0).Where(r => r.End == sentence.Length);

    /// <summary>A character as it stands in a table, where a space or a comma alone would not be seen.</summary>
    internal static string Label(char character) => character switch { ' ' => "_", ',' => "comma", '.' => "stop", _ => character.ToString() };

    private static Choice OneOf(params (double Weight, string Text)[] ways) => new([.. ways.Select(w => (w.Weight, (Phrase)new Words(w.Text)))]);
}
