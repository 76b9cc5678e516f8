using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SagaOrchestrator.Messaging.Settings;

/// <summary>
/// Reads a record from configuration, strictly: a value has one written form, a range where the record declares one, and a misspelt key is
/// not passed over. The framework's binder reads <c>30</c> as thirty days, <c>24:00:00</c> as twenty-four, and <c>4,40</c> as 440.
/// </summary>
public static class ConfiguredRecord
{
    /// <summary>Reads a section that belongs to one program. A key that the record does not have is refused.</summary>
    /// <typeparam name="T">A record whose properties have their defaults.</typeparam>
    /// <param name="configuration">All settings.</param>
    /// <param name="section">The section, for example <c>OrderFulfillment</c>.</param>
    /// <exception cref="InvalidSettingException">Names the first key that is wrong, and a right value.</exception>
    public static T Read<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        CheckKeys(typeof(T), configuration.WithSecretFiles().GetSection(section));
        return configuration.ReadShared<T>(section);
    }

    /// <summary>
    /// Reads sections that several programs share, each with keys of its own. What a later section says goes before an earlier one.
    /// </summary>
    /// <typeparam name="T">A record whose properties have their defaults.</typeparam>
    /// <param name="configuration">All settings.</param>
    /// <param name="sections">The sections.</param>
    public static T ReadShared<T>(this IConfiguration configuration, params ReadOnlySpan<string> sections)
        where T : class, new()
    {
        var record = new T();
        foreach (var section in sections)
        {
            SetAll(record, configuration.WithSecretFiles().GetSection(section));
        }

        return record;
    }

    private static void SetAll(object record, IConfigurationSection section)
    {
        foreach (var property in Properties(record.GetType()))
        {
            Set(record, property, section.GetSection(property.Name));
        }
    }

    private static void CheckKeys(Type record, IConfigurationSection section)
    {
        var known = Properties(record).Select(property => property.Name).ToArray();
        foreach (var child in section.GetChildren().Where(child => child.Value is not null))
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidSettingException(child.Path, $"is not known. Known in '{section.Path}': {string.Join(", ", known)}.");
            }
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    private static void Set(object record, PropertyInfo property, IConfigurationSection setting)
    {
        // A section of its own, which no program shares.
        if (property.GetValue(record) is IConfiguredSection inner)
        {
            CheckKeys(property.PropertyType, setting);
            SetAll(inner, setting);
            return;
        }

        if (typeof(IEnumerable<string>).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(string))
        {
            var items = setting.GetChildren().Select(child => child.Value).OfType<string>().ToArray();
            if (items.Length > 0)
            {
                property.SetValue(record, items);
            }

            return;
        }

        if (setting.Value is not { } text)
        {
            return;
        }

        var form = WrittenForm.Of(property.PropertyType);
        if (!form.TryRead(text, out var value))
        {
            throw new InvalidSettingException(
                setting.Path,
                $"is not {form.Words}. Set, for example, {Example(setting.Path, form.Example)}."
            );
        }

        if (property.GetCustomAttribute<RangeAttribute>() is { } range && !IsWithin(range, form, value))
        {
            throw new InvalidSettingException(
                setting.Path,
                $"is not from {range.Minimum} to {range.Maximum}. Set, for example, "
                    + $"{Example(setting.Path, Convert.ToString(property.GetValue(record), CultureInfo.InvariantCulture)!)}."
            );
        }

        property.SetValue(record, value);
    }

    private static bool IsWithin(RangeAttribute range, WrittenForm form, object value) =>
        form.TryRead(range.Minimum.ToString()!, out var least)
        && form.TryRead(range.Maximum.ToString()!, out var most)
        && Comparer<object>.Default.Compare(value, least) >= 0
        && Comparer<object>.Default.Compare(value, most) <= 0;

    private static string Example(string path, string value) => $"{path.Replace(":", "__", StringComparison.Ordinal)}={value}";
}

/// <summary>A setting is wrong. The message names the key and a right value.</summary>
/// <param name="key">The key, for example <c>OrderFulfillment:StepTimeout</c>.</param>
/// <param name="problem">What is wrong with it, and what would be right.</param>
public sealed class InvalidSettingException(string key, string problem) : InvalidOperationException($"The setting {key} {problem}");

/// <summary>A record within a record: a section within its section. A key that it does not have is refused.</summary>
public interface IConfiguredSection;
