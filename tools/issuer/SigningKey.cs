using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SagaOrchestrator.Issuer;

/// <summary>The key that tokens are signed with.</summary>
internal static class SigningKey
{
    private const int Bits = 2048;

    /// <summary>A key of its own, which nobody has after it.</summary>
    public static RsaSecurityKey New() => Of(RSA.Create(Bits));

    /// <summary>The key in a file, for its owner alone. So tokens outlive the issuer's process.</summary>
    /// <param name="file">Made when it is not there; null for a key that is kept nowhere.</param>
    public static RsaSecurityKey At(FileInfo? file)
    {
        if (file is null)
        {
            return New();
        }

        var rsa = RSA.Create(Bits);
        if (file.Exists)
        {
            rsa.ImportFromPem(File.ReadAllText(file.FullName));
            return Of(rsa);
        }

        using (var stream = file.Open(new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            stream.Write(Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()));
        }

        return Of(rsa);
    }

    private static RsaSecurityKey Of(RSA rsa) =>
        new(rsa) { KeyId = Convert.ToHexStringLower(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))[..16] };
}
