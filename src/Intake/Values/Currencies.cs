using System.Collections.Frozen;

namespace SagaOrchestrator.Intake.Values;

/// <summary>The currencies of ISO 4217 that payments are made in, and how many decimals each has.</summary>
public static class Currencies
{
    private const string WithTwo =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK "
        + "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT "
        + "LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN "
        + "QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS "
        + "VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private const string WithNone = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private const string WithThree = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly FrozenDictionary<string, int> Known = new[] { (WithNone, 0), (WithTwo, 2), (WithThree, 3) }
        .SelectMany(group => group.Item1.Split(' ').Select(code => KeyValuePair.Create(code, group.Item2)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many decimals amounts in a currency have; null for a code that is none of ISO 4217's.</summary>
    /// <param name="code">Three capital letters.</param>
    public static int? DecimalsOf(string code) => Known.TryGetValue(code, out var decimals) ? decimals : null;
}
