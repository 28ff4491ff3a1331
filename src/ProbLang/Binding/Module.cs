using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>A file as its own functions see it: the functions of the file and of its imports, and, in the model's own file, the variables.</summary>
internal sealed class Module(bool isModel)
{
    private readonly Dictionary<string, FunctionSite> _functions = [];

    /// <summary>Whether it is the model's own file, whose functions may use its variables.</summary>
    public bool IsModel => isModel;

    /// <summary>Those of the file itself, and those that it imports.</summary>
    public IReadOnlyDictionary<string, FunctionSite> Functions => _functions;

    /// <summary>Those of the file itself.</summary>
    public List<FunctionSite> Own { get; } = [];

    /// <summary>The nets of the file itself, and those that it imports.</summary>
    public Dictionary<string, NetSite> Nets { get; } = [];

    /// <summary>The nets of the file itself.</summary>
    public List<NetSite> OwnNets { get; } = [];

    private Scope Top => Scope.Of(this);

    public FunctionSite? Function(string name) => _functions.GetValueOrDefault(name);

    /// <summary>Takes the functions of the file itself, then those that it imports; a name stands for one of them only.</summary>
    public static Module Of(ModelFile file, bool isModel, IEnumerable<(ImportStatement Statement, Module Module)> imports, BindingDiagnostics report)
    {
        var module = new Module(isModel);
        foreach (var def in file.Statements.OfType<DefStatement>()) module.Declare(def, report);
        foreach (var net in file.Statements.OfType<NetStatement>()) module.Declare(net, report);
        foreach (var (statement, imported) in imports)
        {
            foreach (var function in imported.Own) module.Import(function, statement, report);
            foreach (var net in imported.OwnNets) module.Import(net, statement, report);
        }
        return module;
    }

    private Identifier? Called(string name) => Function(name)?.Statement.Name ?? Nets.GetValueOrDefault(name)?.Statement.Name;

    private void Declare(NetStatement net, BindingDiagnostics report)
    {
        var name = net.Name.Text;
        if (Called(name) is { } first)
        {
            report.DefinedTwice(name, net.Name.Span, first.Span, "rename one of the two");
            return;
        }
        if (ExpressionBinder.IsBuiltIn(name)) report.ShadowsBuiltIn(name, net.Name.Span);
        var site = new NetSite(net, new Net(name, net.Name.Span) { Documentation = net.Documentation }, Top);
        Nets.Add(name, site);
        OwnNets.Add(site);
    }

    private void Import(NetSite net, ImportStatement statement, BindingDiagnostics report)
    {
        var name = net.Statement.Name;
        if (Called(name.Text) is not { } first) Nets.Add(name.Text, net);
        else if (first != name) report.ImportedTwice(name.Text, statement.Path.Span, first.Span, name.Span);
    }

    private void Declare(DefStatement def, BindingDiagnostics report)
    {
        var name = def.Name.Text;
        if (_functions.TryGetValue(name, out var first))
        {
            report.DefinedTwice(name, def.Name.Span, first.Statement.Name.Span, "rename one of the two");
            return;
        }
        if (ExpressionBinder.IsBuiltIn(name)) report.ShadowsBuiltIn(name, def.Name.Span);
        var function = new FunctionSite(def, this);
        foreach (var same in def.Parameters.GroupBy(p => p.Text).Where(g => g.Count() > 1))
        {
            function.IsMistaken = true;
            report.SameParameter(same.Key, same.Last().Span);
        }
        _functions.Add(name, function);
        Own.Add(function);
    }

    private void Import(FunctionSite function, ImportStatement statement, BindingDiagnostics report)
    {
        var name = function.Statement.Name;
        if (Called(name.Text) is not { } first) _functions.Add(name.Text, function);
        else if (first != name) report.ImportedTwice(name.Text, statement.Path.Span, first.Span, name.Span);
    }
}

/// <summary>The files of a model, each after those that it imports.</summary>
internal static class Modules
{
    public static IReadOnlyList<Module> Of(ModelFile file, ImmutableArray<Import> imports, BindingDiagnostics report)
    {
        var modules = new Dictionary<ImportedFile, Module>(ReferenceEqualityComparer.Instance);
        var inOrder = new List<Module>();
        foreach (var import in imports) Add(import.File);
        inOrder.Add(Module.Of(file, isModel: true, imports.Select(i => (i.Statement, modules[i.File])), report));
        return inOrder;

        void Add(ImportedFile imported)
        {
            if (modules.ContainsKey(imported)) return;
            foreach (var import in imported.Imports) Add(import.File);
            var module = Module.Of(imported.File, isModel: false, imported.Imports.Select(i => (i.Statement, modules[i.File])), report);
            modules.Add(imported, module);
            inOrder.Add(module);
        }
    }
}
