using System.Reflection;
using System.Xml.Linq;

namespace SagaOrchestrator.Architecture.Tests;

/// <summary>What other teams refer to.</summary>
internal static class Packages
{
    /// <summary>Every package with an assembly, by its name.</summary>
    public static IEnumerable<string> All() =>
        Directory
            .EnumerateFiles(Path.Combine(Clone.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => XDocument.Load(project).Descendants("IsPackable").Any(packable => packable.Value == "true"))
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Where(name => name != "SagaOrchestrator.Templates")
            .Order(StringComparer.Ordinal);

    /// <summary>Every type in a signature that others can see.</summary>
    public static IEnumerable<(string Where, Type Type)> Signatures(string package) =>
        Assembly.Load(package).GetExportedTypes().SelectMany(type => Signatures(type).Select(seen => (type.FullName!, seen)));

    private static IEnumerable<Type> Signatures(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(Declared)
            .Cast<MethodBase>()
            .Concat(type.GetConstructors(Declared))
            .Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
        var members = methods.SelectMany(method =>
            method
                .GetParameters()
                .Select(parameter => parameter.ParameterType)
                .Append(method is MethodInfo info ? info.ReturnType : typeof(void))
        );
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType);
        return members.Concat(fields).Concat(type.GetInterfaces()).Append(type.BaseType ?? typeof(object)).SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];
}
