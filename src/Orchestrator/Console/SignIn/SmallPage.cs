using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SagaOrchestrator.Console.SignIn;

/// <summary>Pages on the way in and out: a sentence and the next move, without scripts.</summary>
internal static class SmallPage
{
    public static IResult Say(string title, string sentence, string href, string link, int status = StatusCodes.Status200OK) =>
        Page(title, $"<h1>{Text(title)}</h1><p>{Text(sentence)}</p><p><a href=\"{Text(href)}\">{Text(link)}</a></p>", string.Empty, status);

    /// <summary>
    /// Has the browser ask again, for this site alone. It then sends the session's cookie, which it keeps back from what another site
    /// began.
    /// </summary>
    public static IResult AskAgain(string href) =>
        Page(
            "Sagas",
            $"<p><a href=\"{Text(href)}\">Go on</a></p>",
            $"<meta http-equiv=\"refresh\" content=\"0;url={Text(href)}\">",
            StatusCodes.Status200OK
        );

    private static ContentHttpResult Page(string title, string body, string head, int status) =>
        TypedResults.Text(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><title>{Text(title)}</title>{head}</head><body><main>{body}</main></body></html>
            """,
            "text/html; charset=utf-8",
            statusCode: status
        );

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
