using System.Diagnostics;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

/// <summary>The grammar and the parser accept the same texts, but for what the comments of the grammar say.</summary>
public class EbnfTests
{
    /// <summary>An empty model, `given` of no variable, a call of no name.</summary>
    private static readonly string[] s_inComments = ["GM0101", "GM0116", "GM0118"];

    [Fact]
    public void What_the_grammar_makes_the_parser_reads_and_the_printer_keeps()
    {
        var sentences = new EbnfSentences();
        var kept = 0;
        for (var seed = 0; seed < 6000; seed++)
        {
            var text = Join(sentences.Sentence(seed, 4 + seed % 40), seed);
            var result = Parser.Parse(new SourceText("m.gm", text));
            Assert.True(result.Diagnostics.All(d => s_inComments.Contains(d.Id)), $"seed {seed}:\n{text}\n{string.Join("\n", result.Diagnostics)}");
            if (!result.Success) continue;
            kept++;
            var printed = Parser.Parse(new SourceText("p.gm", Printer.Print(result.File)));
            Assert.True(printed.Success, $"seed {seed}:\n{text}\n{string.Join("\n", printed.Diagnostics)}");
            Assert.Equal(TreeText.Of(result.File), TreeText.Of(printed.File));
        }
        Assert.InRange(kept, 2000, 6000);
        Assert.Empty(EbnfSentences.Ways().Where(way => sentences.Taken.GetValueOrDefault((way.Node, way.Way)) < 5).Select(way => $"{way.Rule} {way.Way} {way.Node}"));
    }

    [Fact]
    public void What_the_printer_writes_is_a_sentence_of_the_grammar()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var text = Printer.Print(new RandomTrees(seed).File());
            Assert.True(EbnfRecogniser.Accepts(text), $"seed {seed}:\n{text}");
        }
    }

    [Fact]
    public void A_text_with_changed_words_is_read_if_and_only_if_the_grammar_makes_it()
    {
        var sentences = new EbnfSentences();
        var (accepted, refused) = (0, 0);
        for (var seed = 0; seed < 6000; seed++)
        {
            var random = new Random(seed);
            var words = sentences.Sentence(seed, 4 + seed % 30);
            for (var changes = random.Next(1, 4); changes > 0; changes--) Change(words, sentences, random);
            var text = Join(words, seed);
            var isSentence = EbnfRecogniser.Accepts(text);
            var result = Parser.Parse(new SourceText("m.gm", text));
            Assert.True(isSentence == result.Diagnostics.All(d => s_inComments.Contains(d.Id)), $"seed {seed}, {(isSentence ? "is" : "is not")} a sentence:\n{text}\n{string.Join("\n", result.Diagnostics)}");
            SpansAreRight(text, result);
            if (isSentence) accepted++;
            else refused++;
        }
        Assert.InRange(accepted, 500, 6000);
        Assert.InRange(refused, 500, 6000);
    }

    [Fact]
    public void A_text_with_changed_characters_is_answered_with_places_in_it()
    {
        var sentences = new EbnfSentences();
        for (var seed = 0; seed < 6000; seed++)
        {
            var random = new Random(seed);
            var text = Join(sentences.Sentence(seed, 4 + seed % 30), seed);
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                var place = random.Next(text.Length + 1);
                var length = Math.Min(random.Next(3), text.Length - place);
                var inserted = random.Next(3) == 0 ? "" : ((char)random.Next(' ', 0x17F)).ToString();
                text = string.Concat(text.AsSpan(0, place), inserted, text.AsSpan(place + length));
            }
            var clock = Stopwatch.StartNew();
            SpansAreRight(text, Parser.Parse(new SourceText("m.gm", text)));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"seed {seed} took {clock.Elapsed}");
        }
    }

    private static void Change(List<string> words, EbnfSentences sentences, Random random)
    {
        if (words.Count == 0) words.Add(EbnfSentences.AnyWord(random));
        var (place, other) = (random.Next(words.Count), random.Next(words.Count));
        switch (random.Next(5))
        {
            case 0:
                words.RemoveAt(place);
                break;
            case 1:
                words.Insert(place, words[other]);
                break;
            case 2:
                (words[place], words[other]) = (words[other], words[place]);
                break;
            case 3:
                words[place] = EbnfSentences.AnyWord(random);
                break;
            default:
                var from = sentences.Sentence(random.Next(), 10);
                words.InsertRange(place, from.Take(random.Next(from.Count + 1)));
                break;
        }
    }

    /// <summary>Lines break in every third text, for what a mistake is may depend on them; what is right may not.</summary>
    private static string Join(List<string> words, int seed)
    {
        var random = new Random(seed);
        return string.Concat(words.Select(word => word + (seed % 3 == 0 && random.Next(4) == 0 ? "\n" : " ")));
    }

    private static void SpansAreRight(string text, ParseResult result)
    {
        var lines = text.Split('\n');
        foreach (var place in result.Diagnostics.SelectMany(d => d.Related.Select(r => r.Location).Append(d.Location!)))
        {
            Assert.InRange(place.Line, 1, lines.Length);
            Assert.InRange(place.Column, 1, lines[place.Line - 1].Length + 1);
            Assert.InRange(place.Length, 1, Math.Max(1, lines[place.Line - 1].Length - place.Column + 1));
        }
    }
}
