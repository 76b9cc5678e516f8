namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>What GraphiQL and generators of clients ask of a schema.</summary>
internal static class TheToolsQuery
{
    public static string Text { get; } =
        $$"""
            query IntrospectionQuery {
              __schema {
                description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
                types { ...FullType }
                directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
              }
            }
            fragment FullType on __Type {
              kind name description specifiedByURL isOneOf
              fields(includeDeprecated: true) {
                name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
              }
              inputFields(includeDeprecated: true) { ...InputValue }
              interfaces { ...TypeRef }
              enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
              possibleTypes { ...TypeRef }
            }
            fragment InputValue on __InputValue {
              name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
            }
            fragment TypeRef on __Type { kind name {{Wrapped(9)}} }
            """;

    private static string Wrapped(int times) => times == 0 ? string.Empty : $"ofType {{ kind name {Wrapped(times - 1)} }}";
}
