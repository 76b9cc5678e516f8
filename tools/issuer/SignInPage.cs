using System.Text.Encodings.Web;

namespace SagaOrchestrator.Issuer;

/// <summary>The one page: who can sign in, and the form for it.</summary>
internal static class SignInPage
{
    /// <param name="users">Who can.</param>
    /// <param name="parameters">The request, which goes with the form.</param>
    /// <param name="error">What was wrong with the last try.</param>
    public static IResult Show(DevelopmentUsers users, IEnumerable<(string Name, string Value)> parameters, string? error)
    {
        var request = string.Concat(
            parameters.Select(one => $"""<input type="hidden" name="{Text(one.Name)}" value="{Text(one.Value)}">""")
        );
        var rows = string.Concat(
            users.All.Select(user =>
                $"<tr><td>{Text(user.Name)}</td><td>{Text(user.Password)}</td><td>{Text(string.Join(", ", user.Roles))}</td></tr>"
            )
        );
        var form = request.Length == 0 ? "<p>Open the console to sign in.</p>" : Form(request, error);
        return Results.Content(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sign in (development)</title></head>
            <body><main><h1>Sign in: development users</h1>
            <p>For development alone: everybody knows these passwords.</p>
            {form}
            <table><thead><tr><th scope="col">User</th><th scope="col">Password</th><th scope="col">Roles</th></tr></thead>
            <tbody>{rows}</tbody></table></main></body></html>
            """,
            "text/html; charset=utf-8",
            statusCode: error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }

    private static string Form(string request, string? error) =>
        $"""
            <form method="post">{request}
            {(error is null ? string.Empty : $"<p role=\"alert\">{Text(error)}</p>")}
            <p><label>User <input name="username" autocomplete="username" required autofocus></label></p>
            <p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
            <p><button type="submit">Sign in</button></p></form>
            """;

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
