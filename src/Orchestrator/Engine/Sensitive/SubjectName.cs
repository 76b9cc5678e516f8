using System.Security.Cryptography;
using System.Text;

namespace SagaOrchestrator.Engine.Sensitive;

/// <summary>
/// What a subject is called in tables. A text of a start may have 4000 characters, and an index takes no more than some 2700 bytes of them.
/// </summary>
internal static class SubjectName
{
    private const int Longest = 200;

    public static string Of(string subject) =>
        subject.Length <= Longest ? subject : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
}
